import Domain
import Hummingbird

/// Scores and findings of data quality.
struct QualityRoutes {
    let pages: PageRoutes

    private static let everybody: Set<AccountRole> = [.duty, .safety, .admin]

    func add() {
        pages.page("quality", for: Self.everybody, QualityPage.show)
        pages.page("quality/enterprise/:id", for: Self.everybody, QualityEnterprisePage.show)
        pages.action("quality/ledger", for: [.safety], QualityEnterprisePage.tellLedger)
        pages.page("findings", for: Self.everybody, FindingsPage.show)
        pages.page("findings/:id", for: Self.everybody, FindingPage.show)
        pages.action("findings/:id", for: Self.everybody, FindingPage.act)
    }
}
