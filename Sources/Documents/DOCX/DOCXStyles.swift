/// Fonts and the styles that a reader sees in the style box.
enum DOCXStyles {
    static let fangsong = "仿宋_GB2312"
    static let kaiti = "楷体_GB2312"
    static let heiti = "黑体"
    static let biaosong = "方正小标宋简体"
    static let songti = "宋体"

    /// The faces that stand in where the named one is missing.
    private static let fonts: [(name: String, alternative: String)] = [
        (fangsong, "仿宋"), (kaiti, "楷体"), (heiti, "SimHei"), (biaosong, "FZXiaoBiaoSong-B05S"), (songti, "SimSun"),
    ]

    static var fontTable: String {
        DOCXDocument.declaration + "<w:fonts xmlns:w=\"\(DOCXBody.namespace)\">"
            + fonts.map { font in
                "<w:font w:name=\"\(font.name)\"><w:altName w:val=\"\(font.alternative)\"/><w:charset w:val=\"86\"/>"
                    + "</w:font>"
            }.joined() + "</w:fonts>"
    }

    static func faces(_ font: String) -> String {
        "<w:rFonts w:ascii=\"\(font)\" w:eastAsia=\"\(font)\" w:hAnsi=\"\(font)\" w:cs=\"\(font)\" "
            + "w:hint=\"eastAsia\"/>"
    }

    static let file =
        DOCXDocument.declaration
        + "<w:styles xmlns:w=\"\(DOCXBody.namespace)\"><w:docDefaults><w:rPrDefault><w:rPr>\(faces(fangsong))"
        // A quarter point less: 28 characters fill 156 mm.
        + "<w:spacing w:val=\"-5\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>"
        + "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr>"
        + "</w:rPrDefault>"
        + "<w:pPrDefault/></w:docDefaults>"
        + style("a", "Normal", isDefault: true, paragraph: body(indent: ""), run: "")
        + style("1", "heading 1", paragraph: outline(0), run: faces(heiti))
        + style("2", "heading 2", paragraph: outline(1), run: faces(kaiti))
        + style("3", "heading 3", paragraph: outline(2), run: "")
        + style("4", "heading 4", paragraph: outline(3), run: "")
        + "</w:styles>"

    private static func body(indent: String) -> String {
        "<w:widowControl w:val=\"0\"/><w:overflowPunct/><w:spacing w:line=\"580\" w:lineRule=\"exact\"/>\(indent)"
            + "<w:jc w:val=\"both\"/>"
    }

    private static func outline(_ level: Int) -> String {
        "<w:keepNext/><w:spacing w:line=\"580\" w:lineRule=\"exact\"/>"
            + "<w:ind w:firstLine=\"640\" w:firstLineChars=\"200\"/><w:outlineLvl w:val=\"\(level)\"/>"
    }

    private static func style(
        _ id: String, _ name: String, isDefault: Bool = false, paragraph: String, run: String
    ) -> String {
        "<w:style w:type=\"paragraph\"\(isDefault ? " w:default=\"1\"" : "") w:styleId=\"\(id)\">"
            + "<w:name w:val=\"\(name)\"/>"
            + (isDefault ? "" : "<w:basedOn w:val=\"a\"/><w:next w:val=\"a\"/>") + "<w:qFormat/>"
            + "<w:pPr>\(paragraph)</w:pPr>"
            + (run.isEmpty ? "" : "<w:rPr>\(run)</w:rPr>") + "</w:style>"
    }
}
