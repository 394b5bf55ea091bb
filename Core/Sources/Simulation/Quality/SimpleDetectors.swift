import Domain

/// The two checks that are commonly written, to compare with: a variance threshold for what is too still, and the
/// correlation of the same hour with the days before for what repeats itself.
enum SimpleDetectors {
    private static let block = 240

    /// The standard deviation of a block fell below a tenth of the usual, twice in a row.
    static func isTooStill(_ today: [ScanReading], past: [ScanReading]) -> Bool {
        let usual = deviations(past).sorted()
        guard usual.count >= 12 else { return false }
        let threshold = usual[usual.count / 2] * 0.1
        var run = 0
        for deviation in deviations(today) {
            run = deviation < threshold ? run + 1 : 0
            if run == 2 { return true }
        }
        return false
    }

    /// Pearson's correlation of an hour with the same hour of an earlier day above 0.98.
    static func isRepeated(_ today: [ScanReading], past: [ScanReading]) -> Bool {
        var start = 0
        while start < today.count, let end = today[start...].firstIndex(where: { $0.at >= today[start].at + 3_600_000 })
        {
            for days in 1...3 {
                let wanted = today[start].at - 86_400_000 * Int64(days)
                let source = past.partitioningIndex { $0.at >= wanted }
                guard source + end - start <= past.count, source < past.count, past[source].at - wanted < 60_000 else {
                    continue
                }
                if correlation(today[start..<end], past[source..<source + end - start]) > 0.98 { return true }
            }
            start = end
        }
        return false
    }

    private static func deviations(_ readings: [ScanReading]) -> [Double] {
        stride(from: 0, to: readings.count - block + 1, by: block).map { start in
            let part = readings[start..<start + block]
            let mean = part.reduce(0) { $0 + $1.value } / Double(block)
            return (part.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / Double(block)).squareRoot()
        }
    }

    private static func correlation(_ left: ArraySlice<ScanReading>, _ right: ArraySlice<ScanReading>) -> Double {
        let count = Double(left.count)
        let (meanLeft, meanRight) = (
            left.reduce(0) { $0 + $1.value } / count, right.reduce(0) { $0 + $1.value } / count
        )
        var (product, squaresLeft, squaresRight) = (0.0, 0.0, 0.0)
        for (one, other) in zip(left, right) {
            let (a, b) = (one.value - meanLeft, other.value - meanRight)
            product += a * b
            squaresLeft += a * a
            squaresRight += b * b
        }
        let scale = (squaresLeft * squaresRight).squareRoot()
        return scale > 1e-12 ? product / scale : 0
    }
}
