public import Kernel

/// A model that cannot be: names the member.
public struct RiskModelError: Error, Hashable, Sendable {
    public let member: String
    public let reason: String
}

extension RiskModel {
    public var json: JSON {
        [
            "inherent": Self.numbers(inherent),
            "alarms": [
                "first": .number(alarms.first), "second": .number(alarms.second),
                "gasFirst": .number(alarms.gasFirst), "gasSecond": .number(alarms.gasSecond),
                "factorMinutes": .array(alarms.factorMinutes.map(JSON.integer)),
                "factors": Self.numbers(alarms.factors), "extraPerPoint": .number(alarms.extraPerPoint),
                "extraPointsMax": .integer(Int64(alarms.extraPointsMax)), "cap": .number(alarms.cap),
            ],
            "management": [
                "windowHours": .integer(management.windowHours), "slotMinutes": .integer(management.slotMinutes),
                "slotAlarms": .integer(Int64(management.slotAlarms)),
                "disturbancePercents": Self.numbers(management.disturbancePercents),
                "repeatAlarms": .integer(Int64(management.repeatAlarms)),
                "repeatBounds": Self.numbers(management.repeatBounds),
                "averageBounds": Self.numbers(management.averageBounds),
                "clearMinutes": Self.numbers(management.clearMinutes),
                "longestMinutes": .array(management.longestMinutes.map(JSON.integer)),
                "cap": .number(management.cap), "quietCap": .number(management.quietCap),
            ],
            "commitment": [
                "overdue": .number(commitment.overdue), "specialFire": .number(commitment.specialFire),
                "firstFire": .number(commitment.firstFire), "confinedSpace": .number(commitment.confinedSpace),
                "startUpOrTrial": .number(commitment.startUpOrTrial), "cap": .number(commitment.cap),
            ],
            "data": [
                "offline": .number(data.offline), "offlineMinutes": .integer(data.offlineMinutes),
                "badKeyPoint": .number(data.badKeyPoint), "cap": .number(data.cap),
            ],
            "levels": [
                "yellow": .number(levels.yellow), "orange": .number(levels.orange), "red": .number(levels.red),
                "hysteresis": .number(levels.hysteresis), "holdMinutes": .integer(levels.holdMinutes),
            ],
            "enterprise": ["perSource": .number(enterprise.perSource), "cap": .number(enterprise.cap)],
            "scoreMax": .number(scoreMax),
        ]
    }

    private static func numbers(_ values: [Double]) -> JSON { .array(values.map(JSON.number)) }

    /// Members that are left out keep the standard's value; unknown ones and wrong types are refused.
    public init(version: Int, json: JSON) throws(RiskModelError) {
        self.init(version: version)
        guard let members = json.members else { throw RiskModelError(member: "", reason: "应为对象") }
        for member in members {
            switch member.key {
            case "inherent": inherent = try Self.read(member.value, "inherent")
            case "alarms": try readAlarms(member.value)
            case "management": try readManagement(member.value)
            case "commitment": try readCommitment(member.value)
            case "data": try readData(member.value)
            case "levels": try readLevels(member.value)
            case "enterprise":
                for part in try Self.parts(member.value, "enterprise") {
                    switch part.key {
                    case "perSource": enterprise.perSource = try Self.read(part.value, "enterprise.perSource")
                    case "cap": enterprise.cap = try Self.read(part.value, "enterprise.cap")
                    default: throw Self.unknown("enterprise." + part.key)
                    }
                }
            case "scoreMax": scoreMax = try Self.read(member.value, "scoreMax")
            default: throw Self.unknown(member.key)
            }
        }
        try validate()
    }

    private mutating func readAlarms(_ json: JSON) throws(RiskModelError) {
        for part in try Self.parts(json, "alarms") {
            let name = "alarms." + part.key
            switch part.key {
            case "first": alarms.first = try Self.read(part.value, name)
            case "second": alarms.second = try Self.read(part.value, name)
            case "gasFirst": alarms.gasFirst = try Self.read(part.value, name)
            case "gasSecond": alarms.gasSecond = try Self.read(part.value, name)
            case "factorMinutes": alarms.factorMinutes = try Self.read(part.value, name)
            case "factors": alarms.factors = try Self.read(part.value, name)
            case "extraPerPoint": alarms.extraPerPoint = try Self.read(part.value, name)
            case "extraPointsMax": alarms.extraPointsMax = Int(try Self.read(part.value, name) as Int64)
            case "cap": alarms.cap = try Self.read(part.value, name)
            default: throw Self.unknown(name)
            }
        }
    }

