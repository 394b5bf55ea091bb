public import Domain
public import Kernel
public import Storage

/// 报备: the enterprise files, its regulator confirms or returns. What follows – rates, exemptions, the model's term for
/// unfiled silence – happens in the transaction of the decision, and ends by itself (SJ-25, JC-11, JC-18, A32).
public enum FilingOperations {
    /// The id of the filing, which waits for the regulator. Until then nothing changes.
    @discardableResult
    public static func submit(
        _ draft: FilingDraft, attachments: [FilingAttachment], of enterprise: EnterpriseID, by editor: RegistryEditor,
        context: inout OperationContext, in session: inout Session
    ) throws(FilingFailure) -> FilingID {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("报备由企业安全员或管理员提交") }
        let now = context.now
        let rules = try FilingFailure.storing { () throws(StorageError) in try FilingSettingsStore.load(in: &session) }
        let filing = Filing(
            id: FilingID(context.ids.next("fl", at: now)), enterprise: enterprise, kind: draft.kind,
            coverage: draft.coverage, reason: draft.reason, measures: draft.measures, from: draft.from,
            until: draft.until, foundAt: draft.foundAt, submittedAt: now, submittedBy: context.actor,
            isLate: rules.isLate(draft.kind, from: draft.from, foundAt: draft.foundAt, submittedAt: now))
        try FilingFailure.ruling { () throws(FilingRefusal) in try filing.check(rules) }
        try check(attachments)
        try check(filing.coverage, of: enterprise, editor, in: &session)
        let found = try FilingFailure.storing { () throws(StorageError) in
            try Oversight.find(enterprise, in: &session)
        }
        guard let oversight = found else { throw .notFound }
        try FilingFailure.storing { () throws(StorageError) in
            try FilingStore.store(filing, done: [], in: &session)
            for file in attachments {
                try FilingAttachmentStore.insert(
                    file, id: context.ids.next("at", at: now), filing: filing.id, by: context.actor, at: now,
                    in: &session)
            }
            try FilingStore.ask(
                filing.id, isExtension: false, at: now, due: now + rules.confirmWithin, of: oversight.regulator,
                in: &session)
            try context.log(stream: "filing", filing.id.rawValue, "submitted", filing.json, in: &session)
            try arm(filing, done: [], in: &session)
            let late = filing.isLate ? "(报备不及时)" : ""
            for office in oversight.offices {
                try tell(
                    .authority(office), filing, key: "submitted", title: "报备待确认",
                    text: "\(oversight.name) 报备\(filing.kind.label)\(late):\(filing.reason)。"
                        + "请在 \(ChinaTime.dateTime(now + rules.confirmWithin)) 前确认或退回。",
                    context: &context, in: &session)
            }
        }
        return filing.id
    }

    private static func check(_ files: [FilingAttachment]) throws(FilingFailure) {
        if files.count > FilingAttachment.countMax { throw .refused("附件最多 \(FilingAttachment.countMax) 个") }
        for file in files { if let objection = file.objection { throw .refused(objection) } }
    }

    /// Everything that is covered must be the enterprise's own, and the enterprise in the caller's scope.
    private static func check(
        _ coverage: FilingCoverage, of enterprise: EnterpriseID, _ editor: RegistryEditor, in session: inout Session
    ) throws(FilingFailure) {
        let isComplete = try FilingFailure.storing { () throws(StorageError) in
            guard try RegistryQueries.enterprise(enterprise, scope: editor.scope, in: &session) != nil else {
                return nil as Bool?
            }
            let own = Scope.enterprise(enterprise)
            let hazards = Set(try RegistryQueries.hazards(of: enterprise, scope: own, in: &session).map(\.id))
            let points = Set(try RegistryQueries.points(of: enterprise, scope: own, in: &session).map(\.id))
            let cameras = Set(try CameraStore.all(of: enterprise, scope: own, in: &session).map(\.id))
            return hazards.isSuperset(of: coverage.hazards) && points.isSuperset(of: coverage.points)
                && cameras.isSuperset(of: coverage.cameras)
        }
        guard let isComplete else { throw .notFound }
        guard isComplete else { throw .refused("所选的危险源、点位或视频不是本企业的") }
    }

    /// The regulator confirms or returns; nobody decides on their own.
    public static func decide(
        _ id: FilingID, isConfirmed: Bool, note: String?, by editor: RegistryEditor, table: inout PointTable,
        context: inout OperationContext, in session: inout Session
    ) throws(FilingFailure) {
        guard editor.mayDecide else { throw .forbidden("报备由监管部门确认,企业不能自己确认") }
        var (filing, done) = try load(id, editor, table: &table, in: &session)
        guard filing.submittedBy != context.actor else { throw .forbidden("提交人不能确认自己的报备") }
        try FilingFailure.ruling { () throws(FilingRefusal) in
            try filing.decide(isConfirmed: isConfirmed, note: note, by: context.actor, at: context.now)
        }
        // What begins now, or has begun, has no step of its own.
        if filing.from <= context.now { done.insert("begin") }
        try FilingFailure.storing { () throws(StorageError) in
            try FilingStore.settle(
                id, isConfirmed: isConfirmed, note: note, by: context.actor, at: context.now, in: &session)
            try save(
                filing, done: done, isConfirmed ? "confirmed" : "returned",
                ["note": note.map { .string($0) } ?? .null], context: &context, in: &session)
            if isConfirmed {
                try exempt(filing, filing.coverage.points, context: &context, in: &session)
                try settle(filing, table: &table, context: &context, in: &session)
            }
            try tell(
                .enterprise(filing.enterprise), filing, key: "decided", title: isConfirmed ? "报备已确认" : "报备被退回",
                text: filing.kind.label + "报备" + (isConfirmed ? "已确认,从提交时起有效。" : "被退回:\(note ?? "")"),
                context: &context, in: &session)
            try table.finish(in: &session)
        }
    }

    /// Before the decision the enterprise may take it back.
    public static func withdraw(
        _ id: FilingID, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(FilingFailure) {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("报备由企业撤回") }
        let found = try load(id, editor, in: &session)
        var filing = found.filing
        try FilingFailure.ruling { () throws(FilingRefusal) in try filing.withdraw(at: context.now) }
        try FilingFailure.storing { () throws(StorageError) in
            try FilingStore.settle(
                id, isConfirmed: nil, note: "已撤回", by: context.actor, at: context.now, in: &session)
            try save(filing, done: found.done, "withdrawn", [:], context: &context, in: &session)
        }
    }

    /// Ends it before its time, by the enterprise or its regulator: everything counts again from this instant.
    public static func end(
        _ id: FilingID, by editor: RegistryEditor, table: inout PointTable, context: inout OperationContext,
        in session: inout Session
    ) throws(FilingFailure) {
        guard editor.mayEditEnterpriseParts || editor.mayDecide else { throw .forbidden("没有权限") }
        let found = try load(id, editor, table: &table, in: &session)
        var filing = found.filing
        try FilingFailure.ruling { () throws(FilingRefusal) in try filing.end(by: context.actor, at: context.now) }
        try FilingFailure.storing { () throws(StorageError) in
            try FilingStore.settle(
                id, isConfirmed: nil, note: "提前结束", by: context.actor, at: context.now, in: &session)
            try save(filing, done: found.done, "ended", [:], context: &context, in: &session)
            try FilingStore.endExemptions(of: id, at: context.now, in: &session)
            try settle(filing, table: &table, context: &context, in: &session)
            try table.finish(in: &session)
        }
    }

    static func load(
        _ id: FilingID, _ editor: RegistryEditor, table: inout PointTable, in session: inout Session
    ) throws(FilingFailure) -> (filing: Filing, done: Set<String>) {
        try FilingFailure.storing { () throws(StorageError) in try table.begin(in: &session) }
        return try load(id, editor, in: &session)
    }

    static func load(
        _ id: FilingID, _ editor: RegistryEditor, in session: inout Session
    ) throws(FilingFailure) -> (filing: Filing, done: Set<String>) {
        let found = try FilingFailure.storing { () throws(StorageError) in
            try FilingStore.find(id, scope: editor.scope, in: &session)
        }
        guard let found else { throw .notFound }
        return found
    }
}
