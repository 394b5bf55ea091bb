import ArgumentParser
import Foundation
import Services

/// Where `serve` and `check` find their settings.
enum ServerSettingsFile {
    /// The options of `serve` that may stand in a file. What only rehearsals use is not among them.
    static let keys: [ServerSettings.Key] = [
        .init("data"), .init("database"), .init("host"), .init("port", .number), .init("assets"),
        .init("secure-cookies", .flag), .init("public-url"), .init("heartbeat-url"), .init("demo", .flag),
    ]

    /// - Parameter path: nil where only the environment counts.
    static func read(_ path: String?) -> ServerSettings {
        var settings = ServerSettings(keys: keys)
        if let path {
            do {
                settings.add(file: try String(contentsOfFile: path, encoding: .utf8), named: path)
            } catch {
                settings.refuse(path, "读不了:\(error.localizedDescription)")
            }
        }
        settings.add(environment: ProcessInfo.processInfo.environment)
        return settings
    }

    /// `serve` as file, environment and command line have it together.
    /// - Parameter arguments: those of the command line after `serve`.
    static func command(_ settings: ServerSettings, arguments: [String]) throws -> ServeCommand {
        var given: [String] = []
        var isPath = false
        for argument in arguments {
            if isPath {
                isPath = false
            } else if argument == "--config" {
                isPath = true
            } else if !argument.hasPrefix("--config=") {
                given.append(argument)
            }
        }
        return try ServeCommand.parse(settings.arguments(besides: given) + given)
    }
}
