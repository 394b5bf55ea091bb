/// The rates of the days of a period, in order. The regulation's 均值 is the arithmetic mean of the days' rates; the
/// weighted rate stands beside it, so that nobody has to argue (domain §9). Days without a rate leave the mean.
public struct DayRates: Hashable, Sendable {
    public var days: [Ratio]

    public init(_ days: [Ratio]) { self.days = days }

    public var weighted: Ratio { days.reduce(.none, +) }

    /// How many days have a rate.
    public var countableDays: Int { days.count { $0.isCountable } }

    /// The mean in thousandths of a millionth, whole numbers so that equal means are equal.
    public var meanBillionths: Int64? {
        var sum = 0.0
        var count = 0
        for day in days {
            guard let value = day.value else { continue }
            sum += value
            count += 1
        }
        return count > 0 ? Int64((sum / Double(count) * 1e9).rounded()) : nil
    }

    /// Hundredths of a per cent, half up.
    public var meanHundredths: Int64? { meanBillionths.map { ($0 + 50_000) / 100_000 } }
    public var meanText: String { meanHundredths.map(PercentText.percent) ?? "—" }
}
