import Domain
import Kernel
import Storage

/// A curve as a picture made by the server (pages rule 21): white line, dashed limits with their words, gaps stay gaps,
/// level shapes on the time axis where the source's level rose.
struct Chart: Sendable {
    struct Size: Sendable {
        var width: Double
        var height: Double
        var left: Double
        static let pane = Size(width: 460, height: 236, left: 50)
        static let page = Size(width: 1_180, height: 364, left: 60)
        static let phone = Size(width: 340, height: 200, left: 46)
    }

    var picture: String
    /// Two readings farther apart than this are not joined.
    private static let gapMin = Interval.seconds(90)
    private static let columnsMax = 600

    private let data: ChartData
    private let size: Size
    private let low: Double
    private let high: Double
    private var bottom: Double { size.height - 40 }

    init(data: ChartData, size: Size, now: Timestamp) {
        self.data = data
        self.size = size
        // Limits are never scaled out of view.
        let shown = data.limits.filter { limit in Self.isNear(limit.value, data) }
        let values = data.samples.map(\.value) + shown.map(\.value) + [data.sheet.value].compactMap(\.self)
        let (least, most) = (values.min() ?? 0, values.max() ?? 1)
        let margin = max((most - least) * 0.12, max(abs(most), 1) * 0.002)
        low = least - margin
        high = most + margin
        picture = ""
        picture = draw(now: now)
    }

    /// All limits are near unless there is no reading to be near to.
    private static func isNear(_ value: Double, _ data: ChartData) -> Bool { value.isFinite }

    private func x(_ at: Timestamp) -> Double {
        let span = Double(max(1, (data.to - data.from).milliseconds))
        return size.left + (size.width - size.left) * Double((at - data.from).milliseconds) / span
    }

    private func y(_ value: Double) -> Double { 8 + (bottom - 8) * (1 - (value - low) / (high - low)) }

    private func draw(now: Timestamp) -> String {
        let title = Points.title(kind: data.sheet.kind, name: data.sheet.name, tag: data.sheet.tag)
        var parts: [String] = []
        for band in data.bands {
            let (from, until) = (max(x(band.from), size.left), min(x(band.until), size.width))
            guard until > from else { continue }
            parts.append(
                "<rect class=\"band\" x=\"\(n(from))\" y=\"8\" width=\"\(n(until - from))\" "
                    + "height=\"\(n(bottom - 8))\"/>")
            parts.append("<text x=\"\(n((from + until) / 2))\" y=\"30\" text-anchor=\"middle\">\(band.word)</text>")
        }
        parts += data.limits.map(limit)
        parts.append(line("ax", x1: size.left, y1: bottom, x2: size.width, y2: bottom))
        parts += timeLabels() + valueLabels()
        parts.append("<path class=\"cv\" d=\"\(curve())\"/>")
        if data.samples.isEmpty {
            parts.append(
                "<text class=\"dt\" x=\"\(n((size.left + size.width) / 2))\" y=\"\(n(bottom / 2))\" "
                    + "text-anchor=\"middle\">这段时间没有数据</text>")
        }
        parts += data.marks.map(mark)
        return "<svg class=\"chart\" viewBox=\"0 0 \(Int(size.width)) \(Int(size.height))\" role=\"img\" aria-label=\""
            + Wording.escaped(title) + " 曲线\">" + parts.joined() + "</svg>"
    }

    private func limit(_ limit: ChartData.Limit) -> String {
        let at = y(limit.value)
        let word = "\(limit.word) \(Wording.figure(limit.value))"
        return line(limit.isOuter ? "lim-hh" : "lim", x1: size.left, y1: at, x2: size.width, y2: at)
            + "<text class=\"\(limit.isOuter ? "ls" : "lt")\" x=\"\(n(size.left + 6))\" "
            + "y=\"\(n(at + limit.labelOffset))\">"
            + "\(word)</text>"
    }

    private func line(_ name: String, x1: Double, y1: Double, x2: Double, y2: Double) -> String {
        "<line class=\"\(name)\" x1=\"\(n(x1))\" x2=\"\(n(x2))\" y1=\"\(n(y1))\" y2=\"\(n(y2))\"/>"
    }

    private func timeLabels() -> [String] {
        let steps = size.width > 800 ? 8 : size.width > 400 ? 3 : 2
        let span = data.to - data.from
        return (0...steps).map { step in
            let at = data.from + .milliseconds(span.milliseconds * Int64(step) / Int64(steps))
            let text = span > .days(2) ? Wording.monthDay(at) : String(ChinaTime.clock(at).prefix(5))
            let anchor = step == 0 ? "start" : step == steps ? "end" : "middle"
            return "<text x=\"\(n(x(at)))\" y=\"\(n(size.height - 12))\" text-anchor=\"\(anchor)\">\(text)</text>"
        }
    }

    private func valueLabels() -> [String] {
        [0.1, 0.5, 0.9].map { share in
            let value = low + (high - low) * share
            return "<text x=\"\(n(size.left - 8))\" y=\"\(n(y(value) + 6))\" text-anchor=\"end\">"
                + "\(Wording.figure((value * 100).rounded() / 100))</text>"
        }
    }

    /// Many readings to a column become its first, least, most and last: no peak is lost.
    private func curve() -> String {
        var path = ""
        var previous: Timestamp?
        for sample in thinned() {
            let isBreak = previous.map { sample.at - $0 > gap } ?? true
            path += "\(isBreak ? "M" : "L")\(n(x(sample.at))),\(n(y(sample.value))) "
            previous = sample.at
        }
        return path
    }

    private var gap: Interval {
        let column = Interval.milliseconds((data.to - data.from).milliseconds / Int64(Self.columnsMax))
        return max(Self.gapMin, column * 3)
    }

    private func thinned() -> [HistorySample] {
        let samples = data.samples.filter { !$0.isBad }
        guard samples.count > Self.columnsMax * 2 else { return samples }
        let width = max(1, (data.to - data.from).milliseconds / Int64(Self.columnsMax))
        var kept: [HistorySample] = []
        var column: [HistorySample] = []
        func flush() {
            guard let first = column.first, let last = column.last,
                let least = column.min(by: { $0.value < $1.value }),
                let most = column.max(by: { $0.value < $1.value })
            else { return }
            kept += [first, least, most, last].sorted { $0.at < $1.at }
        }
        for sample in samples {
            if let first = column.first, (sample.at - first.at).milliseconds >= width {
                flush()
                column = []
            }
            column.append(sample)
        }
        flush()
        return kept
    }

    private func mark(_ mark: ChartData.Mark) -> String {
        "<g transform=\"translate(\(n(x(mark.at) - 9)),\(n(bottom - 9)))\" class=\"c-\(mark.level.name)\"><path "
            + "fill=\"currentColor\" transform=\"scale(1.125)\" d=\"\(LevelMark.outline(mark.level))\"/></g>"
    }

    /// One digit after the point.
    private func n(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
