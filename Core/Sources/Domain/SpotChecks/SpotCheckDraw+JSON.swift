public import Kernel

/// The draw as a file that anybody may take home and check.
extension SpotCheckDraw {
    public static let fileKind = "fengsui-draw"

    public var json: JSON {
        [
            "kind": .string(Self.fileKind), "version": .integer(Int64(version)),
            "day": .string(ChinaTime.date(seed.day)), "office": .string(office.rawValue),
            "officeName": .string(officeName),
            "seed": ["sequence": .integer(seed.sequence), "hash": .string(seed.hash)],
            "candidates": .array(
                candidates.map { candidate in
                    [
                        "id": .string(candidate.enterprise.rawValue), "name": .string(candidate.name),
                        "lastChecked": candidate.lastChecked.map { .string(ChinaTime.date($0)) } ?? .null,
                        "weight": .integer(Int64(candidate.weight)),
                    ]
                }),
            "count": .integer(Int64(count)), "drawn": .array(drawn.map { .string($0.rawValue) }),
        ]
    }

    /// nil where it is not such a file.
    public init?(json: JSON) {
        guard json["kind"]?.string == Self.fileKind, let version = json["version"]?.integer,
            let day = json["day"]?.string.flatMap(ChinaTime.parseDate), let office = json["office"]?.string,
            let sequence = json["seed"]?["sequence"]?.integer, let hash = json["seed"]?["hash"]?.string,
            let list = json["candidates"]?.array, let count = json["count"]?.integer,
            let drawn = json["drawn"]?.array
        else { return nil }
        var candidates: [Candidate] = []
        for item in list {
            guard let id = item["id"]?.string, let weight = item["weight"]?.integer, weight >= 0, weight < 1_000_000
            else { return nil }
            let last = item["lastChecked"]?.string
            let lastChecked = last.flatMap(ChinaTime.parseDate)
            if last != nil, lastChecked == nil { return nil }
            candidates.append(
                Candidate(
                    enterprise: EnterpriseID(id), name: item["name"]?.string ?? "", lastChecked: lastChecked,
                    weight: Int(weight)))
        }
        self.init(
            version: Int(version), seed: DrawSeed(day: day, sequence: sequence, hash: hash),
            office: AuthorityID(office), officeName: json["officeName"]?.string ?? "", candidates: candidates,
            count: Int(count), drawn: drawn.compactMap(\.string).map { EnterpriseID($0) })
    }
}
