import Domain
import Foundation
public import Kernel
public import Storage
import Synchronization

/// Looks at the machine under the platform: whether its clock goes right, and whether its disk has room. The auditor
/// raises what is found like its own.
public final class MachineWatch: Sendable {
    /// A jump is over in an instant, but somebody must see it: it stands for so long. [本项目约定]
    public static let stepStands = Interval.hours(1)
    /// Less than this the clock is ahead of the wall for moments, when the wall is corrected.
    public static let leadMax = Interval.seconds(5)

    public typealias Disk = @Sendable () -> (free: Int64, total: Int64)?
    public typealias Readings = @Sendable () -> (wall: Timestamp, steady: Interval)

    private struct State {
        var clock: ClockCheck
        var disk = DiskCheck()
        var told: (finding: ClockCheck.Finding, steady: Interval)?
        var free: (free: Int64, total: Int64)?
    }

    private let lead: @Sendable () -> Interval
    private let disk: Disk
    private let readings: Readings
    private let state: Mutex<State>

    /// - Parameters:
    ///   - folder: where the data lie; nil where they are elsewhere.
    public convenience init(clock: ServerClock, folder: String?) {
        self.init(
            lead: { clock.lead }, readings: { ServerClock.readings() },
            disk: { folder.flatMap(Self.space) })
    }

    init(lead: @escaping @Sendable () -> Interval, readings: @escaping Readings, disk: @escaping Disk) {
        self.lead = lead
        self.disk = disk
        self.readings = readings
        let start = readings()
        state = Mutex(State(clock: ClockCheck(wall: start.wall, steady: start.steady)))
    }

    /// What is wrong now.
    public func findings(at now: Timestamp) -> [WatchFinding] {
        let (reading, space, lead) = (readings(), disk(), lead())
        return state.withLock { state in
            var found: [WatchFinding] = []
            if let finding = state.clock.look(wall: reading.wall, steady: reading.steady) {
                state.told = (finding, reading.steady)
            }
            if let told = state.told {
                if reading.steady - told.steady < Self.stepStands {
                    found.append(Self.finding(.clock, "clock", told.finding.text, now))
                } else {
                    state.told = nil
                }
            }
            if lead > Self.leadMax {
                found.append(
                    Self.finding(
                        .clock, "behind", "系统时钟比平台已走到的时间慢 \(lead.seconds) 秒:时限按平台的时间照常走,请校准", now))
            }
            state.free = space
            if let space, let finding = state.disk.look(free: space.free, total: space.total, at: now) {
                found.append(Self.finding(.disk, "disk", finding.text, now))
            }
            return found
        }
    }

    /// Free and whole bytes at the last look.
    public var space: (free: Int64, total: Int64)? { state.withLock { $0.free } }

    private static func finding(
        _ kind: WatchFinding.Kind, _ subject: String, _ detail: String, _ now: Timestamp
    ) -> WatchFinding {
        WatchFinding(kind: kind, subject: subject, detail: detail, firstAt: now)
    }

    private static func space(of folder: String) -> (free: Int64, total: Int64)? {
        guard let found = try? FileManager.default.attributesOfFileSystem(forPath: folder),
            let free = (found[.systemFreeSize] as? NSNumber)?.int64Value,
            let total = (found[.systemSize] as? NSNumber)?.int64Value
        else { return nil }
        return (free, total)
    }
}
