import Domain

/// Page size, margins, page numbers at the outer side, and what stands on every page.
struct DOCXPages {
    let document: Document

    init(_ document: Document) { self.document = document }

    private var isLetter: Bool { document.form == .letter }

    /// A4 with 37 mm above and 28 mm left; 22 lines of 29 pt are 225 mm, which leaves 34.9 mm below.
    var section: String {
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHeader\"/>"
            + "<w:headerReference w:type=\"even\" r:id=\"rIdHeader\"/>"
            + "<w:headerReference w:type=\"first\" r:id=\"rIdHeader\"/>"
            + "<w:footerReference w:type=\"default\" r:id=\"rIdOdd\"/>"
            + "<w:footerReference w:type=\"even\" r:id=\"rIdEven\"/>"
            + "<w:footerReference w:type=\"first\" r:id=\"rIdFirst\"/>"
            + "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
            + "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1980\" w:left=\"1588\" w:header=\"1134\" "
            + "w:footer=\"1304\" w:gutter=\"0\"/>" + (isLetter ? "<w:titlePg/>" : "")
            + "<w:docGrid w:linePitch=\"312\"/></w:sectPr>"
    }

    /// 4号 half-width Song with dashes: odd pages right, even pages left, one character from the edge.
    func footer(isEven: Bool) -> String {
        let side =
            isEven
            ? "<w:ind w:left=\"280\"/><w:jc w:val=\"left\"/>"
            : "<w:ind w:right=\"280\"/>"
                + "<w:jc w:val=\"right\"/>"
        let run = "<w:rPr>\(DOCXStyles.faces(DOCXStyles.songti))<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>"
        let paragraph =
            "<w:p><w:pPr><w:spacing w:line=\"240\" w:lineRule=\"auto\"/>\(side)</w:pPr>"
            + "<w:r>\(run)<w:t xml:space=\"preserve\">— </w:t></w:r>"
            + "<w:r>\(run)<w:fldChar w:fldCharType=\"begin\"/></w:r>"
            + "<w:r>\(run)<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
            + "<w:r>\(run)<w:fldChar w:fldCharType=\"separate\"/></w:r><w:r>\(run)<w:t>1</w:t></w:r>"
            + "<w:r>\(run)<w:fldChar w:fldCharType=\"end\"/></w:r>"
            + "<w:r>\(run)<w:t xml:space=\"preserve\"> —</w:t></w:r></w:p>"
        return part("ftr", paragraph)
    }

    /// A letter's first page has no number but the lower double rule, thin over thick.
    var firstFooter: String {
        part(
            "ftr",
            "<w:p><w:pPr><w:pBdr>"
                + "<w:top w:val=\"thinThickSmallGap\" w:sz=\"24\" w:space=\"1\" w:color=\"\(Typography.red)\"/>"
                + "</w:pBdr><w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:left=\"-397\" w:right=\"-397\"/>"
                + "</w:pPr></w:p>")
    }

    var header: String {
        guard let caution = document.caution else { return part("hdr", "<w:p/>") }
        return part(
            "hdr",
            "<w:p><w:pPr><w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr>"
                + "\(DOCXStyles.faces(DOCXStyles.songti))<w:sz w:val=\"20\"/></w:rPr>"
                + "<w:t>\(Markup.escaped(caution))</w:t>"
                + "</w:r></w:p>")
    }

    private func part(_ name: String, _ content: String) -> String {
        DOCXDocument.declaration + "<w:\(name) xmlns:w=\"\(DOCXBody.namespace)\">\(content)</w:\(name)>"
    }
}
