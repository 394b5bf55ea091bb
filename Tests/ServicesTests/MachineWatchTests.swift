import Domain
import Kernel
import Storage
import Synchronization
import Testing

@testable import Services

/// The machine under the platform: its clock and its disk. Readings come from the test.
struct MachineWatchTests {
    final class Machine: Sendable {
        struct State {
            var wall = Timestamp(milliseconds: 1_790_000_000_000)
            var steady = Interval.zero
            var lead = Interval.zero
            var free: Int64 = 50
        }
        let state = Mutex(State())

        func pass(_ time: Interval, jumping jump: Interval = .zero) {
            state.withLock {
                $0.wall = $0.wall + time + jump
                $0.steady = $0.steady + time
            }
        }

        func watch() -> MachineWatch {
            let gigabyte: Int64 = 1_024 * 1_024 * 1_024
            return MachineWatch(
                lead: { self.state.withLock { $0.lead } },
                readings: { self.state.withLock { ($0.wall, $0.steady) } },
                disk: { self.state.withLock { ($0.free * gigabyte, 100 * gigabyte) } })
        }

        var now: Timestamp { state.withLock { $0.wall } }
    }

    @Test func `a clock set back an hour is found, stands for an hour, and while the platform is ahead of it`() {
        let machine = Machine()
        let watch = machine.watch()
        machine.pass(.seconds(15))
        #expect(watch.findings(at: machine.now).isEmpty)
        machine.pass(.seconds(15), jumping: .zero - .hours(1))
        machine.state.withLock { $0.lead = .hours(1) }
        let found = watch.findings(at: machine.now)
        #expect(found.map(\.subject) == ["clock", "behind"])
        #expect(found.allSatisfy { $0.kind == .clock })
        machine.pass(.minutes(59))
        #expect(watch.findings(at: machine.now).map(\.subject) == ["clock", "behind"])
        machine.pass(.minutes(2))
        machine.state.withLock { $0.lead = .zero }
        #expect(watch.findings(at: machine.now).isEmpty)
    }

    @Test func `a disk that fills is found before it is full, and the finding ends when there is room again`() {
        let machine = Machine()
        let watch = machine.watch()
        #expect(watch.findings(at: machine.now).isEmpty)
        machine.state.withLock { $0.free = 15 }
        let found = watch.findings(at: machine.now)
        #expect(found.map(\.kind) == [.disk])
        #expect(found.first?.detail.contains("15%") == true)
        machine.state.withLock { $0.free = 3 }
        #expect(watch.findings(at: machine.now).first?.detail.contains("请立即处理") == true)
        machine.state.withLock { $0.free = 90 }
        #expect(watch.findings(at: machine.now).isEmpty)
    }

    @Test func `the real machine answers: it has a disk, and its clock does not jump between two looks`() {
        let watch = MachineWatch(clock: ServerClock(), folder: "/")
        let found = watch.findings(at: Timestamp(milliseconds: 0)).filter { $0.kind == .clock }
        #expect(found.isEmpty)
        #expect((watch.space?.total ?? 0) > 0)
    }
}
