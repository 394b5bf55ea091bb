import Domain
import Kernel

extension Scenario {
    /// Reads and checks a scenario.
    /// - Throws: all mistakes at once.
    public static func read(_ bytes: [UInt8]) throws(ScenarioMistakes) -> Scenario {
        let json: JSON
        do {
            json = try JSON.parse(bytes)
        } catch {
            throw ScenarioMistakes(lines: ["line \(error.line) column \(error.column): \(error.reason)"])
        }
        var reader = ScenarioReader()
        let scenario = reader.scenario(json)
        guard reader.mistakes.isEmpty, let scenario else { throw ScenarioMistakes(lines: reader.mistakes) }
        return scenario
    }
}

/// Walks the document, noting each mistake with its place and going on, so that all are told at once.
struct ScenarioReader {
    private(set) var mistakes: [String] = []
    private var authorities: Set<String> = []
    private var enterprises: Set<String> = []
    private var hazards: Set<String> = []
    private var points: Set<String> = []

    mutating func note(_ place: String, _ mistake: String) { mistakes.append("\(place): \(mistake)") }

    mutating func scenario(_ json: JSON) -> Scenario? {
        guard
            object(
                json, at: "scenario",
                keys: ["start", "end", "authorities", "enterprises", "settings", "events"])
        else { return nil }
        let start = time(json, "start", at: "")
        let end = time(json, "end", at: "")
        if let start, let end, end < start { note("end", "lies before start") }
        let authorities = list(json, "authorities", at: "") { reader, item, place in
            reader.authority(item, at: place)
        }
        checkTree(authorities)
        let tree = AuthorityTree(authorities.map { .init(id: $0.id, level: $0.level, parent: $0.parent) })
        let enterprises = list(json, "enterprises", at: "") { reader, item, place in
            reader.enterprise(item, tree: tree, at: place)
        }
        let rules = settings(json["settings"])
        var order = EventOrder(start: start, end: end)
        let events = list(json, "events", at: "") { reader, item, place in
            reader.event(item, order: &order, at: place)
        }
        guard let start, let end, mistakes.isEmpty else { return nil }
        return Scenario(
            start: start, end: end, authorities: authorities, enterprises: enterprises, rules: rules, events: events)
    }

    private mutating func authority(_ json: JSON, at place: String) -> Scenario.Authority? {
        guard object(json, at: place, keys: ["id", "level", "name", "region", "parent"]) else { return nil }
        let id = newID(json, at: place, kind: "authority", known: \.authorities)
        let name = optionalText(json, "name", at: place)
        let region = optionalText(json, "region", at: place)
        let parent = optionalText(json, "parent", at: place)
        guard let word = text(json, "level", at: place) else { return nil }
        guard let level = AuthorityLevel(rawValue: word) else {
            note("\(place).level", "\"\(word)\" is none of center, province, city, county, park, ministry")
            return nil
        }
        guard let id else { return nil }
        return Scenario.Authority(
            id: AuthorityID(id), level: level, name: name ?? id, region: region, parent: parent.map { AuthorityID($0) })
    }

    private mutating func checkTree(_ list: [Scenario.Authority]) {
        let parents = Dictionary(list.map { ($0.id, $0.parent) }, uniquingKeysWith: { first, _ in first })
        for (index, authority) in list.enumerated() {
            guard let parent = authority.parent else { continue }
            guard parents[parent] != nil else {
                note("authorities[\(index)].parent", "no authority has the id \"\(parent)\"")
                continue
            }
            var seen: Set<AuthorityID> = [authority.id]
            var next: AuthorityID? = parent
            while let current = next {
                guard seen.insert(current).inserted else {
                    if current == authority.id { note("authorities[\(index)].parent", "the parents form a loop") }
                    break
                }
                next = parents[current] ?? nil
            }
        }
    }

