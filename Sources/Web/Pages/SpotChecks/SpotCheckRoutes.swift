import Domain
import Hummingbird

extension Routes {
    /// Spot checks, their draws and plans; duty calls.
    func addSpotChecks() {
        let readers: Set<AccountRole> = [.duty, .admin]
        pages.page("checks", for: readers, SpotChecksPage.show)
        pages.page("checks/add", for: [.duty], SpotCheckAddPage.show)
        pages.action("checks/open", for: [.duty], SpotCheckActions.open)
        pages.page("checks/record/:id", for: [.duty, .admin, .safety], SpotCheckRecordPage.show)
        // Where problems point back to.
        pages.page("check/:id", for: [.duty, .admin, .safety], SpotCheckRecordPage.show)
        pages.action("checks/record/:id", for: [.duty], SpotCheckActions.write)
        pages.data("checks/export", for: readers, SpotCheckExport.xlsx)
        pages.data("checks/docx", for: readers, SpotCheckExport.docx)
        pages.data("checks/print", for: readers, SpotCheckExport.printed)
        pages.page("checks/draw/:day", for: readers, DrawPage.show)
        pages.data("checks/draw/:day/file", for: readers, DrawPage.file)
        pages.page("checks/plans", for: readers, RotationPlansPage.show)
        pages.action("checks/plans/new", for: [.duty], RotationPlansPage.create)
        pages.action("checks/plans/:id/end", for: [.duty], RotationPlansPage.end)
        pages.page("calls", for: Set(AccountRole.allCases), DutyCallsPage.show)
        pages.action("calls/new", for: [.duty], DutyCallsPage.create)
        pages.page("calls/:id", for: Set(AccountRole.allCases), DutyCallPage.show)
        pages.action("calls/:id/answer", for: [.duty, .safety, .responsible], DutyCallPage.answer)
    }
}
