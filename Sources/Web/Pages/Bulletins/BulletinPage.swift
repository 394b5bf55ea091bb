import Documents
import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// One bulletin: as an official document, with what may be done with it by whom.
struct BulletinPage: Sendable {
    struct SectionLine: Sendable {
        var number: Int
        var title: String
        var address: String
    }
    struct Field: Sendable {
        var index: Int
        var key: String
        var label: String
        var hint: String
        var text: String
        var rows: Int
    }
    struct Receipt: Sendable {
        var name: String
        var isCopy: Bool
        var sent: String
        var read: String
        var signed: String
        var isSigned: Bool
    }
    struct Event: Sendable {
        var time: String
        var by: String
        var what: String
        var detail: String
    }
    struct Link: Sendable {
        var address: String
        var title: String
    }

    var heading: String
    var phase: String
    var number: String
    var window: String
    var base: String
    var article: String
    var sections: [SectionLine]
    var sectionCount: Int
    var drafted: String
    var submitted: String
    var approved: String
    var issued: String
    var share: String
    var reason: String?
    var publicity: String
    var related: [Link]
    var fields: [Field]
    var receivers: String
    var receiverCount: Int
    var copies: String
    var receipts: [Receipt]
    var readText: String
    var channels: [Event]
    var channelChoices: [Choice]
    var changes: [Event]
    var csrf: String
    var mayEdit: Bool
    var maySubmit: Bool
    var mayApprove: Bool
    var mayIssue: Bool
    var mayWithdraw: Bool
    var mayCorrect: Bool
    var mayPublish: Bool
    var mayAcknowledge: Bool
    var hasReceipts: Bool
    var hasReceivers: Bool
    var publicAddress: String?

    struct Found: Sendable {
        var bulletin: Bulletin
        var listing: BulletinListing
        var final: Document?
        var receivers: BulletinReceivers?
        var receipts: [BulletinReceipts]
        var channels: [BulletinStore.Publication]
        var changes: [BulletinListing.Change]
    }

    /// As whom an officer signs for what came.
    static func recipient(of officer: Officer) -> Recipient? {
        switch officer.role {
        case .duty: officer.authority.map { .authority($0) }
        case .safety: officer.enterprise.map { .enterprise($0) }
        case .responsible, .admin: nil
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        let found = try await read(visit)
        let page = BulletinPage(found, visit)
        return visit.page("bulletin", page, title: found.bulletin.title, section: .bulletins)
    }

    /// Opening it is reading it: the receipt notes when, before anything is read of it.
    private static func read(_ visit: Visit) async throws -> Found {
        let (id, scope) = (BulletinID(visit.parameter("id")), visit.scope)
        let isDuty = visit.officer.role == .duty
        try await visit.markRead("bulletin:\(id)")
        let found = try await visit.read { session throws(StorageError) -> Found? in
            var filter = BulletinListing.Filter()
            filter.id = id
            guard let record = try BulletinStore.record(id, scope: scope, in: &session),
                let listing = try BulletinListing.all(filter, scope: scope, limit: 1, in: &session).first
            else { return nil }
            let bulletin = record.bulletin
            let isOwn = isDuty && scope == .authority(bulletin.office)
            var receivers: BulletinReceivers?
            if isOwn, bulletin.number == nil, let office = try BulletinOffices.find(bulletin.office, in: &session) {
                let settings = try BulletinOffices.settings(of: office, in: &session)
                receivers = try BulletinReceivers.of(bulletin, from: office, settings: settings, in: &session)
            }
            return Found(
                bulletin: bulletin, listing: listing, final: try BulletinStore.final(id, scope: scope, in: &session),
                receivers: receivers, receipts: isOwn ? record.receipts : [], channels: record.publications,
                changes: isOwn ? try BulletinListing.changes(of: id, in: &session) : [])
        }
        guard let found else { throw PageRefusal.notFound }
        return found
    }
}
