import ArgumentParser

@main
struct Fengsui: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fengsui", abstract: "烽燧:危险化学品安全生产风险监测预警系统",
        subcommands: [
            AccountCommand.self,
            DrillCommand.self,
            GatewayCommand.self,
            ImportCommand.self,
            LoadCommand.self,
            MigrateCommand.self,
            ReplayCommand.self,
            ServeCommand.self,
            SimulateCommand.self,
            VerifyCommand.self,
        ])
}
