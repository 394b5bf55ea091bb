import Domain
import Hummingbird

/// The pages of duties.
struct DutyRoutes {
    let pages: PageRoutes

    func add() {
        let company: Set<AccountRole> = [.safety, .responsible]
        pages.page("m/duties", for: [.responsible], DutyPhone.show)
        pages.page("m/duties/task/:id", for: [.responsible], DutyTaskPage.show)
        pages.upload(
            "m/duties/task/:id", for: [.responsible], filesBytesMax: DutyPhoto.countMax * DutyPhoto.bytesMax,
            DutyTaskPage.submit)
        pages.action("m/duties/work", for: company, RootCausePage.work)
        pages.page("duties", for: [.duty, .admin, .safety], DutyDesk.show)
        pages.page("duties/task/:id", for: [.duty, .admin, .safety], DutyTaskPage.show)
        pages.data("duties/photo/:id", for: Set(AccountRole.allCases), DutyTaskPage.photo)
        pages.page("duties/cause/:id", for: Set(AccountRole.allCases), RootCausePage.show)
        pages.action("duties/cause/:id", for: company, RootCausePage.submit)
        pages.action("duties/cause/:id/finish", for: company, RootCausePage.finish)
        pages.page("duties/rules", for: [.admin], ConventionsPage.duties)
        pages.action("duties/rules", for: [.admin], ConventionsPage.saveDuties)
    }
}
