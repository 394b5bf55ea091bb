import Domain
import Kernel
import Logging
import NIOCore
public import ServiceLifecycle
import Storage
import Synchronization

/// Tells every open page what was committed. It reads the log from where it stopped, so nothing is missed whoever wrote
/// it; `ring` only makes it look at once. A page that does not keep up loses its stream and comes back for the whole.
public final class EventHub: Service {
    static let bufferedMax = 64
    static let entriesMax = 2_000

    struct Listener: Sendable {
        var officer: Officer
        var continuation: AsyncStream<ByteBuffer>.Continuation
    }
    private struct State {
        var listeners: [Int: Listener] = [:]
        var nextID = 0
        var sequence: Int64 = 0
        var dropped: Int64 = 0
        var site: Site?
        var followers: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    private let rings: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation
    private let pollEvery: Duration

    public init(pollEvery: Duration = .milliseconds(250)) {
        (rings, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.pollEvery = pollEvery
    }

    /// Something was committed: look now. Costs nothing, may be called from anywhere.
    public func ring() { bell.yield() }

    /// A page's act was committed: tell the streams, and whoever else waits for work (timers, delivery).
    public func committed() {
        ring()
        for follower in state.withLock({ $0.followers }) { follower() }
    }

    public func follow(_ follower: @escaping @Sendable () -> Void) {
        state.withLock { $0.followers.append(follower) }
    }

    public var listenerCount: Int { state.withLock { $0.listeners.count } }
    var droppedCount: Int64 { state.withLock { $0.dropped } }
    /// The place in the log up to which everybody was told.
    var sequence: Int64 { state.withLock { $0.sequence } }

    func attach(_ site: Site) { state.withLock { $0.site = site } }

    func join(_ officer: Officer) -> (id: Int, events: AsyncStream<ByteBuffer>) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ByteBuffer.self, bufferingPolicy: .bufferingOldest(Self.bufferedMax))
        let id = state.withLock { state in
            state.nextID += 1
            state.listeners[state.nextID] = Listener(officer: officer, continuation: continuation)
            return state.nextID
        }
        return (id, stream)
    }

    func leave(_ id: Int) {
        let listener = state.withLock { $0.listeners.removeValue(forKey: id) }
        listener?.continuation.finish()
    }

    public func run() async throws {
        guard let site = state.withLock({ $0.site }) else { return }
        try await catchUp(site)
        await withDiscardingTaskGroup { group in
            group.addTask { await self.watch(site) }
            group.addTask { await self.tick() }
            group.addTask { await self.beat(site) }
            try? await gracefulShutdown()
            group.cancelAll()
        }
        endAll()
    }

    private func catchUp(_ site: Site) async throws {
        let last = try await site.store.read { session throws(StorageError) in try LogTail.last(in: &session) }
        state.withLock { $0.sequence = max($0.sequence, last) }
    }

    private func tick() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: pollEvery)
            ring()
        }
    }

    private func watch(_ site: Site) async {
        for await _ in rings {
            if Task.isCancelled { return }
            do {
                try await look(site)
            } catch {
                Logger(label: "web.events").warning("the log could not be read", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Reads what is new in the log and sends each group of equal scope its rows.
    func look(_ site: Site) async throws {
        let from = sequence
        let tail = try await site.store.read { session throws(StorageError) in
            try LogTail.since(from, limit: Self.entriesMax, in: &session)
        }
        guard tail.last > from else { return }
        state.withLock { $0.sequence = tail.last }
        let listeners = state.withLock { $0.listeners }
        guard !listeners.isEmpty else { return }
        let groups = Dictionary(grouping: listeners) { $0.value.officer.scope }
        for (scope, members) in groups {
            let buffers = try await messages(tail, scope: scope, officer: members[0].value.officer, site: site)
            for (id, listener) in members { send(buffers, to: listener, id: id) }
        }
    }

    private func messages(
        _ tail: LogTail, scope: Scope, officer: Officer, site: Site
    ) async throws -> [ByteBuffer] {
        guard !tail.warnings.isEmpty else {
            return tail.touchesPages ? [Self.message("refresh", data: "soon", id: tail.last)] : []
        }
        guard tail.warnings.count <= 50 else { return [Self.message("refresh", data: "now", id: tail.last)] }
        let now = site.now
        let ids = tail.warnings
        var rows = try await site.store.read { session throws(StorageError) in
            try WarningList.rows(WarningFilter(ids: ids), scope: scope, limit: 100, in: &session)
        }
        site.freshen(&rows)
        return rows.map { row in
            let model = WarningRow(row, officer: officer, selected: nil, now: now)
            return Self.message(
                model.isGone ? "gone" : "row",
                data: model.isGone ? model.id : site.templates.render("warning-row", model), id: tail.last)
        }
    }

    private func send(_ buffers: [ByteBuffer], to listener: Listener, id: Int) {
        for buffer in buffers {
            switch listener.continuation.yield(buffer) {
            case .enqueued: continue
            case .dropped: state.withLock { $0.dropped += 1 }
            case .terminated: break
            @unknown default: break
            }
            leave(id)
            return
        }
    }

    /// A heartbeat with the server's time; once a minute the sessions behind the streams are looked at.
    private func beat(_ site: Site) async {
        var beats = 0
        let everyMilliseconds = site.configuration.heartbeatEvery.milliseconds
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(everyMilliseconds))
            let buffer = Self.message("heartbeat", data: String(site.now.milliseconds), id: sequence)
            for (id, listener) in state.withLock({ $0.listeners }) { send([buffer], to: listener, id: id) }
            beats += 1
            if beats % 12 == 0 { await checkSessions(site) }
        }
    }

    /// A duty desk stays signed in while its stream is open; a session that is over loses its stream.
    private func checkSessions(_ site: Site) async {
        let now = site.now
        for (id, listener) in state.withLock({ $0.listeners }) {
            let officer = listener.officer
            let isAlive = try? await site.store.write { session throws(StorageError) in
                guard let found = try SignedIn.find(tokenHash: officer.sessionHash, now: now, in: &session) else {
                    return false
                }
                if officer.role == .duty {
                    return try SignIns.touch(tokenHash: officer.sessionHash, now: now, in: &session)
                }
                return now - found.seenAt <= site.configuration.idleAfter
            }
            if isAlive == false { leave(id) }
        }
    }

    private func endAll() {
        let listeners = state.withLock { state in
            defer { state.listeners = [:] }
            return state.listeners
        }
        for listener in listeners.values { listener.continuation.finish() }
    }

    /// One event of the stream; line breaks inside the data become further `data:` lines.
    static func message(_ event: String, data: String, id: Int64) -> ByteBuffer {
        var text = "event: \(event)\nid: \(id)\n"
        for line in data.split(separator: "\n", omittingEmptySubsequences: true) { text += "data: \(line)\n" }
        return ByteBuffer(string: text + "\n")
    }
}
