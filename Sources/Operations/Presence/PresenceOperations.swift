import Domain
import Kernel
public import Storage

/// Online and offline of points, enterprises and cameras as spans, written with what caused them: nothing is done for a
/// value that changes nothing.
///
/// An enterprise is online while at least one of its points is (domain §9): a point is online for ten minutes from its
/// last live value, so that there is then a message within ten minutes too.
public enum PresenceOperations {
    static func pointCameOnline(
        _ point: PointID, of enterprise: EnterpriseID, isKnownOnline: Bool = false, at instant: Timestamp,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard try PresenceStore.open(.point, point.rawValue, of: enterprise, at: instant, in: &session),
            !isKnownOnline
        else { return }
        let id = enterprise.rawValue
        guard try PresenceStore.open(.enterprise, id, of: enterprise, at: instant, in: &session) else { return }
        try DueStore.set(.presence, id: "long." + id, at: nil, in: &session)
        try context.log(stream: "presence", id, "online", [:], at: instant, in: &session)
    }

    static func pointWentOffline(
        _ point: PointID, of enterprise: EnterpriseID, at instant: Timestamp, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        guard try PresenceStore.close(.point, point.rawValue, at: instant, in: &session),
            try !PresenceStore.hasOnlinePoint(of: enterprise, in: &session)
        else { return }
        let id = enterprise.rawValue
        guard try PresenceStore.close(.enterprise, id, at: instant, in: &session) else { return }
        try context.log(stream: "presence", id, "offline", [:], at: instant, in: &session)
        try DueStore.set(
            .presence, id: "long." + id, at: instant + PresenceRules.standard.longOffline, in: &session)
        guard try !isFiled(enterprise, at: context.now, in: &session) else { return }
        try NoticeOperations.send(
            Notice(
                key: "offline:\(id):\(instant.milliseconds)", recipient: .enterprise(enterprise),
                subject: "presence:\(id)", title: "数据中断",
                text: "\(ChinaTime.dateTime(instant)) 起全部点位离线。请检查采集设备、网关和专线;计划内的停用请报备。",
                address: "/offline", enterprise: enterprise), context: &context, in: &session)
    }

    static func isFiled(
        _ enterprise: EnterpriseID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        try FilingStore.running(at: now, enterprise: enterprise, scope: .system, in: &session)
            .contains(where: \.coverage.isWhole)
    }

    /// Brings the spans to agree with the points in memory: after a start, where spans are older than this program or
    /// the last run was cut off between two of its versions. The caller is inside a transaction of the table.
    public static func reconcile(
        table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let stored = try PresenceStore.online(.point, in: &session)
        for place in 0..<table.count {
            let point = table.points[place]
            let tracker = table.tracker(at: place)
            let isOnline = tracker.receivedAt != nil && !tracker.isOffline
            if isOnline, !stored.contains(point.id.rawValue) {
                try pointCameOnline(point.id, of: point.enterprise, at: context.now, context: &context, in: &session)
            } else if !isOnline, stored.contains(point.id.rawValue) {
                try pointWentOffline(
                    point.id, of: point.enterprise, at: tracker.offlineSince ?? context.now, context: &context,
                    in: &session)
            }
        }
    }
}
