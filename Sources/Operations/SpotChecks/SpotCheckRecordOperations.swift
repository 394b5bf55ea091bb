public import Domain
public import Kernel
public import Storage

/// The electronic record: begun with the system's facts, filled in, submitted; its problems are handed down.
public enum SpotCheckRecordOperations {
    /// Facts older than this are taken anew before a record is submitted (本项目约定): what is signed must have been so.
    public static let factsLast = Interval.hours(2)

    /// What the inspector decided about the problems found.
    public enum Finding: String, CaseIterable, Hashable, Sendable {
        case none, problem, majorHiddenDanger

        var severity: ProblemSeverity {
            switch self {
            case .none, .problem: .general
            case .majorHiddenDanger: .majorHiddenDanger
            }
        }
    }

    /// Opens the record of today for an enterprise of the jurisdiction; the same one however often. Whoever is not on
    /// the list joins it as chosen by hand.
    @discardableResult
    public static func open(
        _ enterprise: EnterpriseID, office: AuthorityID, inspectors: String, contact: String,
        context: inout OperationContext, in session: inout Session
    ) throws(SpotCheckFailure) -> SpotCheckID {
        let day = Day(context.now)
        let known = try SpotCheckFailure.storing { () throws(StorageError) in
            try SpotCheckRecordStore.find(office: office, day: day, enterprise: enterprise, in: &session)
        }
        if let known { return known.id }
        let facts = try SpotCheckFailure.storing { () throws(StorageError) in
            try SpotCheckFactsQuery.facts(
                of: enterprise, at: context.now, scope: .authority(office), in: &session)
        }
        // XC-05: only the own jurisdiction.
        guard let facts else { throw .notFound }
        guard !facts.hazards.isEmpty else { throw .refused("这家企业没有在用的重大危险源,不在抽查对象之内") }
        let id = SpotCheckID(context.ids.next("sc", at: context.now))
        try SpotCheckFailure.storing { () throws(StorageError) in
            try SpotCheckStore.put(
                .init(enterprise: enterprise, category: .manual, reasons: ["人工选定"]), office: office, day: day,
                position: 900, at: context.now, by: context.actor, in: &session)
            try SpotCheckRecordStore.insert(
                id, office: office, day: day, enterprise: enterprise,
                record: SpotCheckRecord(facts: facts, inspectors: inspectors, contact: contact), by: context.actor,
                at: context.now, in: &session)
            try context.log(
                stream: "check", id.rawValue, "opened",
                ["office": .string(office.rawValue), "enterprise": .string(enterprise.rawValue)], in: &session)
        }
        return id
    }

    /// Takes the system's columns anew; what was written by hand stays.
    public static func refresh(
        _ id: SpotCheckID, scope: Scope, context: inout OperationContext, in session: inout Session
    ) throws(SpotCheckFailure) {
        var stored = try draft(id, scope: scope, context, in: &session)
        let facts = try SpotCheckFailure.storing { () throws(StorageError) in
            try SpotCheckFactsQuery.facts(
                of: stored.enterprise, at: context.now, scope: .authority(stored.authority), in: &session)
        }
        guard let facts else { throw .notFound }
        stored.record.facts = facts
        try write(stored, "factsTaken", &context, in: &session)
    }

    /// Keeps what was written so far.
    public static func save(
        _ id: SpotCheckID, _ edit: (inout SpotCheckRecord) -> Void, scope: Scope, context: inout OperationContext,
        in session: inout Session
    ) throws(SpotCheckFailure) {
        var stored = try draft(id, scope: scope, context, in: &session)
        edit(&stored.record)
        try write(stored, "saved", &context, in: &session)
    }

    /// Submits: complete, fresh, once. Every item with a problem becomes a problem that is handed down level by level
    /// to the office that regulates the enterprise (XC-30).
    @discardableResult
    public static func submit(
        _ id: SpotCheckID, _ edit: (inout SpotCheckRecord) -> Void, finding: Finding, scope: Scope,
        context: inout OperationContext, in session: inout Session
    ) throws(SpotCheckFailure) -> [ProblemID] {
        var stored = try draft(id, scope: scope, context, in: &session)
        edit(&stored.record)
        let gaps = stored.record.gaps
        guard gaps.isEmpty else { throw .gaps(gaps) }
        guard Day(context.now) == stored.day else { throw .refused("这份记录属于 \(ChinaTime.date(stored.day)),当日已过,不能再提交") }
        guard context.now - stored.record.facts.at <= factsLast else {
            throw .refused("系统取数已超过 2 小时,请先重取再提交")
        }
        if stored.record.hasProblem, finding == .none { throw .refused("有项目判为“有问题”,要选择怎样交办") }
        if !stored.record.hasProblem, finding != .none { throw .refused("选了交办,却没有一项判为“有问题”") }
        let problems = stored.record.problems
        let isFirst = try SpotCheckFailure.storing { () throws(StorageError) in
            let isFirst = try SpotCheckRecordStore.submit(
                id, stored.record, problems: problems.count, by: context.actor, at: context.now, in: &session)
            if isFirst {
                try context.log(
                    stream: "check", id.rawValue, "submitted",
                    ["record": stored.record.json, "problems": .integer(Int64(problems.count))], in: &session)
            }
            return isFirst
        }
        guard isFirst else { throw .refused("这份记录已经提交过") }
        var raised: [ProblemID] = []
        for (item, text) in problems {
            let draft = ProblemDraft(
                source: .spotCheck(id.rawValue), subject: .enterprise(stored.enterprise), severity: finding.severity,
                topic: "spotCheck." + item.rawValue, text: "\(item.title):\(text)", finder: stored.authority)
            do throws(ProblemFailure) {
                raised.append(try ProblemOperations.raise(draft, context: &context, in: &session))
            } catch { throw .problem(error) }
        }
        return raised
    }

    private static func draft(
        _ id: SpotCheckID, scope: Scope, _ context: OperationContext, in session: inout Session
    ) throws(SpotCheckFailure) -> SpotCheckRecordStore.Stored {
        let found = try SpotCheckFailure.storing { () throws(StorageError) in
            try SpotCheckRecordStore.find(id, scope: scope, in: &session)
        }
        guard let found else { throw .notFound }
        // Whoever sits above may read, but not write, what another office found.
        if case .authority(let own) = scope, own != found.authority { throw .forbidden("这是下级单位的抽查记录,只能查看") }
        guard found.submittedAt == nil else { throw .refused("记录已提交,不能再改") }
        return found
    }

    private static func write(
        _ stored: SpotCheckRecordStore.Stored, _ event: String, _ context: inout OperationContext,
        in session: inout Session
    ) throws(SpotCheckFailure) {
        let isWritten = try SpotCheckFailure.storing { () throws(StorageError) in
            let isWritten = try SpotCheckRecordStore.update(
                stored.id, stored.record, version: stored.version, in: &session)
            if isWritten { try context.log(stream: "check", stored.id.rawValue, event, [:], in: &session) }
            return isWritten
        }
        guard isWritten else { throw .refused("别人刚刚改过这份记录,请刷新后再写") }
    }
}
