import Documents
import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 社会公开 bulletins, for anybody without signing in (TB-02, TB-10).
struct PublicBulletins: Sendable {
    struct Line: Sendable {
        var address: String
        var title: String
        var office: String
        var number: String
        var day: String
    }

    var lines: [Line]
    var article: String?

    static func list(_ site: Site) async throws -> Response {
        var filter = BulletinListing.Filter()
        filter.isPublic = true
        let wanted = filter
        let found = try await site.store.read { session throws(StorageError) in
            try BulletinListing.all(wanted, scope: .system, limit: 100, in: &session)
        }
        let lines = found.map { item in
            Line(
                address: "/public/bulletins/" + Form.encode(item.id.rawValue), title: item.title,
                office: item.officeName, number: item.number ?? "",
                day: item.issuedAt.map { ChinaTime.date(Day($0)) } ?? "")
        }
        return page(site, PublicBulletins(lines: lines), title: "公开通报", template: "public-bulletins")
    }

    static func show(_ site: Site, _ id: String) async throws -> Response {
        let found = try await site.store.read { session throws(StorageError) in
            try BulletinStore.published(BulletinID(id), in: &session)
        }
        guard let document = found else { throw PageRefusal.notFound }
        let article = HTMLDocument.article(document, isLinked: false)
        let title = document.title.filter { $0 != "\n" }
        return page(
            site, PublicBulletins(lines: [], article: article), title: title, template: "public-bulletin")
    }

    private static func page(
        _ site: Site, _ model: PublicBulletins, title: String, template: String
    ) -> Response {
        let layout = site.layout(
            title: title, frame: .bare, theme: .light, officer: nil, section: nil, hasStream: false)
        return site.html(site.templates.render(template, PageContext(page: layout, model: model)))
    }
}
