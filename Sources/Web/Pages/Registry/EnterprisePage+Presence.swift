import Domain
import Kernel
import Storage

extension EnterprisePage {
    /// Whether it is connected and what it has filed: lines of the enterprise's page. The caller has checked the scope.
    static func presenceFacts(
        of id: EnterpriseID, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [Fact] {
        let own = Scope.enterprise(id)
        let isOnline = try PresenceStore.isOnline(.enterprise, id.rawValue, in: &session)
        let since = try PresenceStore.offlineSince(.enterprise, id.rawValue, in: &session)
        let points = try OfflineListing.count(.point, scope: own, now: now, in: &session)
        let cameras = try OfflineListing.count(.camera, scope: own, now: now, in: &session)
        let running = try FilingStore.running(at: now, enterprise: id, scope: own, in: &session)
        let waiting = try FilingListing.waiting(scope: own, in: &session)
        let query = "?enterprise=" + Form.encode(id.rawValue)
        let state = isOnline ? "在线" : since.map { "离线 \(Wording.length(now - $0))" } ?? "还没有数据"
        func share(_ count: OfflineListing.Count) -> String {
            "\(count.online)/\(count.due)" + (count.filed > 0 ? ",报备 \(count.filed)" : "")
        }
        return [
            Fact(title: "数据", text: state, address: "/offline"),
            Fact(title: "点位在线", text: share(points), address: "/points" + query),
            Fact(title: "视频在线", text: share(cameras), address: "/cameras" + query),
            Fact(
                title: "报备", text: "执行中 \(running.count)" + (waiting > 0 ? ",待确认 \(waiting)" : ""),
                address: "/filings" + query),
        ]
    }
}
