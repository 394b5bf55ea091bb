public import Domain
public import Kernel
public import Storage

/// 现场核查: ordered by an office above or on one's own finding, made by a county or a park, fed back to whoever ordered
/// it (patrol measures Art. 4; XC-06, XC-07, SZ-11).
public enum SiteCheckOperations {
    static let duePrefix = "site:"

    public struct Request: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var hazard: HazardID?
        public var warning: WarningID?
        public var problem: ProblemID?
        /// nil: the enterprise's regulator.
        public var executor: AuthorityID?
        public var reason: String

        public init(
            enterprise: EnterpriseID, hazard: HazardID? = nil, warning: WarningID? = nil, problem: ProblemID? = nil,
            executor: AuthorityID? = nil, reason: String
        ) {
            self.enterprise = enterprise
            self.hazard = hazard
            self.warning = warning
            self.problem = problem
            self.executor = executor
            self.reason = reason
        }
    }

    @discardableResult
    public static func order(
        _ request: Request, by office: AuthorityID, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) -> String {
        guard request.reason.contains(where: { !$0.isWhitespace }) else { throw .unsuitable("请写明核查什么、为什么") }
        let found = try ProblemFailure.storing { () throws(StorageError) in
            try RegistryQueries.enterprise(request.enterprise, scope: .authority(office), in: &session)
        }
        guard let enterprise = found else { throw .notFound }
        try check(request, office, in: &session)
        let executor = request.executor ?? enterprise.jurisdiction.regulator
        let node = try ProblemFailure.storing { () throws(StorageError) in
            let seen = try RegistryQueries.enterprise(request.enterprise, scope: .authority(executor), in: &session)
            return seen == nil ? nil : try ProblemStore.lineage(of: executor, in: &session).first
        }
        guard let node else { throw .unsuitable("承办单位不管这家企业") }
        switch node.level {
        case .county, .park: break
        case .city where enterprise.jurisdiction.regulator == executor: break
        case .ministry, .center, .province, .city:
            throw .unsuitable("现场核查由县级部门或化工园区承办(《巡查》第四条)")
        }
        let id = context.ids.next("sc", at: context.now)
        let dueAt = context.now + SiteCheckForm.feedbackWithin
        try ProblemFailure.storing { () throws(StorageError) in
            try SiteCheckStore.insert(
                .init(
                    id: id, enterprise: request.enterprise, hazard: request.hazard, warning: request.warning,
                    problem: request.problem, orderedBy: office == executor ? nil : office, executor: executor,
                    reason: request.reason, orderedAt: context.now, dueAt: dueAt), in: &session)
            try context.log(
                stream: "check", id, "siteCheckOrdered",
                [
                    "enterprise": .string(request.enterprise.rawValue), "by": .string(office.rawValue),
                    "executor": .string(executor.rawValue), "reason": .string(request.reason),
                    "due": .integer(dueAt.milliseconds),
                ], in: &session)
            try DueStore.set(.problem, id: duePrefix + id, at: dueAt, in: &session)
            if office != executor {
                try tell(
                    .authority(executor), "交办现场核查", "\(enterprise.name):\(request.reason)", id, "ordered",
                    enterprise: request.enterprise, context: &context, in: &session)
            }
        }
        return id
    }

    /// The source, warning or problem that it is about is that enterprise's, and the office sees it.
    private static func check(
        _ request: Request, _ office: AuthorityID, in session: inout Session
    ) throws(ProblemFailure) {
        let isOwn = try ProblemFailure.storing { () throws(StorageError) in
            if let hazard = request.hazard {
                let found = try RegistryQueries.hazard(hazard, scope: .enterprise(request.enterprise), in: &session)
                if found == nil { return false }
            }
            if let warning = request.warning {
                let own = Scope.enterprise(request.enterprise)
                if try WarningStore.reference(warning, scope: own, in: &session) == nil { return false }
            }
            guard let problem = request.problem else { return true }
            var filter = ProblemListing.Filter()
            filter.id = problem
            filter.enterprise = request.enterprise
            return try ProblemListing.count(filter, scope: .authority(office), in: &session) > 0
        }
        guard isOwn else { throw .unsuitable("关联的危险源、预警或问题不是这家企业的") }
    }

    /// The filled sheet; whoever ordered it is told at once and the instant is kept.
    public static func submit(
        _ id: String, _ form: SiteCheckForm, by office: AuthorityID, context: inout OperationContext,
        in session: inout Session
    ) throws(ProblemFailure) {
        let found = try ProblemFailure.storing { () throws(StorageError) in
            try SiteCheckStore.find(id, scope: .authority(office), in: &session)
        }
        guard let record = found else { throw .notFound }
        guard record.executor == office else { throw .forbidden("这次核查由\(record.executorName)承办") }
        guard record.submittedAt == nil else { throw .unsuitable("这张核查单已经提交") }
        do throws(SiteCheckForm.Refusal) { try form.check(at: context.now) } catch { throw .unsuitable(error.reason) }
        try ProblemFailure.storing { () throws(StorageError) in
            let isLate = context.now > record.dueAt
            try SiteCheckStore.submit(id, form, by: context.actor, at: context.now, isLate: isLate, in: &session)
            try context.log(
                stream: "check", id, "siteCheckSubmitted",
                [
                    "conclusion": .string(form.conclusion), "checkers": .string(form.checkers),
                    "photos": .array(form.photos.map { .string($0) }), "late": .bool(isLate),
                ], in: &session)
            try DueStore.set(.problem, id: duePrefix + id, at: nil, in: &session)
            if let orderer = record.orderedBy {
                try tell(
                    .authority(orderer), "现场核查已反馈", "\(record.enterpriseName):\(form.conclusion)", id, "fedBack",
                    enterprise: record.enterprise, context: &context, in: &session)
            }
        }
    }

    /// The limit has passed without a sheet: both offices are told.
    static func elapse(
        _ due: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let id = String(due.dropFirst(duePrefix.count))
        try DueStore.set(.problem, id: due, at: nil, in: &session)
        guard let record = try SiteCheckStore.find(id, scope: .system, in: &session), record.submittedAt == nil else {
            return
        }
        try SiteCheckStore.markOverdue(id, in: &session)
        try context.log(stream: "check", id, "siteCheckOverdue", [:], in: &session)
        for office in [record.executor, record.orderedBy].compactMap({ $0 }) {
            try tell(
                .authority(office), "现场核查超时没有反馈", "\(record.enterpriseName):\(record.reason)", id, "overdue",
                enterprise: record.enterprise, context: &context, in: &session)
        }
    }

    private static func tell(
        _ recipient: Recipient, _ title: String, _ text: String, _ id: String, _ step: String,
        enterprise: EnterpriseID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try NoticeOperations.send(
            Notice(
                key: "siteCheck:\(id):\(step)", recipient: recipient, subject: "siteCheck:\(id)", title: title,
                text: text, address: "/sitecheck/\(id)", enterprise: enterprise), context: &context, in: &session)
    }
}
