/// One finding with its advice, derived from the data: whom it concerns, what to do, by when, and the figures behind.
/// The text may be edited before approval, every change tracked; the addressee and the source may not.
public struct Advice: Hashable, Sendable {
    /// Stable within the document, so that an edit finds it again: `offline/E17`.
    public var key: String
    /// `陵川县应急管理局`; empty where it concerns everybody.
    public var addressee: String
    public var text: String
    /// The page that shows the figures behind it, and what that link is called.
    public var source: String?
    public var sourceTitle: String?
    /// Rewritten by a human before approval.
    public var isEdited: Bool

    public init(
        key: String, addressee: String, text: String, source: String? = nil, sourceTitle: String? = nil,
        isEdited: Bool = false
    ) {
        self.key = key
        self.addressee = addressee
        self.text = text
        self.source = source
        self.sourceTitle = sourceTitle
        self.isEdited = isEdited
    }
}
