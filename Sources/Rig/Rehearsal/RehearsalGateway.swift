import Domain
import Kernel
import Operations

/// A gateway and the network before it. It keeps what was not acknowledged and sends it again; the network loses,
/// repeats, delays, and so reorders.
struct RehearsalGateway {
    struct Key: Hashable {
        let enterprise: Int
        let seq: Int64
    }

    struct Upload {
        let key: Key
        let body: [UInt8]
    }

    let enterprise: Int
    private var seq: Int64 = 0
    private var unsettled: [(seq: Int64, body: [UInt8], sentAt: Timestamp)] = []
    private var underway: [(arrivesAt: Timestamp, upload: Upload)] = []
    /// Points that are beyond a limit: the value, and until which minute.
    private var excursions: [String: (value: Double, until: Int64)] = [:]
    /// The whole site is silent until then.
    private var silentUntil: Int64 = 0

    init(enterprise: Int) { self.enterprise = enterprise }

    var id: GatewayID { GatewayID("GW-e\(enterprise)") }
    var isQuiet: Bool { unsettled.isEmpty && underway.isEmpty }

    /// Once a minute: reads the plant and sends what it read, with what is still unsettled.
    mutating func sample(minute: Int64, at instant: Timestamp, _ chance: inout SeededGenerator) {
        if chance.chance(0.0005) { silentUntil = minute + Int64(chance.integer(5...90)) }
        if minute >= silentUntil {
            seq += 1
            let body = Array(read(minute, at: instant, &chance).text.utf8)
            unsettled.append((seq, body, .distantPast))
        }
        var sent = 0
        for index in unsettled.indices where instant - unsettled[index].sentAt >= .minutes(2) && sent < 20 {
            sent += 1
            unsettled[index].sentAt = instant
            let key = Key(enterprise: enterprise, seq: unsettled[index].seq)
            let upload = Upload(key: key, body: unsettled[index].body)
            for _ in 0..<(chance.chance(0.08) ? 2 : 1) where !chance.chance(0.08) {
                let delay = chance.chance(0.1) ? chance.integer(1...240) : chance.integer(0...10)
                underway.append((instant + .seconds(Int64(delay)), upload))
            }
        }
    }

    private mutating func read(_ minute: Int64, at instant: Timestamp, _ chance: inout SeededGenerator) -> JSON {
        var datas: [JSON] = []
        for source in RehearsalRegistry.enterprises[enterprise].sources {
            for point in source.points {
                if let excursion = excursions[point.id], excursion.until <= minute { excursions[point.id] = nil }
                if excursions[point.id] == nil, chance.chance(0.003) {
                    let minutes = chance.chance(0.2) ? chance.integer(60...400) : chance.integer(1...40)
                    excursions[point.id] = (chance.pick(point.beyond), minute + Int64(minutes))
                } else if excursions[point.id] != nil, chance.chance(0.02) {
                    excursions[point.id]?.value = chance.pick(point.beyond)
                }
                let value = excursions[point.id]?.value ?? point.normal * (1 + 0.05 * chance.normal() / 3)
                let quality = chance.chance(0.002) ? "BAD" : "GOOD"
                datas.append([
                    "targetCode": .string(point.id), "value": .number((value * 1_000).rounded() / 1_000),
                    "collectTime": .string(ChinaTime.dateTime(instant)), "quality": .string(quality),
                ])
            }
        }
        return [
            "dataSourceCode": .string(id.rawValue), "type": "realtime", "seq": .integer(seq),
            "sendTime": .string(ChinaTime.dateTime(instant)), "datas": .array(datas),
        ]
    }

    /// What the network has brought by now, in the order in which it came. Where nobody listens it is lost.
    mutating func arrivals(at instant: Timestamp) -> [Upload] {
        let come = underway.enumerated().filter { $0.element.arrivesAt <= instant }
        guard !come.isEmpty else { return [] }
        underway.removeAll { $0.arrivesAt <= instant }
        return come.sorted { ($0.element.arrivesAt, $0.offset) < ($1.element.arrivesAt, $1.offset) }
            .map(\.element.upload)
    }

    mutating func settle(_ seq: Int64) { unsettled.removeAll { $0.seq == seq } }

    /// At the end: everything that is left, over a network that has become good.
    mutating func resend(at instant: Timestamp) {
        guard underway.isEmpty else { return }
        for left in unsettled {
            underway.append((instant, Upload(key: Key(enterprise: enterprise, seq: left.seq), body: left.body)))
        }
    }
}

/// The receiver of webhooks. It takes each key once, whatever comes back to us of its answer.
struct RehearsalWebhook {
    private(set) var received: [String: Int] = [:]

    mutating func send(_ key: String, _ chance: inout SeededGenerator) -> DeliveryOutcome {
        switch chance.integer(0...9) {
        case 0: return .unreachable(detail: "no answer")
        case 1:
            // It came through, and the answer was lost.
            received[key, default: 0] += 1
            return .unreachable(detail: "no answer")
        case 2: return .refused(detail: "503")
        default:
            received[key, default: 0] += 1
            return .delivered(detail: "200")
        }
    }
}
