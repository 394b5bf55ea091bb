extension RiskModel {
    /// What every model must keep to: worse never counts less, so that no worsening lowers a level.
    public func validate() throws(RiskModelError) {
        let rules: [(Bool, String, String)] = [
            (inherent.count == 4, "inherent", "应为一级至四级四个数"),
            (zip(inherent, inherent.dropFirst()).allSatisfy { $0 >= $1 }, "inherent", "级别越高分值不得越低"),
            (alarms.first <= alarms.second, "alarms.second", "不得低于一级报警的分值"),
            (alarms.gasFirst <= alarms.gasSecond, "alarms.gasSecond", "不得低于气体一级的分值"),
            (alarms.factorMinutes.first == 0, "alarms.factorMinutes", "第一段应从 0 分钟开始"),
            (Self.isRising(alarms.factorMinutes), "alarms.factorMinutes", "应逐段增大"),
            (alarms.factors.count == alarms.factorMinutes.count, "alarms.factors", "段数应与 factorMinutes 相同"),
            (zip(alarms.factors, alarms.factors.dropFirst()).allSatisfy { $0 <= $1 }, "alarms.factors", "不得逐段减小"),
            (management.windowHours >= 1, "management.windowHours", "应不小于 1"),
            (management.slotMinutes >= 1, "management.slotMinutes", "应不小于 1"),
            (
                management.slotMinutes >= 1 && management.windowHours * 60 % management.slotMinutes == 0,
                "management.slotMinutes", "应能整除滚动时段"
            ),
            (management.slotAlarms >= 1, "management.slotAlarms", "应不小于 1"),
            (management.repeatAlarms >= 1, "management.repeatAlarms", "应不小于 1"),
            (Self.isLadder(management.disturbancePercents), "management.disturbancePercents", "应为逐级增大的三个数"),
            (Self.isLadder(management.repeatBounds), "management.repeatBounds", "应为逐级增大的三个数"),
            (Self.isLadder(management.averageBounds), "management.averageBounds", "应为逐级增大的三个数"),
            (Self.isLadder(management.clearMinutes), "management.clearMinutes", "应为逐级增大的三个数"),
            (
                management.longestMinutes.count == 3 && Self.isRising(management.longestMinutes),
                "management.longestMinutes", "应为逐级增大的三个数"
            ),
            (management.quietCap <= management.cap, "management.quietCap", "不得高于 K 的上限"),
            (levels.yellow < levels.orange && levels.orange < levels.red, "levels", "黄、橙、红的分数线应逐级增大"),
            (levels.red <= scoreMax, "levels.red", "不得高于满分"),
            (levels.hysteresis < levels.yellow, "levels.hysteresis", "应小于黄色分数线"),
            (
                (inherent.max() ?? 0) + management.quietCap < levels.yellow - levels.hysteresis, "management.quietCap",
                "安静的危险源必须能回到蓝色:固有分加 K 的安静上限应低于黄色分数线减回差"
            ),
        ]
        for (holds, member, reason) in rules where !holds { throw RiskModelError(member: member, reason: reason) }
    }

    private static func isRising<T: Comparable>(_ values: [T]) -> Bool {
        zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
    }

    private static func isLadder(_ values: [Double]) -> Bool { values.count == 3 && isRising(values) }
}
