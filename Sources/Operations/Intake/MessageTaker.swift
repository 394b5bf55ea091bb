import Domain
import Kernel
import Storage
import Wire

/// Takes the items of one message, by its kind.
struct MessageTaker {
    let submission: IntakeSubmission
    private(set) var accepted = 0
    private(set) var rejected: [RejectedValue] = []
    /// Whether anything came of it that must be kept.
    private(set) var hasChanged = false
    private var cameras: [CameraOperations.Report] = []
    private var knownCameras: [CameraID: Camera]?

    init(submission: IntakeSubmission) { self.submission = submission }

    var editor: RegistryEditor { RegistryEditor(scope: .enterprise(submission.enterprise), role: .safety) }

    mutating func reject(_ index: Int, _ reason: String) {
        rejected.append(RejectedValue(index: index, reason: reason))
    }

    /// Takes an item, or rejects it with the reason; only a failure of the database goes on.
    mutating func take(
        _ item: JSON, _ index: Int, findings: inout FindingTally, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        let reader = MessageReader(item)
        do throws(MessageRefusal) {
            switch submission.message.kind {
            case .video: try video(reader, context: &context, in: &session)
            case .offline: try filing(reader, context: &context, in: &session)
            case .responsible: try responsible(reader, context: &context, in: &session)
            case .company, .hazard: try compare(reader, findings: &findings, in: &session)
            case .equip: try equipment(reader, context: &context, in: &session)
            case .target: try target(reader, context: &context, in: &session)
            case .promise: try promise(item, context: &context, in: &session)
            case .realtime, .heartbeat: throw .refused("不是这一类的条目")
            }
            accepted += 1
            if submission.message.kind != .video { hasChanged = true }
        } catch {
            switch error {
            case .refused(let reason): reject(index, reason)
            case .storage(let failure): throw failure
            }
        }
    }

    mutating func finish(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        let before = context.journal.count
        try CameraOperations.take(
            cameras, of: submission.enterprise, at: submission.received, context: &context, in: &session)
        if context.journal.count != before { hasChanged = true }
    }

    private mutating func video(
        _ reader: MessageReader, context: inout OperationContext, in session: inout Session
    ) throws(MessageRefusal) {
        let id = CameraID(try reader.required("videoCode"))
        let isOnline = try reader.flag("online")
        let plan = try reader.time("planOnlineTime")
        let scope = Scope.enterprise(submission.enterprise)
        if knownCameras == nil {
            let all = try MessageRefusal.storing { () throws(StorageError) in
                try CameraStore.all(of: submission.enterprise, scope: scope, in: &session)
            }
            knownCameras = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        if knownCameras?[id] == nil {
            // A new camera registers itself with its name and place.
            guard let name = reader.text("videoName"), let word = reader.text("videoLocaleType") else {
                throw .refused("不认识的 videoCode “\(id.rawValue.prefix(100))”")
            }
            guard let place = CameraPlace(word: word) else {
                throw .refused("不认识的 videoLocaleType “\(word)”")
            }
            let camera = Camera(
                id: id, enterprise: submission.enterprise, hazard: reader.text("hazardCode").map { HazardID($0) },
                name: name, place: place, location: reader.text("videoLocale"), gbCode: reader.text("gbCode"),
                isInUse: true)
            try MessageRefusal.registering { () throws(RegistryFailure) in
                try CameraOperations.save(camera, by: editor, context: &context, in: &session)
            }
            knownCameras?[id] = camera
            hasChanged = true
        }
        guard knownCameras?[id]?.isInUse == true else { throw .refused("videoCode “\(id)”已停用") }
        guard !cameras.contains(where: { $0.camera == id }) else { throw .refused("videoCode 出现两次") }
        cameras.append(
            .init(camera: id, isOnline: isOnline, reason: reader.text("offlineReason"), planOnlineAt: plan))
    }
}

/// Why an item is rejected.
enum MessageRefusal: TransactionFailure {
    case refused(String)
    case storage(StorageError)

    init(storage: StorageError) { self = .storage(storage) }

    @discardableResult
    static func registering<T>(_ body: () throws(RegistryFailure) -> T) throws(MessageRefusal) -> T {
        do throws(RegistryFailure) { return try body() } catch {
            switch error {
            case .notFound: throw .refused("没有找到,或不属于本企业")
            case .forbidden(let reason), .refused(let reason): throw .refused(reason)
            case .violations(let violations):
                throw .refused(violations.refusals.map(\.line).joined(separator: ";"))
            case .file: throw .refused("不是文件")
            case .storage(let failure): throw .storage(failure)
            }
        }
    }
}
