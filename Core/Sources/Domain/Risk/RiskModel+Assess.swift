public import Kernel

extension RiskModel {
    /// `R = min(100, B + A + K + C + Q)` of domain §6, with what made it and until when it holds.
    public func assess(_ inputs: RiskInputs, at instant: Timestamp) -> RiskAssessment {
        var next = NextInstant(after: instant)
        let standing = inputs.alarms.filter { $0.clearedAt == nil && $0.openedAt <= instant }
        let inherent = self.inherent[inputs.grade - 1]
        let alarms = assessAlarms(standing, at: instant, next: &next)
        let management = assessManagement(inputs, at: instant, next: &next)
        let counted = standing.isEmpty ? min(management.points, self.management.quietCap) : management.points
        let commitment = assessCommitment(inputs.commitment, at: instant, next: &next)
        let data = assessData(inputs, at: instant, next: &next)
        var terms = [
            RiskAssessment.Term(
                kind: .inherent, points: inherent, text: "固有风险:\(gradeName(inputs.grade))重大危险源"),
            alarms,
            RiskAssessment.Term(kind: .management, points: counted, text: management.text),
        ]
        if counted < management.points {
            terms[2].text += ";当前无报警,\(management.points.plain) 分按 \(counted.plain) 分计"
        }
        if let commitment { terms.append(commitment) }
        terms.append(data)
        return RiskAssessment(
            score: min(scoreMax, terms.reduce(0) { $0 + $1.points }), management: management.points, terms: terms,
            floor: floor(of: standing), nextChangeAt: next.instant)
    }

    private func gradeName(_ grade: Int) -> String { ["一级", "二级", "三级", "四级"][grade - 1] }

    // MARK: A

    private func assessAlarms(
        _ standing: [RiskInputs.AlarmInput], at instant: Timestamp, next: inout NextInstant
    ) -> RiskAssessment.Term {
        var worst: (points: Double, base: Double, factor: Double, since: Timestamp, alarm: RiskInputs.AlarmInput)?
        for alarm in standing {
            let isGas = alarm.quantity == .combustibleGas || alarm.quantity == .toxicGas
            let first = isGas ? alarms.gasFirst : alarms.first
            var candidates = [(base: first, since: alarm.currentSince)]
            if alarm.state.severity == 2 {
                // Not lower than the first level over the whole time: a worsening never lowers the score.
                let second = isGas ? alarms.gasSecond : alarms.second
                candidates = [(second, alarm.currentSince), (first, alarm.sideSince)]
            }
            for candidate in candidates {
                let factor = factor(since: candidate.since, at: instant, next: &next)
                let points = candidate.base * factor
                if points > worst?.points ?? -1 { worst = (points, candidate.base, factor, candidate.since, alarm) }
            }
        }
        guard let worst else { return RiskAssessment.Term(kind: .alarms, points: 0, text: "现行报警:无") }
        let extra = alarms.extraPerPoint * Double(min(alarms.extraPointsMax, standing.count - 1))
        let points = min(alarms.cap, worst.points + extra)
        var text = "现行报警:\(worst.alarm.name) \(worst.alarm.state.label(for: worst.alarm.quantity))"
        text += "(\(ChinaTime.dateTime(worst.since)) 起),\(worst.base.plain)×\(worst.factor.plain)"
        if extra > 0 { text += ";另有 \(standing.count - 1) 个点位报警 +\(extra.plain)" }
        if worst.points + extra > alarms.cap { text += ";封顶 \(alarms.cap.plain)" }
        return RiskAssessment.Term(kind: .alarms, points: points, text: text)
    }

    private func factor(since: Timestamp, at instant: Timestamp, next: inout NextInstant) -> Double {
        var factor = alarms.factors.first ?? 1
        for (minutes, value) in zip(alarms.factorMinutes, alarms.factors) {
            let from = since + .minutes(minutes)
            if from <= instant { factor = value } else { next.consider(from) }
        }
        return factor
    }

    // MARK: C, Q and the hard rules

    private func assessCommitment(
        _ input: RiskInputs.CommitmentInput?, at instant: Timestamp, next: inout NextInstant
    ) -> RiskAssessment.Term? {
        guard let input else { return nil }
        var points = 0.0
        var parts: [String] = []
        if let overdueAt = input.overdueAt {
            next.consider(overdueAt)
            if overdueAt <= instant {
                points += commitment.overdue
                parts.append("10 时后仍未承诺 +\(commitment.overdue.plain)")
            }
        }
        let works = [
            (input.hasSpecialFire, commitment.specialFire, "特级动火"), (input.hasFirstFire, commitment.firstFire, "一级动火"),
            (input.hasConfinedSpace, commitment.confinedSpace, "受限空间"),
            (input.isStartingUpOrTrial, commitment.startUpOrTrial, "开停车或试生产"),
        ]
        for (isUnderWay, value, name) in works where isUnderWay {
            points += value
            parts.append("\(name) +\(value.plain)")
        }
        return RiskAssessment.Term(
            kind: .commitment, points: min(commitment.cap, points),
            text: "承诺与作业:" + (parts.isEmpty ? "无加分" : parts.joined(separator: ",")))
    }

    private func assessData(
        _ inputs: RiskInputs, at instant: Timestamp, next: inout NextInstant
    ) -> RiskAssessment.Term {
        var points = 0.0
        var parts: [String] = []
        if let since = inputs.offlineSince {
            let from = since + .minutes(data.offlineMinutes)
            next.consider(from)
            if from <= instant {
                points += data.offline
                parts.append("未报备离线满 \(data.offlineMinutes) 分钟 +\(data.offline.plain)")
            }
        }
        if inputs.hasBadKeyPoint {
            points += data.badKeyPoint
            parts.append("关键点位数据质量差 +\(data.badKeyPoint.plain)")
        }
        var text = "数据:" + (parts.isEmpty ? "正常" : parts.joined(separator: ","))
        if inputs.isFrozen { text += ";有点位离线或数据质量差,等级冻结、不降级" }
        return RiskAssessment.Term(kind: .data, points: min(data.cap, points), text: text)
    }

    private func floor(of standing: [RiskInputs.AlarmInput]) -> RiskAssessment.Floor? {
        let gas = standing.filter {
            ($0.quantity == .combustibleGas || $0.quantity == .toxicGas) && $0.state == .highHigh
        }
        let process = standing.first {
            ($0.quantity == .temperature || $0.quantity == .pressure) && $0.state == .highHigh
        }
        if let gas = gas.first, let process {
            return .init(level: .red, reason: "硬规则:\(gas.name) 气体二级报警,同时 \(process.name) 高高报,直接定为红色")
        }
        if gas.count >= 2 {
            return .init(level: .orange, reason: "硬规则:\(gas.count) 个独立点位气体二级报警,不低于橙色")
        }
        return nil
    }
}

/// The least of the instants that lie ahead.
struct NextInstant {
    let after: Timestamp
    private(set) var instant: Timestamp?

    init(after: Timestamp) { self.after = after }

    mutating func consider(_ candidate: Timestamp) {
        guard candidate > after else { return }
        instant = min(instant ?? candidate, candidate)
    }
}

extension Double {
    /// For sentences: no `.0`, two decimals at the most.
    var plain: String {
        let hundredths = (self * 100).rounded()
        let whole = Int64(hundredths / 100)
        let rest = abs(Int64(hundredths) % 100)
        if rest == 0 { return String(whole) }
        let text = rest < 10 ? "0\(rest)" : String(rest)
        return "\(whole)." + (text.hasSuffix("0") ? String(text.dropLast()) : text)
    }
}
