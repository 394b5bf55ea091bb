public import Kernel

extension CommitmentDraft {
    /// Reads the members of an uploaded `promise` (A names of domain §7): figures as numbers or as text, answers as
    /// 1/0, true/false or 是/否/有/无. A member that is null, blank or absent is absent.
    public init(json: JSON) {
        self.init()
        for count in CommitmentCount.allCases {
            guard let value = Self.present(json[count.rawValue]) else { continue }
            if let figure = Self.whole(value) {
                counts[count] = figure
            } else {
                unreadable[.count(count)] = Self.shown(value)
            }
        }
        for flag in CommitmentFlag.allCases {
            guard let value = Self.present(json[flag.rawValue]) else { continue }
            if let answer = Self.answer(value) {
                flags[flag] = answer
            } else {
                unreadable[.flag(flag)] = Self.shown(value)
            }
        }
        for text in CommitmentText.allCases {
            guard let value = Self.present(json[text.rawValue]) else { continue }
            texts[text] = value.string ?? Self.shown(value)
        }
        if let value = Self.present(json["promiseRiskRank"]) {
            riskLevel = Self.level(value)
            if riskLevel == nil { unreadable[.riskLevel] = Self.shown(value) }
        }
        if let value = Self.present(json["promiseRiskValue"]) {
            riskScore = value.double ?? value.string.flatMap { Double($0.trimmedOfSpace) }
            if riskScore?.isFinite != true {
                riskScore = nil
                unreadable[.riskScore] = Self.shown(value)
            }
        }
        signer = Self.present(json["commitment"])?.string?.trimmedOfSpace
        judgements = (json["judgements"]?.array ?? []).compactMap(Judgement.init(json:))
    }

    /// The day that an upload claims, `commitDate`; nil where it claims none or it cannot be read.
    public static func day(in json: JSON) -> Day? {
        (json["commitDate"]?.string).flatMap { ChinaTime.parseDate(String($0.trimmedOfSpace.prefix(10))) }
    }

    public var json: JSON {
        var members: [JSON.Member] = []
        for count in CommitmentCount.allCases {
            if let value = counts[count] { members.append(.init(count.rawValue, .integer(Int64(value)))) }
        }
        for flag in CommitmentFlag.allCases {
            if let answer = flags[flag] { members.append(.init(flag.rawValue, .bool(answer))) }
        }
        for text in CommitmentText.allCases {
            if let words = texts[text] { members.append(.init(text.rawValue, .string(words))) }
        }
        if let riskLevel { members.append(.init("promiseRiskRank", .string(riskLevel.name))) }
        if let riskScore { members.append(.init("promiseRiskValue", .number(riskScore))) }
        if let signer { members.append(.init("commitment", .string(signer))) }
        members.append(.init("judgements", .array(judgements.map(\.json))))
        return .object(members)
    }

    private static func present(_ value: JSON?) -> JSON? {
        switch value {
        case nil, .null?: nil
        case .string(let text)?: text.trimmedOfSpace.isEmpty ? nil : .string(text)
        case .bool?, .integer?, .number?, .array?, .object?: value
        }
    }

    private static func whole(_ value: JSON) -> Int? {
        switch value {
        case .integer(let figure): Int(figure)
        case .number(let figure): figure == figure.rounded() && abs(figure) < 1e9 ? Int(figure) : nil
        case .string(let text): Int(text.trimmedOfSpace)
        case .null, .bool, .array, .object: nil
        }
    }

    private static func answer(_ value: JSON) -> Bool? {
        switch value {
        case .bool(let answer): answer
        case .integer(1): true
        case .integer(0): false
        case .string(let text):
            switch text.trimmedOfSpace {
            case "1", "是", "有", "true": true
            case "0", "否", "无", "false": false
            default: nil
            }
        case .null, .integer, .number, .array, .object: nil
        }
    }

    /// 1 重大(红) … 4 低(蓝), the word, or the colour.
    private static func level(_ value: JSON) -> Level? {
        let words: [(Level, [String])] = [
            (.red, ["1", "red", "红", "红色", "重大", "重大风险"]), (.orange, ["2", "orange", "橙", "橙色", "较大", "较大风险"]),
            (.yellow, ["3", "yellow", "黄", "黄色", "一般", "一般风险"]), (.blue, ["4", "blue", "蓝", "蓝色", "低", "低风险"]),
        ]
        let text = value.string?.trimmedOfSpace ?? value.integer.map(String.init) ?? ""
        return words.first { $0.1.contains(text) }?.0
    }

    private static func shown(_ value: JSON) -> String { String((value.string ?? value.text).prefix(40)) }
}
