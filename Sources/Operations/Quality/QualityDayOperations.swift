public import Domain
public import Kernel
public import Storage

/// One enterprise's day: what the scanner read becomes findings and the score, in one transaction.
public enum QualityDayOperations {
    /// What was read of one point.
    public struct PointResult: Sendable {
        public var point: PointID
        public var day: PointDay
        public var suspicions: [(suspicion: Suspicion, evidence: JSON)]

        public init(point: PointID, day: PointDay, suspicions: [(suspicion: Suspicion, evidence: JSON)]) {
            self.point = point
            self.day = day
            self.suspicions = suspicions
        }
    }

    /// The register as it is now belongs to the day; days made up after an outage are scored with it as well, which is
    /// all there is.
    /// - Returns: how many things were found.
    @discardableResult
    public static func finish(
        _ scan: QualityScanStore.Scan, points results: [PointResult], settings: ScanSettings = ScanSettings(),
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> Int {
        let register = try QualityInputs.register(of: scan.enterprise, in: &session)
        try QualityFindingStore.adopt(of: scan.enterprise, in: &session)
        var sightings = register.run().map { found in
            Sighting(
                .init(
                    rule: found.rule, enterprise: scan.enterprise, hazard: found.hazard, equipment: found.equipment,
                    point: found.point), detail: found.detail)
        }
        sightings += valueSightings(scan, results, register)
        sightings += try surroundings(scan, register, settings, at: context.now, in: &session)
        for sighting in sightings { try QualityOperations.note(sighting, context: &context, in: &session) }
        try closeVanished(scan.enterprise, but: Set(sightings.map(\.subject)), context: &context, in: &session)
        for result in results where result.day.readings > 0 {
            try QualityDayStore.store(result.day, point: result.point, enterprise: scan.enterprise, in: &session)
        }
        let items = try score(scan, results, register, at: context.now, in: &session)
        try QualityStore.store(items, of: scan.enterprise, day: scan.day, in: &session)
        try QualityScanStore.done(
            scan, readings: results.reduce(0) { $0 + $1.day.readings }, found: sightings.count, at: context.now,
            in: &session)
        return sightings.count
    }

    private typealias Sighting = QualityOperations.Sighting

    private static func valueSightings(
        _ scan: QualityScanStore.Scan, _ results: [PointResult], _ register: RegistryCheck
    ) -> [Sighting] {
        let hazards = Dictionary(
            register.points.map { ($0.id, $0.hazard) }, uniquingKeysWith: { first, _ in first })
        var found: [Sighting] = []
        for result in results {
            for (suspicion, evidence) in result.suspicions {
                found.append(
                    Sighting(
                        .init(
                            rule: suspicion.rule, enterprise: scan.enterprise,
                            hazard: hazards[result.point] ?? nil, point: result.point), detail: suspicion.detail,
                        evidence: evidence))
            }
        }
        let live = results.reduce(0) { $0 + $1.day.liveReadings }
        let late = results.reduce(0) { $0 + $1.day.lateReadings }
        if live >= 100, late * 2 > live {
            found.append(
                Sighting(
                    .init(rule: .clockOff, enterprise: scan.enterprise),
                    detail: "\(ChinaTime.date(scan.day)) 收到实时数据 \(live) 条,其中 \(late) 条晚于 2 分钟"))
        }
        return found
    }

    /// Silence, cameras, rebounds.
    private static func surroundings(
        _ scan: QualityScanStore.Scan, _ register: RegistryCheck, _ settings: ScanSettings, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) -> [Sighting] {
        var found: [Sighting] = []
        for silent in try QualityInputs.silentPoints(of: scan.enterprise, at: now, in: &session)
        where now - silent.since >= .hours(72) {
            found.append(
                Sighting(
                    .init(
                        rule: .longOffline, enterprise: scan.enterprise, hazard: silent.hazard, point: silent.point),
                    detail: "\(ChinaTime.dateTime(silent.since)) 起离线,没有报备"))
        }
        let dark = try QualityInputs.darkCameras(of: scan.enterprise, at: now, in: &session)
        let byHazard = Dictionary(grouping: dark, by: \.hazard).sorted { ($0.key ?? "") < ($1.key ?? "") }
        for (hazard, cameras) in byHazard {
            let names = cameras.prefix(5).map(\.name).joined(separator: "、")
            found.append(
                Sighting(
                    .init(rule: .cameraOffline, enterprise: scan.enterprise, hazard: hazard),
                    detail: "\(cameras.count) 路不在线:\(names)"))
        }
        let contradictions = try QualityInputs.contradictions(of: scan.enterprise, day: scan.day, in: &session)
        if let first = contradictions.first {
            found.append(
                Sighting(
                    .init(rule: .commitmentContradicted, enterprise: scan.enterprise),
                    detail: "\(ChinaTime.date(scan.day)) 的承诺有 \(contradictions.count) 处与数据不符:\(first)"))
        }
        let silences = try QualityInputs.silences(
            of: scan.enterprise, from: scan.day.start, until: scan.day.next.start, in: &session)
        let exempt = try QualityInputs.exemptPoints(of: scan.enterprise, at: scan.day.start, in: &session)
        let watched = register.points.count { register.connected.contains($0.id) && !exempt.contains($0.id) }
        if let event = MassOffline.find(offline: silences, watched: watched, settings: settings.massOffline) {
            found.append(
                Sighting(
                    .init(rule: .massOffline, enterprise: scan.enterprise),
                    detail: "\(ChinaTime.dateTime(event.from)) 起 \((event.until - event.from).seconds) 秒内 "
                        + "\(event.points) 个点位离线,共 \(watched) 个"))
        }
        let rebounds = try QualityInputs.rebounds(
            of: scan.enterprise, from: scan.day.next.start - .days(30), until: scan.day.next.start, in: &session)
        for (hazard, count) in rebounds.sorted(by: { $0.key < $1.key }) where count >= 2 {
            found.append(
                Sighting(
                    .init(rule: .repeatedRebound, enterprise: scan.enterprise, hazard: hazard),
                    detail: "30 日内闭环后 10 分钟内再起 \(count) 次"))
        }
        return found
    }

    private static func closeVanished(
        _ enterprise: EnterpriseID, but seen: Set<QualityFindingStore.Subject>, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        for stored in try QualityFindingStore.open(of: enterprise, in: &session)
        where stored.subject.rule.endsByItself && !seen.contains(stored.subject) {
            var stored = stored
            _ = try QualityOperations.record(.vanished, &stored, context: &context, in: &session)
        }
    }
}

extension QualityDayOperations {
    /// The parts of the day's score, a thing a row; the sum is the score.
    private static func score(
        _ scan: QualityScanStore.Scan, _ results: [PointResult], _ register: RegistryCheck, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) -> [QualityStore.Item] {
        let days = Dictionary(results.map { ($0.point, $0.day) }, uniquingKeysWith: { first, _ in first })
        var untrue: Set<PointID> = []
        var irregularPoints: Set<PointID> = []
        var irregularEquipment: Set<EquipmentID> = []
        for stored in try QualityFindingStore.open(of: scan.enterprise, in: &session) {
            let subject = stored.subject
            switch subject.rule.dimension {
            case .truth: if let point = subject.point { untrue.insert(point) }
            case .standard:
                if let point = subject.point { irregularPoints.insert(point) }
                if let equipment = subject.equipment { irregularEquipment.insert(equipment) }
            case .promptness, .completeness, .accuracy: break
            }
        }
        let exempt = try QualityInputs.exemptPoints(of: scan.enterprise, at: scan.day.start, in: &session)
        var items = register.points.map { point -> QualityStore.Item in
            var tally = QualityTally()
            let day = days[point.id] ?? PointDay(day: scan.day)
            let hasData = day.readings > 0
            if hasData { tally.add(untrue.contains(point.id) ? 0 : 1, of: 1, to: .truth) }
            tally.add(day.liveReadings - day.lateReadings, of: day.liveReadings, to: .promptness)
            if hasData || !exempt.contains(point.id) { tally.add(hasData ? 1 : 0, of: 1, to: .completeness) }
            tally.add(irregularPoints.contains(point.id) ? 0 : 1, of: 1, to: .standard)
            tally.add(day.accurateReadings, of: day.readings, to: .accuracy)
            return .init(
                kind: .point, id: point.id.rawValue, name: point.name + (point.tag.map { " " + $0 } ?? ""),
                hazard: point.hazard, tally: tally)
        }
        items += register.equipment.map { item in
            var tally = QualityTally()
            let required = item.category.requiredQuantities.count
            tally.add(required - item.missingQuantities(among: register.points).count, of: required, to: .completeness)
            tally.add(irregularEquipment.contains(item.id) ? 0 : 1, of: 1, to: .standard)
            return .init(kind: .equipment, id: item.id.rawValue, name: item.name, hazard: item.hazard, tally: tally)
        }
        items += register.hazards.map { hazard in
            var tally = QualityTally()
            tally.add(register.points.contains { $0.hazard == hazard.id } ? 1 : 0, of: 1, to: .completeness)
            if let cameras = register.cameras {
                tally.add(cameras.contains { $0.hazard == hazard.id } ? 1 : 0, of: 1, to: .completeness)
            }
            let roles = ResponsibleRole.allCases.count
            tally.add(roles - (register.vacancies[hazard.id]?.count ?? 0), of: roles, to: .completeness)
            return .init(kind: .hazard, id: hazard.id.rawValue, name: hazard.name, hazard: hazard.id, tally: tally)
        }
        return items
    }
}
