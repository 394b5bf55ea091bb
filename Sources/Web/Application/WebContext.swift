import Hummingbird
import NIOCore

/// What travels with a request.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    var requestID: String
    var remoteAddress: String
    var officer: Officer?
    /// Who has shown a password and owes something more; never together with `officer`.
    var pending: PendingSignIn?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        requestID = RequestID().description
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? "?"
    }
}
