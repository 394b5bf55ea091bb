import Domain
import Hummingbird

/// Every page and every act, one line each: address, who may, what answers.
struct Routes {
    let pages: PageRoutes

    private static let everybody = Set(AccountRole.allCases)
    private static let regulator: Set<AccountRole> = [.duty, .admin]

    func add() {
        pages.page("", for: Self.everybody, DeskPage.show)
        pages.page("wall", for: Self.regulator, WallPage.show)
        pages.page("map", for: Self.regulator, MapPage.show)
        pages.page("inbox", for: Self.everybody, InboxPage.show)
        pages.page("inbox/open", for: Self.everybody, InboxPage.open)
        pages.page("account", for: Self.everybody, AccountPage.show)
        pages.page("account/password", for: Self.everybody, AccessPage.showPassword)
        pages.action("account/password", for: Self.everybody, AccessPage.changePassword)
        pages.page("account/factor", for: Self.everybody, AccessPage.showFactor)
        pages.action("account/factor", for: Self.everybody, AccessPage.setFactor)
        pages.action("account/factor/remove", for: Self.everybody, AccessPage.removeFactor)
        pages.action("account/factor/codes", for: Self.everybody, AccessPage.renewCodes)
        pages.action("account/tokens", for: Self.everybody, AccountPage.make)
        pages.action("account/token/:id/revoke", for: Self.everybody, AccountPage.revoke)
        pages.page("import", for: WorkImportPage.roles, WorkImportPage.show)
        pages.page("import/template/:kind", for: WorkImportPage.roles, WorkImportPage.template)
        pages.upload(
            "import", for: WorkImportPage.roles, filesBytesMax: AdminImport.fileBytesMax, WorkImportPage.upload)
        QualityRoutes(pages: pages).add()
        addWarnings()
        addRegistry()
        addEnterprise()
        addPhone()
        InspectionRoutes(pages: pages).add()
        addSpotChecks()
        PresenceRoutes(pages: pages).add()
        CommitmentRoutes(pages: pages).add()
        DutyRoutes(pages: pages).add()
        FiguresRoutes(pages: pages).add()
        AdminRoutes(pages: pages).add()
        BulletinRoutes(pages: pages).add()
    }

    private func addRegistry() {
        pages.page("alarms", for: Self.everybody, AlarmListPage.show)
        pages.page("alarm/:id", for: Self.everybody, AlarmPage.show)
        pages.action("alarm/:id/acknowledge", for: [.safety, .responsible], AlarmPage.acknowledge)
        pages.action("alarm/:id/clear", for: [.safety, .responsible], AlarmPage.clear)
        pages.page("points", for: Self.everybody, PointListPage.show)
        pages.page("point/:id", for: Self.everybody, PointPage.show)
        pages.data("point/:id/values", for: Self.everybody, PointPage.values)
        pages.page("enterprises", for: Self.regulator, EnterpriseListPage.show)
        pages.page("enterprise/:id", for: Self.everybody, EnterprisePage.show)
        pages.page("hazard/:id", for: Self.everybody, HazardPage.show)
    }

    private func addEnterprise() {
        pages.page("e", for: [.safety], EnterpriseDesk.show)
        pages.page("exemptions", for: [.safety, .duty, .admin], ExemptionListPage.show)
        pages.page("exemptions/new", for: [.safety], ExemptionForm.show)
        pages.action("exemptions/new", for: [.safety], ExemptionForm.submit)
        pages.action("exemptions/:id/decide", for: [.duty], ExemptionActions.decide)
        pages.action("exemptions/:id/end", for: [.safety, .duty], ExemptionActions.end)
    }

    private func addWarnings() {
        pages.page("warnings", for: Self.everybody, WarningListPage.show)
        pages.page("warning/:id", for: Self.everybody, WarningPage.show)
        pages.action("warning/:id/sign", for: [.duty], WarningActions.sign)
        pages.action("warning/:id/acknowledge", for: [.responsible, .safety], WarningActions.acknowledge)
        pages.action("warning/:id/progress", for: [.responsible, .safety, .duty], WarningActions.progress)
        pages.action("warning/:id/report", for: [.responsible, .safety], WarningActions.report)
        pages.action("warning/:id/approve", for: [.duty], WarningActions.approve)
        pages.action("warning/:id/return", for: [.duty], WarningActions.returnReport)
        pages.action("warning/:id/feedback", for: [.duty], WarningActions.feedback)
        pages.action("warning/:id/annotate", for: [.duty], WarningActions.annotate)
        pages.action("warning/:id/export", for: WarningCase.readers, WarningCase.export)
    }

    private func addPhone() {
        pages.page("m", for: [.responsible], PhonePage.show)
        pages.page("m/sources", for: [.responsible], PhoneSources.show)
    }
}
