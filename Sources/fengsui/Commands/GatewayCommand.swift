import ArgumentParser
import Domain
import Kernel
import Operations
import Storage

/// 网关密钥: given out at the machine itself; shown once.
struct GatewayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "网关:发放或更换企业网关的密钥(只显示一次)", subcommands: [Create.self, Replace.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "登记一个网关并发放密钥")
        @Argument(help: "企业编码") var enterprise: String
        @Option(help: "网关编码(dataSourceCode);不写则自动编") var id: String?
        @Option(help: "名称,如 中控室") var name: String?
        @OptionGroup var location: DatabaseOptions

        func run() throws {
            let wanted = id.map { GatewayID($0) }
            try GatewayCommand.issue(location) { key, context, session throws(RegistryFailure) in
                try GatewayOperations.create(
                    enterprise: EnterpriseID(enterprise), name: name, id: wanted, key: key, by: .system,
                    context: &context, in: &session)
            }
        }
    }

    struct Replace: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "更换密钥;旧密钥立即作废")
        @Argument(help: "网关编码") var id: String
        @OptionGroup var location: DatabaseOptions

        func run() throws {
            let id = GatewayID(id)
            try GatewayCommand.issue(location) { key, context, session throws(RegistryFailure) in
                try GatewayOperations.replaceKey(of: id, key: key, by: .system, context: &context, in: &session)
                return id
            }
        }
    }

    private static func issue(
        _ location: DatabaseOptions,
        _ body: (GatewayKey, inout OperationContext, inout Session) throws(RegistryFailure) -> GatewayID
    ) throws {
        guard let key = GatewayKey.generate() else {
            Files.complain("取不到随机数,密钥没有生成")
            throw ExitCode.failure
        }
        let database = try Terminal.open(location)
        var context = Terminal.context()
        let id: GatewayID
        do throws(RegistryFailure) {
            id = try database.write { session throws(RegistryFailure) in try body(key, &context, &session) }
        } catch {
            for line in error.lines { Files.complain(line) }
            throw ExitCode(2)
        }
        Files.writeLine("网关编码 \(id)\n密钥     \(key.text)\n密钥只显示这一次,系统里只存摘要。")
    }
}
