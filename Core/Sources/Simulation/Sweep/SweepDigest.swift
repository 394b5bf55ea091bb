import Domain
import Kernel

/// FNV-1a over everything that happened, in order.
struct SweepDigest {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ line: WarningWorld.Line) {
        add(line.at.milliseconds)
        add(line.warning.rawValue)
        add(line.event.kind)
        switch line.event {
        case .raised(let raised):
            add(Int64(raised.level.rawValue))
            for recipient in raised.recipients { add(recipient.id) }
        case .changed(let change):
            add(Int64(change.to.rawValue))
            for recipient in change.recipients { add(recipient.id) }
        case .cautioned(let caution):
            add(Int64(caution.level.rawValue))
            add(caution.count)
            for recipient in caution.recipients { add(recipient.id) }
        case .supervisionOrdered(let level, let authority, _):
            add(Int64(level.rawValue))
            add(authority.rawValue)
        case .alarmLinked(let alarm), .alarmCleared(let alarm): add(alarm.rawValue)
        case .cleared, .allClear, .reportOverdue, .acknowledged, .progressed, .reported, .reportReturned,
            .reportApproved, .fedBack, .annotated, .closed:
            break
        }
    }

    private mutating func add(_ text: String) {
        for byte in text.utf8 { mix(byte) }
        mix(0xFF)
    }

    private mutating func add(_ number: Int64) {
        for shift in stride(from: 0, to: 64, by: 8) { mix(UInt8(truncatingIfNeeded: number >> Int64(shift))) }
    }

    private mutating func mix(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
}
