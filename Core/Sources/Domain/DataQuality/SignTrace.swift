/// The fluctuations of a point in one bit a reading: whether the curve bends up or down there (the sign of the second
/// difference), and whether it bends at all. An offset, a scale, a shift in time and a little noise on top leave these
/// bits mostly as they were; two honest stretches agree in half of them. A day at 10 s is 2 KB.
public struct SignTrace: Hashable, Sendable {
    /// One where the curve bends upwards.
    public internal(set) var signs: [UInt64] = []
    /// One where it bends at all.
    public internal(set) var known: [UInt64] = []
    /// When the first reading of each word was taken, seconds of the day.
    public internal(set) var times: [Int32] = []
    public internal(set) var count = 0

    public init() {}

    public mutating func reserve(_ readings: Int) {
        signs.reserveCapacity(readings / 64 + 1)
        known.reserveCapacity(readings / 64 + 1)
        times.reserveCapacity(readings / 64 + 1)
    }

    mutating func append(bend: Double, second: Int32) {
        let bit = UInt64(1) << UInt64(count & 63)
        if count & 63 == 0 {
            signs.append(0)
            known.append(0)
            times.append(second)
        }
        if bend != 0 { known[known.count - 1] |= bit }
        if bend > 0 { signs[signs.count - 1] |= bit }
        count += 1
    }

    /// About when the reading at a place was taken: to within a word.
    func second(at place: Int) -> Int32 {
        guard !times.isEmpty else { return 0 }
        let word = min(max(0, place >> 6), times.count - 1)
        guard word + 1 < times.count else { return times[word] }
        let step = Double(times[word + 1] - times[word]) / 64
        return times[word] + Int32(step * Double(place & 63))
    }
}
