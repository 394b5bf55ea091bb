/// Which part of a long list is shown.
struct Pager: Sendable {
    static let size = 50

    var previous: String?
    var next: String?
    var text: String
    var isNeeded: Bool

    /// - Parameter address: with its filters, without `page`.
    init(page: Int, total: Int, address: String) {
        func link(_ number: Int) -> String { address + (address.contains("?") ? "&" : "?") + "page=\(number)" }
        let first = (page - 1) * Self.size
        previous = page > 1 ? link(page - 1) : nil
        next = first + Self.size < total ? link(page + 1) : nil
        text = total == 0 ? "0 条" : "\(first + 1)–\(min(total, first + Self.size)) / \(total) 条"
        isNeeded = total > Self.size
    }

    static func number(_ query: Form) -> Int { max(1, min(10_000, Int(query["page"]) ?? 1)) }
    static func offset(_ query: Form) -> Int { (number(query) - 1) * size }

    /// The address of a list with those of its filters that are set.
    static func address(_ path: String, _ query: Form, keeping names: [String]) -> String {
        let kept = names.compactMap { name in query.value(name).map { "\(name)=\(Form.encode($0))" } }
        return kept.isEmpty ? path : path + "?" + kept.joined(separator: "&")
    }
}

/// One choice of a filter.
struct Choice: Sendable {
    var value: String
    var title: String
    var isSelected: Bool

    static func list(_ pairs: [(String, String)], selected: String) -> [Choice] {
        pairs.map { Choice(value: $0.0, title: $0.1, isSelected: $0.0 == selected) }
    }
}
