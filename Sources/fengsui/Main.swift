import ArgumentParser

@main
struct Fengsui: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fengsui", abstract: "烽燧:危险化学品安全生产风险监测预警系统",
        subcommands: [
            ServeCommand.self, CheckCommand.self, DrillCommand.self, LoadCommand.self, MigrateCommand.self,
            VerifyCommand.self,
            ImportCommand.self, AccountCommand.self, GatewayCommand.self, SimulateCommand.self, ReplayCommand.self,
            RehearseCommand.self, YearCommand.self, RebuildCommand.self, DrawCommand.self, BenchBulletinCommand.self,
            BackupCommand.self, RestoreCommand.self, MoveCommand.self, ExportCaseCommand.self,
            VerifyCaseCommand.self,
        ])
}
