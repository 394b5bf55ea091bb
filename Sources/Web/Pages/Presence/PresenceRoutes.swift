import Domain
import Hummingbird

/// 摄像机, 离线, 报备, 开停车备案.
struct PresenceRoutes {
    let pages: PageRoutes

    private static let offices: Set<AccountRole> = [.safety, .duty, .admin]

    func add() {
        pages.page("cameras", for: Self.offices, CamerasPage.show)
        pages.action("cameras", for: [.safety, .admin], CamerasPage.save)
        pages.action("cameras/:id/use", for: Self.offices, CamerasPage.setInUse)
        pages.page("offline", for: Self.offices, OfflinePage.show)
        pages.page("filings", for: Self.offices, FilingListPage.show)
        pages.page("filings/new", for: [.safety], FilingForm.show)
        pages.upload(
            "filings/new", for: [.safety], filesBytesMax: FilingAttachment.countMax * FilingAttachment.bytesMax,
            FilingForm.submit)
        pages.page("filings/records", for: Self.offices, OperationRecordsPage.show)
        pages.action("filings/records", for: [.safety], OperationRecordsPage.save)
        pages.action("filings/records/:id/end", for: [.safety], OperationRecordsPage.end)
        pages.page("filings/:id", for: Self.offices, FilingPage.show)
        pages.data("filings/:id/files/:file", for: Self.offices, FilingPage.file)
        pages.action("filings/:id/decide", for: [.duty], FilingActions.decide)
        pages.action("filings/:id/extension", for: [.duty], FilingActions.decideExtension)
        pages.action("filings/:id/withdraw", for: [.safety], FilingActions.withdraw)
        pages.action("filings/:id/end", for: [.safety, .duty], FilingActions.end)
        pages.action("filings/:id/extend", for: [.safety], FilingActions.ask)
    }
}
