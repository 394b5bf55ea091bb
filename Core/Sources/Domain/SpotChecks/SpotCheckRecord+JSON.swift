public import Kernel

extension SpotCheckFacts {
    public var json: JSON {
        func list(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
        return [
            "at": .integer(at.milliseconds), "enterprise": .string(enterpriseName), "region": .string(region),
            "hazards": list(hazards), "level": .string(level.name), "commitment": .string(commitment),
            "openAlarms": .integer(Int64(openAlarms)), "anomalies": list(anomalies), "video": .string(video),
            "highLevels": list(highLevels), "dutyCall": dutyCall.map { .string($0) } ?? .null,
        ]
    }

    public init?(json: JSON) {
        func list(_ name: String) -> [String]? { json[name]?.array?.compactMap(\.string) }
        guard let at = json["at"]?.integer, let name = json["enterprise"]?.string, let region = json["region"]?.string,
            let hazards = list("hazards"), let level = json["level"]?.string.flatMap(Level.init(name:)),
            let commitment = json["commitment"]?.string, let open = json["openAlarms"]?.integer,
            let anomalies = list("anomalies"), let video = json["video"]?.string, let high = list("highLevels")
        else { return nil }
        self.init(
            at: Timestamp(milliseconds: at), enterpriseName: name, region: region, hazards: hazards, level: level,
            commitment: commitment, openAlarms: Int(open), anomalies: anomalies, video: video, highLevels: high,
            dutyCall: json["dutyCall"]?.string)
    }
}

extension SpotCheckRecord {
    public var json: JSON {
        func object(_ pairs: [(SpotCheckContent, String)]) -> JSON {
            .object(pairs.map { JSON.Member($0.0.rawValue, .string($0.1)) })
        }
        let items = SpotCheckContent.allCases
        return [
            "facts": facts.json, "videoNote": .string(videoNote), "cameraViolation": .bool(hasCameraViolation),
            "watch": .string(watch), "other": .string(other),
            "verdicts": object(items.compactMap { item in verdicts[item].map { (item, $0.rawValue) } }),
            "notes": object(items.compactMap { item in notes[item].map { (item, $0) } }),
            "inspectors": .string(inspectors), "contact": .string(contact),
        ]
    }

    public init?(json: JSON) {
        guard let facts = json["facts"].flatMap(SpotCheckFacts.init(json:)) else { return nil }
        func text(_ name: String) -> String { json[name]?.string ?? "" }
        self.init(
            facts: facts, videoNote: text("videoNote"), hasCameraViolation: json["cameraViolation"] == .bool(true),
            watch: text("watch"), other: text("other"), inspectors: text("inspectors"), contact: text("contact"))
        for item in SpotCheckContent.allCases {
            verdicts[item] = json["verdicts"]?[item.rawValue]?.string.flatMap(SpotCheckContent.Verdict.init(rawValue:))
            notes[item] = json["notes"]?[item.rawValue]?.string
        }
    }
}
