import Domain

/// Lines whose wording the standard fixes.
enum DocumentParts {
    /// 主送 from the margin, with a full-width colon.
    static func addressees(_ document: Document) -> String { document.addressees.joined(separator: "，") + "：" }

    /// Under a report's name: who issues it and its number, whose code may begin with the name already.
    static func masthead(_ document: Document) -> String {
        guard let number = document.number?.text else { return document.issuer }
        return number.hasPrefix(document.issuer) ? number : document.issuer + "　" + number
    }

    static func copies(_ document: Document) -> String { "抄送：" + document.copies.joined(separator: "，") + "。" }

    static func printed(_ document: Document) -> String {
        (document.printedOn ?? document.date).map { $0.chineseDate + "印发" } ?? ""
    }

    /// 附件说明, one line under the text; a single one has no number.
    static func attachments(_ document: Document) -> [String] {
        guard document.attachments.count > 1 else { return document.attachments.map { "附件：" + $0 } }
        return document.attachments.enumerated().map { index, title in
            (index == 0 ? "附件：" : "　　　") + "\(index + 1)." + title
        }
    }

    /// The signature stands in the middle over the date, whose right end is four characters from the margin.
    static func signatureIndent(_ document: Document) -> Double {
        let own = Typography.width(document.signature ?? "")
        let date = Typography.width(document.date?.chineseDate ?? "")
        return max(2, 4 + (date - own) / 2)
    }

    static func caption(_ chart: DocumentChart) -> String {
        chart.unit.isEmpty ? chart.title : "\(chart.title)（\(chart.unit)）"
    }

    /// What a human added says so (TB-16).
    static func lines(of field: ManualField) -> [String] {
        var lines = field.text.split(whereSeparator: \.isNewline).map(String.init)
        if !lines.isEmpty { lines[lines.count - 1] += "（人工补充）" }
        return lines
    }
}
