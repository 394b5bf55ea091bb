public import Domain
public import Kernel

/// The published seeds of the days.
public enum DrawSeedStore {
    public static func find(_ day: Day, in session: inout Session) throws(StorageError) -> DrawSeed? {
        try session.first("SELECT sequence, hash FROM check_seed WHERE day = \(day)") { row throws(StorageError) in
            DrawSeed(day: day, sequence: row.next(), hash: row.next())
        }
    }

    /// The seed of the day, written down once: the last row of the log that was recorded before 00:00. A day that is
    /// made up after an outage gets the very seed that it would have got.
    public static func publish(
        _ day: Day, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> DrawSeed {
        if let known = try find(day, in: &session) { return known }
        let head = try session.first(
            """
            SELECT sequence, hash, recorded_at FROM log WHERE recorded_at < \(day.start) ORDER BY sequence DESC LIMIT 1
            """
        ) { row throws(StorageError) in
            (sequence: row.next() as Int64, hash: row.next() as [UInt8], at: row.next() as Timestamp)
        }
        let seed = DrawSeed(
            day: day, sequence: head?.sequence ?? 0, hash: Hash.hexadecimal(head?.hash ?? Hash.zero))
        try session.execute(
            """
            INSERT INTO check_seed (day, sequence, hash, recorded_at, published_at)
            VALUES (\(day), \(seed.sequence), \(seed.hash), \(head?.at), \(now)) ON CONFLICT (day) DO NOTHING
            """)
        return seed
    }

    /// What does not fit between a seed and the log: empty where the seed is the log's last row before 00:00.
    public static func differences(_ seed: DrawSeed, in session: inout Session) throws(StorageError) -> [String] {
        guard seed.sequence > 0 else {
            let count =
                try session.first("SELECT count(*) FROM log WHERE recorded_at < \(seed.day.start)") {
                    row throws(StorageError) in row.next() as Int
                } ?? 0
            return count == 0 ? [] : ["种子写明日志当时为空,但 00:00 之前已有 \(count) 行"]
        }
        let row = try session.first(
            "SELECT hash, recorded_at FROM log WHERE sequence = \(seed.sequence)"
        ) { row throws(StorageError) in (hash: row.next() as [UInt8], at: row.next() as Timestamp) }
        guard let row else { return ["日志里没有第 \(seed.sequence) 行"] }
        var found: [String] = []
        if Hash.hexadecimal(row.hash) != seed.hash { found.append("日志第 \(seed.sequence) 行的哈希不是这个种子") }
        if row.at >= seed.day.start {
            found.append("日志第 \(seed.sequence) 行写于 \(ChinaTime.dateTime(row.at)),在 00:00 之后")
        }
        let later = try session.first(
            """
            SELECT sequence FROM log WHERE sequence > \(seed.sequence) AND recorded_at < \(seed.day.start)
            ORDER BY sequence LIMIT 1
            """
        ) { row throws(StorageError) in row.next() as Int64 }
        if let later { found.append("00:00 之前最后一行不是第 \(seed.sequence) 行:第 \(later) 行更晚") }
        return found
    }
}
