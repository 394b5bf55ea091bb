import HTTPTypes
import Hummingbird
import HummingbirdCore
import Kernel
import NIOCore
import ServiceLifecycle

/// `/events`: one stream a browser (pages rule 25).
enum EventStream {
    static func response(site: Site, request: Request, officer: Officer) -> Response {
        let lastSeen = request.headers[.lastEventID].flatMap { Int64($0) }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store", .accelBuffering: "no",
            ],
            body: .init { writer in
                let (id, events) = site.events.join(officer)
                defer { site.events.leave(id) }
                var opening = ByteBuffer(string: "retry: 2000\n\n")
                var beat = EventHub.message(
                    "heartbeat", data: String(site.now.milliseconds), id: site.events.sequence)
                opening.writeBuffer(&beat)
                // What went by while nobody listened is fetched as a whole.
                if let lastSeen, lastSeen != site.events.sequence {
                    var catchUp = EventHub.message("refresh", data: "now", id: site.events.sequence)
                    opening.writeBuffer(&catchUp)
                }
                try await writer.write(opening)
                try await withGracefulShutdownHandler {
                    try await request.body.consumeWithCancellationOnInboundClose { _ in
                        for await event in events { try await writer.write(event) }
                    }
                } onGracefulShutdown: {
                    site.events.leave(id)
                }
                try await writer.finish(nil)
            })
    }
}

extension HTTPField.Name {
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
