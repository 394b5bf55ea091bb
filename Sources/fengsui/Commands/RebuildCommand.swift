import ArgumentParser
import Operations
import Storage

/// 重建: makes the projections of warnings again from the log, in one transaction, and says where they differed. Exit
/// status 1 where they did.
struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "重建:从日志重新生成预警、督办、处置上报、到期时刻各表,并列出原来不一致之处",
        discussion: "在一个事务里完成;服务运行时不要使用。--check 只比较,不改动。")

    @OptionGroup var options: DatabaseOptions
    @Flag(help: "只比较,不改动") var check = false

    private enum Ended: TransactionFailure {
        case storage(StorageError)
        case looked([String])
        init(storage: StorageError) { self = .storage(storage) }
    }

    func run() throws {
        let differences: [String]
        do throws(Ended) {
            let database: Database
            do { database = try options.open() } catch let error as StorageError { throw .storage(error) } catch {
                Self.exit(withError: error)
            }
            let isCheck = check
            differences = try database.write { session throws(Ended) in
                let found: [String]
                do throws(StorageError) { found = try WarningRebuild.run(in: &session) } catch {
                    throw .storage(error)
                }
                if isCheck { throw .looked(found) }
                return found
            }
        } catch {
            switch error {
            case .looked(let found): differences = found
            case .storage(let failure):
                Files.complain("不能重建,数据未变:\(failure)")
                throw ExitCode(2)
            }
        }
        for line in differences { Files.writeLine(line) }
        Files.writeLine(differences.isEmpty ? "各表与日志一致" : "不一致 \(differences.count) 行" + (check ? "" : ",已重建"))
        if !differences.isEmpty { throw ExitCode(1) }
    }
}
