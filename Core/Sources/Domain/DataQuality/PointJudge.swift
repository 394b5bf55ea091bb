public import Kernel

/// What the values of one day betray, judged by the point's own earlier days.
public struct Suspicion: Hashable, Sendable {
    public struct Mark: Hashable, Sendable {
        public var from: Timestamp
        public var until: Timestamp
        /// Where it was copied from, not where it was found.
        public var isSource: Bool

        public init(from: Timestamp, until: Timestamp, isSource: Bool = false) {
            self.from = from
            self.until = until
            self.isSource = isSource
        }
    }

    public var rule: QualityRule
    public var detail: String
    public var marks: [Mark]

    public init(rule: QualityRule, detail: String, marks: [Mark]) {
        self.rule = rule
        self.detail = detail
        self.marks = marks
    }
}

/// Turns a day's figures into suspicions. A point is judged by its own past first: a tank that stands still every night
/// is not frozen, an instrument without noise is not too smooth.
public struct PointJudge: Sendable {
    private let point: MonitoringPoint
    private let settings: ScanSettings
    private let search: ReplaySearch

    public init(_ point: MonitoringPoint, settings: ScanSettings = ScanSettings()) {
        self.point = point
        self.settings = settings
        search = ReplaySearch(settings)
    }

    /// - Parameter history: earlier days of the point, in any order, without today.
    public func judge(_ today: PointDay, history: [PointDay]) -> [Suspicion] {
        guard today.readings > 0 else { return [] }
        var found = replays(today, history) + repeats(today, history)
        if let clamp = clamp(today, history) { found.append(clamp) }
        let frozen = frozen(today, history)
        if let frozen { found.append(frozen) }
        if let never = neverChanged(today, history) { found.append(never) }
        let progression = progression(today, history)
        if let progression { found.append(progression) }
        if let smooth = smooth(today, history, besides: [today.still, today.progression]) { found.append(smooth) }
        if let changed = resolution(today, history) { found.append(changed) }
        return found + accuracy(today)
    }

    private func mark(_ day: PointDay, _ place: PointDay.Place) -> Suspicion.Mark {
        Suspicion.Mark(from: day.instant(place.from), until: day.instant(place.until))
    }

    private func replays(_ today: PointDay, _ history: [PointDay]) -> [Suspicion] {
        let matches = search.matches(today: today.signs, history: history.map(\.signs))
        return matches.sorted { ($0.length, $0.deviations) > ($1.length, $1.deviations) }.prefix(1).map { match in
            let source = match.sourceDay.map { history[$0] } ?? today
            let own = Suspicion.Mark(
                from: today.instant(today.signs.second(at: match.place)),
                until: today.instant(today.signs.second(at: match.place + match.length - 1)))
            let from = source.instant(source.signs.second(at: match.sourcePlace))
            let earlier = Suspicion.Mark(
                from: from, until: source.instant(source.signs.second(at: match.sourcePlace + match.length - 1)),
                isSource: true)
            let share = Int((match.agreement * 1_000).rounded())
            return Suspicion(
                rule: .replayed,
                detail: "\(match.length) 个读数的波动与 \(ChinaTime.dateTime(from)) 起的一段一致 "
                    + "\(share / 10).\(share % 10)%,偶然一致约为 50%",
                marks: [own, earlier])
        }
    }

    private func repeats(_ today: PointDay, _ history: [PointDay]) -> [Suspicion] {
        RepeatTrace.matches(today: today.repeats, history: history.map(\.repeats)).prefix(1).map { match in
            let source = match.sourceDay.map { history[$0] } ?? today
            let from = source.instant(match.sourceFrom)
            return Suspicion(
                rule: .repeated,
                detail: "\(settings.repeatWindow) 次以上的变化与 \(ChinaTime.dateTime(from)) 起的一段逐值相同",
                marks: [
                    .init(from: today.instant(match.from), until: today.instant(match.until)),
                    .init(from: from, until: source.instant(match.sourceUntil), isSource: true),
                ])
        }
    }

    private func isKnown(_ history: [PointDay]) -> Bool {
        history.reduce(0) { $0 + $1.blocks.count } >= settings.historyBlocksMin
    }

    private func stillest(_ history: [PointDay]) -> Int { history.map(\.still.readings).max() ?? 0 }

    private func frozen(_ today: PointDay, _ history: [PointDay]) -> Suspicion? {
        let still = today.still
        guard isKnown(history), still.readings >= settings.frozenReadingsMin,
            still.minutes >= settings.frozenMinutesMin,
            Double(still.readings) > settings.frozenMultiple * Double(stillest(history))
        else { return nil }
        return Suspicion(
            rule: .frozen,
            detail: "连续 \(still.minutes) 分钟 \(still.readings) 个读数一个值不变;此前最长只有 \(stillest(history)) 个读数不变",
            marks: [mark(today, still)])
    }

    /// Domain §4.1: 30 days without one change.
    private func neverChanged(_ today: PointDay, _ history: [PointDay]) -> Suspicion? {
        guard today.changes == 0, history.count + 1 >= settings.neverChangedDays,
            history.allSatisfy({ $0.changes == 0 && $0.low == today.low })
        else { return nil }
        let first = history.map(\.day).min() ?? today.day
        return Suspicion(
            rule: .neverChanged, detail: "\(history.count + 1) 天里只有一个值 \(today.low.plainText)",
            marks: [.init(from: first.start, until: today.day.next.start)])
    }

