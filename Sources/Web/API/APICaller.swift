import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Who calls the API: the session of a browser by its cookie, or a program by a token of an account.
struct APICaller: Sendable {
    /// A token's last use is written at most this often.
    static let touchEvery = Interval.minutes(1)

    var officer: Officer
    /// The token's id; nil for a session.
    var token: String?

    /// - Parameter address: where the request comes from: wrong tokens are counted by it.
    static func find(
        _ site: Site, _ request: Request, from address: String, isWriting: Bool
    ) async throws -> APICaller {
        if let header = request.headers[.authorization] {
            guard header.lowercased().hasPrefix("bearer ") else { throw Problem(.wrongToken) }
            let secret = header.dropFirst(7).filter { $0 != " " }
            return try await byToken(site, String(secret), from: address, isWriting: isWriting)
        }
        guard let cookie = request.cookies[SessionMiddleware.cookie]?.value, !cookie.isEmpty,
            let officer = try await site.officer(token: cookie, isByHand: isWriting)
        else { throw Problem(.notSignedIn) }
        if isWriting {
            let origin = request.headers[.secFetchSite] ?? "same-origin"
            let token = HTTPField.Name(APIServer.csrfHeader).flatMap { request.headers[$0] } ?? ""
            guard origin == "same-origin", Tokens.areEqual(token, officer.csrf) else { throw Problem(.csrf) }
        }
        return APICaller(officer: officer, token: nil)
    }

    private static func byToken(
        _ site: Site, _ secret: String, from address: String, isWriting: Bool
    ) async throws -> APICaller {
        let (hash, now) = (Tokens.sha256(Array(secret.utf8)), site.now)
        let found = try await site.store.read { session throws(StorageError) in
            try APITokenStore.find(hash: hash, now: now, in: &session)
        }
        guard let found else {
            try hold(site.programs.wait("address:" + address, at: now))
            throw Problem(.wrongToken)
        }
        try hold(site.programs.wait("token:" + found.id, at: now))
        guard found.mayWrite || !isWriting else { throw Problem(.readOnlyToken) }
        if found.usedAt.map({ now - $0 >= touchEvery }) ?? true {
            try await site.store.write { session throws(StorageError) in
                try APITokenStore.touch(found.id, at: now, in: &session)
            }
        }
        return APICaller(officer: Officer(found.owner, sessionHash: []), token: found.id)
    }

    private static func hold(_ seconds: Int?) throws(Problem) {
        guard let seconds else { return }
        var problem = Problem(.tooOften)
        problem.retryAfterSeconds = seconds
        throw problem
    }
}

extension Officer {
    /// For operations that ask for no account. Sees nothing.
    static let nobody = Officer(
        account: "", login: "", name: "", role: .responsible, authority: nil, authorityLevel: nil, enterprise: nil,
        person: nil, organization: "", region: nil, sessionHash: [], csrf: "")
}
