import Domain
import Kernel
import Storage

/// What happens to lists through the day and at its end.
extension SpotCheckOperations {
    /// Once more over all spans: an enterprise that came into a jurisdiction during the day has missed no hook.
    static func sync(
        _ day: Day, _ inputs: SpotCheckInputs, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let grace = try SpotCheckSettings.grace(in: &session)
        for row in try SpotCheckStore.all(on: day, in: &session) where row.closedAt == nil {
            let found = MustCheck.list(of: inputs.spans(of: row.authority), on: day, grace: grace)
            for check in found.today {
                try SpotCheckStore.put(
                    .init(enterprise: check.enterprise, category: .must, reasons: [check.reason(on: day)]),
                    office: row.authority, day: day, position: -1, at: context.now, by: "system", in: &session)
            }
        }
    }

    /// After ten o'clock the day's commitments are known: who promised under a high risk is looked at first (SZ-05).
    static func refresh(
        _ day: Day, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let inputs = try SpotCheckInputs.load(day, at: context.now, in: &session)
        try sync(day, inputs, context: &context, in: &session)
        for row in try SpotCheckStore.all(on: day, in: &session) where row.closedAt == nil {
            for candidate in inputs.candidates(of: row.authority) {
                let today = candidate.attention.filter { reason in
                    if case .committedHighRisk(let promised, _) = reason { promised == day } else { false }
                }
                guard !today.isEmpty else { continue }
                let isNew = try SpotCheckStore.put(
                    .init(enterprise: candidate.id, category: .attention, reasons: candidate.attention.map(\.text)),
                    office: row.authority, day: day, position: 500, at: context.now, by: "system", in: &session)
                guard isNew else { continue }
                try context.log(
                    stream: "check", "\(ChinaTime.date(day))/\(row.authority)", "attentionAdded",
                    ["enterprise": .string(candidate.id.rawValue)], in: &session)
            }
        }
    }

    /// Whoever is short is told while there is still time (JC-11).
    static func remind(
        _ day: Day, key: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let inputs = try SpotCheckInputs.load(day, at: context.now, in: &session)
        try sync(day, inputs, context: &context, in: &session)
        let date = ChinaTime.date(day)
        for office in try SpotCheckListing.offices(on: day, scope: .system, in: &session) {
            guard office.row.closedAt == nil, let shortfall = office.completion.shortfall else { continue }
            try NoticeOperations.send(
                Notice(
                    key: "check-\(key):\(date)", recipient: .authority(office.office), subject: "checks:\(date)",
                    title: "今日抽查还没有完成", text: "\(shortfall)。截止 24:00;漏一家必抽,当日即不合格。", address: "/checks"),
                context: &context, in: &session)
        }
    }

    /// Ends the lists of all days before this one: what was done is written down and does not change any more.
    static func close(
        before day: Day, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        var inputs: [Day: SpotCheckInputs] = [:]
        for row in try SpotCheckStore.open(before: day, in: &session) {
            if inputs[row.day] == nil {
                let loaded = try SpotCheckInputs.load(row.day, at: row.day.next.start, in: &session)
                try sync(row.day, loaded, context: &context, in: &session)
                inputs[row.day] = loaded
            }
            let completion = try SpotCheckStore.completion(of: row, in: &session)
            try SpotCheckStore.close(row.day, of: row.authority, completion, at: context.now, in: &session)
            let date = ChinaTime.date(row.day)
            try context.log(
                stream: "check", "\(date)/\(row.authority)", "closed",
                [
                    "required": .integer(Int64(completion.required)), "checked": .integer(Int64(completion.checked)),
                    "must": .integer(Int64(completion.must)),
                    "mustChecked": .integer(Int64(completion.mustChecked)),
                    "qualified": .bool(completion.isQualified),
                ], in: &session)
            guard let shortfall = completion.shortfall else { continue }
            let office = try CheckOffice.find(row.authority, in: &session)
            for recipient in [row.authority, office?.parent].compactMap({ $0 }) {
                try NoticeOperations.send(
                    Notice(
                        key: "check-closed:\(date):\(row.authority)", recipient: .authority(recipient),
                        subject: "checks:\(date)", title: "\(office?.name ?? "") \(date) 抽查不合格",
                        text: shortfall + "。", address: "/checks?day=\(date)&office=\(row.authority)"),
                    context: &context, in: &session)
            }
        }
    }

    /// Writes down what each plan's period came to, on the first day after it (XC-21).
    static func closePeriods(
        before day: Day, _ inputs: SpotCheckInputs, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let last = Day(number: day.number - 1)
        for plan in try RotationPlanStore.inForce(on: last, in: &session) {
            let window = plan.window(containing: last)
            guard window.upperBound == last else { continue }
            let candidates = inputs.candidates(of: plan.authority)
            let members = candidates.filter { plan.includes($0.id, industry: $0.industry, region: $0.region) }
            let coverage = plan.coverage(
                on: last, members: members.map(\.id), lastChecked: inputs.lastChecked[plan.authority] ?? [:])
            guard try RotationPlanStore.close(plan.id, coverage, at: context.now, in: &session) else { continue }
            try context.log(
                stream: "check", "plan-\(plan.id)", "periodClosed",
                [
                    "first": .string(ChinaTime.date(window.lowerBound)), "members": .integer(Int64(coverage.members)),
                    "covered": .integer(Int64(coverage.covered)),
                    "missing": .array(coverage.missing.map { .string($0.rawValue) }),
                ], in: &session)
            guard !coverage.isComplete else { continue }
            try NoticeOperations.send(
                Notice(
                    key: "check-plan:\(plan.id):\(ChinaTime.date(window.lowerBound))",
                    recipient: .authority(plan.authority), subject: "plan:\(plan.id)", title: "轮回计划没有全覆盖",
                    text: "\(plan.name)计划本期已抽 \(coverage.covered)/\(coverage.members),漏 \(coverage.missing.count) 家。",
                    address: "/checks/plans"), context: &context, in: &session)
        }
    }
}
