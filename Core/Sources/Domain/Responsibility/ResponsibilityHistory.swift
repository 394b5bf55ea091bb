public import Kernel

/// Who was responsible for one major hazard source in which role, from when until when (应急厅〔2021〕12号). At most one
/// person a role at any instant; nothing is ever taken out.
public struct ResponsibilityHistory: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        public var role: ResponsibleRole
        public var person: PersonID
        public var from: Timestamp
        public var until: Timestamp?

        public init(role: ResponsibleRole, person: PersonID, from: Timestamp, until: Timestamp? = nil) {
            self.role = role
            self.person = person
            self.from = from
            self.until = until
        }
    }

    public private(set) var terms: [Term]

    public init(_ terms: [Term] = []) { self.terms = terms.sorted { $0.from < $1.from } }

    /// Who is in office now, by role.
    public var inOffice: [ResponsibleRole: PersonID] {
        Dictionary(terms.filter { $0.until == nil }.map { ($0.role, $0.person) }, uniquingKeysWith: { _, last in last })
    }

    /// Who was in office at an instant; `until` itself belongs to the successor.
    public func holder(of role: ResponsibleRole, at instant: Timestamp) -> PersonID? {
        terms.last { $0.role == role && $0.from <= instant && ($0.until.map { instant < $0 } ?? true) }?.person
    }

    public var vacancies: [ResponsibleRole] {
        let held = inOffice
        return ResponsibleRole.allCases.filter { held[$0] == nil }
    }

    /// The successor takes office; the one before leaves it at the same instant. A date before the predecessor's own
    /// would rewrite history, and is refused.
    public mutating func appoint(_ person: PersonID, as role: ResponsibleRole, at instant: Timestamp) -> Violation? {
        if let index = terms.lastIndex(where: { $0.role == role && $0.until == nil }) {
            guard terms[index].person != person else { return nil }
            guard terms[index].from < instant else {
                return Violation(.from, "早于现任的任职时间 \(ChinaTime.dateTime(terms[index].from))")
            }
            terms[index].until = instant
        } else if let last = terms.last(where: { $0.role == role })?.until, instant < last {
            return Violation(.from, "早于前任的离任时间 \(ChinaTime.dateTime(last))")
        }
        terms.append(Term(role: role, person: person, from: instant))
        return nil
    }

    /// Leaves the role empty from that instant.
    public mutating func vacate(_ role: ResponsibleRole, at instant: Timestamp) {
        guard let index = terms.lastIndex(where: { $0.role == role && $0.until == nil }) else { return }
        terms[index].until = max(instant, terms[index].from)
    }
}

extension ResponsibleRole {
    public var label: String {
        switch self {
        case .principal: "主要负责人"
        case .technical: "技术负责人"
        case .operations: "操作负责人"
        }
    }

    public init?(word: String) {
        let word = word.trimmedOfSpace
        let others: [String: ResponsibleRole] = ["主要": .principal, "技术": .technical, "操作": .operations]
        guard
            let found = ResponsibleRole(rawValue: word.lowercased())
                ?? ResponsibleRole.allCases.first(where: { $0.label == word }) ?? others[word]
        else { return nil }
        self = found
    }
}
