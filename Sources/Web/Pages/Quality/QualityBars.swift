import Domain
import Kernel

/// One dimension of a score as a page shows it: the bar, the figure, and what stands over what.
struct QualityBar: Sendable {
    var title: String
    var score: String
    var fraction: String
    var formula: String
    var picture: String
    /// Opens what stands behind it.
    var address: String?
    var isCurrent = false

    static func all(
        _ tally: QualityTally, address: (QualityDimension) -> String?, current: QualityDimension? = nil
    ) -> [QualityBar] {
        QualityDimension.allCases.map { dimension in
            let part = tally[dimension]
            return QualityBar(
                title: dimension.label, score: text(tally.score(dimension)),
                fraction: "\(part.numerator)/\(part.denominator)", formula: dimension.formula,
                picture: bar(tally.score(dimension), label: dimension.label), address: address(dimension),
                isCurrent: dimension == current)
        }
    }

    /// Two digits; — where there is nothing to score.
    static func text(_ score: Double?) -> String { score.map { Wording.figure(($0 * 100).rounded() / 100) } ?? "—" }

    static func bar(_ score: Double?, label: String) -> String {
        let width = Int(((score ?? 0) * 1.2).rounded())
        return
            "<svg viewBox=\"0 0 120 8\" width=\"120\" height=\"8\" role=\"img\" aria-label=\"\(label) \(text(score))\">"
            + "<rect width=\"120\" height=\"8\" fill=\"var(--surface-3)\"/>"
            + (score == nil ? "" : "<rect width=\"\(width)\" height=\"8\" fill=\"var(--muted)\"/>") + "</svg>"
    }

    /// The total of a month, a gap where there is none.
    static func trend(
        _ days: [(day: Day, tally: QualityTally)], from: Day, through: Day, weights: QualityWeights
    ) -> String {
        let span = max(1, Int(through.number - from.number))
        let known = Dictionary(
            days.map { ($0.day, $0.tally.total(weights)) }, uniquingKeysWith: { first, _ in first })
        let scores = known.values.compactMap(\.self)
        let low = max(0, (scores.min() ?? 0) - 2)
        let high = min(100, max(low + 1, (scores.max() ?? 100) + 1))
        var path = ""
        var isBroken = true
        var dots = ""
        for offset in 0...span {
            let day = Day(number: from.number + Int32(offset))
            guard let score = known[day] ?? nil else {
                isBroken = true
                continue
            }
            let x = Double(offset) / Double(span) * 560 + 50
            let y = 8 + 90 * (1 - (score - low) / (high - low))
            let place = "\(Wording.figure(x)),\(Wording.figure(y))"
            path += (isBroken ? "M" : "L") + place + " "
            dots += "<circle cx=\"\(Wording.figure(x))\" cy=\"\(Wording.figure(y))\" r=\"2.5\" fill=\"var(--curve)\"/>"
            isBroken = false
        }
        func label(_ value: Double, _ y: Int) -> String {
            "<text x=\"42\" y=\"\(y)\" text-anchor=\"end\">\(Wording.figure((value * 10).rounded() / 10))</text>"
        }
        let first = Wording.monthDay(from.start)
        let last = Wording.monthDay(through.start)
        return "<svg class=\"chart\" viewBox=\"0 0 620 130\" role=\"img\" aria-label=\"近 30 天总分\">"
            + "<line class=\"ax\" x1=\"50\" x2=\"612\" y1=\"100\" y2=\"100\"/>" + label(high, 16) + label(low, 100)
            + "<text x=\"50\" y=\"122\">\(first)</text><text x=\"610\" y=\"122\" text-anchor=\"end\">\(last)</text>"
            + "<path class=\"cv\" d=\"\(path)\"/>\(dots)</svg>"
    }
}
