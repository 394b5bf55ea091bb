import ArgumentParser

@main
struct Fengsui: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "fengsui")
}
