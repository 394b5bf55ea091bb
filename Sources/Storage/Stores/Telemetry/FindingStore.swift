public import Domain
public import Kernel

/// Things found wrong with data: one row while it is not resolved, counted.
public enum FindingStore {
    public enum Rule: String, CaseIterable, Hashable, Sendable {
        /// A value claimed a time more than five minutes ahead.
        case futureTime
        /// The backfill mark stood on values younger than five minutes.
        case backfillMarkIgnored
        /// The same sequence number with another body.
        case sequenceConflict
        /// 漏报: the edge reported less than the value calls for.
        case missedAlarm
        /// 漏报: a value that came later lies beyond a limit, and there was no alarm at its time.
        case missedAlarmInBackfill
        /// The limits at the edge are laxer than ours.
        case laxerEdgeLimit
        /// An alarm ended because its limit was changed.
        case alarmEndedByLimitChange
        /// What a gateway says of the register differs from it.
        case registerDifference
        /// 不稳定: offline too often in a month (QY-02).
        case unstableConnection

        public var label: String {
            switch self {
            case .futureTime: "数据时间超前 5 分钟以上"
            case .backfillMarkIgnored: "5 分钟内的数据带补传标记"
            case .sequenceConflict: "同一序号的报文内容不同"
            case .missedAlarm: "漏报:企业端上报状态低于应报状态"
            case .missedAlarmInBackfill: "漏报:补传数据越限而当时没有报警"
            case .laxerEdgeLimit: "企业端阈值宽于平台阈值"
            case .alarmEndedByLimitChange: "报警因阈值变更而结束"
            case .registerDifference: "企业上报的基础数据与登记不一致"
            case .unstableConnection: "接入不稳定:当月离线次数过多"
            }
        }
    }

    public struct Subject: Hashable, Sendable {
        public var rule: Rule
        public var enterprise: EnterpriseID
        public var hazard: HazardID?
        public var point: PointID?
        public var gateway: GatewayID?

        public init(
            rule: Rule, enterprise: EnterpriseID, hazard: HazardID? = nil, point: PointID? = nil,
            gateway: GatewayID? = nil
        ) {
            self.rule = rule
            self.enterprise = enterprise
            self.hazard = hazard
            self.point = point
            self.gateway = gateway
        }
    }

    /// Adds to the open finding of the subject, or begins one under `id`.
    public static func note(
        _ subject: Subject, count: Int, detail: String, id: @autoclosure () -> String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        let changed = try session.execute(
            """
            UPDATE finding SET count = count + \(count), last_at = \(now), detail = \(detail)
            WHERE rule = \(subject.rule) AND enterprise_id = \(subject.enterprise)
                AND point_id IS NOT DISTINCT FROM \(subject.point)
                AND gateway_id IS NOT DISTINCT FROM \(subject.gateway) AND resolved_at IS NULL
            """)
        guard changed == 0 else { return }
        try session.execute(
            """
            INSERT INTO finding (id, rule, enterprise_id, hazard_id, point_id, gateway_id, first_at, last_at, count,
                detail)
            VALUES (\(id()), \(subject.rule), \(subject.enterprise), \(subject.hazard), \(subject.point),
                \(subject.gateway), \(now), \(now), \(count), \(detail))
            """)
    }
}
