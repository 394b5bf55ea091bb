import ArgumentParser
import Domain
import Kernel
import Operations
import Storage

/// 账号: made at the machine itself, the first administrator among them. The password is made here and shown once.
struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "账号:建立账号、重置口令(口令只显示一次)", subcommands: [Create.self, Reset.self, Release.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "建立账号")
        @Argument(help: "登录名") var login: String
        @Option(help: "姓名") var name: String
        @Option(help: "岗位:duty 值守员、safety 企业安全员、responsible 包保责任人、admin 管理员") var role: String
        @Option(help: "监管单位编码(duty、admin;管理员不写则管全系统)") var authority: String?
        @Option(help: "企业编码(safety)") var enterprise: String?
        @Option(help: "人员编码(responsible)") var person: String?
        @OptionGroup var location: DatabaseOptions

        func run() throws {
            guard let role = AccountRole(rawValue: role) else { throw ValidationError("没有岗位“\(role)”") }
            let draft = AccountOperations.Draft(
                login: login, name: name, role: role, authority: authority.map { AuthorityID($0) },
                enterprise: enterprise.map { EnterpriseID($0) }, person: person.map { PersonID($0) })
            try AccountCommand.issue(login: login, at: location) { hash, context, session throws(RegistryFailure) in
                try AccountOperations.create(
                    draft, passwordHash: hash, by: .system, context: &context, in: &session)
            }
        }
    }

    struct Reset: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "重置口令;原来的登录全部失效")
        @Argument(help: "登录名") var login: String
        @OptionGroup var location: DatabaseOptions

        func run() throws {
            let login = login
            try AccountCommand.issue(login: login, at: location) { hash, context, session throws(RegistryFailure) in
                let all = try AccountOperations.list(by: .system, in: &session)
                guard let account = all.first(where: { $0.login == login }) else { throw .notFound }
                try AccountOperations.setPassword(
                    hash: hash, of: account.id, by: .system, context: &context, in: &session)
            }
        }
    }

    /// For the last administrator whose phone is lost: whoever is at the machine may do it, and it stands in the log.
    struct Release: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "解除锁定、取消两步验证(手机和恢复码都丢了时)")
        @Argument(help: "登录名") var login: String
        @OptionGroup var location: DatabaseOptions

        func run() throws {
            let (database, wanted) = (try Terminal.open(location), login)
            var context = Terminal.context()
            do throws(RegistryFailure) {
                try database.write { session throws(RegistryFailure) in
                    let all = try AccountOperations.list(by: .system, in: &session)
                    guard let account = all.first(where: { $0.login == wanted }) else { throw .notFound }
                    try AccountOperations.unlock(account.id, by: .system, context: &context, in: &session)
                    try AccountOperations.removeFactor(of: account.id, by: .system, context: &context, in: &session)
                }
            } catch {
                for line in error.lines { Files.complain(line) }
                throw ExitCode(2)
            }
            Files.writeLine("\(wanted):锁定已解除,两步验证已取消;口令没有改变。")
        }
    }

    /// Makes a password, runs the operation with its hash, and shows the password where that went well.
    static func issue(
        login: String, at location: DatabaseOptions,
        _ body: (String, inout OperationContext, inout Session) throws(RegistryFailure) -> Void
    ) throws {
        let password = Password.suggestion()
        guard let hash = Password.hash(password) else {
            Files.complain("内存不足,口令没有生成")
            throw ExitCode.failure
        }
        let database = try Terminal.open(location)
        var context = Terminal.context()
        do throws(RegistryFailure) {
            try database.write { session throws(RegistryFailure) in try body(hash, &context, &session) }
        } catch {
            for line in error.lines { Files.complain(line) }
            throw ExitCode(2)
        }
        Files.writeLine("登录名 \(login)\n口令   \(password)\n口令只显示这一次,系统里只存摘要。")
    }
}