    private mutating func enterprise(_ json: JSON, tree: AuthorityTree, at place: String) -> Scenario.Enterprise? {
        guard object(json, at: place, keys: ["id", "name", "regulator", "park", "hazards"]) else { return nil }
        let id = newID(json, at: place, kind: "enterprise", known: \.enterprises)
        let name = optionalText(json, "name", at: place)
        let regulator = knownAuthority(text(json, "regulator", at: place), at: "\(place).regulator")
        let park = knownAuthority(optionalText(json, "park", at: place), at: "\(place).park")
        if let regulator,
            tree.routing(enterprise: "", regulator: regulator, park: nil, responsible: [:]) == nil
        {
            note("\(place).regulator", "no authority of level city or province stands at or above \"\(regulator)\"")
        }
        let hazards = list(json, "hazards", at: place) { reader, item, place in reader.hazard(item, at: place) }
        guard let id, let regulator else { return nil }
        return Scenario.Enterprise(
            id: EnterpriseID(id), name: name ?? id, regulator: regulator, park: park, hazards: hazards)
    }

    private mutating func knownAuthority(_ id: String?, at place: String) -> AuthorityID? {
        guard let id else { return nil }
        guard authorities.contains(id) else {
            note(place, "no authority has the id \"\(id)\"")
            return nil
        }
        return AuthorityID(id)
    }

    private mutating func hazard(_ json: JSON, at place: String) -> Scenario.Hazard? {
        guard object(json, at: place, keys: ["id", "name", "grade", "responsible", "points"]) else { return nil }
        let id = newID(json, at: place, kind: "hazard", known: \.hazards)
        let name = optionalText(json, "name", at: place)
        var grade = 4
        if let given = json["grade"] {
            if let number = given.integer, (1...4).contains(number) {
                grade = Int(number)
            } else {
                note("\(place).grade", "a whole number from 1 to 4 is expected")
            }
        }
        let responsible = responsible(json["responsible"], at: "\(place).responsible")
        let points =
            json["points"] == nil
            ? [] : list(json, "points", at: place) { reader, item, place in reader.point(item, at: place) }
        guard let id else { return nil }
        return Scenario.Hazard(
            id: HazardID(id), name: name ?? id, grade: grade, responsible: responsible, points: points)
    }

    private mutating func responsible(_ json: JSON?, at place: String) -> [ResponsibleRole: PersonID] {
        guard let json else {
            note(place, "is missing")
            return [:]
        }
        guard object(json, at: place, keys: ResponsibleRole.allCases.map(\.rawValue)) else { return [:] }
        var persons: [ResponsibleRole: PersonID] = [:]
        for role in ResponsibleRole.allCases {
            if let person = text(json, role.rawValue, at: place) { persons[role] = PersonID(person) }
        }
        return persons
    }

    private mutating func point(_ json: JSON, at place: String) -> Scenario.Point? {
        let limits = ["lowLow", "low", "high", "highHigh"]
        guard object(json, at: place, keys: ["id", "kind", "unit", "range", "equipment"] + limits) else { return nil }
        let id = newID(json, at: place, kind: "point", known: \.points)
        let kinds = ["level", "temperature", "pressure", "flow", "combustibleGas", "toxicGas", "oxygen"]
        let kind = text(json, "kind", at: place)
        if let kind, !kinds.contains(kind) {
            note("\(place).kind", "\"\(kind)\" is none of \(kinds.joined(separator: ", "))")
        }
        let unit = optionalText(json, "unit", at: place)
        let equipment = optionalText(json, "equipment", at: place)
        var range: (low: Double, high: Double)?
        if let given = json["range"] {
            let ends = given.array?.compactMap(\.double) ?? []
            if given.array?.count == 2, ends.count == 2, ends[0] < ends[1] {
                range = (ends[0], ends[1])
            } else {
                note("\(place).range", "two numbers are expected, the lower first")
            }
        }
        let values = limits.map { optionalNumber(json, $0, at: place) }
        guard let id, let kind else { return nil }
        return Scenario.Point(
            id: PointID(id), kind: kind, unit: unit ?? "", equipment: equipment, range: range, lowLow: values[0],
            low: values[1], high: values[2], highHigh: values[3])
    }
}

