public import Kernel

// What the log keeps of every entry: the whole of it after the change.

extension JSON {
    fileprivate static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
    fileprivate static func optional(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
}

extension Authority {
    public var json: JSON {
        [
            "id": .string(id.rawValue), "level": .string(level.rawValue), "name": .string(name),
            "region": .optional(region), "parent": .optional(parent?.rawValue), "phone": .optional(phone),
            "coversRegion": .bool(coversRegion),
        ]
    }
}

extension Enterprise {
    public var json: JSON {
        [
            "id": .string(id.rawValue), "name": .string(name), "region": .string(jurisdiction.region),
            "regulator": .string(jurisdiction.regulator.rawValue),
            "coRegulators": .array(jurisdiction.coRegulators.map { .string($0.rawValue) }),
            "park": .optional(jurisdiction.park?.rawValue), "creditCode": .optional(creditCode),
            "group": .optional(group), "industry": .optional(industry), "address": .optional(address),
            "longitude": .optional(longitude), "latitude": .optional(latitude), "phone": .optional(phone),
            "inUse": .bool(isInUse),
        ]
    }
}

extension Hazard {
    public var json: JSON {
        let substances: [JSON] = grading.substances.map { substance in
            [
                "name": .string(substance.name), "cas": .optional(substance.cas),
                "category": .optional(substance.category?.rawValue), "quantity": .number(substance.quantityTonnes),
                "critical": .number(substance.criticalTonnes), "beta": .number(substance.beta),
            ]
        }
        return [
            "id": .string(id.rawValue), "enterprise": .string(enterprise.rawValue), "name": .string(name),
            "kind": .string(unit.rawValue), "location": .optional(location),
            "exposedPeople": .integer(Int64(grading.exposedPeople)), "substances": .array(substances),
            "s": .number(grading.sum), "r": .number(grading.rValue),
            "grade": grading.grade.map { .integer(Int64($0.rawValue)) } ?? .null, "inUse": .bool(isInUse),
        ]
    }
}

extension Equipment {
    public var json: JSON {
        [
            "id": .string(id.rawValue), "enterprise": .string(enterprise.rawValue),
            "hazard": .optional(hazard?.rawValue), "name": .string(name), "kind": .string(category.rawValue),
            "medium": .optional(medium), "form": .optional(form?.rawValue), "location": .optional(location),
            "inUse": .bool(isInUse),
        ]
    }
}

extension Person {
    public var json: JSON {
        let owner: JSON.Member =
            switch employer {
            case .enterprise(let id): .init("enterprise", .string(id.rawValue))
            case .authority(let id): .init("authority", .string(id.rawValue))
            }
        return .object([
            .init("id", .string(id.rawValue)), owner, .init("name", .string(name)), .init("phone", .optional(phone)),
            .init("title", .optional(title)), .init("email", .optional(email)),
            .init("left", leftAt.map { .integer($0.milliseconds) } ?? .null),
        ])
    }
}

extension PointLimits {
    public var json: JSON {
        [
            "rangeLow": .optional(rangeLow), "rangeHigh": .optional(rangeHigh), "lowLow": .optional(lowLow),
            "low": .optional(low), "high": .optional(high), "highHigh": .optional(highHigh),
        ]
    }

    public init(json: JSON) {
        self.init(
            rangeLow: json["rangeLow"]?.double, rangeHigh: json["rangeHigh"]?.double, lowLow: json["lowLow"]?.double,
            low: json["low"]?.double, high: json["high"]?.double, highHigh: json["highHigh"]?.double)
    }
}

extension MonitoringPoint {
    public var json: JSON {
        [
            "id": .string(id.rawValue), "enterprise": .string(enterprise.rawValue),
            "hazard": .optional(hazard?.rawValue), "equipment": .optional(equipment?.rawValue), "name": .string(name),
            "tag": .optional(tag), "kind": .string(quantity.rawValue), "unit": .string(unit),
            "location": .optional(location), "limits": limits.json, "edgeLimits": edgeLimits.json,
            "onDelayMs": .integer(onDelay.milliseconds), "offDelayMs": .integer(offDelay.milliseconds),
            "deadband": .number(deadband), "isKey": .bool(isKey), "inUse": .bool(isInUse),
        ]
    }

    public init?(json: JSON) {
        guard let id = json["id"]?.string, let enterprise = json["enterprise"]?.string,
            let name = json["name"]?.string, let quantity = json["kind"]?.string.flatMap(Quantity.init(rawValue:)),
            let unit = json["unit"]?.string, let limits = json["limits"], let edge = json["edgeLimits"],
            let onDelay = json["onDelayMs"]?.integer, let offDelay = json["offDelayMs"]?.integer,
            let deadband = json["deadband"]?.double, let isKey = json["isKey"]?.bool,
            let isInUse = json["inUse"]?.bool
        else { return nil }
        self.init(
            id: PointID(id), enterprise: EnterpriseID(enterprise),
            hazard: (json["hazard"]?.string).map { HazardID($0) },
            equipment: (json["equipment"]?.string).map { EquipmentID($0) }, name: name, tag: json["tag"]?.string,
            quantity: quantity, unit: unit, location: json["location"]?.string, limits: PointLimits(json: limits),
            edgeLimits: PointLimits(json: edge), onDelay: .milliseconds(onDelay), offDelay: .milliseconds(offDelay),
            deadband: deadband, isKey: isKey, isInUse: isInUse)
    }
}
