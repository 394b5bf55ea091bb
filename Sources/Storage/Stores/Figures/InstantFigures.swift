import Domain
import Kernel

/// What is on line at this moment (domain §9: 瞬时).
enum InstantFigures {
    /// 最近 10 min 有有效心跳.
    static let heartbeatWithin = Interval.minutes(10)

    static func rows(
        _ kind: FigureKind, now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRow] {
        let window = now..<(now + .milliseconds(1))
        switch kind {
        case .onlineNow:
            let filed = try FilingStore.confirmedSpans(.enterprise, window: window, scope: scope, in: &session)
            let online = try onlineEnterprises(now: now, scope: scope, in: &session)
            let roster = try FigureSources.roster(scope: scope, now: now, in: &session)
            return roster.filter { $0.isExpectedOnline(on: Day(now)) && filed[$0.id.rawValue] == nil }.map { record in
                FigureRow(
                    enterprise: record.id, subject: .enterprise, at: now, ratio: Ratio(online.contains(record.id)))
            }
        case .pointsOnline:
            let filed = try FilingStore.confirmedSpans(.point, window: window, scope: scope, in: &session)
            return try session.rows(
                """
                SELECT p.enterprise_id, p.id, CASE WHEN s.value_at IS NOT NULL AND s.offline_since IS NULL
                    THEN 1 ELSE 0 END
                FROM point AS p LEFT JOIN point_state AS s ON s.point_id = p.id
                WHERE p.in_use = 1 AND \(scope.enterprises(column: "p.enterprise_id")) ORDER BY p.id
                """
            ) { row throws(StorageError) in
                (enterprise: row.next() as EnterpriseID, point: row.next() as PointID, isOnline: row.next() as Bool)
            }.filter { filed[$0.point.rawValue] == nil }.map {
                FigureRow(enterprise: $0.enterprise, subject: .point($0.point), at: now, ratio: Ratio($0.isOnline))
            }
        case .videoNow:
            let filed = try FilingStore.confirmedSpans(.camera, window: window, scope: scope, in: &session)
            return try session.rows(
                """
                SELECT c.enterprise_id, c.id, CASE WHEN s.is_online = 1 THEN 1 ELSE 0 END
                FROM camera AS c LEFT JOIN camera_state AS s ON s.camera_id = c.id
                WHERE c.in_use = 1 AND \(scope.enterprises(column: "c.enterprise_id")) ORDER BY c.id
                """
            ) { row throws(StorageError) in
                (enterprise: row.next() as EnterpriseID, camera: row.next() as String, isOnline: row.next() as Bool)
            }.filter { filed[$0.camera] == nil }.map {
                FigureRow(enterprise: $0.enterprise, subject: .camera($0.camera), at: now, ratio: Ratio($0.isOnline))
            }
        case .commitment, .commitmentLate, .onlineTime, .videoTime, .enterprisesOnline, .enterprisesVideo,
            .alarmsCleared, .warningsDisposed, .warningsInTime, .reportsInTime, .supervisionsFedBack, .duties,
            .patrols, .checks, .mustChecks, .problemsFedBack:
            preconditionFailure("\(kind) is counted over a window")
        }
    }

    /// A heartbeat within ten minutes and at least one point on line.
    private static func onlineEnterprises(
        now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Set<EnterpriseID> {
        Set(
            try session.rows(
                """
                SELECT DISTINCT g.enterprise_id FROM gateway AS g
                WHERE g.revoked_at IS NULL AND g.seen_at >= \(now - heartbeatWithin)
                    AND EXISTS (SELECT 1 FROM point AS p JOIN point_state AS s ON s.point_id = p.id
                        WHERE p.enterprise_id = g.enterprise_id AND p.in_use = 1 AND s.value_at IS NOT NULL
                            AND s.offline_since IS NULL)
                    AND \(scope.enterprises(column: "g.enterprise_id"))
                """
            ) { row throws(StorageError) in row.next() as EnterpriseID })
    }
}
