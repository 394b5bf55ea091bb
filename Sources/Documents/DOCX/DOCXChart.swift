import Domain

/// A chart part in DrawingML, with its figures inside: Word, WPS and LibreOffice draw it themselves.
struct DOCXChart {
    private static let tones = ["222222", "8A8A8A", "555555", "BDBDBD"]
    private static let dashes = ["solid", "dash", "sysDot", "lgDashDot"]
    private let chart: DocumentChart
    private let scale: ChartScale

    init(_ chart: DocumentChart) {
        self.chart = chart
        scale = ChartScale(chart)
    }

    /// In English metric units; 36,000 a millimetre.
    var heightUnits: Int {
        switch chart.kind {
        case .bars, .line: 62 * 36_000
        case .lyingBars: min(180, 18 + chart.labels.count * (4 + 4 * chart.series.count)) * 36_000
        }
    }

    var file: String {
        let isLine = chart.kind == .line
        var text = DOCXDocument.declaration
        text += "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
        text += "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:roundedCorners val=\"0\"/>"
        text += "<c:chart><c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/>"
        text +=
            isLine
            ? "<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>"
            : "<c:barChart><c:barDir val=\"\(chart.kind == .lyingBars ? "bar" : "col")\"/>"
                + "<c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>"
        for index in chart.series.indices { text += series(index, isLine: isLine) }
        text +=
            isLine
            ? "<c:marker val=\"1\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:lineChart>"
            : "<c:gapWidth val=\"60\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>"
        text += axes + "</c:plotArea>"
        if chart.series.count > 1 {
            text += "<c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/>\(font)</c:legend>"
        }
        return text + "<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>\(font)</c:chartSpace>"
    }

    private func series(_ index: Int, isLine: Bool) -> String {
        let series = chart.series[index]
        let tone = Self.tones[index % Self.tones.count]
        let dash = Self.dashes[index % Self.dashes.count]
        var text =
            "<c:ser><c:idx val=\"\(index)\"/><c:order val=\"\(index)\"/><c:tx><c:strRef>"
            + "<c:f>'图'!$\(column(index))$1"
        text += "</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\">"
        text += "<c:v>\(Markup.escaped(series.name))</c:v></c:pt>"
        text += "</c:strCache></c:strRef></c:tx><c:spPr>"
        text +=
            isLine
            ? "<a:ln w=\"19050\"><a:solidFill><a:srgbClr val=\"\(tone)\"/></a:solidFill>"
                + "<a:prstDash val=\"\(dash)\"/></a:ln>"
            : "<a:solidFill><a:srgbClr val=\"\(tone)\"/></a:solidFill>"
        text +=
            "</c:spPr>"
            + (isLine
                ? "<c:marker><c:symbol val=\"none\"/>"
                    + "</c:marker>" : "<c:invertIfNegative val=\"0\"/>")
        if chart.kind != .line {
            text += "<c:dLbls>\(font)<c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/><c:showCatName val=\"0\"/>"
            text += "<c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/></c:dLbls>"
        }
        let last = chart.labels.count + 1
        text += "<c:cat><c:strRef><c:f>'图'!$A$2:$A$\(last)</c:f><c:strCache><c:ptCount val=\"\(chart.labels.count)\"/>"
        for (place, label) in chart.labels.enumerated() {
            text += "<c:pt idx=\"\(place)\"><c:v>\(Markup.escaped(label))</c:v></c:pt>"
        }
        text += "</c:strCache></c:strRef></c:cat><c:val><c:numRef>"
        text += "<c:f>'图'!$\(column(index))$2:$\(column(index))$\(last)</c:f>"
        text += "<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"\(chart.labels.count)\"/>"
        for (place, value) in series.values.prefix(chart.labels.count).enumerated() {
            if let value { text += "<c:pt idx=\"\(place)\"><c:v>\(Markup.number(value))</c:v></c:pt>" }
        }
        text += "</c:numCache></c:numRef></c:val>" + (isLine ? "<c:smooth val=\"0\"/>" : "")
        return text + "</c:ser>"
    }

    private func column(_ index: Int) -> String { String(UnicodeScalar(UInt8(66 + min(index, 23)))) }

    private var axes: String {
        let isLying = chart.kind == .lyingBars
        let line = "<c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"555555\"/></a:solidFill></a:ln></c:spPr>"
        // Lying bars begin at the top, as the ranking does.
        var text =
            "<c:catAx><c:axId val=\"1\"/><c:scaling>"
            + "<c:orientation val=\"\(isLying ? "maxMin" : "minMax")\"/></c:scaling>"
        text += "<c:delete val=\"0\"/><c:axPos val=\"\(isLying ? "l" : "b")\"/><c:majorTickMark val=\"none\"/>"
        text += "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>\(line)\(font)<c:crossAx val=\"2\"/>"
        text += "<c:crosses val=\"autoZero\"/><c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/>"
        text += "<c:noMultiLvlLbl val=\"1\"/></c:catAx><c:valAx><c:axId val=\"2\"/><c:scaling>"
        text += "<c:orientation val=\"minMax\"/><c:max val=\"\(Markup.number(scale.high))\"/>"
        text += "<c:min val=\"\(Markup.number(scale.low))\"/></c:scaling>"
        text += "<c:delete val=\"\(isLying ? 1 : 0)\"/><c:axPos val=\"\(isLying ? "t" : "l")\"/>"
        if !isLying {
            text += "<c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"BBBBBB\"/>"
            text += "</a:solidFill></a:ln>"
            text += "</c:spPr></c:majorGridlines>"
        }
        text += "<c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>"
        text += "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>\(line)\(font)<c:crossAx val=\"1\"/>"
        return text + "<c:crosses val=\"min\"/><c:crossBetween val=\"between\"/></c:valAx>"
    }

    private var font: String {
        "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"1050\"><a:solidFill><a:srgbClr val=\"000000\"/>"
            + "</a:solidFill><a:latin typeface=\"\(DOCXStyles.fangsong)\"/><a:ea typeface=\"\(DOCXStyles.fangsong)\"/>"
            + "</a:defRPr></a:pPr><a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr>"
    }
}