extension ScenarioReader {
    private mutating func settings(_ json: JSON?) -> DisposalRules {
        var rules = DisposalRules.statutory
        rules.approvalTakenAsGiven = true
        guard let json, object(json, at: "settings", keys: ["cascadeLowerTimers", "rules"]) else { return rules }
        if let given = json["cascadeLowerTimers"] {
            if let cascade = given.bool {
                rules.cascadeLowerTimers = cascade
            } else {
                note("settings.cascadeLowerTimers", "true or false is expected")
            }
        }
        guard let clocks = json["rules"],
            object(clocks, at: "settings.rules", keys: Level.warnings.map(\.name))
        else { return rules }
        for level in Level.warnings {
            let place = "settings.rules.\(level.name)"
            guard let clock = clocks[level.name],
                object(clock, at: place, keys: ["cautionMinutes", "supervisionHours"])
            else { continue }
            let law = DisposalRules.statutory.clocks[level]
            if let period = interval(
                clock, "cautionMinutes", unit: .minutes(1), lawful: law.cautionPeriod, at: place)
            {
                rules.clocks[level].cautionPeriod = period
            }
            if let delay = interval(
                clock, "supervisionHours", unit: .hours(1), lawful: law.supervisionDelay, at: place)
            {
                rules.clocks[level].supervisionDelay = delay
            }
        }
        return rules
    }

    /// A time that may be shorter than the law's, never longer (YJ-24).
    private mutating func interval(
        _ json: JSON, _ key: String, unit: Interval, lawful: Interval, at place: String
    ) -> Interval? {
        guard let number = optionalNumber(json, key, at: place) else { return nil }
        let milliseconds = number * Double(unit.milliseconds)
        guard milliseconds >= 1_000 else {
            note("\(place).\(key)", "a positive number is expected")
            return nil
        }
        guard milliseconds <= Double(lawful.milliseconds) else {
            note("\(place).\(key)", "laxer than the law, which says \(lawful.milliseconds / unit.milliseconds) (YJ-24)")
            return nil
        }
        return .milliseconds(Int64(milliseconds.rounded()))
    }

    /// What the order of events is checked against.
    struct EventOrder {
        let start: Timestamp?
        let end: Timestamp?
        var last: Timestamp?
        var isStopped = false

        init(start: Timestamp?, end: Timestamp?) {
            self.start = start
            self.end = end
        }
    }

    private mutating func event(_ json: JSON, order: inout EventOrder, at place: String) -> Scenario.Event? {
        guard json.members != nil else {
            note(place, "an object is expected")
            return nil
        }
        let at = time(json, "at", at: place)
        if let at {
            if let last = order.last, at < last { note("\(place).at", "lies before the event above it") }
            if let start = order.start, at < start { note("\(place).at", "lies before the start of the scenario") }
            if let end = order.end, at > end { note("\(place).at", "lies after the end of the scenario") }
            order.last = max(order.last ?? at, at)
        }
        guard let word = text(json, "do", at: place) else { return nil }
        let deed = deed(word, json, at: place)
        switch deed {
        case .stop:
            if order.isStopped { note("\(place).do", "the platform is stopped already") }
            order.isStopped = true
        case .start:
            if !order.isStopped { note("\(place).do", "there was no stop before this start") }
            order.isStopped = false
        case .level, .value, .acknowledge, .report, .feedback, nil:
            if order.isStopped { note("\(place).do", "inside an outage only a start can stand") }
        }
        guard let at, let deed else { return nil }
        return Scenario.Event(at: at, deed: deed)
    }

    private mutating func deed(_ word: String, _ json: JSON, at place: String) -> Scenario.Deed? {
        let keys: [String: [String]] = [
            "level": ["hazard", "level"], "value": ["point", "value"], "acknowledge": ["hazard", "by"],
            "report": ["hazard", "result", "cause", "measures"], "feedback": ["hazard", "by", "text"],
            "stop": [], "start": [],
        ]
        guard let own = keys[word] else {
            note("\(place).do", "\"\(word)\" is none of \(keys.keys.sorted().joined(separator: ", "))")
            return nil
        }
        guard object(json, at: place, keys: ["at", "do"] + own) else { return nil }
        switch word {
        case "stop": return .stop
        case "start": return .start
        case "value": return value(json, at: place)
        default: break
        }
        let hazard = knownHazard(json, at: place)
        let texts = own.dropFirst().map { text(json, $0, at: place) }
        guard let hazard, !texts.contains(nil) else { return nil }
        let given = texts.compactMap { $0 }
        switch word {
        case "level":
            guard let level = Level(name: given[0]) else {
                note("\(place).level", "\"\(given[0])\" is none of red, orange, yellow, blue")
                return nil
            }
            return .level(hazard, level)
        case "acknowledge": return .acknowledge(hazard, by: given[0])
        case "report": return .report(hazard, result: given[0], cause: given[1], measures: given[2])
        case "feedback": return .feedback(hazard, by: given[0], text: given[1])
        default: preconditionFailure("every word was listed above")
        }
    }

