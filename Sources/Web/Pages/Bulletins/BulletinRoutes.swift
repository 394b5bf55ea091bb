import Documents
import Domain
import Hummingbird

/// Bulletins: for officers, for those they went to, and the public ones for anybody.
struct BulletinRoutes {
    let pages: PageRoutes
    private static let readers: Set<AccountRole> = [.duty, .safety, .responsible, .admin]

    func add() {
        let site = pages.site
        pages.page("bulletins", for: Self.readers, BulletinListPage.show)
        pages.page("bulletins/:id", for: Self.readers, BulletinPage.show)
        pages.data("bulletins/:id/docx", for: Self.readers, BulletinFiles.docx)
        pages.data("bulletins/:id/xlsx", for: Self.readers, BulletinFiles.xlsx)
        pages.data("bulletins/:id/pdf", for: Self.readers, BulletinFiles.pdf)
        pages.action("bulletins/new", for: [.duty], BulletinActions.special)
        pages.action("bulletins/settings", for: [.duty], BulletinActions.settings)
        pages.action("bulletins/:id/edit", for: [.duty], BulletinActions.edit)
        pages.action("bulletins/:id/submit", for: [.duty], BulletinActions.submit)
        pages.action("bulletins/:id/approve", for: [.duty], BulletinActions.approve)
        pages.action("bulletins/:id/return", for: [.duty], BulletinActions.sendBack)
        pages.action("bulletins/:id/issue", for: [.duty], BulletinActions.issue)
        pages.action("bulletins/:id/correct", for: [.duty], BulletinActions.correct)
        pages.action("bulletins/:id/withdraw", for: [.duty], BulletinActions.withdraw)
        pages.action("bulletins/:id/publish", for: [.duty], BulletinActions.publish)
        pages.action("bulletins/:id/acknowledge", for: [.duty, .safety], BulletinActions.acknowledge)
        pages.router.get("documents.css") { _, _ -> Response in BulletinFiles.style() }
        pages.router.get("public/bulletins") { _, _ -> Response in try await PublicBulletins.list(site) }
        pages.router.get("public/bulletins/:id") { _, context -> Response in
            try await PublicBulletins.show(site, context.parameters.get("id") ?? "")
        }
    }
}
