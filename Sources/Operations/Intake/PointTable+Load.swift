public import Domain
public import Kernel
public import Storage
import Wire

extension PointTable {
    /// The table as the database has it: the register, the stored states, and the last values of the uploads that came
    /// after the checkpoint. The platform's own absence takes no point offline: silence counts from `now`.
    public static func load(
        at now: Timestamp, in session: inout Session,
        settings: @escaping @Sendable (MonitoringPoint) -> PointSettings = { PointSettings($0) }
    ) throws(StorageError) -> PointTable {
        var table = PointTable(settings: settings)
        let snapshots = try PointStateStore.snapshots(in: &session)
        var trackers: [PointTracker] = []
        for point in try PointStateStore.points(in: &session) {
            let place = table.register(point)
            precondition(place == trackers.count, "points are added in order")
            trackers.append(
                snapshots[point.id].map { PointTracker(settings(point), restoring: $0) }
                    ?? PointTracker(settings(point)))
        }
        try table.replay(into: &trackers, in: &session)
        for place in trackers.indices {
            trackers[place].platformStarted(at: now)
            // A limit that went while nobody watched must not hold an alarm for ever.
            if trackers[place].state.isAlarm {
                trackers[place].reconfigure(settings(table.points[place].registered), at: now)
                table.unreconciled.insert(place)
            }
            table.restore(trackers[place], at: place)
        }
        table.setSources(try RiskStore.sources(in: &session))
        table.setExemptions(try ExemptionStore.standing(at: now, in: &session))
        table.exemptionsCheckedAt = now
        table.filings = try FilingStore.standing(at: now, in: &session)
        table.unreconciled.formUnion(table.exemptions.keys)
        for alarm in try AlarmStore.openExempt(in: &session) {
            if let place = table.place(of: alarm.point) { table.unreconciled.insert(place) }
        }
        table.setGeneration(try PointStateStore.generation(in: &session))
        return table
    }

    private func replay(into trackers: inout [PointTracker], in session: inout Session) throws(StorageError) {
        var sequence = try PointStateStore.checkpoint(in: &session)
        while true {
            let uploads = try UploadStore.payloads(after: sequence, limit: 500, in: &session)
            for upload in uploads {
                guard let decoded = try? UploadPayload.decode(upload.bytes) else {
                    throw .other(.init(message: "upload \(upload.sequence) cannot be read", statement: "upload"))
                }
                let places = decoded.codes.map { directory.place(of: $0) }
                let newest = decoded.items.map(\.at).max()
                let clock = UploadClock(received: upload.receivedAt, newest: newest)
                for item in decoded.items where !item.isBackfill {
                    guard let place = places[item.code] else { continue }
                    trackers[place].restoreLatest(
                        value: item.value, claimed: item.at, effective: clock.read(item.at, marked: false).effective,
                        received: upload.receivedAt)
                }
            }
            guard let last = uploads.last, uploads.count == 500 else { return }
            sequence = last.sequence
        }
    }

    /// The states of some points as they stand, for a checkpoint; only those that received something since.
    public func snapshots(
        of places: Range<Int>, receivedSince: Timestamp
    ) -> [(point: PointID, snapshot: PointSnapshot)] {
        places.clamped(to: 0..<count).compactMap { place in
            guard let received = trackers[place].receivedAt, received >= receivedSince else { return nil }
            return (points[place].id, trackers[place].snapshot)
        }
    }

    /// Takes the register as it now is. What changed is reconfigured; the places of changed points.
    mutating func refreshRegister(
        at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [Int] {
        isStructureChanged = true
        var changed: [Int] = []
        for point in try PointStateStore.points(in: &session) {
            if let place = place(of: point.id), points[place].registered == point { continue }
            let isKnown = place(of: point.id) != nil
            let place = register(point)
            if isKnown { change(place) { [settings] in $0.reconfigure(settings(point), at: now) } }
            changed.append(place)
        }
        setSources(try RiskStore.sources(in: &session))
        return changed
    }

    mutating func reloadExemptions(at now: Timestamp, in session: inout Session) throws(StorageError) {
        isStructureChanged = true
        setExemptions(try ExemptionStore.standing(at: now, in: &session))
    }

    mutating func reloadFilings(at now: Timestamp, in session: inout Session) throws(StorageError) {
        isStructureChanged = true
        filings = try FilingStore.standing(at: now, in: &session)
    }
}
