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
    }

    var score: String
    var scoreLeft: Double
    var terms: [Term]
    var modelVersion: String
    var floor: String?
    var frozen: Bool
    var isOutright: Bool
    var next: String?
    var summary: String

    /// `terms` is what the model wrote: `{"terms": [{"name", "points", "reasons": [text]}]}` or an object of figures.
    init(_ risk: WarningDossier.Risk, now: Timestamp) {
        score = Wording.figure(risk.score)
        scoreLeft = min(100, max(0, risk.score))
        terms = Self.read(risk.terms)
        modelVersion = risk.modelVersion == 0 ? "HRM-1" : "HRM-1 第 \(risk.modelVersion) 版"
        floor = risk.floorLevel.flatMap(Level.init(name:)).map { level in
            "硬规则：至少\(LevelMark.word(level))" + (Self.floorReason(risk.terms).map { "（\($0)）" } ?? "")
        }
        frozen = risk.isFrozen
        isOutright = risk.isOutright
        next = risk.nextChangeAt.map { "\(Wording.stamp($0, now: now)) 将重算" }
        let sum = terms.filter { $0.width > 0 }.map { "\($0.title) \($0.points)" }.joined(separator: " + ")
        summary = "风险分 \(score)" + (sum.isEmpty ? "" : " = " + sum)
    }

    private static let titles = [
        "inherent": "固有", "base": "固有", "B": "固有", "alarms": "现行报警", "A": "现行报警",
        "management": "报警管理", "K": "报警管理", "commitment": "承诺与作业", "work": "承诺与作业",
        "C": "承诺与作业", "quality": "数据", "data": "数据", "Q": "数据",
    ]

    static func read(_ json: JSON) -> [Term] {
        if let list = (json["terms"] ?? json).array {
            return list.compactMap { item in
                guard let name = (item["name"] ?? item["term"])?.string else { return nil }
                let points = (item["points"] ?? item["score"] ?? item["value"])?.double ?? 0
                let reasons = (item["reasons"] ?? item["lines"])?.array?.compactMap(\.string) ?? []
                let text = (item["reason"] ?? item["explanation"] ?? item["text"])?.string
                return term(name, points, (reasons + [text].compactMap(\.self)).joined(separator: "；"))
            }
        }
        return (json.members ?? []).compactMap { member in
            guard titles[member.key] != nil else { return nil }
            if let points = member.value.double { return term(member.key, points, "") }
            guard let points = (member.value["points"] ?? member.value["score"])?.double else { return nil }
            let reasons = member.value["reasons"]?.array?.compactMap(\.string) ?? []
            return term(member.key, points, reasons.joined(separator: "；"))
        }
    }

    private static func term(_ name: String, _ points: Double, _ explanation: String) -> Term {
        Term(
            title: titles[name] ?? name, points: Wording.figure(points), width: max(0, min(100, points)),
            explanation: explanation)
    }

    private static func floorReason(_ json: JSON) -> String? {
        (json["floorReason"] ?? json["floor"]?["reason"])?.string
    }
}
