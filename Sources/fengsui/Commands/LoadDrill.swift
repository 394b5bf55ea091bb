import ArgumentParser
import Foundation
import Kernel
import Rig

extension LoadCommand {
    /// Writes a scenario for measuring the drill.
    struct Drill: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "造一个供测推演速度的情景文件")
        @Option(help: "企业数") var enterprises = 50
        @Option(help: "虚拟天数") var days = 2
        @Option(help: "随机种子") var seed: UInt64 = 1

        func validate() throws {
            guard enterprises > 0, (1...366).contains(days) else {
                throw ValidationError("企业数要大于 0,天数要在 1 至 366 之间")
            }
        }

        func run() throws {
            let text = DrillLoad(enterprises: enterprises, days: days, seed: seed).scenario().text
            FileHandle.standardOutput.write(Data((text + "\n").utf8))
        }
    }
}
