import Domain
import Hummingbird
import Kernel
import NIOCore
import Storage
import Testing

@testable import Web

/// What open pages are told, and to whom.
@Suite struct EventHubTests {
    private func officer(_ authority: AuthorityID) -> Officer {
        Officer(
            account: "A-x", login: "x", name: "x", role: .duty, authority: authority, authorityLevel: .county,
            enterprise: nil, person: nil, organization: "x", region: nil, sessionHash: [], csrf: "")
    }

    private func next(_ events: AsyncStream<ByteBuffer>) async -> String? {
        var iterator = events.makeAsyncIterator()
        return await iterator.next().map { String(buffer: $0) }
    }

    @Test func `a rise becomes one rendered row for those who may see it and nothing for others`() async throws {
        let bench = try await WebBench.make()
        let hub = bench.server.events
        let here = hub.join(officer("qinshui"))
        let elsewhere = hub.join(officer("zezhou"))
        let now = bench.now

        try await bench.store.write { session throws(StorageError) in
            try WebWorld.level("H1", .red, at: now, in: &session)
        }
        try await hub.look(bench.server.site)

        let text = try #require(await next(here.events))
        #expect(text.hasPrefix("event: row\nid: "))
        #expect(text.contains("data: <tr id=\"w-"))
        #expect(text.contains("晋沁化工"))
        #expect(text.hasSuffix("\n\n"))
        hub.leave(elsewhere.id)
        #expect(await next(elsewhere.events) == nil)
    }

    @Test func `a closed case leaves the list`() async throws {
        #expect(String(buffer: EventHub.message("gone", data: "w1", id: 7)) == "event: gone\nid: 7\ndata: w1\n\n")
    }

    @Test func `line breaks in the data cannot forge an event`() {
        let text = String(buffer: EventHub.message("row", data: "a\n\nevent: x", id: 1))
        #expect(text == "event: row\nid: 1\ndata: a\ndata: event: x\n\n")
    }

    @Test func `a page that does not keep up loses its stream and blocks nobody`() async throws {
        let bench = try await WebBench.make()
        let hub = bench.server.events
        let slow = hub.join(officer("qinshui"))
        #expect(hub.listenerCount == 1)

        var level = Level.yellow
        for step in 0..<(EventHub.bufferedMax + 2) {
            let instant = bench.now + .seconds(Int64(step))
            let next = level
            try await bench.store.write { session throws(StorageError) in
                try WebWorld.level("H1", next, at: instant, in: &session)
            }
            level = level == .yellow ? .orange : .yellow
            try await hub.look(bench.server.site)
        }

        #expect(hub.listenerCount == 0)
        #expect(hub.droppedCount == 1)
        withExtendedLifetime(slow.events) {}
    }

    @Test func `a thousand changes at once become one request to fetch the whole`() async throws {
        let bench = try await WebBench.make()
        let hub = bench.server.events
        let listener = hub.join(officer("qinshui"))
        try await bench.store.write { session throws(StorageError) in
            for number in 0..<60 {
                try session.append(
                    LogEntry(
                        streamKind: "warning", streamID: "none-\(number)", kind: "closed", at: WebWorld.now,
                        recordedAt: WebWorld.now, actor: "system", payload: [:]))
            }
        }

        try await hub.look(bench.server.site)

        let text = try #require(await next(listener.events))
        #expect(text.hasPrefix("event: refresh"))
    }
}
