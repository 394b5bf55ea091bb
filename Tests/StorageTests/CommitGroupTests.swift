import Kernel
import Storage
import Support
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(20))) struct CommitGroupTests {
    @Test(arguments: Engine.underTest) func `what waits together is committed together`(engine: Engine) async throws {
        let store = try await engine.store()
        let batches = Batches()
        let group = CommitGroup<Int, String>(store: store, waitingCountMax: 1_000) {
            values, session throws(StorageError) in
            batches.add(values.count)
            for value in values { try session.put("k\(value)") }
            return values.map { "done \($0)" }
        }

        let outcomes = try await withThrowingTaskGroup { tasks in
            for number in 0..<300 { tasks.addTask { try await group.submit(number) == "done \(number)" } }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }

        #expect(outcomes == [Bool](repeating: true, count: 300))
        #expect(try await store.read { session throws(StorageError) in try session.keys() }.count == 300)
        #expect(batches.all.reduce(0, +) == 300)
        #expect(batches.all.count < 300)
    }

    @Test func `beyond the bound the answer is busy, and those who wait are served`() async throws {
        let store = try await Engine.sqliteFile.store()
        let gate = Gate()
        let (began, begins) = AsyncStream.makeStream(of: Void.self)
        let group = CommitGroup<Int, Int>(store: store, waitingCountMax: 2) { values, _ throws(StorageError) in
            begins.yield()
            gate.wait()
            return values
        }

        async let first = group.submit(1)
        for await _ in began { break }
        async let second = group.submit(2)
        async let third = group.submit(3)
        while await group.waitingCount < 2 { await Task.yield() }
        await #expect(throws: CommitFailure.busy) { try await group.submit(4) }
        gate.open()
        gate.open()

        #expect(try await [first, second, third] == [1, 2, 3])
    }

    @Test(arguments: Engine.underTest)
    func `a value that cannot be stored does not take the others with it`(engine: Engine) async throws {
        let store = try await engine.store()
        let gate = Gate()
        let isFirst = Once()
        let (began, begins) = AsyncStream.makeStream(of: Void.self)
        let group = CommitGroup<String, Int>(store: store, waitingCountMax: 100) {
            values, session throws(StorageError) in
            if values == ["first"], isFirst.take() {
                begins.yield()
                gate.wait()
            }
            for value in values { try session.put(value) }
            return values.map(\.count)
        }

        async let first = group.submit("first")
        for await _ in began { break }
        let failed = await withTaskGroup { tasks in
            for key in ["a", "b", "first", "c", "d", "e"] {
                tasks.addTask { (try? await group.submit(key)) == nil ? key : "" }
            }
            while await group.waitingCount < 6 { await Task.yield() }
            gate.open()
            return await tasks.reduce(into: []) { $0.append($1) }.filter { !$0.isEmpty }
        }

        #expect(failed == ["first"])
        #expect(try await first == 5)
        #expect(
            try await store.read { session throws(StorageError) in try session.keys() }
                == ["a", "b", "c", "d", "e", "first"])
    }
}

final class Batches: Sendable {
    private let counts = Mutex<[Int]>([])
    func add(_ count: Int) { counts.withLock { $0.append(count) } }
    var all: [Int] { counts.withLock { $0 } }
}

/// True the first time.
final class Once: Sendable {
    private let isTaken = Mutex(false)
    func take() -> Bool {
        isTaken.withLock { isTaken in
            defer { isTaken = true }
            return !isTaken
        }
    }
}
