public import Kernel

/// One thing found in the data: what is so, what has to be done about it, by when and under which article. Findings of
/// one enterprise become one advice.
public struct AdviceFinding: Hashable, Sendable {
    /// What concerns lives comes first; within equals the larger figure.
    public enum Urgency: Int, Comparable, Hashable, Sendable {
        case notable = 1, overdue, watching, disposal, danger
        public static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
    }

    public var rule: String
    public var urgency: Urgency
    /// Orders equals of one urgency: hours, times.
    public var weight: Int64
    public var enterprise: EnterpriseID?
    /// The unit, where it is no single enterprise.
    public var unit: String
    public var addressee: String
    /// Whom it is about: the enterprise's or unit's name.
    public var subject: String
    /// `连续离线 14.2 小时且未报备`.
    public var fact: String
    /// `到场核查前置机与专线，恢复前派人值守`.
    public var action: String
    public var due: Timestamp?
    /// `《数据》第九、十条`.
    public var article: String
    public var source: String

    public init(
        rule: String, urgency: Urgency, weight: Int64, enterprise: EnterpriseID?, unit: String, addressee: String,
        subject: String, fact: String, action: String, due: Timestamp?, article: String, source: String
    ) {
        self.rule = rule
        self.urgency = urgency
        self.weight = weight
        self.enterprise = enterprise
        self.unit = unit
        self.addressee = addressee
        self.subject = subject
        self.fact = fact
        self.action = action
        self.due = due
        self.article = article
        self.source = source
    }

    /// One advice a subject, the most urgent first; subjects of one addressee of whom the very same is so share one.
    public static func advice(_ findings: [AdviceFinding]) -> [Advice] {
        struct Key: Hashable {
            var addressee: String
            var subject: String
        }
        var groups: [Key: [AdviceFinding]] = [:]
        for finding in findings {
            groups[Key(addressee: finding.addressee, subject: finding.subject), default: []].append(finding)
        }
        let ordered = groups.values.map { $0.sorted(by: isMoreUrgent) }.sorted { left, right in
            guard let one = left.first, let two = right.first else { return false }
            return isMoreUrgent(one, two)
        }
        var shared: [[[AdviceFinding]]] = []
        var places: [[String]: Int] = [:]
        for group in ordered {
            let shape = shape(of: group)
            if let place = places[shape] {
                shared[place].append(group)
            } else {
                places[shape] = shared.count
                shared.append([group])
            }
        }
        return shared.compactMap(advice(of:))
    }

    /// Everything that an advice says but the subject.
    private static func shape(of group: [AdviceFinding]) -> [String] {
        guard let first = group.first else { return [] }
        return [first.subject == first.addressee ? "" : first.addressee]
            + group.flatMap { [$0.fact, $0.action, $0.article, $0.due.map(ContentWords.dueText) ?? ""] }
    }

    static func isMoreUrgent(_ left: AdviceFinding, _ right: AdviceFinding) -> Bool {
        if left.urgency != right.urgency { return left.urgency > right.urgency }
        if left.weight != right.weight { return left.weight > right.weight }
        if left.subject != right.subject { return left.subject < right.subject }
        return left.rule < right.rule
    }

    private static func advice(of groups: [[AdviceFinding]]) -> Advice? {
        guard let findings = groups.first, let first = findings.first else { return nil }
        var actions: [String] = []
        for finding in findings where !actions.contains(finding.action) { actions.append(finding.action) }
        var articles: [String] = []
        for finding in findings where !articles.contains(finding.article) { articles.append(finding.article) }
        let due = findings.compactMap(\.due).min().map { "请于\(ContentWords.dueText($0))前" } ?? "请"
        let names = ContentWords.names(groups.compactMap { $0.first?.subject }, max: 12)
        let isOwn = first.subject == first.addressee
        let text =
            (isOwn ? "" : names) + findings.map(\.fact).joined(separator: "；") + "。" + due
            + actions.joined(separator: "；") + "（" + articles.joined(separator: "、") + "）。"
        let place = first.enterprise?.rawValue ?? first.unit
        return Advice(
            key: "\(first.rule)/\(place)", addressee: isOwn ? names : first.addressee, text: text,
            source: first.source, sourceTitle: "来处")
    }
}
