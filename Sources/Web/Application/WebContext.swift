import Hummingbird
import NIOCore

/// What travels with a request.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    var requestID: String
    var remoteAddress: String
    var officer: Officer?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        requestID = RequestID().description
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? "?"
    }
}
