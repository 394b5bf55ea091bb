import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Operations
import Storage

/// One duty: the form of its record with photos, or the record that was made.
struct DutyTaskPage: Sendable {
    struct Item: Sendable {
        var id: String
        var label: String
        var answers: [Choice]
        var answer: String?
        var error: String?
    }
    struct Photo: Sendable {
        var address: String
    }

    var taskTitle: String
    var subtitle: String
    var due: Int64?
    var dueText: String
    var items: [Item]
    var text: String
    var textError: String?
    var measures: String
    var measuresError: String?
    var photoError: String?
    var photos: [Photo]
    var done: String?
    var isOpen: Bool
    var action: String
    var errors: [FieldError]
    var hasErrors: Bool
    var isPhone: Bool
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, record: nil, errors: [], status: .ok)
    }

    static func submit(_ visit: Visit, _ parts: Multipart) async throws -> Response {
        guard let person = visit.officer.person else { throw PageRefusal.notFound }
        var answers: [DutyItem: DutyAnswer] = [:]
        for item in DutyItem.allCases { answers[item] = DutyAnswer(rawValue: parts.text("item-\(item.rawValue)")) }
        let record = DutyRecord(answers: answers, text: parts.text("text"), measures: parts.text("measures"))
        let photos = (1...DutyPhoto.countMax).map { parts.bytes("photo\($0)") }.filter { !$0.isEmpty }
        let (id, scope, context) = (visit.parameter("id"), visit.scope, visit.operation())
        do throws(DutyFailure) {
            try await visit.site.store.write { session throws(DutyFailure) in
                var context = context
                try DutyOperations.complete(
                    id, record: record, photos: photos, person: person, scope: scope, context: &context, in: &session)
            }
        } catch {
            switch error {
            case .notFound: throw PageRefusal.notFound
            case .storage: throw PageRefusal.busy
            case .forbidden(let text): throw PageRefusal.forbidden(text)
            case .refused(let text): throw PageRefusal.refused(text)
            case .fields(let fields):
                return try await render(
                    visit, record: record, errors: fields.map { FieldError(field: $0.name, message: $0.text) },
                    status: .unprocessableContent)
            }
        }
        visit.site.events.committed()
        return visit.redirect("/m/duties")
    }

    private static func render(
        _ visit: Visit, record: DutyRecord?, errors: [FieldError], status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, scope, now) = (visit.parameter("id"), visit.scope, visit.now)
        let found = try await visit.read { session throws(StorageError) in
            var filter = DutyStore.Filter()
            filter.id = id
            return try DutyStore.list(filter, scope: scope, limit: 1, in: &session).first
        }
        guard let listing = found else { throw PageRefusal.notFound }
        let isPhone = visit.officer.role == .responsible
        let page = DutyTaskPage(
            listing, record: record ?? listing.record, errors: errors, visit: visit,
            isOpen: listing.task.doneAt == nil && listing.person == visit.officer.person && listing.task.from <= now)
        return visit.page(
            isPhone ? "phone-duty" : "duty", page, title: listing.task.kind.label,
            section: isPhone ? .tasks : .duties, frame: isPhone ? .phone : .shell, status: status)
    }

    init(_ listing: DutyListing, record: DutyRecord?, errors: [FieldError], visit: Visit, isOpen: Bool) {
        let (task, now) = (listing.task, visit.now)
        taskTitle = "\(listing.hazardName) \(task.kind.label)"
        subtitle =
            "\(listing.enterpriseName) · \(listing.title) · "
            + "\(task.kind.role.label) \(listing.personName ?? "空缺")"
        due = task.doneAt == nil ? task.until.milliseconds : nil
        dueText = Wording.remaining(task.until - now)
        func message(_ field: String) -> String? { errors.first { $0.field == field }?.message }
        items = task.kind.items.map { item in
            let chosen = record?.answers[item]
            return Item(
                id: "item-\(item.rawValue)", label: item.label,
                answers: Choice.list(
                    DutyAnswer.allCases.map { ($0.rawValue, $0.label) }, selected: chosen?.rawValue ?? ""),
                answer: task.doneAt == nil ? nil : chosen?.label ?? "—", error: message("item-\(item.rawValue)"))
        }
        text = record?.text ?? ""
        textError = message("text")
        measures = record?.measures ?? ""
        measuresError = message("measures")
        photoError = message("photo")
        photos = listing.photos.map { Photo(address: "/duties/photo/" + Form.encode($0)) }
        done = task.doneAt.map { instant in
            "\(listing.doneBy ?? "") \(Wording.stamp(instant, now: now)) · \(task.state(at: now).label)"
        }
        self.isOpen = isOpen
        action = "/m/duties/task/" + Form.encode(task.id)
        self.errors = errors
        hasErrors = !errors.isEmpty
        isPhone = visit.officer.role == .responsible
        csrf = visit.officer.csrf
    }

    static func photo(_ visit: Visit) async throws -> Response {
        let (id, scope) = (visit.parameter("id"), visit.scope)
        let found = try await visit.read { session throws(StorageError) in
            try DutyPhotoStore.find(id, scope: scope, in: &session)
        }
        guard let photo = found else { throw PageRefusal.notFound }
        return Response(
            status: .ok,
            headers: [
                .contentType: photo.type, .cacheControl: "private, max-age=3600", .contentDisposition: "inline",
            ], body: .init(byteBuffer: ByteBuffer(bytes: photo.bytes)))
    }
}
