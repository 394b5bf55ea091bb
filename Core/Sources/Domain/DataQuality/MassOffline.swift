public import Kernel

/// Many points of an enterprise that fall silent in the same minute: somebody may have pulled a plug (Art. 8; SJ-24).
public enum MassOffline {
    /// [本项目约定]
    public struct Settings: Hashable, Sendable {
        public var within: Interval = .seconds(90)
        public var pointsMin = 5
        public var share = 0.5

        public init() {}
    }

    public struct Event: Hashable, Sendable {
        public var from: Timestamp
        public var until: Timestamp
        public var points: Int
    }

    /// - Parameters:
    ///   - offline: when each silent point fell silent, those under a confirmed filing left out.
    ///   - watched: how many points of the enterprise are in use and outside any confirmed filing.
    public static func find(offline: [Timestamp], watched: Int, settings: Settings = Settings()) -> Event? {
        let needed = max(settings.pointsMin, Int((Double(watched) * settings.share).rounded(.up)))
        let sorted = offline.sorted()
        var best: Event?
        var first = 0
        for last in sorted.indices {
            while sorted[last] - sorted[first] > settings.within { first += 1 }
            let count = last - first + 1
            if count >= needed, count > best?.points ?? 0 {
                best = Event(from: sorted[first], until: sorted[last], points: count)
            }
        }
        return best
    }
}
