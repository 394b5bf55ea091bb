public import Kernel

/// A whole commitment: every count, answer and text of domain §7, and the chain of judgements. Made only by
/// `CommitmentDraft.checked`, so that nothing in it is missing.
public struct CommitmentContent: Hashable, Sendable {
    private var counts: [CommitmentCount: Int]
    private var flags: [CommitmentFlag: Bool]
    private var texts: [CommitmentText: String]
    public var riskLevel: Level
    public var riskScore: Double
    public var signer: String
    public var judgements: [Judgement]

    init(
        counts: [CommitmentCount: Int], flags: [CommitmentFlag: Bool], texts: [CommitmentText: String],
        riskLevel: Level, riskScore: Double, signer: String, judgements: [Judgement]
    ) {
        precondition(counts.count == CommitmentCount.allCases.count, "every count is there")
        precondition(flags.count == CommitmentFlag.allCases.count, "every question is answered")
        self.counts = counts
        self.flags = flags
        self.texts = texts
        self.riskLevel = riskLevel
        self.riskScore = riskScore
        self.signer = signer
        self.judgements = judgements
    }

    public subscript(count: CommitmentCount) -> Int { counts[count] ?? 0 }
    public subscript(flag: CommitmentFlag) -> Bool { flags[flag] ?? false }
    /// nil where there was nothing to say.
    public subscript(text: CommitmentText) -> String? { texts[text] }

    public var specialWork: Int { CommitmentCount.specialWork.reduce(0) { $0 + self[$1] } }
    public var hotWork: Int { CommitmentCount.hotWork.reduce(0) { $0 + self[$1] } }
    /// 一级 to 四级.
    public var grades: [Int] { CommitmentCount.grades.map { self[$0] } }

    public var draft: CommitmentDraft {
        CommitmentDraft(
            counts: counts, flags: flags, texts: texts, riskLevel: riskLevel, riskScore: riskScore, signer: signer,
            judgements: judgements)
    }

    /// As stored, and as the API gives it: the A names of §7.
    public var json: JSON { draft.json }

    /// - Returns: nil where something is missing: the stored text is not one of ours.
    public init?(json: JSON) {
        let draft = CommitmentDraft(json: json)
        guard draft.counts.count == CommitmentCount.allCases.count, draft.flags.count == CommitmentFlag.allCases.count,
            let level = draft.riskLevel, let score = draft.riskScore, let signer = draft.signer
        else { return nil }
        self.init(
            counts: draft.counts, flags: draft.flags, texts: draft.texts, riskLevel: level, riskScore: score,
            signer: signer, judgements: draft.judgements)
    }

    /// The sentence of the announcement, in the form of the public samples (domain §7).
    public static func announcement(_ count: (CommitmentCount) -> Int?, _ flag: (CommitmentFlag) -> Bool?) -> String {
        func figure(_ item: CommitmentCount) -> String { count(item).map(String.init) ?? "_" }
        func answer(_ item: CommitmentFlag) -> String { flag(item).map { $0 ? "是" : "否" } ?? "_" }
        let fires = CommitmentCount.hotWork.map(figure).joined(separator: "、")
        return "生产装置 \(figure(.units)) 套,其中运行 \(figure(.running)) 套,停产 \(figure(.stopped)) 套,"
            + "检修 \(figure(.overhaul)) 套;特级、一级、二级动火作业各 \(fires) 处;"
            + "进入受限空间作业 \(figure(.confinedSpace)) 处;是否处于试生产:\(answer(.trialProduction));"
            + "是否处于开停车状态:\(answer(.startingOrStopping));"
            + "罐区、仓库等重大危险源是否处于安全状态:\(answer(.hazardsSafe))。"
            + "今天我公司已进行安全风险研判,各项安全风险防控措施已落实到位,我承诺所有生产装置处于安全运行状态,"
            + "罐区、仓库等重大危险源安全风险得到有效管控。"
    }

    public var announcement: String { Self.announcement({ self[$0] }, { self[$0] }) }
}