    private mutating func readManagement(_ json: JSON) throws(RiskModelError) {
        for part in try Self.parts(json, "management") {
            let name = "management." + part.key
            switch part.key {
            case "windowHours": management.windowHours = try Self.read(part.value, name)
            case "slotMinutes": management.slotMinutes = try Self.read(part.value, name)
            case "slotAlarms": management.slotAlarms = Int(try Self.read(part.value, name) as Int64)
            case "disturbancePercents": management.disturbancePercents = try Self.read(part.value, name)
            case "repeatAlarms": management.repeatAlarms = Int(try Self.read(part.value, name) as Int64)
            case "repeatBounds": management.repeatBounds = try Self.read(part.value, name)
            case "averageBounds": management.averageBounds = try Self.read(part.value, name)
            case "clearMinutes": management.clearMinutes = try Self.read(part.value, name)
            case "longestMinutes": management.longestMinutes = try Self.read(part.value, name)
            case "cap": management.cap = try Self.read(part.value, name)
            case "quietCap": management.quietCap = try Self.read(part.value, name)
            default: throw Self.unknown(name)
            }
        }
    }

    private mutating func readCommitment(_ json: JSON) throws(RiskModelError) {
        for part in try Self.parts(json, "commitment") {
            let name = "commitment." + part.key
            switch part.key {
            case "overdue": commitment.overdue = try Self.read(part.value, name)
            case "specialFire": commitment.specialFire = try Self.read(part.value, name)
            case "firstFire": commitment.firstFire = try Self.read(part.value, name)
            case "confinedSpace": commitment.confinedSpace = try Self.read(part.value, name)
            case "startUpOrTrial": commitment.startUpOrTrial = try Self.read(part.value, name)
            case "cap": commitment.cap = try Self.read(part.value, name)
            default: throw Self.unknown(name)
            }
        }
    }

    private mutating func readData(_ json: JSON) throws(RiskModelError) {
        for part in try Self.parts(json, "data") {
            let name = "data." + part.key
            switch part.key {
            case "offline": data.offline = try Self.read(part.value, name)
            case "offlineMinutes": data.offlineMinutes = try Self.read(part.value, name)
            case "badKeyPoint": data.badKeyPoint = try Self.read(part.value, name)
            case "cap": data.cap = try Self.read(part.value, name)
            default: throw Self.unknown(name)
            }
        }
    }

    private mutating func readLevels(_ json: JSON) throws(RiskModelError) {
        for part in try Self.parts(json, "levels") {
            let name = "levels." + part.key
            switch part.key {
            case "yellow": levels.yellow = try Self.read(part.value, name)
            case "orange": levels.orange = try Self.read(part.value, name)
            case "red": levels.red = try Self.read(part.value, name)
            case "hysteresis": levels.hysteresis = try Self.read(part.value, name)
            case "holdMinutes": levels.holdMinutes = try Self.read(part.value, name)
            default: throw Self.unknown(name)
            }
        }
    }

    private static func unknown(_ member: String) -> RiskModelError {
        RiskModelError(member: member, reason: "没有这个参数")
    }

    private static func parts(_ json: JSON, _ name: String) throws(RiskModelError) -> [JSON.Member] {
        guard let members = json.members else { throw RiskModelError(member: name, reason: "应为对象") }
        return members
    }

    private static func read(_ json: JSON, _ name: String) throws(RiskModelError) -> Double {
        guard let value = json.double, value.isFinite, value >= 0 else {
            throw RiskModelError(member: name, reason: "应为不小于 0 的数")
        }
        return value
    }

    private static func read(_ json: JSON, _ name: String) throws(RiskModelError) -> Int64 {
        guard let value = json.integer, value >= 0, value <= 100_000 else {
            throw RiskModelError(member: name, reason: "应为不小于 0 的整数")
        }
        return value
    }

    private static func read(_ json: JSON, _ name: String) throws(RiskModelError) -> [Double] {
        guard let values = json.array else { throw RiskModelError(member: name, reason: "应为数组") }
        var numbers: [Double] = []
        for value in values { numbers.append(try read(value, name)) }
        return numbers
    }

    private static func read(_ json: JSON, _ name: String) throws(RiskModelError) -> [Int64] {
        guard let values = json.array else { throw RiskModelError(member: name, reason: "应为数组") }
        var numbers: [Int64] = []
        for value in values { numbers.append(try read(value, name)) }
        return numbers
    }
}
