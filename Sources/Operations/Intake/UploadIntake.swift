import Domain
import Kernel
import Storage
import Wire

/// The way of one upload through its transaction.
struct UploadIntake {
    private let submission: IntakeSubmission
    private let clock: UploadClock
    private var items: [UploadPayload.Item] = []
    private var rejected: [RejectedValue] = []
    private var recorder = PointRecorder()

    init(_ submission: IntakeSubmission) {
        self.submission = submission
        let newest = submission.message.values.lazy.map(\.claimedAt)
            .filter { !UploadClock.isTooFarAhead($0, received: submission.received) }.max()
        clock = UploadClock(received: submission.received, newest: newest)
    }

    mutating func run(
        table: inout PointTable, findings: inout FindingTally, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) -> IntakeOutcome {
        let message = submission.message
        if message.kind == .heartbeat { return .accepted(count: 0, rejected: [], isDuplicate: false) }
        let earlier = try UploadStore.earlier(
            gateway: submission.gateway, epoch: message.epoch, seq: message.seq, in: &session)
        if let earlier {
            if earlier.bodyHash == submission.bodyHash {
                return .accepted(
                    count: Int(earlier.acceptedCount), rejected: IntakeOutcome.rejected(from: earlier.rejected),
                    isDuplicate: true)
            }
            findings.note(
                .init(rule: .sequenceConflict, enterprise: submission.enterprise, gateway: submission.gateway),
                "epoch \"\(message.epoch)\" seq \(message.seq)")
            return .conflict
        }
        if let body = submission.body {
            return try MessageIntake.run(submission, body, findings: &findings, context: &context, in: &session)
        }
        let values = accepted(table)
        if values.isEmpty, !message.values.isEmpty, message.values.allSatisfy({ isForeign($0, table) }) {
            return .foreign
        }
        items.reserveCapacity(values.count)
        for value in values {
            try take(value, table: &table, findings: &findings, context: &context, in: &session)
        }
        for place in Set(items.map(\.code)).sorted() {
            try recorder.drain(place, to: submission.received, table: &table, context: &context, in: &session)
        }
        try recorder.finish(table: &table, context: &context, in: &session)
        rejected.sort { $0.index < $1.index }
        try UploadChain.append(
            [
                Upload(
                    gateway: submission.gateway.rawValue, epoch: message.epoch, seq: message.seq,
                    receivedAt: submission.received, bodyHash: submission.bodyHash,
                    payload: UploadPayload.encode(items, received: submission.received, directory: table.directory),
                    acceptedCount: Int64(items.count), rejected: IntakeOutcome.json(rejected).text)
            ], in: &session)
        return .accepted(count: items.count, rejected: rejected, isDuplicate: false)
    }

    private func isForeign(_ value: UploadValue, _ table: PointTable) -> Bool {
        table.points[Int(value.point)].enterprise != submission.enterprise
    }

    /// The values that belong to the enterprise, in the order of their times.
    private mutating func accepted(_ table: PointTable) -> [UploadValue] {
        rejected = submission.message.rejected
        var values: [UploadValue] = []
        values.reserveCapacity(submission.message.values.count)
        var isSorted = true
        for value in submission.message.values {
            let point = table.points[Int(value.point)]
            if point.enterprise != submission.enterprise {
                rejected.append(
                    RejectedValue(
                        index: Int(value.index), reason: "targetCode “\(point.id)”属于别的企业"))
            } else if !point.isInUse {
                rejected.append(
                    RejectedValue(index: Int(value.index), reason: "targetCode “\(point.id)”已停用"))
            } else {
                if let last = values.last, last.claimedAt > value.claimedAt { isSorted = false }
                values.append(value)
            }
        }
        if !isSorted { values.sort { ($0.claimedAt, $0.index) < ($1.claimedAt, $1.index) } }
        return values
    }

    private mutating func take(
        _ value: UploadValue, table: inout PointTable, findings: inout FindingTally,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let place = Int(value.point)
        let reading = clock.read(value.claimedAt, marked: value.isMarkedBackfill)
        if reading.isFromFuture {
            findings.note(
                .init(rule: .futureTime, enterprise: submission.enterprise, gateway: submission.gateway),
                "\(table.points[place].id) \(ChinaTime.dateTime(value.claimedAt))")
        }
        if reading.isMarkIgnored {
            findings.note(
                .init(rule: .backfillMarkIgnored, enterprise: submission.enterprise, gateway: submission.gateway),
                "\(table.points[place].id)")
        }
        var isBackfill = reading.isBackfill
        if !isBackfill {
            isBackfill = try !live(value, reading, table: &table, context: &context, in: &session)
        }
        try checkMissed(
            value, at: reading.at, isBackfill: isBackfill, table: table, findings: &findings, in: &session)
        items.append(
            UploadPayload.Item(
                code: place, at: reading.at, claimedAt: reading.isFromFuture ? value.claimedAt : nil,
                value: value.value, quality: value.quality, isBackfill: isBackfill,
                isMarkIgnored: reading.isMarkIgnored, reported: value.reported))
    }

    /// False where the value turned out to be older than what the point has told.
    private mutating func live(
        _ value: UploadValue, _ reading: UploadClock.Reading, table: inout PointTable,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> Bool {
        let place = Int(value.point)
        try recorder.drain(place, to: reading.effective, table: &table, context: &context, in: &session)
        let wasBad = table.trackers[place].isBad
        let wasOffline = table.trackers[place].isOffline
        let isFirst = table.trackers[place].receivedAt == nil
        let received = submission.received
        let reception = table.change(place) {
            $0.ingest(
                value: value.value, quality: value.quality, claimed: reading.at, effective: reading.effective,
                received: received)
        }
        switch reception {
        case .older: return false
        case .live:
            try recorder.received(
                place, wasBad: wasBad, wasOffline: wasOffline, isFirst: isFirst, at: received, table: table,
                context: &context, in: &session)
            // Only up to this value's own time: the next one may cancel what is pending.
            try recorder.drain(place, to: reading.effective, table: &table, context: &context, in: &session)
            return true
        }
    }

    private func checkMissed(
        _ value: UploadValue, at instant: Timestamp, isBackfill: Bool, table: PointTable,
        findings: inout FindingTally, in session: inout Session
    ) throws(StorageError) {
        let point = table.points[Int(value.point)]
        var subject = FindingStore.Subject(
            rule: .missedAlarm, enterprise: point.enterprise, hazard: point.hazard, point: point.id)
        if let reported = value.reported,
            MissedAlarmCheck.isMissed(
                value: value.value, quality: value.quality, reported: reported, limits: point.limits)
        {
            findings.note(subject, "\(ChinaTime.dateTime(instant)) \(value.value),上报 \(reported.rawValue)")
        }
        guard isBackfill, value.quality.mayRaise, !value.value.isNaN, point.limits.isBeyond(value.value) else { return }
        subject.rule = .missedAlarmInBackfill
        guard !findings.has(subject) else { return findings.note(subject, "") }
        let tolerance = point.registered.onDelay + .minutes(1)
        if try !AlarmStore.hadAlarm(point.id, at: instant, tolerance: tolerance, in: &session) {
            findings.note(subject, "\(ChinaTime.dateTime(instant)) \(value.value)")
        }
    }
}
