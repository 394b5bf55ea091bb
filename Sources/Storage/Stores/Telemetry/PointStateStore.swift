public import Domain
public import Kernel

/// What points know that must outlive a restart, and the marks that tell the table in memory where it stands.
public enum PointStateStore {
    /// Every point in use or not, for the table in memory.
    public static func points(in session: inout Session) throws(StorageError) -> [MonitoringPoint] {
        try RegistryRows.points(where: "1 = 1", in: &session)
    }

    public static func points(
        _ ids: [PointID], in session: inout Session
    ) throws(StorageError) -> [MonitoringPoint] {
        try RegistryRows.points(where: "x.id IN (\(list: ids))", in: &session)
    }

    public static func snapshots(in session: inout Session) throws(StorageError) -> [PointID: PointSnapshot] {
        let rows = try session.rows(
            """
            SELECT point_id, value, value_at, effective_at, received_at, quality, state, state_since, offline_since,
                latches, timer_high_high, timer_low_low, timer_high, timer_low FROM point_state
            """
        ) { row throws(StorageError) in
            let point: PointID = row.next()
            return (
                point,
                PointSnapshot(
                    value: row.next(), claimedAt: row.next(), effectiveAt: row.next(), receivedAt: row.next(),
                    quality: (row.next() as Quality?) ?? .good, state: row.next(), stateSince: row.next(),
                    offlineSince: row.next(), latches: UInt8(truncatingIfNeeded: row.next() as Int64),
                    timers: [row.next(), row.next(), row.next(), row.next()])
            )
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    public static func store(
        _ states: [(point: PointID, snapshot: PointSnapshot)], in session: inout Session
    ) throws(StorageError) {
        var start = 0
        while start < states.count {
            let chunk = states[start..<min(start + 100, states.count)]
            try session.execute(upsert(chunk.map { row($0.point, $0.snapshot) }))
            start += 100
        }
    }

    private static func row(_ point: PointID, _ snapshot: PointSnapshot) -> SQL {
        """
        (\(point), \(snapshot.value), \(snapshot.claimedAt), \(snapshot.effectiveAt), \(snapshot.receivedAt),
            \(snapshot.quality), \(snapshot.state), \(snapshot.stateSince), \(snapshot.offlineSince),
            \(Int64(snapshot.latches)), \(snapshot.timers[0]), \(snapshot.timers[1]), \(snapshot.timers[2]),
            \(snapshot.timers[3]))
        """
    }

    private static func upsert(_ rows: [SQL]) -> SQL {
        """
        INSERT INTO point_state (point_id, value, value_at, effective_at, received_at, quality, state, state_since,
            offline_since, latches, timer_high_high, timer_low_low, timer_high, timer_low)
        VALUES \(rows.joined(separator: ", "))
        ON CONFLICT (point_id) DO UPDATE SET value = excluded.value, value_at = excluded.value_at,
            effective_at = excluded.effective_at, received_at = excluded.received_at, quality = excluded.quality,
            state = excluded.state, state_since = excluded.state_since, offline_since = excluded.offline_since,
            latches = excluded.latches, timer_high_high = excluded.timer_high_high,
            timer_low_low = excluded.timer_low_low, timer_high = excluded.timer_high, timer_low = excluded.timer_low
        """
    }

    /// The last entry of the register's log after a place; nil where there is none.
    public static func lastRegisterChange(
        after sequence: Int64, in session: inout Session
    ) throws(StorageError) -> Int64? {
        try session.first(
            "SELECT max(sequence) FROM log WHERE sequence > \(sequence) AND stream_kind = 'registry'"
        ) { row throws(StorageError) in row.next() as Int64? } ?? nil
    }

    /// How often the table in memory was changed by a committed transaction.
    public static func generation(in session: inout Session) throws(StorageError) -> Int64 {
        try session.first("SELECT sequence FROM chain WHERE name = 'points'") { row throws(StorageError) in
            row.next()
        } ?? 0
    }

    public static func setGeneration(_ generation: Int64, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO chain (name, sequence, hash) VALUES ('points', \(generation), \(Hash.zero))
            ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence
            """)
    }

    /// The last upload whose values the stored rows include.
    public static func checkpoint(in session: inout Session) throws(StorageError) -> Int64 {
        try SettingStore.text("intake.checkpoint", in: &session).flatMap { Int64($0) } ?? 0
    }

    public static func setCheckpoint(
        _ sequence: Int64, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try SettingStore.set("intake.checkpoint", String(sequence), at: now, in: &session)
    }
}