    private mutating func value(_ json: JSON, at place: String) -> Scenario.Deed? {
        let point = text(json, "point", at: place)
        if let point, !points.contains(point) { note("\(place).point", "no point has the id \"\(point)\"") }
        guard let given = json["value"] else {
            note("\(place).value", "is missing")
            return nil
        }
        guard let number = given.double else {
            note("\(place).value", "a number is expected")
            return nil
        }
        guard let point, points.contains(point) else { return nil }
        return .value(PointID(point), number)
    }

    private mutating func knownHazard(_ json: JSON, at place: String) -> HazardID? {
        guard let id = text(json, "hazard", at: place) else { return nil }
        guard hazards.contains(id) else {
            note("\(place).hazard", "no hazard has the id \"\(id)\"")
            return nil
        }
        return HazardID(id)
    }
}

extension ScenarioReader {
    private func join(_ place: String, _ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

    /// Whether it is an object; each key it should not have is noted.
    private mutating func object(_ json: JSON, at place: String, keys: [String]) -> Bool {
        guard let members = json.members else {
            note(place, "an object is expected")
            return false
        }
        for member in members where !keys.contains(member.key) {
            note(place == "scenario" ? member.key : join(place, member.key), "is not a known key")
        }
        return true
    }

    private mutating func list<Item>(
        _ json: JSON, _ key: String, at place: String,
        _ read: (inout ScenarioReader, JSON, String) -> Item?
    ) -> [Item] {
        guard let given = json[key] else {
            note(join(place, key), "is missing")
            return []
        }
        guard let items = given.array else {
            note(join(place, key), "a list is expected")
            return []
        }
        var found: [Item] = []
        for (index, item) in items.enumerated() {
            if let item = read(&self, item, "\(join(place, key))[\(index)]") { found.append(item) }
        }
        return found
    }

    private mutating func time(_ json: JSON, _ key: String, at place: String) -> Timestamp? {
        guard let written = text(json, key, at: place) else { return nil }
        guard let instant = ChinaTime.parseRFC3339(written) else {
            note(join(place, key), "\"\(written)\" is no possible RFC 3339 time with an offset")
            return nil
        }
        return instant
    }

    private mutating func text(_ json: JSON, _ key: String, at place: String) -> String? {
        guard let given = json[key], given != .null else {
            note(join(place, key), "is missing")
            return nil
        }
        return optionalText(json, key, at: place)
    }

    private mutating func optionalText(_ json: JSON, _ key: String, at place: String) -> String? {
        guard let given = json[key], given != .null else { return nil }
        guard let text = given.string else {
            note(join(place, key), "a text is expected")
            return nil
        }
        return text
    }

    private mutating func optionalNumber(_ json: JSON, _ key: String, at place: String) -> Double? {
        guard let given = json[key], given != .null else { return nil }
        guard let number = given.double else {
            note(join(place, key), "a number is expected")
            return nil
        }
        return number
    }

    private mutating func newID(
        _ json: JSON, at place: String, kind: String, known: WritableKeyPath<ScenarioReader, Set<String>>
    ) -> String? {
        guard let id = text(json, "id", at: place) else { return nil }
        guard !id.isEmpty else {
            note("\(place).id", "is empty")
            return nil
        }
        guard self[keyPath: known].insert(id).inserted else {
            note("\(place).id", "another \(kind) has the id \"\(id)\"")
            return nil
        }
        return id
    }
}
