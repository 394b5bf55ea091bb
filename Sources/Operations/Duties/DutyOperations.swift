public import Domain
public import Kernel
public import Storage

/// Duties of the three responsible persons. Each function runs inside one transaction of the caller.
public enum DutyOperations {
    /// The person in office does a duty: record and photos. Late is late, and is taken all the same.
    public static func complete(
        _ id: String, record: DutyRecord, photos: [[UInt8]], person: PersonID, scope: Scope,
        context: inout OperationContext, in session: inout Session
    ) throws(DutyFailure) {
        let now = context.now
        let found = try DutyFailure.storing { () throws(StorageError) in
            var filter = DutyStore.Filter()
            filter.id = id
            return (
                try DutyStore.list(filter, scope: scope, limit: 1, in: &session).first,
                try DutyStore.rules(in: &session)
            )
        }
        guard let listing = found.0 else { throw .notFound }
        guard listing.person == person else { throw .forbidden("这项任务由现任\(listing.task.kind.role.label)完成") }
        guard listing.task.doneAt == nil else { throw .refused("这项任务已经完成") }
        guard now >= listing.task.from else { throw .refused("还没有到这项任务的开始时间") }
        guard photos.count <= DutyPhoto.countMax else { throw .refused("照片最多 \(DutyPhoto.countMax) 张") }
        var checked: [(bytes: [UInt8], type: String)] = []
        for photo in photos {
            do throws(DutyPhoto.Refusal) {
                checked.append((photo, try DutyPhoto.check(photo)))
            } catch { throw .fields([.init(name: "photo", text: error.text)]) }
        }
        let problems = record.problems(for: listing.task.kind, photos: checked.count, rules: found.1)
        guard problems.isEmpty else { throw .fields(problems.map { .init(name: $0.field, text: $0.text) }) }
        let isDone = try DutyFailure.storing { () throws(StorageError) in
            guard
                try DutyStore.complete(
                    id, record: record, person: person, by: context.actor, at: now, in: &session)
            else { return false }
            var hashes: [JSON] = []
            for photo in checked {
                let photoID = context.ids.next("ph", at: now)
                let hash = try DutyPhotoStore.insert(
                    photo.bytes, type: photo.type, id: photoID, task: id, enterprise: listing.task.enterprise,
                    by: context.actor, at: now, in: &session)
                hashes.append(.string("\(photoID) \(Self.hexadecimal(hash))"))
            }
            try context.log(
                stream: "duty", id, "done",
                [
                    "person": .string(person.rawValue), "isLate": .bool(now >= listing.task.until),
                    "record": record.json, "photos": .array(hashes),
                ], in: &session)
            return true
        }
        guard isDone else { throw .refused("这项任务已经完成") }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// Special work as it is really done on a site; compared with the day's promise at the next look (SJ-18).
    @discardableResult
    public static func recordWork(
        _ work: CommitmentCount, place: String, permit: String, enterprise: EnterpriseID, hazard: HazardID?,
        by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(DutyFailure) -> String {
        guard editor.role == .responsible || editor.role == .safety else { throw .forbidden("作业由企业登记") }
        guard CommitmentCount.specialWork.contains(work) else { throw .refused("请选择特殊作业的类别") }
        var fields: [DutyFailure.Field] = []
        if place.trimmedOfSpace.isEmpty { fields.append(.init(name: "place", text: "作业地点没有填")) }
        if permit.trimmedOfSpace.isEmpty { fields.append(.init(name: "permit", text: "作业票号没有填")) }
        guard fields.isEmpty else { throw .fields(fields) }
        let isOwn = try DutyFailure.storing { () throws(StorageError) in
            try RegistryQueries.enterprise(enterprise, scope: editor.scope, in: &session) != nil
        }
        guard isOwn else { throw .notFound }
        if let hazard {
            let found = try DutyFailure.storing { () throws(StorageError) in
                try RegistryQueries.hazard(hazard, scope: .enterprise(enterprise), in: &session)
            }
            guard found != nil else { throw .refused("本企业没有这个重大危险源") }
        }
        let id = context.ids.next("sw", at: context.now)
        try DutyFailure.storing { () throws(StorageError) in
            try SpecialWorkStore.insert(
                SpecialWorkRecord(
                    id: id, enterprise: enterprise, hazard: hazard, day: Day(context.now), work: work,
                    place: place.trimmedOfSpace, permit: permit.trimmedOfSpace, recordedAt: context.now,
                    recordedBy: context.actor), in: &session)
            try context.log(
                stream: "duty", enterprise.rawValue, "workRecorded",
                [
                    "id": .string(id), "work": .string(work.rawValue), "place": .string(place),
                    "permit": .string(permit),
                ],
                in: &session)
        }
        return id
    }

    /// The analysis that repeated alarms force (QY-10).
    public static func analyse(
        _ id: String, _ analysis: RootCause.Analysis, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(DutyFailure) {
        guard editor.role == .responsible || editor.role == .safety else { throw .forbidden("根因分析由企业填写") }
        let problems = analysis.problems(today: Day(context.now))
        guard problems.isEmpty else { throw .fields(problems.map { .init(name: $0.field, text: $0.text) }) }
        let isDone = try DutyFailure.storing { () throws(StorageError) in
            guard
                try RootCauseStore.submit(
                    id, analysis, by: context.actor, at: context.now, scope: editor.scope, in: &session)
            else { return false }
            try context.log(
                stream: "duty", id, "analysed",
                [
                    "cause": .string(analysis.cause), "measures": .string(analysis.measures),
                    "responsible": .string(analysis.responsible),
                    "finishBy": analysis.finishBy.map { .string(ChinaTime.date($0)) } ?? .null,
                ], in: &session)
            return true
        }
        guard isDone else { throw .notFound }
    }

    public static func finish(
        _ id: String, note: String, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(DutyFailure) {
        guard editor.role == .responsible || editor.role == .safety else { throw .forbidden("整改完成由企业填写") }
        guard !note.trimmedOfSpace.isEmpty else { throw .fields([.init(name: "note", text: "请写明整改完成情况")]) }
        let isDone = try DutyFailure.storing { () throws(StorageError) in
            guard
                try RootCauseStore.finish(
                    id, note: note, by: context.actor, at: context.now, scope: editor.scope, in: &session)
            else { return false }
            try context.log(stream: "duty", id, "measuresFinished", ["note": .string(note)], in: &session)
            return true
        }
        guard isDone else { throw .notFound }
    }

    public static func set(
        _ rules: DutyRules, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(DutyFailure) {
        guard editor.role == .admin else { throw .forbidden("约定由管理员设定") }
        guard rules.objections.isEmpty else { throw .refused(rules.objections.joined(separator: ";")) }
        try DutyFailure.storing { () throws(StorageError) in
            try DutyStore.set(rules, at: context.now, in: &session)
            try armReminder(rules, context: context, in: &session)
            try context.log(stream: "duty", "rules", "rulesSet", rules.json, in: &session)
        }
    }
}
