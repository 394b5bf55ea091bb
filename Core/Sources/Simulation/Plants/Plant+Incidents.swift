import Domain
public import Kernel

/// An incident that is going on.
public struct ActiveIncident: Hashable, Sendable {
    public var incident: Incident
    /// The instrument, for faults of instruments.
    public var point: Int?
    /// When it ends by itself, at the latest.
    public var endsAt: Timestamp
    public var firstAlarmAt: Timestamp?
    /// From the first alarm to the right action.
    public var reaction: Interval
}

/// What happened, in words for a log.
public struct IncidentNotice: Hashable, Sendable {
    public enum Phase: Hashable, Sendable { case began, ended }
    public var phase: Phase
    public var incident: Incident
    public var at: Timestamp
    public var text: String
}

extension Plant {
    /// Starts an incident; false where the plant has nothing that it could happen to.
    @discardableResult
    public mutating func start(_ incident: Incident) -> Bool {
        var incident = incident
        if incident.kind == .gatewayDropout {
            guard !isGatewayDown else { return false }
            begin(incident, point: nil, lasting: incident.severity.outage(&generator), reaction: .zero)
            return true
        }
        guard let index = incident.equipment ?? pickEquipment(for: incident.kind) else { return false }
        guard candidates(for: incident.kind).contains(index) else { return false }
        incident.equipment = index
        var point: Int?
        var lasting = Interval.hours(3)
        let reaction = incident.severity.reaction(&generator)
        switch incident.kind {
        case .overfill, .coolingLoss, .overpressure:
            setDisturbance(incident.kind.disturbance, equipment: index)
        case .leak:
            guard openLeak(incident, equipment: index) else { return false }
            if incident.severity == .extreme { setDisturbance(.overpressure, equipment: index) }
        case .sensorFreeze, .sensorDrift, .sensorDropout, .badQuality:
            let chosen = generator.pick(pointIndices(ofEquipment: index))
            lasting = incident.severity.outage(&generator)
            setFault(fault(for: incident, point: chosen, lasting: lasting), point: chosen)
            point = chosen
        case .gatewayDropout: return false
        }
        begin(incident, point: point, lasting: lasting, reaction: reaction)
        return true
    }

    mutating func manageIncidents(crossed: Set<Int>, weather: Weather.State) {
        for position in active.indices.reversed() {
            var item = active[position]
            if let index = item.incident.equipment, item.point == nil, crossed.contains(index), item.firstAlarmAt == nil
            {
                item.firstAlarmAt = now
                item.endsAt = min(item.endsAt, now + item.reaction)
                active[position] = item
            }
            guard now >= item.endsAt else { continue }
            end(item)
            active.remove(at: position)
        }
    }

    private mutating func begin(_ incident: Incident, point: Int?, lasting: Interval, reaction: Interval) {
        active.append(
            ActiveIncident(
                incident: incident, point: point, endsAt: now + lasting, firstAlarmAt: nil, reaction: reaction))
        notices.append(
            IncidentNotice(phase: .began, incident: incident, at: now, text: words(incident, point: point)))
    }

    private mutating func end(_ item: ActiveIncident) {
        if let point = item.point { setFault(nil, point: point) }
        if let index = item.incident.equipment, item.point == nil {
            setDisturbance(nil, equipment: index)
            shutLeak(equipment: index)
        }
        notices.append(
            IncidentNotice(
                phase: .ended, incident: item.incident, at: now, text: words(item.incident, point: item.point)))
    }

    private mutating func pickEquipment(for kind: Incident.Kind) -> Int? {
        let fitting = candidates(for: kind)
        return fitting.isEmpty ? nil : generator.pick(fitting)
    }

    /// Puts the leak up the wind from one of the detectors, with the rate that the severity asks for.
    private mutating func openLeak(_ incident: Incident, equipment index: Int) -> Bool {
        let detectors = pointIndices(ofEquipment: index).filter { points[$0].isGasDetector }
        guard !detectors.isEmpty else { return false }
        let chosen = points[generator.pick(detectors)]
        guard case .detector(let x, let y) = chosen.source else { return false }
        let medium = chosen.registered.quantity == .oxygen ? equipment[index].medium : chosen.medium
        let air = weatherNow
        let meters = 5 + 3 * generator.unit()
        let source = GasCloud.Place(
            x: x - meters * Elementary.cosine(air.windTowards), y: y - meters * Elementary.sine(air.windTowards))
        let over = incident.severity.leakOverFirstLimit
        let wanted: Double
        switch chosen.registered.quantity {
        case .combustibleGas:
            let percent = (chosen.limits.high ?? 25) * over / 100 * (medium.lowerExplosivePercent ?? 5)
            wanted = medium.gramsPerCubicMeter(volumePercent: percent)
        case .toxicGas:
            let limit = (chosen.limits.high ?? 10) * over
            wanted =
                chosen.registered.unit == "ppm"
                ? medium.gramsPerCubicMeter(volumePercent: limit / 10_000) : limit / 1_000
        case .oxygen: wanted = medium.gramsPerCubicMeter(volumePercent: 7 * over)
        case .level, .temperature, .pressure, .flow, .composition, .current, .wind, .humidity, .other: return false
        }
        let rate = GasCloud.rate(for: wanted, meters: meters, weather: air)
        setCloud(GasCloud(medium: medium, source: source, gramsPerSecond: rate), equipment: index)
        return true
    }

    private mutating func fault(for incident: Incident, point index: Int, lasting: Interval) -> SensorFault {
        let point = points[index]
        let truth = currentTruth(point: index)
        if incident.kind == .sensorFreeze { return .frozen(value: truth) }
        if incident.kind == .sensorDropout { return .silent }
        if incident.kind == .badQuality { return .bad }
        // A mild drift is over before it reaches the limit; a worse one ends beyond it.
        let hours = Double(lasting.milliseconds) / 3_600_000
        let goal = point.limits.high ?? point.limits.rangeHigh ?? truth + 1
        let share = incident.severity == .mild ? 0.5 : 1.15
        return .drifting(since: now, perHour: (goal - truth) * share / hours)
    }

    private func words(_ incident: Incident, point: Int?) -> String {
        let place = incident.equipment.map { equipment[$0].registered.name } ?? "全厂"
        let tag = point.map { " " + (points[$0].registered.tag ?? "") } ?? ""
        return "\(incident.kind.label)(\(incident.severity.label)):\(place)\(tag)"
    }
}

extension Incident.Severity {
    public var label: String {
        switch self {
        case .mild: "轻"
        case .moderate: "中"
        case .severe: "重"
        case .extreme: "极重"
        }
    }
}
