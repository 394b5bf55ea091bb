/// A place where a human adds what no data can say (TB-16: 人工仅补建议). An empty one does not appear in the issued
/// document.
public struct ManualField: Hashable, Sendable {
    /// Stable within the document.
    public var key: String
    public var label: String
    public var hint: String
    public var text: String
    /// Must be filled in before approval.
    public var isRequired: Bool

    public init(key: String, label: String, hint: String = "", text: String = "", isRequired: Bool = false) {
        self.key = key
        self.label = label
        self.hint = hint
        self.text = text
        self.isRequired = isRequired
    }
}
