/// Looks for a stretch of fluctuations that was there before.
public struct ReplaySearch: Sendable {
    /// A stretch of today that agrees with an earlier one.
    public struct Match: Hashable, Sendable {
        /// Places in today's trace.
        public var place: Int
        public var length: Int
        /// The place in the earlier trace, and which one it was: nil is today itself.
        public var sourcePlace: Int
        public var sourceDay: Int?
        /// How far above chance, in standard deviations.
        public var deviations: Double
        public var agreement: Double
    }

    private let words: Int
    private let deviationsMin: Double
    /// Neighbouring bends of pure noise depend on each other: their agreement spreads by a fifth more than that of
    /// coins.
    static let spread = 1.25
    /// How much the first words must agree before the rest is looked at.
    private static let glanceDeviations = 1.5

    public init(_ settings: ScanSettings) {
        words = max(2, settings.replayWindow / 64)
        deviationsMin = settings.replayDeviations
    }

    /// Matches of today's windows, each with its best source; overlapping ones of the same source are joined.
    public func matches(today: SignTrace, history: [SignTrace]) -> [Match] {
        var found: [Match] = []
        var start = 0
        while start + words <= today.signs.count - (today.count & 63 == 0 ? 0 : 1) {
            if isJudgeable(today, word: start) {
                var best: Match?
                for (day, trace) in history.enumerated() {
                    search(today, start, in: trace, places: 0...max(0, trace.count - words * 64), day: day, &best)
                }
                // Within today: only what lies wholly before the window.
                if start >= words {
                    search(today, start, in: today, places: 0...(start - words) * 64, day: nil, &best)
                }
                if let best, isSpecific(best, today, start, in: best.sourceDay.map { history[$0] } ?? today) {
                    Self.join(best, to: &found)
                }
            }
            start += words / 2
        }
        return found
    }

    /// Enough bends, and bends that come and go as noise does: a smooth curve bends one way for long, and then two of
    /// them agree by chance.
    private func isJudgeable(_ trace: SignTrace, word start: Int) -> Bool {
        var valid = 0
        var turns = 0
        var pairs = 0
        for word in start..<start + words {
            let known = trace.known[word]
            valid += known.nonzeroBitCount
            let both = known & (known >> 1)
            pairs += both.nonzeroBitCount
            turns += ((trace.signs[word] ^ (trace.signs[word] >> 1)) & both).nonzeroBitCount
        }
        return valid * 2 >= words * 64 && pairs > 0 && turns * 2 >= pairs
    }

    private func search(
        _ today: SignTrace, _ start: Int, in trace: SignTrace, places: ClosedRange<Int>, day: Int?,
        _ best: inout Match?
    ) {
        guard trace.count >= words * 64 else { return }
        let glanceWords = 2
        for place in places {
            let word = place >> 6
            let shift = UInt64(place & 63)
            var valid = 0
            var differing = 0
            var index = 0
            var isHopeless = false
            while index < words {
                let known = Self.bits(trace.known, word + index, shift) & today.known[start + index]
                let signs = Self.bits(trace.signs, word + index, shift)
                valid += known.nonzeroBitCount
                differing += ((signs ^ today.signs[start + index]) & known).nonzeroBitCount
                index += 1
                if index == glanceWords {
                    let surplus = Double(valid - 2 * differing) / 2
                    if surplus < Self.glanceDeviations * 0.5 * Double(valid).squareRoot() {
                        isHopeless = true
                        break
                    }
                }
            }
            guard !isHopeless, valid * 4 >= words * 64 else { continue }
            let deviations = Self.deviations(valid: valid, differing: differing, expected: 0.5)
            guard deviations >= deviationsMin, deviations > best?.deviations ?? 0 else { continue }
            let refined = Self.deviations(
                valid: valid, differing: differing, expected: chance(today, start, trace, word, shift))
            guard refined >= deviationsMin, refined > best?.deviations ?? 0 else { continue }
            best = Match(
                place: start * 64, length: words * 64, sourcePlace: place, sourceDay: day, deviations: refined,
                agreement: Double(valid - differing) / Double(valid))
        }
    }

    /// A stretch that was copied agrees at one place and nowhere beside it. What has a beat of its own, such as a value
    /// that a controller renews every thirty seconds, agrees again a beat farther on: that is no copy.
    private func isSpecific(_ match: Match, _ today: SignTrace, _ start: Int, in trace: SignTrace) -> Bool {
        for offset in 2...24 {
            for place in [match.sourcePlace - offset, match.sourcePlace + offset] where place >= 0 {
                var valid = 0
                var differing = 0
                for index in 0..<words {
                    let (word, shift) = ((place >> 6) + index, UInt64(place & 63))
                    let known = Self.bits(trace.known, word, shift) & today.known[start + index]
                    valid += known.nonzeroBitCount
                    differing +=
                        ((Self.bits(trace.signs, word, shift) ^ today.signs[start + index]) & known)
                        .nonzeroBitCount
                }
                guard valid > 0 else { continue }
                let beside = Self.deviations(valid: valid, differing: differing, expected: 0.5)
                if match.deviations - beside < Self.specificDeviations { return false }
            }
        }
        return true
    }

    /// How far the place itself must stand out of its neighbourhood.
    private static let specificDeviations = 6.5

    @inline(__always)
    private static func bits(_ array: [UInt64], _ word: Int, _ shift: UInt64) -> UInt64 {
        guard word < array.count else { return 0 }
        let low = array[word] >> shift
        return shift == 0 || word + 1 >= array.count ? low : low | (array[word + 1] << (64 - shift))
    }

    private static func deviations(valid: Int, differing: Int, expected: Double) -> Double {
        let surplus = Double(valid - differing) - Double(valid) * expected
        return surplus / (0.5 * Double(valid).squareRoot() * spread)
    }

    /// The agreement that two such stretches have by chance: more than half where both bend one way more often.
    private func chance(_ today: SignTrace, _ start: Int, _ trace: SignTrace, _ word: Int, _ shift: UInt64) -> Double {
        var valid = 0
        var (ones, others) = (0, 0)
        for index in 0..<words {
            let known = Self.bits(trace.known, word + index, shift) & today.known[start + index]
            valid += known.nonzeroBitCount
            ones += (today.signs[start + index] & known).nonzeroBitCount
            others += (Self.bits(trace.signs, word + index, shift) & known).nonzeroBitCount
        }
        guard valid > 0 else { return 1 }
        let (own, other) = (Double(ones) / Double(valid), Double(others) / Double(valid))
        return own * other + (1 - own) * (1 - other)
    }

    private static func join(_ match: Match, to found: inout [Match]) {
        if let last = found.last, last.sourceDay == match.sourceDay,
            match.place - last.place == match.sourcePlace - last.sourcePlace, match.place <= last.place + last.length
        {
            found[found.count - 1].length = match.place + match.length - last.place
            found[found.count - 1].deviations = max(last.deviations, match.deviations)
        } else {
            found.append(match)
        }
    }
}
