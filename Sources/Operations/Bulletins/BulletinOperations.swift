public import Domain
public import Kernel
public import Storage

/// The way of a bulletin: drafted by the system, completed by people, issued with a number, delivered with receipts,
/// corrected or withdrawn, never deleted.
public enum BulletinOperations {
    /// Everything that concerns this bulletin alone. The caller's office must be the one that issues it.
    public static func act(
        _ id: BulletinID, office: AuthorityID?, _ command: BulletinCommand, context: inout OperationContext,
        in session: inout Session
    ) throws(BulletinFailure) {
        try act(id, office: office, [command], context: &context, in: &session)
    }

    /// Several in their order, as one: all or, with the first refusal, none (the caller rolls back).
    public static func act(
        _ id: BulletinID, office: AuthorityID?, _ commands: [BulletinCommand], context: inout OperationContext,
        in session: inout Session
    ) throws(BulletinFailure) {
        var bulletin = try own(id, office: office, in: &session)
        for command in commands {
            try run(command, on: &bulletin, context: &context, in: &session)
            if case .withdraw = command, let corrected = bulletin.corrects {
                var old = try own(corrected, office: office, in: &session)
                if old.phase == .issued { try run(.dropCorrection, on: &old, context: &context, in: &session) }
            }
        }
    }

    /// Gives the number, writes what goes out, tells everybody in the same transaction (TB-17, TB-18, JC-03).
    /// - Parameter commands: what the same person does first: approves it.
    @discardableResult
    public static func issue(
        _ id: BulletinID, office: AuthorityID?, after commands: [BulletinCommand] = [],
        context: inout OperationContext, in session: inout Session
    ) throws(BulletinFailure) -> Document {
        var bulletin = try own(id, office: office, in: &session)
        for command in commands { try run(command, on: &bulletin, context: &context, in: &session) }
        let today = Day(context.now)
        let found = try BulletinFailure.storing { () throws(StorageError) in
            try BulletinOffices.find(bulletin.office, in: &session)
        }
        guard let authority = found else { throw .notFound }
        let (settings, who) = try BulletinFailure.storing { () throws(StorageError) in
            let settings = try BulletinOffices.settings(of: authority, in: &session)
            return (settings, try BulletinReceivers.of(bulletin, from: authority, settings: settings, in: &session))
        }
        let receivers = who.receivers
        // Refused before a number is taken: a refusal never leaves a gap.
        let trial = BulletinCommand.issue(
            BulletinNumber(year: 1, number: 1), to: receivers, copies: who.copies, by: context.actor)
        do throws(BulletinRefusal) { _ = try bulletin.decide(trial) } catch { throw .refused(error) }
        let number = try BulletinFailure.storing { () throws(StorageError) in
            try BulletinStore.takeNumber(
                office: bulletin.office, kind: bulletin.kind, year: today.components.year, in: &session)
        }
        try run(
            .issue(number, to: receivers, copies: who.copies, by: context.actor), on: &bulletin, context: &context,
            in: &session)
        let document = try seal(bulletin, number, settings: settings, context: &context, in: &session)
        try BulletinFailure.storing { () throws(StorageError) in
            for recipient in receivers {
                try deliver(bulletin, document, to: recipient, isCopy: false, context: &context, in: &session)
            }
            for recipient in who.copies where !receivers.contains(recipient) {
                try deliver(bulletin, document, to: recipient, isCopy: true, context: &context, in: &session)
            }
        }
        return document
    }

    private static func seal(
        _ bulletin: Bulletin, _ number: BulletinNumber, settings: BulletinSettings,
        context: inout OperationContext, in session: inout Session
    ) throws(BulletinFailure) -> Document {
        var old: DocumentNumber?
        if let corrected = bulletin.corrects {
            var before = try own(corrected, office: bulletin.office, in: &session)
            // As it was printed: the office's code may have changed since.
            old = try BulletinFailure.storing { () throws(StorageError) in
                try BulletinStore.final(corrected, scope: .authority(bulletin.office), in: &session)
            }?.number
            if before.phase == .issued { try run(.supersede, on: &before, context: &context, in: &session) }
        }
        return try BulletinFailure.storing { () throws(StorageError) in
            let document = bulletin.issued(
                number, settings: settings, on: Day(context.now),
                signers: (
                    try BulletinOffices.name(
                        ofActor: bulletin.submittedBy ?? bulletin.editors.min() ?? context.actor, in: &session),
                    try BulletinOffices.name(ofActor: bulletin.approvedBy, in: &session),
                    try BulletinOffices.name(ofActor: context.actor, in: &session)
                ), correcting: old)
            try BulletinStore.setFinal(document, of: bulletin.id, in: &session)
            let digest = Hash.hexadecimal(Hash.sha256([UInt8](document.json.text.utf8)))
            try context.log(
                stream: "bulletin", bulletin.id.rawValue, "sealed",
                ["sha256": .string(digest), "number": .string(document.number?.text ?? "")], in: &session)
            return document
        }
    }

    private static func deliver(
        _ bulletin: Bulletin, _ document: Document, to recipient: Recipient, isCopy: Bool,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try BulletinReceipts.send(bulletin.id, to: recipient, isCopy: isCopy, at: context.now, in: &session)
        var enterprise: EnterpriseID?
        if case .enterprise(let id) = recipient { enterprise = id }
        try NoticeOperations.send(
            Notice(
                key: "bulletin/\(bulletin.id)/issued", recipient: recipient, subject: "bulletin:\(bulletin.id)",
                title: (isCopy ? "抄报:" : "通报:") + bulletin.title,
                text: "\(document.number?.text ?? "") \(document.issuer)印发。" + (isCopy ? "" : "请阅读并签收。"),
                address: "/bulletins/\(bulletin.id)", enterprise: enterprise), context: &context, in: &session)
    }

