import Domain
import Hummingbird

/// Figures, rankings, evaluation and attention lists.
struct FiguresRoutes {
    let pages: PageRoutes

    private static let regulator: Set<AccountRole> = [.duty, .admin]

    func add() {
        pages.page("figures", for: Self.regulator, FiguresPage.show)
        pages.page("figures/:kind", for: Self.regulator, FigureListPage.show)
        pages.page("rankings", for: Self.regulator, RankingsPage.show)
        pages.action("rankings/rules", for: [.admin], RankingsPage.change)
        pages.page("evaluation", for: Self.regulator, EvaluationPage.show)
        pages.page("attention", for: [.duty], AttentionPage.show)
    }
}
