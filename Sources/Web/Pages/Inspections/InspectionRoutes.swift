import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// The pages of problems, patrols, site checks, attendance and their set-up, one line each.
struct InspectionRoutes {
    let pages: PageRoutes

    private static let regulator: Set<AccountRole> = [.duty, .admin]
    private static let involved: Set<AccountRole> = [.duty, .safety, .admin]

    func add() {
        pages.page("problems", for: Self.involved, ProblemListPage.show)
        pages.page("problem/:id", for: Self.involved, ProblemPage.show)
        pages.data("problem/:id/file/:file", for: Self.involved, InspectionFilePage.problem)
        pages.action("problem/:id/handdown", for: [.duty], ProblemActions.handDown)
        pages.action("problem/:id/order", for: [.duty], ProblemActions.order)
        pages.upload(
            "problem/:id/feedback", for: [.duty, .safety], filesBytesMax: InspectionFilePage.sentBytesMax,
            ProblemActions.feedBack)
        pages.action("problem/:id/recheck", for: [.duty], ProblemActions.recheck)
        pages.action("problem/:id/close", for: [.duty], ProblemActions.close)
        pages.action("problem/:id/major", for: [.duty], ProblemActions.judgeMajor)
        pages.action("problem/:id/lift", for: [.duty], ProblemActions.lift)
        pages.action("problem/:id/penalty", for: [.duty], ProblemActions.penalise)
        pages.action("problem/:id/urge", for: [.duty], ProblemActions.urge)
        addPatrols()
        pages.page("sitechecks", for: Self.regulator, SiteCheckListPage.show)
        pages.action("sitechecks", for: [.duty], SiteCheckListPage.order)
        pages.page("sitecheck/:id", for: Self.regulator, SiteCheckPage.show)
        pages.upload(
            "sitecheck/:id", for: [.duty], filesBytesMax: InspectionFilePage.sentBytesMax, SiteCheckPage.submit)
        pages.data("sitecheck/:id/file/:file", for: Self.regulator, InspectionFilePage.siteCheck)
        pages.page("circulars", for: Self.involved, CircularPage.show)
        pages.action("circulars", for: [.duty], CircularPage.send)
        pages.action("circular/:id/sign", for: [.safety], CircularPage.sign)
    }

    private func addPatrols() {
        pages.page("patrols", for: Self.regulator, PatrolPage.show)
        pages.page("patrols/new", for: [.duty], PatrolForm.show)
        pages.action("patrols/new", for: [.duty], PatrolForm.submit)
        pages.page("patrols/overview", for: Self.regulator, PatrolOverview.show)
        pages.page("patrol/:id", for: Self.regulator, PatrolRecordPage.show)
        pages.action("patrols/items", for: [.duty], PatrolPage.addItem)
        pages.action("patrols/item/:id/retire", for: [.duty], PatrolPage.retireItem)
        pages.page("attendance", for: Self.regulator, AttendancePage.show)
        pages.page("admin/periods", for: [.admin], AdminPeriods.show)
        pages.action("admin/periods", for: [.admin], AdminPeriods.add)
        pages.action("admin/periods/settings", for: [.admin], AdminPeriods.settings)
        pages.action("admin/period/:id/end", for: [.admin], AdminPeriods.end)
        pages.page("admin/inspectors", for: Self.regulator, AdminInspectors.show)
        pages.action("admin/inspectors", for: Self.regulator, AdminInspectors.name)
        pages.action("admin/inspector/:id/end", for: Self.regulator, AdminInspectors.dismiss)
        pages.action("admin/inspectors/person", for: Self.regulator, AdminInspectors.addPerson)
        pages.action("admin/inspectors/person/:id/end", for: Self.regulator, AdminInspectors.removePerson)
        pages.action("admin/inspectors/profile", for: [.admin], AdminInspectors.saveProfile)
    }
}

extension Visit {
    /// The officer's office; only who speaks for one may act here.
    func office() throws -> AuthorityID {
        guard let office = officer.authority else { throw PageRefusal.forbidden("这个账号不属于任何监管单位。") }
        return office
    }

    /// The reader opened the page of a thing: every notice about it is read (the receipt of XC-18).
    func markRead(_ subject: String) async throws {
        let (scope, now, account) = (scope, now, officer.account)
        try await site.store.write { session throws(StorageError) in
            _ = try Inbox.markRead(subject: subject, scope: scope, by: account, now: now, in: &session)
        }
    }

    /// One transaction of an inspection; afterwards the live pages are told.
    func inspect<T: Sendable>(
        _ body: @Sendable (inout OperationContext, inout Session) throws(ProblemFailure) -> T
    ) async throws(ProblemFailure) -> T {
        let start = operation()
        let value = try await site.store.write { session throws(ProblemFailure) in
            var context = start
            return try body(&context, &session)
        }
        site.events.committed()
        return value
    }

    /// `2026-11-23T18:00` or with a space, to the minute.
    static func instant(_ text: String) -> Timestamp? {
        let text = text.replacing("T", with: " ")
        return ChinaTime.parseDateTime(text.count == 16 ? text + ":00" : text)
    }
}

extension ProblemFailure {
    var refusal: PageRefusal {
        switch self {
        case .notFound: .notFound
        case .forbidden(let words): .forbidden(words)
        case .refused(let refusal): .refused(refusal.reason)
        case .unsuitable(let words): .refused(words)
        case .storage(let error): error.isConflict ? .refused("别人刚刚改过,请刷新后再看。") : .busy
        }
    }
}