    /// 签收 by one that it went to (SZ-14).
    public static func acknowledge(
        _ id: BulletinID, as recipient: Recipient, scope: Scope, context: inout OperationContext,
        in session: inout Session
    ) throws(BulletinFailure) {
        let found = try BulletinFailure.storing { () throws(StorageError) in
            try BulletinReceipts.standing(id, recipient, scope: scope, in: &session)
        }
        guard let found else { throw .notFound }
        do throws(BulletinRefusal) {
            try Bulletin.checkAcknowledgement(
                found.phase, isReceiver: found.isReceiver, isAcknowledged: found.isAcknowledged)
        } catch { throw .refused(error) }
        // What it says is not read for this: a bulletin of the nation goes to hundreds.
        let event = BulletinEvent.acknowledged(recipient, by: context.actor)
        try BulletinFailure.storing { () throws(StorageError) in
            try context.log(stream: "bulletin", id.rawValue, event.kind, event.payload, in: &session)
            try BulletinReceipts.acknowledge(id, recipient, by: context.actor, at: context.now, in: &session)
        }
    }

    /// A corrected one: a new draft with the old one's text; when it is issued, the old one stands no longer.
    @discardableResult
    public static func correct(
        _ id: BulletinID, office: AuthorityID?, context: inout OperationContext, in session: inout Session
    ) throws(BulletinFailure) -> BulletinID {
        var old = try own(id, office: office, in: &session)
        let new = BulletinID(context.ids.next("bl", at: context.now))
        try run(.correct(new, by: context.actor), on: &old, context: &context, in: &session)
        var base = old.base
        base.opening.append(
            .manual(
                ManualField(
                    key: "correction/\(new)", label: "更正内容", hint: "哪里有误,正确的是什么", isRequired: true)))
        var draft = Bulletin(
            id: new, office: old.office, kind: old.kind, period: old.period, base: base, corrects: old.id,
            addressee: old.addressee)
        draft.edits = old.edits
        let correction = draft
        try BulletinFailure.storing { () throws(StorageError) in
            try add(correction, context: &context, in: &session)
        }
        return new
    }

    /// A draft beside the calendar's: a special bulletin, a letter, a correction.
    static func add(
        _ draft: Bulletin, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let ordinal = try BulletinStore.nextOrdinal(
            office: draft.office, kind: draft.kind, period: draft.period, in: &session)
        _ = try BulletinStore.insert(draft, ordinal: ordinal, at: context.now, in: &session)
        try logDraft(draft, context: &context, in: &session)
    }

    static func logDraft(
        _ draft: Bulletin, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try context.log(
            stream: "bulletin", draft.id.rawValue, "drafted",
            [
                "office": .string(draft.office.rawValue), "kind": .string(draft.kind.rawValue),
                "from": .integer(Int64(draft.period.from.number)), "until": .integer(Int64(draft.period.until.number)),
                "corrects": draft.corrects.map { .string($0.rawValue) } ?? .null,
            ], in: &session)
    }

    /// A special bulletin whenever something stands out (TB-06), about the days up to now.
    @discardableResult
    public static func special(
        _ office: AuthorityID, days: Int, context: inout OperationContext, in session: inout Session
    ) throws(BulletinFailure) -> BulletinID {
        let today = Day(context.now)
        let period = BulletinPeriod(from: Day(number: today.number - Int32(max(1, days)) + 1), until: today.next)
        let now = context.now
        let facts = try BulletinFailure.storing { () throws(StorageError) in
            try BulletinFacts.gather(.special, office: office, period: period, now: now, in: &session)
        }
        guard let facts else { throw .notFound }
        let draft = Bulletin(
            id: BulletinID(context.ids.next("bl", at: context.now)), office: office, kind: .special, period: period,
            base: BulletinContent.document(facts))
        try BulletinFailure.storing { () throws(StorageError) in try add(draft, context: &context, in: &session) }
        return draft.id
    }

    public static func save(
        _ settings: BulletinSettings, of office: AuthorityID, context: inout OperationContext,
        in session: inout Session
    ) throws(BulletinFailure) {
        try BulletinFailure.storing { () throws(StorageError) in
            try BulletinOffices.save(settings, of: office, by: context.actor, at: context.now, in: &session)
            try context.log(
                stream: "bulletinSettings", office.rawValue, "changed",
                ["code": .string(settings.code), "hasLongPeriods": .bool(settings.hasLongPeriods)], in: &session)
        }
    }

    private static func own(
        _ id: BulletinID, office: AuthorityID?, in session: inout Session
    ) throws(BulletinFailure) -> Bulletin {
        let found = try BulletinFailure.storing { () throws(StorageError) in
            try BulletinStore.find(id, scope: office.map { .authority($0) } ?? .system, in: &session)
        }
        guard let bulletin = found else { throw .notFound }
        guard let office, bulletin.office == office else { throw .forbidden("由发文单位的值守员办理") }
        return bulletin
    }

    private static func run(
        _ command: BulletinCommand, on bulletin: inout Bulletin, context: inout OperationContext,
        in session: inout Session
    ) throws(BulletinFailure) {
        let events: [BulletinEvent]
        do throws(BulletinRefusal) { events = try bulletin.decide(command) } catch { throw .refused(error) }
        for event in events {
            bulletin.apply(event)
            let after = bulletin
            try BulletinFailure.storing { () throws(StorageError) in
                try context.log(stream: "bulletin", after.id.rawValue, event.kind, event.payload, in: &session)
                try BulletinStore.project(after, event, at: context.now, in: &session)
            }
        }
    }
}