    private func progression(_ today: PointDay, _ history: [PointDay]) -> Suspicion? {
        let row = today.progression
        let usual = history.map(\.progression.readings).max() ?? 0
        guard isKnown(history), row.readings >= settings.progressionReadings,
            Double(row.readings) > settings.frozenMultiple * Double(usual)
        else { return nil }
        return Suspicion(
            rule: .interpolated, detail: "连续 \(row.readings) 个读数步长完全相同,呈等差排列;此前最长 \(usual) 个",
            marks: [mark(today, row)])
    }

    /// The quietest tenth of the past blocks is the measure: an honest block is now and then a little quieter, not by
    /// two thirds and not twice in a row.
    private func smooth(_ today: PointDay, _ history: [PointDay], besides: [PointDay.Place]) -> Suspicion? {
        guard isKnown(history) else { return nil }
        let past = history.flatMap(\.blocks).map(\.noise).sorted()
        let quiet = past[past.count / 10]
        guard quiet > 0 else { return nil }
        var run: [PointDay.Block] = []
        var longest: [PointDay.Block] = []
        for block in today.blocks {
            // What is frozen or a straight line has its own finding.
            let isOther = besides.contains { place in
                place.readings >= settings.progressionReadings && place.from < block.until && place.until > block.from
            }
            if !isOther, block.noise < quiet * Float(settings.smoothShare) {
                run.append(block)
                if run.count > longest.count { longest = run }
            } else {
                run = []
            }
        }
        guard longest.count >= settings.smoothBlocksMin, let first = longest.first, let last = longest.last else {
            return nil
        }
        let level = longest.map(\.noise).max() ?? 0
        let share = Int((level / quiet * 100).rounded())
        return Suspicion(
            rule: .tooSmooth,
            detail: "波动只有本点位以往最平静时段的 \(share)%,持续 \(Int64(last.until - first.from) / 60) 分钟",
            marks: [.init(from: today.instant(first.from), until: today.instant(last.until))])
    }

    private func resolution(_ today: PointDay, _ history: [PointDay]) -> Suspicion? {
        let changesMin = Int32(30)
        let past = history.flatMap(\.blocks).filter { $0.changes >= changesMin }
        guard past.count >= settings.historyBlocksMin, let usual = past.first?.decimals,
            past.allSatisfy({ $0.decimals == usual })
        else { return nil }
        let other = today.blocks.filter { $0.changes >= changesMin && $0.decimals != usual }
        guard other.count >= settings.smoothBlocksMin, let first = other.first, let last = other.last else {
            return nil
        }
        return Suspicion(
            rule: .resolutionChanged, detail: "以往数值有 \(usual) 位小数,现在有 \(first.decimals) 位",
            marks: [.init(from: today.instant(first.from), until: today.instant(last.until))])
    }

    /// Held at one value just inside a limit, by a point that never stands still so long.
    private func clamp(_ today: PointDay, _ history: [PointDay]) -> Suspicion? {
        guard isKnown(history), let low = point.limits.rangeLow, let high = point.limits.rangeHigh, high > low else {
            return nil
        }
        let usual = stillest(history)
        func isHeld(_ place: PointDay.Place) -> Bool {
            place.readings >= settings.clampReadings && place.readings > 2 * usual
        }
        let near = (high - low) * settings.clampMargin
        let uppers = [point.limits.high, point.limits.highHigh].compactMap(\.self).sorted()
        if isHeld(today.top), let limit = uppers.first(where: { $0 > today.high }), limit - today.high <= near {
            return clamped(today, today.top, today.high, limit)
        }
        let lowers = [point.limits.low, point.limits.lowLow].compactMap(\.self).sorted().reversed()
        if isHeld(today.bottom), let limit = lowers.first(where: { $0 < today.low }), today.low - limit <= near {
            return clamped(today, today.bottom, today.low, limit)
        }
        return nil
    }

    private func clamped(
        _ today: PointDay, _ place: PointDay.Place, _ value: Double, _ limit: Double
    ) -> Suspicion {
        Suspicion(
            rule: .clamped,
            detail: "\(place.readings) 个读数停在 \(value.plainText),紧贴报警值 \(limit.plainText) 而不越过",
            marks: [mark(today, place)])
    }

    private func accuracy(_ today: PointDay) -> [Suspicion] {
        var found: [Suspicion] = []
        let whole = Suspicion.Mark(from: today.day.start, until: today.day.next.start)
        if today.jumps > 0 {
            found.append(
                Suspicion(
                    rule: .jump, detail: "\(today.jumps) 次突跳,幅度超过量程的 \(Int(settings.jumpShare * 100))%",
                    marks: [mark(today, today.firstJump)]))
        }
        if today.fastChanges > 2 * today.jumps {
            found.append(
                Suspicion(
                    rule: .impossibleRate,
                    detail: "\(today.fastChanges - 2 * today.jumps) 次变化快于\(point.quantity.label)可能的速率",
                    marks: [mark(today, today.firstFastChange)]))
        }
        if Double(today.outOfRangeReadings) > settings.outOfRangeShare * Double(today.readings) {
            found.append(
                Suspicion(
                    rule: .outOfRange, detail: "\(today.readings) 个读数中 \(today.outOfRangeReadings) 个超出量程",
                    marks: [whole]))
        }
        if Double(today.badReadings) > settings.badQualityShare * Double(today.readings) {
            found.append(
                Suspicion(
                    rule: .badQuality, detail: "\(today.readings) 个读数中 \(today.badReadings) 个质量码为坏",
                    marks: [whole]))
        }
        return found
    }
}
