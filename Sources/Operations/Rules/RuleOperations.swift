public import Domain
public import Kernel
public import Storage

/// Local disposal rules (YJ-24): an authority may be stricter than the law, never laxer. One person proposes, a second
/// one approves; a warning that is open keeps the rules it was raised under.
public enum RuleOperations {
    /// The number of the proposed version.
    @discardableResult
    public static func propose(
        _ wanted: DisposalRules, for authority: AuthorityID, effectiveAt: Timestamp, reason: String,
        by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) -> Int64 {
        guard editor.mayEditOrganisations else { throw .forbidden("规则由管理员提出") }
        let visible = try authorities(of: editor, in: &session)
        guard visible.contains(authority) else { throw .notFound }
        var violations = wanted.laxities.map { Violation(.rule, $0.text) }
        if reason.allSatisfy(\.isWhitespace) { violations.append(Violation(.reason, "没有填")) }
        if effectiveAt < context.now { violations.append(Violation(.from, "生效时间早于现在")) }
        violations += try recipientViolations(wanted, authority: authority, in: &session)
        guard !violations.isRefused else { throw .violations(violations) }
        do throws(StorageError) {
            var rules = wanted
            rules.version = try RuleVersionStore.nextVersion(in: &session)
            // Ours to keep as the law has them: only a drill takes approval as given, the rebound is a convention.
            rules.approvalTakenAsGiven = false
            rules.reboundWithin = DisposalRules.statutory.reboundWithin
            try RuleVersionStore.insert(
                version: rules.version, authority: authority, effectiveAt: effectiveAt, rules: rules, reason: reason,
                by: context.actor, at: context.now, in: &session)
            try log(
                authority, "ruleProposed", rules.version,
                [
                    .init("effectiveAt", .integer(effectiveAt.milliseconds)), .init("content", rules.json),
                    .init("reason", .string(reason)),
                ], &context, in: &session)
            return rules.version
        } catch { throw .storage(error) }
    }

    /// By a second person of that authority or above it. Nothing takes effect before it was approved.
    public static func approve(
        _ version: Int64, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        let found = try waiting(version, editor, context, in: &session)
        guard found.rules.laxities.isEmpty else {
            throw .violations(found.rules.laxities.map { Violation(.rule, $0.text) })
        }
        do throws(StorageError) {
            let effectiveAt = max(found.effectiveAt, context.now)
            try RuleVersionStore.approve(
                version, effectiveAt: effectiveAt, by: context.actor, at: context.now, in: &session)
            try log(
                found.authority, "ruleApproved", version,
                [.init("effectiveAt", .integer(effectiveAt.milliseconds))], &context, in: &session)
        } catch { throw .storage(error) }
    }

    public static func giveBack(
        _ version: Int64, note: String, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) {
        let found = try waiting(version, editor, context, in: &session)
        guard !note.allSatisfy(\.isWhitespace) else { throw .violations([Violation(.reason, "退回要写理由")]) }
        do throws(StorageError) {
            try RuleVersionStore.giveBack(version, note: note, by: context.actor, at: context.now, in: &session)
            try log(found.authority, "ruleReturned", version, [.init("note", .string(note))], &context, in: &session)
        } catch { throw .storage(error) }
    }

    /// Versions of the caller's own authority and of those under it, newest first.
    public static func list(
        by editor: RegistryEditor, limit: Int = 50, in session: inout Session
    ) throws(RegistryFailure) -> [RuleVersion] {
        let visible = try authorities(of: editor, in: &session)
        return try RegistryOperations.query(
            { session throws(StorageError) in
                try RuleVersionStore.list(of: visible, limit: limit, in: &session)
            }, in: &session)
    }

    private static func waiting(
        _ version: Int64, _ editor: RegistryEditor, _ context: OperationContext, in session: inout Session
    ) throws(RegistryFailure) -> RuleVersion {
        guard editor.mayDecide else { throw .forbidden("规则由监管单位批准") }
        let visible = try authorities(of: editor, in: &session)
        let found = try RegistryOperations.query(
            { session throws(StorageError) in
                try RuleVersionStore.find(version, of: visible, in: &session)
            }, in: &session)
        guard let found else { throw .notFound }
        guard found.isWaiting else { throw .refused("这一版已经有了决定") }
        guard found.proposedBy != context.actor else { throw .forbidden("提出人不能批准自己提出的规则,要由第二个人批准") }
        return found
    }

    private static func authorities(
        of editor: RegistryEditor, in session: inout Session
    ) throws(RegistryFailure) -> [AuthorityID] {
        let list = try RegistryOperations.query(
            { session throws(StorageError) in
                try RegistryQueries.authorities(scope: editor.scope, in: &session)
            }, in: &session)
        let all = AuthorityDirectory(list)
        return all.authorities.keys.filter { RegistryOperations.isBelow($0, editor, all) }.sorted()
    }

    /// Whom a local rule adds: authorities in line with its own, their people, and nobody else's.
    private static func recipientViolations(
        _ rules: DisposalRules, authority: AuthorityID, in session: inout Session
    ) throws(RegistryFailure) -> [Violation] {
        let wanted = Level.warnings.flatMap { rules.additionalRecipients[$0] }
        guard !wanted.isEmpty else { return [] }
        let scope = Scope.authority(authority)
        let (authorities, officers) = try RegistryOperations.query(
            { session throws(StorageError) in
                (
                    Set(try RegistryQueries.authorities(scope: scope, in: &session).map(\.id)),
                    Set(try RegistryQueries.officers(scope: scope, in: &session).map(\.id))
                )
            }, in: &session)
        return wanted.compactMap { recipient in
            switch recipient {
            case .authority(let id):
                authorities.contains(id) ? nil : Violation(.authority, "“\(id)”不在本单位的上下级之中")
            case .person(let id): officers.contains(id) ? nil : Violation(.person, "“\(id)”不是本单位或下级的人员")
            case .enterprise: Violation(.enterprise, "不能加推给企业")
            }
        }
    }

    private static func log(
        _ authority: AuthorityID, _ kind: String, _ version: Int64, _ more: [JSON.Member],
        _ context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try context.log(
            stream: "registry", authority.rawValue, kind, .object([.init("version", .integer(version))] + more),
            in: &session)
    }
}

extension DisposalRules.Laxity {
    /// In the reader's words.
    public var text: String {
        func minutes(_ interval: Interval) -> String { "\(interval.milliseconds / 60_000) 分钟" }
        return switch self {
        case .cautionPeriod(let level, let lawful): "\(level.title)警示通报间隔不能长于法定的 \(minutes(lawful))"
        case .supervisionDelay(let level, let lawful): "\(level.title)现场核查督办时限不能长于法定的 \(minutes(lawful))"
        case .reportWithin(let lawful): "消警后上报时限不能长于法定的 \(minutes(lawful))"
        case .notPositive(let level): "\(level.title)的时限不能短于 1 分钟"
        case .reportWithinNotPositive: "消警后上报时限不能短于 1 分钟"
        }
    }
}
