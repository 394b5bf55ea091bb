public import Kernel

/// A commitment on its way: whatever was filled in so far. What is absent is absent; it never reads as zero (SJ-19).
public struct CommitmentDraft: Hashable, Sendable {
    public var counts: [CommitmentCount: Int]
    public var flags: [CommitmentFlag: Bool]
    public var texts: [CommitmentText: String]
    public var riskLevel: Level?
    public var riskScore: Double?
    public var signer: String?
    public var judgements: [Judgement]
    /// What was written and cannot be read.
    public var unreadable: [CommitmentField: String] = [:]

    public init(
        counts: [CommitmentCount: Int] = [:], flags: [CommitmentFlag: Bool] = [:],
        texts: [CommitmentText: String] = [:], riskLevel: Level? = nil, riskScore: Double? = nil,
        signer: String? = nil, judgements: [Judgement] = []
    ) {
        self.counts = counts
        self.flags = flags
        self.texts = texts
        self.riskLevel = riskLevel
        self.riskScore = riskScore
        self.signer = signer
        self.judgements = judgements
    }

    public static let countMax = 9_999

    /// The whole commitment, or everything that keeps it from being one.
    /// - Parameter now: the server's receipt.
    public func checked(
        _ rules: CommitmentRules = .usual, at now: Timestamp
    ) -> (content: CommitmentContent?, problems: [CommitmentProblem]) {
        let problems = problems(rules, at: now)
        guard problems.isEmpty, let riskLevel, let riskScore, let signer else { return (nil, problems) }
        let content = CommitmentContent(
            counts: counts, flags: flags, texts: texts.filter { !$0.value.trimmedOfSpace.isEmpty },
            riskLevel: riskLevel, riskScore: riskScore, signer: signer, judgements: judgements)
        return (content, [])
    }

    /// In the order of the form.
    public func problems(_ rules: CommitmentRules, at now: Timestamp) -> [CommitmentProblem] {
        var found: [CommitmentProblem] = []
        for count in CommitmentCount.allCases {
            if let text = unreadable[.count(count)] {
                found.append(.unreadable(.count(count), text))
            } else if let value = counts[count] {
                if value < 0 { found.append(.negative(count)) }
                if value > Self.countMax { found.append(.tooLarge(count)) }
            } else {
                found.append(.missing(.count(count)))
            }
        }
        if rules.refusesUnequalSum { found += sumProblems }
        for flag in CommitmentFlag.allCases { found += problems(of: flag) }
        for text in CommitmentText.allCases { found += problems(of: text) }
        if let text = unreadable[.riskLevel] {
            found.append(.unreadable(.riskLevel, text))
        } else if riskLevel == nil {
            found.append(.missing(.riskLevel))
        }
        if let text = unreadable[.riskScore] {
            found.append(.unreadable(.riskScore, text))
        } else if let riskScore {
            if !(0...100).contains(riskScore) { found.append(.scoreOutOfRange) }
        } else {
            found.append(.missing(.riskScore))
        }
        found += judgements.problems(at: now)
        if (signer ?? "").trimmedOfSpace.isEmpty { found.append(.missing(.signer)) }
        return found
    }

    /// 运行 + 停产 + 检修 = 总数. Also for showing where the rule only warns.
    public var sumProblems: [CommitmentProblem] {
        guard let total = counts[.units], let running = counts[.running], let stopped = counts[.stopped],
            let overhaul = counts[.overhaul], [total, running, stopped, overhaul].allSatisfy({ $0 <= Self.countMax }),
            running + stopped + overhaul != total
        else { return [] }
        return [.sumDiffers(parts: running + stopped + overhaul, total: total)]
    }

    private func problems(of flag: CommitmentFlag) -> [CommitmentProblem] {
        if let text = unreadable[.flag(flag)] { return [.unreadable(.flag(flag), text)] }
        guard let answer = flags[flag] else { return [.missing(.flag(flag))] }
        if let count = flag.count, let value = counts[count], answer != (value > 0) {
            return [.flagAndCountDiffer(flag, count: value)]
        }
        return []
    }

    private func problems(of text: CommitmentText) -> [CommitmentProblem] {
        let value = (texts[text] ?? "").trimmedOfSpace
        guard !value.isEmpty else {
            if text == .hiddenDanger, flags[.majorHiddenDanger] == true { return [.hiddenDangerUntold] }
            return text.isRequired ? [.missing(.text(text))] : []
        }
        if value.count > CommitmentText.lengthMax { return [.tooLong(text)] }
        if text == .dutyLeadPhone, !Self.isPhone(value) { return [.phoneInvalid] }
        return []
    }

    /// A mobile number, or a landline with or without area code.
    static func isPhone(_ text: String) -> Bool {
        let digits = text.unicodeScalars.filter { ("0"..."9").contains($0) }.count
        return (7...15).contains(digits)
            && text.unicodeScalars.allSatisfy { ("0"..."9").contains($0) || "+-() ".unicodeScalars.contains($0) }
    }
}
