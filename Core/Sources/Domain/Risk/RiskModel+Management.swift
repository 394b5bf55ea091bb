import Kernel

// K 报警管理 over the rolling window `(now − 24 h, now]`. How the five items are read, where the text leaves room:
// - An alarm counts for disturbance, repeats and average while its opening lies in the window; slots are those of the
//   clock (10:00, 10:10 …), and their share is of all slots of the window (144).
// - Repeats: the alarms of points that had at least three.
// - Average: alarms by all points of the source that are in use and not exempt.
// - Mean time to clear: alarms cleared within the window. Longest: those, and the ones that stand, in full length.
// - A length of nothing scores nothing: an alarm scores for its length from the next millisecond on.
extension RiskModel {
    struct ManagementScore {
        var points: Double
        var text: String
    }

    func assessManagement(
        _ inputs: RiskInputs, at instant: Timestamp, next: inout NextInstant
    ) -> ManagementScore {
        let window = Interval.hours(management.windowHours)
        var slots: [Int64: Int] = [:]
        var perPoint: [PointID: Int] = [:]
        var opened = 0
        var cleared = 0
        var clearTotal: Int64 = 0
        var longest: Int64?
        var standingSince: Timestamp?
        for alarm in inputs.alarms where alarm.openedAt <= instant {
            if alarm.openedAt > instant - window {
                next.consider(alarm.openedAt + window)
                opened += 1
                perPoint[alarm.point, default: 0] += 1
                slots[slot(of: alarm.openedAt), default: 0] += 1
            }
            guard let clearedAt = alarm.clearedAt else {
                standingSince = min(standingSince ?? alarm.openedAt, alarm.openedAt)
                continue
            }
            guard clearedAt > instant - window else { continue }
            next.consider(clearedAt + window)
            let length = (clearedAt - alarm.openedAt).milliseconds
            cleared += 1
            clearTotal += length
            longest = max(longest ?? 0, length)
        }
        if let standingSince {
            longest = max(longest ?? 0, (instant - standingSince).milliseconds)
            for minutes in [0] + management.longestMinutes {
                next.consider(standingSince + .minutes(minutes) + .milliseconds(1))
            }
        }
        let disturbed = slots.values.count { $0 >= management.slotAlarms }
        let repeats = perPoint.values.reduce(0) { $1 >= management.repeatAlarms ? $0 + $1 : $0 }
        let items: [(name: String, score: Int)] = [
            ("扰动率", disturbanceScore(disturbed)), ("重复报警", score(repeats, management.repeatBounds, per: 1)),
            ("点均报警", score(opened, management.averageBounds, per: max(1, inputs.pointCount))),
            ("平均消警时长", cleared == 0 ? 0 : score(clearTotal, management.clearMinutes, per: cleared)),
            ("最长报警时长", longest.map { longestScore($0) } ?? 0),
        ]
        let total = Double(items.reduce(0) { $0 + $1.score })
        let parts = items.filter { $0.score > 0 }.map { "\($0.name) \($0.score)" }
        return ManagementScore(
            points: min(management.cap, total),
            text: "报警管理(近 \(management.windowHours) 小时 \(opened) 次报警):"
                + (parts.isEmpty ? "无加分" : parts.joined(separator: "、")))
    }

    private func slot(of instant: Timestamp) -> Int64 {
        let length = Interval.minutes(management.slotMinutes).milliseconds
        let local = instant.milliseconds + ChinaTime.offsetMilliseconds
        return local >= 0 ? local / length : (local - length + 1) / length
    }

    private func disturbanceScore(_ disturbed: Int) -> Int {
        guard disturbed > 0 else { return 0 }
        let slots = Double(management.windowHours * 60 / management.slotMinutes)
        return 1 + management.disturbancePercents.count { Double(disturbed) * 100 >= $0 * slots }
    }

    /// 0 for none, then 1, and one more for each bound that `count / parts` exceeds.
    private func score(_ count: Int, _ bounds: [Double], per parts: Int) -> Int {
        count == 0 ? 0 : 1 + bounds.count { Double(count) > $0 * Double(parts) }
    }

    private func score(_ milliseconds: Int64, _ minutes: [Double], per parts: Int) -> Int {
        milliseconds == 0 ? 0 : 1 + minutes.count { Double(milliseconds) > $0 * 60_000 * Double(parts) }
    }

    private func longestScore(_ milliseconds: Int64) -> Int {
        milliseconds == 0 ? 0 : 1 + management.longestMinutes.count { milliseconds > $0 * 60_000 }
    }
}
