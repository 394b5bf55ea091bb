public import Kernel

/// The definitions of domain §9 as pure functions from facts to rows. Storage fetches the facts, pages and bulletins
/// add up the rows; nothing else defines a rate.
public enum FigureRules {
    /// A time on line of this share of what was due makes an enterprise one that was on line (本项目约定).
    public static let onlineShareMin = Ratio(90, 100)

    // MARK: commitments (data measures Art. 7)

    public enum Promise: Hashable, Sendable {
        case onTime, late
        /// By a delegate before ten: listed apart, not counted as in time unless the locality says so (A24).
        case byDelegate
    }

    /// What came of one expected enterprise on one day; `promise` nil: nothing came in time to be told.
    public struct PromiseFact: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var day: Day
        public var promise: Promise?

        public init(enterprise: EnterpriseID, day: Day, promise: Promise?) {
            self.enterprise = enterprise
            self.day = day
            self.promise = promise
        }
    }

    /// One row an enterprise that must commit, and day. A running day counts from its beginning: who has not yet
    /// committed is missing.
    public static func commitmentRows(
        _ kind: FigureKind, _ facts: [PromiseFact], delegatesCount: Bool = false
    ) -> [FigureRow] {
        facts.map { fact in
            let counts =
                kind == .commitmentLate
                ? fact.promise == .late
                : fact.promise == .onTime || (delegatesCount && fact.promise == .byDelegate)
            return FigureRow(
                enterprise: fact.enterprise, subject: .enterprise, at: fact.day.start, ratio: Ratio(counts))
        }
    }

    // MARK: time on line

    /// Milliseconds on line of milliseconds due: both without what is filed and confirmed, so that a filing can never
    /// lift the rate above the whole.
    public static func onlineTime(_ online: SpanSet, filed: SpanSet, in window: FigureWindow) -> Ratio {
        guard !filed.isEmpty else {
            let span = window.span
            return Ratio(
                online.length(within: span).milliseconds, (span.upperBound - span.lowerBound).milliseconds)
        }
        let due = SpanSet([window.span]).subtracting(filed)
        return Ratio(online.intersection(due).length.milliseconds, due.length.milliseconds)
    }

    public static func onlineRows(
        of roster: [EnterpriseRecord], online: [EnterpriseID: SpanSet], filed: [EnterpriseID: SpanSet],
        window: FigureWindow
    ) -> [FigureRow] {
        let days = window.days.map { (day: $0, window: window.day($0)) }
        var rows: [FigureRow] = []
        rows.reserveCapacity(roster.count * days.count)
        for enterprise in roster {
            let present = online[enterprise.id] ?? .empty
            let absent = filed[enterprise.id] ?? .empty
            for (day, window) in days where enterprise.isExpectedOnline(on: day) {
                let ratio = onlineTime(present, filed: absent, in: window.beginning(at: enterprise.createdAt))
                if ratio.isCountable {
                    rows.append(FigureRow(enterprise: enterprise.id, subject: .enterprise, at: day.start, ratio: ratio))
                }
            }
        }
        return rows
    }

    /// 在线时长达应在线 90% 的企业: from the rows of time, one row an enterprise and day. Cameras of one enterprise are
    /// added up first. An enterprise that was filed out for the whole day is left out above and below.
    public static func sharesReached(_ rows: [FigureRow]) -> [FigureRow] {
        struct Key: Hashable {
            var enterprise: EnterpriseID
            var at: Timestamp
        }
        var sums: [Key: Ratio] = [:]
        var order: [Key] = []
        for row in rows {
            let key = Key(enterprise: row.enterprise, at: row.at)
            if sums[key] == nil { order.append(key) }
            sums[key, default: .none] += row.ratio
        }
        return order.compactMap { key in
            guard let sum = sums[key], sum.isCountable else { return nil }
            return FigureRow(
                enterprise: key.enterprise, subject: .enterprise, at: key.at,
                ratio: Ratio(!sum.isBelow(onlineShareMin)))
        }
    }

    public struct CameraTime: Hashable, Sendable {
        public var id: String
        public var enterprise: EnterpriseID
        public var registeredAt: Timestamp
        public var online: SpanSet
        /// Of the camera or of the whole enterprise.
        public var filed: SpanSet

        public init(
            id: String, enterprise: EnterpriseID, registeredAt: Timestamp, online: SpanSet, filed: SpanSet
        ) {
            self.id = id
            self.enterprise = enterprise
            self.registeredAt = registeredAt
            self.online = online
            self.filed = filed
        }
    }

    /// Σ各路在线 ÷ 应接路时: one row a camera and day.
    public static func videoRows(
        of roster: [EnterpriseRecord], cameras: [CameraTime], window: FigureWindow
    ) -> [FigureRow] {
        var rows: [FigureRow] = []
        forEachVideoTime(of: roster, cameras: cameras, window: window) { camera, day, ratio in
            rows.append(
                FigureRow(enterprise: camera.enterprise, subject: .camera(camera.id), at: day.start, ratio: ratio))
        }
        return rows
    }

    /// The same without a row: a nation has half a million of them in a week.
    public static func forEachVideoTime(
        of roster: [EnterpriseRecord], cameras: [CameraTime], window: FigureWindow,
        _ body: (CameraTime, Day, Ratio) -> Void
    ) {
        let days = window.days.map { (day: $0, window: window.day($0)) }
        var expected: [EnterpriseID: [Bool]] = [:]
        for enterprise in roster { expected[enterprise.id] = days.map { enterprise.isExpectedOnline(on: $0.day) } }
        for camera in cameras {
            guard let isExpected = expected[camera.enterprise] else { continue }
            for (place, (day, window)) in days.enumerated()
            where isExpected[place] && camera.registeredAt < day.next.start {
                let ratio = onlineTime(
                    camera.online, filed: camera.filed, in: window.beginning(at: camera.registeredAt))
                if ratio.isCountable { body(camera, day, ratio) }
            }
        }
    }

    // MARK: alarms

    public struct AlarmFact: Hashable, Sendable {
        public var id: AlarmID
        public var enterprise: EnterpriseID
        public var point: PointID
        public var openedAt: Timestamp
        public var clearedAt: Timestamp?

        public init(
            id: AlarmID, enterprise: EnterpriseID, point: PointID, openedAt: Timestamp, clearedAt: Timestamp?
        ) {
            self.id = id
            self.enterprise = enterprise
            self.point = point
            self.openedAt = openedAt
            self.clearedAt = clearedAt
        }
    }

    /// 期内产生且截至期末已消警 ÷ 期内产生: an alarm counts in the period in which it opened, whenever it clears.
    public static func clearedRows(_ alarms: [AlarmFact], window: FigureWindow) -> [FigureRow] {
        alarms.compactMap { alarm in
            guard window.contains(alarm.openedAt) else { return nil }
            let isCleared = alarm.clearedAt.map { $0 < window.until && $0 <= window.now } ?? false
            return FigureRow(
                enterprise: alarm.enterprise, subject: .alarm(alarm.id), at: alarm.openedAt, ratio: Ratio(isCleared))
        }
    }

    /// 平均消警时长: milliseconds over alarms cleared, of the same alarms and up to the same instant.
    public static func clearTime(_ alarms: [AlarmFact], window: FigureWindow) -> Ratio {
        var sum = Ratio.none
        for alarm in alarms where window.contains(alarm.openedAt) {
            if let cleared = alarm.clearedAt, cleared < window.until, cleared <= window.now {
                sum += Ratio((cleared - alarm.openedAt).milliseconds, 1)
            }
        }
        return sum
    }
}
