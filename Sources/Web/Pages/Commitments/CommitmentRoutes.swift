import Domain
import Hummingbird

/// The pages of the safety commitment.
struct CommitmentRoutes {
    let pages: PageRoutes

    func add() {
        pages.page("commitment", for: [.safety], CommitmentForm.show)
        pages.action("commitment", for: [.safety], CommitmentActions.submit)
        pages.action("commitment/judge", for: [.safety], CommitmentActions.judge)
        pages.action("commitment/explain/:id", for: [.safety, .responsible], CommitmentActions.explain)
        pages.action("commitment/delegate", for: [.safety, .responsible], CommitmentActions.delegate)
        pages.action("commitment/delegation/:id/revoke", for: [.safety, .responsible], CommitmentActions.revoke)
        pages.page("m/commitment", for: [.responsible], CommitmentPhone.show)
        pages.action("m/commitment/sign", for: [.responsible], CommitmentPhone.sign)
        pages.page("commitments", for: [.duty, .admin], CommitmentRegulator.show)
        pages.page("commitments/enterprise/:id", for: [.duty, .admin, .safety], CommitmentHistory.show)
        pages.action("commitments/urge/:id", for: [.duty], CommitmentActions.urge)
        pages.page("commitments/rules", for: [.admin], ConventionsPage.commitments)
        pages.action("commitments/rules", for: [.admin], ConventionsPage.saveCommitments)
        let site = pages.site
        pages.router.get("public/commitments") { request, _ -> Response in
            try await PublicCommitments.list(site, request)
        }
        pages.router.get("public/commitments/:id") { request, context -> Response in
            try await PublicCommitments.enterprise(site, request, context)
        }
    }
}
