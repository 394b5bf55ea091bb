import Domain
import Kernel

/// A whole commitment, as a works of three units would make it.
enum CommitmentSample {
    /// 2026-11-23
    static let day = Day(year: 2026, month: 11, day: 23) ?? Day(number: 0)

    static func draft(at now: Timestamp? = nil) -> CommitmentDraft {
        var draft = CommitmentDraft()
        for count in CommitmentCount.allCases { draft.counts[count] = 0 }
        draft.counts[.units] = 3
        draft.counts[.running] = 2
        draft.counts[.stopped] = 1
        draft.counts[.gradeTwo] = 1
        for flag in CommitmentFlag.allCases { draft.flags[flag] = false }
        draft.flags[.hazardsSafe] = true
        draft.flags[.responsibilityCarriedOut] = true
        draft.texts = [
            .notice: "今天我公司已进行安全风险研判。", .measures: "加强巡检。", .dutyLead: "韩立群", .dutyLeadPhone: "13900000001",
        ]
        draft.riskLevel = .yellow
        draft.riskScore = 32.5
        draft.signer = "韩立群"
        let end = now ?? day.start + .hours(10)
        draft.judgements = [
            Judgement(tier: .team, unit: "甲班", name: "张一", at: end - .hours(2)),
            Judgement(tier: .workshop, unit: "合成车间", name: "李二", at: end - .hours(1)),
            Judgement(tier: .enterprise, unit: "", name: "王三", at: end - .minutes(20)),
        ]
        return draft
    }
}
