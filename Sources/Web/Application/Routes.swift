import Domain
import Hummingbird

/// Every page and every act, one line each: address, who may, what answers.
struct Routes {
    let pages: PageRoutes

    private static let everybody = Set(AccountRole.allCases)
    private static let regulator: Set<AccountRole> = [.duty, .admin]

    func add() {
        pages.action("logout", for: Self.everybody, SignInPage.signOut)
        pages.page("", for: Self.everybody, DeskPage.show)
    }
}
