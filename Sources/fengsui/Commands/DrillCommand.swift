import ArgumentParser
import Domain
import Foundation
import Kernel
import Rig
import Storage

/// 推演: a scenario in virtual time. Exit status 2 and one line a mistake where the scenario is wrong.
struct DrillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill", abstract: "推演:在虚拟时间里运行一个情景文件,逐行输出会发生的事")

    @Argument(help: "情景文件(JSON)")
    var scenario: String

    func run() throws {
        guard let data = FileManager.default.contents(atPath: scenario) else {
            Self.complain("\(scenario): cannot be read")
            throw ExitCode(2)
        }
        let checked: Scenario
        do {
            checked = try Scenario.read([UInt8](data))
        } catch {
            for line in error.lines { Self.complain(line) }
            throw ExitCode(2)
        }
        FileHandle.standardOutput.write(Data(try DrillRun.run(checked)))
    }

    private static func complain(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
