import Domain

/// The value axis of a chart: round steps around the data; bars begin at zero.
struct ChartScale {
    let low: Double
    let high: Double
    let ticks: [Double]

    init(_ chart: DocumentChart) {
        let values = chart.series.flatMap { $0.values.compactMap(\.self) }.filter(\.isFinite)
        let most = values.max() ?? 1
        var least = values.min() ?? 0
        switch chart.kind {
        case .bars, .lyingBars: least = min(0, least)
        case .line: break
        }
        let span = most > least ? most - least : max(most.magnitude * 0.1, 1)
        let step = Self.step(span / 4)
        var low = (least / step).rounded(.down) * step
        var high = (most / step).rounded(.up) * step
        if high <= low { high = low + step }
        // A share never shows more than the whole.
        if chart.unit == "%", most <= 100 { high = min(high, 100) }
        if chart.unit == "%", high - low < step { low = max(0, high - step) }
        self.low = low
        self.high = high
        var ticks: [Double] = []
        var tick = low
        while tick <= high + step * 0.001, ticks.count < 12 {
            ticks.append(tick)
            tick += step
        }
        self.ticks = ticks
    }

    /// 1, 2 or 5 times a power of ten.
    private static func step(_ rough: Double) -> Double {
        var power = 1.0
        while power * 10 <= rough, power < 1e12 { power *= 10 }
        while power > rough, power > 1e-3 { power /= 10 }
        for factor in [1.0, 2, 5] where power * factor >= rough { return power * factor }
        return power * 10
    }

    func share(_ value: Double) -> Double { (value - low) / (high - low) }
}
