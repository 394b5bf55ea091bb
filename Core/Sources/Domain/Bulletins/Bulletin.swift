public import Kernel

public enum BulletinEntity {}
public typealias BulletinID = Identifier<BulletinEntity>

/// One bulletin from the system's draft to the receipts of those it went to (bulletin rules Art. 2–10). What it says is
/// frozen when it is drafted; people add to it only where the document has a place for it.
public struct Bulletin: Hashable, Sendable {
    public enum Phase: String, CaseIterable, Hashable, Sendable {
        /// 草稿: made by the system, manual fields and advice open.
        case draft
        /// 待审核: nobody edits.
        case submitted
        /// 已审核, may be issued.
        case approved
        /// 已印发, with its number.
        case issued
        /// 已更正: another one stands in its place; kept.
        case superseded
        /// 已撤回: kept as well.
        case withdrawn

        public var label: String {
            switch self {
            case .draft: "草稿"
            case .submitted: "待审核"
            case .approved: "待印发"
            case .issued: "已印发"
            case .superseded: "已更正"
            case .withdrawn: "已撤回"
            }
        }
    }

    public let id: BulletinID
    public let office: AuthorityID
    public let kind: BulletinKind
    public let period: BulletinPeriod
    /// As drafted, without what people added.
    public let base: Document
    /// The issued one that this corrects.
    public let corrects: BulletinID?
    /// Of a letter: the one that it is written for, who alone receives it (TB-14).
    public let addressee: Recipient?
    public var phase = Phase.draft
    public var edits: [DocumentEdit] = []
    /// Everybody who changed it: none of them may approve it.
    public var editors: Set<String> = []
    public var submittedBy: String?
    public var approvedBy: String?
    public var issuedBy: String?
    public var number: BulletinNumber?
    public var receivers: [Recipient] = []
    public var copies: [Recipient] = []
    public var acknowledged: Set<Recipient> = []
    public var channels: [PublicChannel] = []
    /// A correction of this one that is being written or was issued.
    public var correction: BulletinID?

    public init(
        id: BulletinID, office: AuthorityID, kind: BulletinKind, period: BulletinPeriod, base: Document,
        corrects: BulletinID? = nil, addressee: Recipient? = nil
    ) {
        self.id = id
        self.office = office
        self.kind = kind
        self.period = period
        self.base = base
        self.corrects = corrects
        self.addressee = addressee
    }

    /// What it says now, with what people added.
    public var document: Document { base.applying(edits) }
    public var publicity: Publicity { base.publicity }

    /// Manual fields that must be filled in and are not.
    public var missing: [ManualField] { document.manualFields.filter { $0.isRequired && $0.text.isEmpty } }
}

/// 公开渠道 of a public bulletin (TB-10). The system registers where it was published; it reaches no media itself.
public struct PublicChannel: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case website, gazette, meeting, press, broadcast

        public var label: String {
            switch self {
            case .website: "政府网站"
            case .gazette: "公报"
            case .meeting: "会议"
            case .press: "报刊"
            case .broadcast: "广播电视"
            }
        }
    }

    public var kind: Kind
    /// Address, issue or date of the publication.
    public var place: String

    public init(kind: Kind, place: String) {
        self.kind = kind
        self.place = place
    }
}
