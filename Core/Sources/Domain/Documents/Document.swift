public import Kernel

/// An official document as a value: what it says, never how it looks. The same value becomes a page, a DOCX, a PDF
/// and the sheets of an XLSX (GB/T 9704-2012; domain §12.3). Content builders fill it from facts; it knows no clock.
public struct Document: Hashable, Sendable {
    /// How it is laid out. [本项目约定] Daily reports need no red head; ranking notices take one; a summons is a letter.
    public enum Form: String, CaseIterable, Hashable, Sendable {
        /// 值守日报 and the like: the mark in black, no rule, no 版记 unless given.
        case plain
        /// 文件格式: red mark, number in the middle, red rule.
        case redHead
        /// 信函格式: red mark 30 mm from the edge, double rules above and below, number at the right.
        case letter
    }

    public var form: Form
    /// 发文机关标志: `晋城市应急管理局文件`, or the daily report's name.
    public var mark: String
    /// 发文机关: `晋城市应急管理局`.
    public var issuer: String
    public var number: DocumentNumber?
    public var title: String
    /// 主送, in the order written; empty where a report names nobody.
    public var addressees: [String]
    /// What stands before the first numbered section: the opening sentence, a daily report's survey.
    public var opening: [DocumentBlock]
    public var sections: [DocumentSection]
    /// 附件: titles in their order.
    public var attachments: [String]
    /// 发文机关署名; nil where the form has none.
    public var signature: String?
    /// 成文日期.
    public var date: Day?
    /// 附注 without brackets: `此件公开发布`.
    public var publicity: Publicity
    /// 抄送.
    public var copies: [String]
    /// 印发机关 and 印发日期.
    public var printer: String?
    public var printedOn: Day?
    /// The foot of a daily report: 值班人, 审核人, 签发人 with their names, empty until signed.
    public var signers: [DocumentSigner]
    /// Words that every page must carry, such as 演示数据; never left out by a renderer.
    public var caution: String?

    public init(
        form: Form, mark: String, issuer: String, title: String, number: DocumentNumber? = nil,
        addressees: [String] = [], opening: [DocumentBlock] = [], sections: [DocumentSection] = [],
        attachments: [String] = [], signature: String? = nil, date: Day? = nil, publicity: Publicity = .internalUse,
        copies: [String] = [], printer: String? = nil, printedOn: Day? = nil, signers: [DocumentSigner] = [],
        caution: String? = nil
    ) {
        self.form = form
        self.mark = mark
        self.issuer = issuer
        self.title = title
        self.number = number
        self.addressees = addressees
        self.opening = opening
        self.sections = sections
        self.attachments = attachments
        self.signature = signature
        self.date = date
        self.publicity = publicity
        self.copies = copies
        self.printer = printer
        self.printedOn = printedOn
        self.signers = signers
        self.caution = caution
    }
}

/// One of those whose names stand at the foot of a daily report.
public struct DocumentSigner: Hashable, Sendable {
    public var role: String
    public var name: String

    public init(role: String, name: String = "") {
        self.role = role
        self.name = name
    }
}
