import Gateway
import Kernel
import Synchronization

/// Takes uploads as the server does, after a script of refusals; keeps every body.
final class FakeServer: UploadTransport {
    struct Item: Equatable {
        var target: String
        var value: Double
        var at: Int64
        var quality: String
        var isBackfill: Bool
    }
    struct State {
        var script: [UploadAnswer] = []
        var bodies: [[UInt8]] = []
        var stored: [String: [UInt8]] = [:]
        var items: [Item] = []
        var rejects: Set<String> = []
        var isLosingAnswers = false
    }
    private let state = Mutex(State())

    init(script: [UploadAnswer] = [], rejects: Set<String> = []) {
        state.withLock {
            $0.script = script
            $0.rejects = rejects
        }
    }

    var bodies: [[UInt8]] { state.withLock { $0.bodies } }
    var items: [Item] { state.withLock { $0.items } }

    func send(_ body: [UInt8], key: String) async -> UploadAnswer {
        state.withLock { state in
            state.bodies.append(body)
            guard let json = try? JSON.parse(body), let datas = json["datas"]?.array else { return .refused("400") }
            let identity = "\(json["epoch"]?.string ?? "")/\(json["seq"]?.integer ?? -1)"
            let next = state.script.isEmpty ? nil : state.script.removeFirst()
            // An answer that got lost on the way back: stored, and yet to be sent again.
            if let next, next != .later(after: nil, reason: "answer lost") { return next }
            if let known = state.stored[identity] {
                return known == body ? .accepted(.init(accepted: 0, isDuplicate: true)) : .sequenceTaken
            }
            state.stored[identity] = body
            var rejected: [UploadReceipt.Rejection] = []
            for (index, data) in datas.enumerated() {
                let target = data["targetCode"]?.string ?? ""
                if state.rejects.contains(target) {
                    rejected.append(.init(index: index, reason: "unknown targetCode"))
                    continue
                }
                state.items.append(
                    Item(
                        target: target, value: Self.number(data["value"]), at: data["collectTime"]?.integer ?? 0,
                        quality: data["quality"]?.string ?? "GOOD", isBackfill: data["backfill"]?.bool ?? false))
            }
            if next != nil { return .later(after: nil, reason: "answer lost") }
            return .accepted(.init(accepted: datas.count - rejected.count, rejected: rejected))
        }
    }

    private static func number(_ value: JSON?) -> Double {
        if case .number(let number) = value { return number }
        return Double(value?.integer ?? 0)
    }
}

/// Counts what was waited for, and does not wait.
final class Waits: Sendable {
    private let list = Mutex<[Interval]>([])
    var all: [Interval] { list.withLock { $0 } }
    func rest(_ interval: Interval) async throws {
        list.withLock { $0.append(interval) }
        await Task.yield()
    }
}

let noon = Timestamp(milliseconds: 1_795_406_400_000)
