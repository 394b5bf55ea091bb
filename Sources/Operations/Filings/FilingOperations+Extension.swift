public import Domain
public import Kernel
public import Storage

// A longer end: asked for while the filing holds, confirmed again by the regulator.
extension FilingOperations {
    public static func ask(
        _ id: FilingID, until: Timestamp, reason: String, by editor: RegistryEditor,
        context: inout OperationContext, in session: inout Session
    ) throws(FilingFailure) {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("延期由企业安全员或管理员申请") }
        let rules = try FilingFailure.storing { () throws(StorageError) in try FilingSettingsStore.load(in: &session) }
        let found = try load(id, editor, in: &session)
        var filing = found.filing
        try FilingFailure.ruling { () throws(FilingRefusal) in
            try filing.ask(until: until, reason: reason, by: context.actor, at: context.now, rules: rules)
        }
        try FilingFailure.storing { () throws(StorageError) in
            guard let oversight = try Oversight.find(filing.enterprise, in: &session) else { return }
            let due = context.now + rules.confirmWithin
            try FilingStore.ask(
                id, isExtension: true, at: context.now, due: due, of: oversight.regulator, in: &session)
            try save(
                filing, done: found.done, "extensionAsked",
                ["until": .integer(until.milliseconds), "reason": .string(reason)], context: &context, in: &session)
            for office in oversight.offices {
                try tell(
                    .authority(office), filing, key: "extension.\(context.now.milliseconds)", title: "报备延期待确认",
                    text: "\(oversight.name) \(filing.kind.label)报备申请延期到 \(ChinaTime.dateTime(until)):\(reason)。"
                        + "请在 \(ChinaTime.dateTime(due)) 前确认或退回。", context: &context, in: &session)
            }
        }
    }

    public static func decideExtension(
        _ id: FilingID, isConfirmed: Bool, note: String?, by editor: RegistryEditor, table: inout PointTable,
        context: inout OperationContext, in session: inout Session
    ) throws(FilingFailure) {
        guard editor.mayDecide else { throw .forbidden("延期由监管部门确认") }
        let found = try load(id, editor, table: &table, in: &session)
        var filing = found.filing
        guard filing.wish?.askedBy != context.actor else { throw .forbidden("申请人不能确认自己的延期") }
        let old = filing.until
        try FilingFailure.ruling { () throws(FilingRefusal) in
            try filing.decideExtension(isConfirmed: isConfirmed, note: note, at: context.now)
        }
        try FilingFailure.storing { () throws(StorageError) in
            try FilingStore.settle(
                id, isConfirmed: isConfirmed, note: note, by: context.actor, at: context.now, in: &session)
            if isConfirmed {
                let lapsed = try FilingStore.lengthenExemptions(
                    of: filing, from: old, at: context.now, in: &session)
                try exempt(filing, lapsed, context: &context, in: &session)
            }
            try save(
                filing, done: found.done, isConfirmed ? "extended" : "extensionReturned",
                ["until": .integer(filing.until.milliseconds), "note": note.map { .string($0) } ?? .null],
                context: &context, in: &session)
            try settle(filing, table: &table, context: &context, in: &session)
            let text =
                isConfirmed ? "已延到 \(ChinaTime.dateTime(filing.until))。" : "延期被退回:\(note ?? "")。原结束时间不变。"
            try tell(
                .enterprise(filing.enterprise), filing, key: "extensionDecided.\(context.now.milliseconds)",
                title: isConfirmed ? "报备已延期" : "报备延期被退回", text: filing.kind.label + "报备" + text,
                context: &context, in: &session)
            try table.finish(in: &session)
        }
    }
}
