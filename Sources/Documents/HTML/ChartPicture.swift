import Domain

/// A chart as SVG for paper: black and greys, told apart by tone and dash as well, with names at the series.
struct ChartPicture {
    private static let tones = ["#222", "#8a8a8a", "#555", "#bdbdbd"]
    private static let dashes = ["", "6 4", "2 3", "9 3 2 3"]

    private let chart: DocumentChart
    private let scale: ChartScale
    private let width = 590.0

    init(_ chart: DocumentChart) {
        self.chart = chart
        scale = ChartScale(chart)
    }

    var svg: String {
        let body: (height: Double, content: String) =
            switch chart.kind {
            case .lyingBars: lyingBars()
            case .bars: upright(withBars: true)
            case .line: upright(withBars: false)
            }
        return "<svg class=\"gw-chart\" viewBox=\"0 0 \(n(width)) \(n(body.height))\" role=\"img\" aria-label=\""
            + Markup.escaped(spoken) + "\" font-size=\"13\" fill=\"#000\">" + body.content + "</svg>"
    }

    /// All figures in words.
    var spoken: String {
        chart.title + "："
            + chart.series.map { series in
                let pairs = zip(chart.labels, series.values).map { label, value in
                    label + " " + (value.map { Markup.number($0) + chart.unit } ?? "—")
                }
                return (series.name.isEmpty ? "" : series.name + " ") + pairs.joined(separator: "，")
            }.joined(separator: "；")
    }

    private func lyingBars() -> (height: Double, content: String) {
        let left = min(260, (chart.labels.map { Typography.width($0) }.max() ?? 4) * 13 + 12)
        let thickness = 15.0
        let block = Double(chart.series.count) * thickness + 9
        let room = width - left - 80
        var parts: [String] = []
        for (row, label) in chart.labels.enumerated() {
            let top = Double(row) * block + 4
            parts.append(text(label, x: left - 8, y: top + block / 2, anchor: "end"))
            for (index, series) in chart.series.enumerated() where row < series.values.count {
                guard let value = series.values[row] else { continue }
                let y = top + Double(index) * thickness
                let length = max(1, room * scale.share(value))
                parts.append(
                    "<rect x=\"\(n(left))\" y=\"\(n(y))\" width=\"\(n(length))\" height=\"\(n(thickness - 2))\" "
                        + "fill=\"\(tone(index))\"/>")
                parts.append(
                    text(Markup.number(value) + chart.unit, x: left + length + 6, y: y + 11, anchor: "start"))
            }
        }
        let height = Double(chart.labels.count) * block + 8
        return legend(under: height, parts)
    }

    private func upright(withBars isBars: Bool) -> (height: Double, content: String) {
        let (left, top, bottom) = (48.0, 12.0, 180.0)
        let room = width - left - 12
        func x(_ index: Int) -> Double {
            left + room * (Double(index) + 0.5) / Double(max(1, chart.labels.count))
        }
        func y(_ value: Double) -> Double { bottom - (bottom - top) * scale.share(value) }
        var parts = scale.ticks.map { tick in
            "<line x1=\"\(n(left))\" x2=\"\(n(width - 12))\" y1=\"\(n(y(tick)))\" y2=\"\(n(y(tick)))\" "
                + "stroke=\"#bbb\" stroke-width=\".7\"/>"
                + text(Markup.number(tick), x: left - 6, y: y(tick) + 5, anchor: "end")
        }
        let every = max(1, (chart.labels.count * 46 + Int(room) - 1) / Int(room))
        for (index, label) in chart.labels.enumerated() where index % every == 0 {
            parts.append(text(label, x: x(index), y: bottom + 17, anchor: "middle"))
        }
        for (index, series) in chart.series.enumerated() {
            parts.append(isBars ? bars(series, index, x: x, y: y, bottom: bottom) : line(series, index, x: x, y: y))
        }
        return legend(under: bottom + 24, parts)
    }

    private func bars(
        _ series: DocumentChart.Series, _ index: Int, x: (Int) -> Double, y: (Double) -> Double, bottom: Double
    ) -> String {
        let slot = (width - 60) / Double(max(1, chart.labels.count))
        let thickness = min(34, slot * 0.72 / Double(chart.series.count))
        let shift = (Double(index) - Double(chart.series.count) / 2) * thickness
        return series.values.enumerated().compactMap { position, value in
            guard let value else { return nil }
            let top = y(value)
            return "<rect x=\"\(n(x(position) + shift))\" y=\"\(n(top))\" width=\"\(n(thickness - 1))\" "
                + "height=\"\(n(max(0.5, bottom - top)))\" fill=\"\(tone(index))\"/>"
                + (thickness > 22
                    ? text(Markup.number(value), x: x(position) + shift + thickness / 2, y: top - 3, anchor: "middle")
                    : "")
        }.joined()
    }

    /// Gaps stay gaps.
    private func line(
        _ series: DocumentChart.Series, _ index: Int, x: (Int) -> Double, y: (Double) -> Double
    ) -> String {
        var path = ""
        var isOn = false
        for (position, value) in series.values.enumerated() {
            guard let value else {
                isOn = false
                continue
            }
            path += "\(isOn ? "L" : "M")\(n(x(position))),\(n(y(value))) "
            isOn = true
        }
        let dash = Self.dashes[index % Self.dashes.count]
        return "<path d=\"\(path)\" fill=\"none\" stroke=\"\(tone(index))\" stroke-width=\"1.6\""
            + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"") + "/>"
    }

    private func legend(under height: Double, _ parts: [String]) -> (height: Double, content: String) {
        guard chart.series.count > 1 else { return (height, parts.joined()) }
        var x = 48.0
        var content = parts.joined()
        for (index, series) in chart.series.enumerated() {
            let dash = chart.kind == .line ? Self.dashes[index % Self.dashes.count] : ""
            let weight = chart.kind == .line ? "1.6" : "9"
            content +=
                "<line x1=\"\(n(x))\" x2=\"\(n(x + 26))\" y1=\"\(n(height + 9))\" y2=\"\(n(height + 9))\" "
                + "stroke=\"\(tone(index))\" stroke-width=\"\(weight)\""
                + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"") + "/>"
            content += text(series.name, x: x + 32, y: height + 14, anchor: "start")
            x += 32 + Typography.width(series.name) * 13 + 24
        }
        return (height + 22, content)
    }

    private func tone(_ index: Int) -> String { Self.tones[index % Self.tones.count] }

    private func text(_ text: String, x: Double, y: Double, anchor: String) -> String {
        "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\">\(Markup.escaped(text))</text>"
    }

    private func n(_ value: Double) -> String { Markup.number(value) }
}
