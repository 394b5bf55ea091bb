import Domain
import Kernel
import Storage

/// Why a hazard source stands at its level: the model's terms, one line each (HRM-1, 本项目约定).
struct RiskTerms: Sendable {
    struct Term: Sendable {
        var title: String
        var points: String
        var width: Double
        var explanation: String
        /// Wide enough to be drawn.
        var isShown: Bool
        /// What fits into its width.
        var label: String
    }

    var score: String
    var scoreLeft: Double
    var terms: [Term]
    var hasTerms: Bool
    var modelVersion: String
    var floor: String?
    var frozen: Bool
    var isOutright: Bool
    var next: String?
    var summary: String

    init(_ risk: WarningDossier.Risk, now: Timestamp) {
        score = Wording.figure(risk.score)
        scoreLeft = min(100, max(0, risk.score))
        terms = Self.read(risk.terms)
        hasTerms = !terms.isEmpty
        modelVersion = risk.modelVersion == 0 ? "HRM-1" : "HRM-1 第 \(risk.modelVersion) 版"
        floor = risk.floorLevel.flatMap(Level.init(name:)).map { level in
            "硬规则：至少\(LevelMark.word(level))" + (risk.terms["floor"]?["reason"]?.string.map { "（\($0)）" } ?? "")
        }
        frozen = risk.isFrozen
        isOutright = risk.isOutright
        next = risk.nextChangeAt.map { "\(Wording.stamp($0, now: now)) 将重算" }
        let sum = terms.filter { $0.width > 0 }.map { "\($0.title) \($0.points)" }.joined(separator: " + ")
        summary = "风险分 \(score)" + (sum.isEmpty ? "" : " = " + sum)
    }

    static func read(_ json: JSON) -> [Term] {
        RiskAssessment.terms(from: json).map { term in
            let (word, points) = (title(term.kind), Wording.figure(term.points))
            return Term(
                title: word, points: points, width: max(0, min(100, term.points)), explanation: term.text,
                isShown: term.points > 0, label: term.points >= 12 ? "\(word) \(points)" : points)
        }
    }

    private static func title(_ kind: RiskAssessment.Term.Kind) -> String {
        switch kind {
        case .inherent: "固有"
        case .alarms: "现行报警"
        case .management: "报警管理"
        case .commitment: "承诺与作业"
        case .data: "数据"
        }
    }
}
