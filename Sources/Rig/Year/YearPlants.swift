import Domain
import Kernel
import Operations
import Simulation
import Storage
import Wire

/// What the plants of a year are doing: values beyond a limit now and then, lines that are cut, and readings of the few
/// that send them.
struct YearPlants {
    /// The value beyond a limit, where there is one.
    var excursions: [Int: Double] = [:]
    var sequences: [Int64]
    var isCut: [Bool]

    init(_ world: YearRegistry) {
        sequences = [Int64](repeating: 0, count: world.sites.count)
        isCut = [Bool](repeating: false, count: world.sites.count)
    }
}

extension YearRun {
    /// Days between two excursions of a point, in the mean.
    private static let excursionDays = 53.0
    private static let outageDays = 45.0

    private mutating func waiting(meanDays: Double) -> Interval {
        // Exponential: whether something happens does not depend on how long nothing has.
        let minutes = -Elementary.log(max(1e-9, chance.unit())) * meanDays * 1_440
        return .minutes(max(1, Int64(minutes)))
    }

    mutating func planExcursion(of point: Int) {
        agenda.add(.excursion(point: point), at: now + waiting(meanDays: Self.excursionDays))
    }

    mutating func planOutage(of site: Int) {
        agenda.add(.outage(site), at: now + waiting(meanDays: Self.outageDays))
    }

    mutating func beginExcursion(of point: Int) throws(StorageError) {
        let design = world.points[point]
        // Most are mild and short.
        let worst = chance.chance(0.25) ? design.beyond.count - 1 : 0
        plants.excursions[point] = chance.chance(0.6) ? design.beyond[worst] : chance.pick(design.beyond)
        let minutes = chance.chance(0.12) ? chance.integer(90...1_500) : chance.integer(3...70)
        agenda.add(.settle(point: point), at: now + .minutes(Int64(minutes)))
        try tell([point], of: design.enterprise)
    }

    mutating func endExcursion(of point: Int) throws(StorageError) {
        plants.excursions[point] = nil
        planExcursion(of: point)
        try tell([point], of: world.points[point].enterprise)
    }

    mutating func connect(_ site: Int) throws(StorageError) { try tell(world.sites[site].points, of: site) }

    mutating func sample(_ site: Int) throws(StorageError) {
        agenda.add(.sample(site), at: now + .minutes(15))
        try tell(world.sites[site].points, of: site)
    }

    /// The line is cut: the last values are the last.
    mutating func beginOutage(of site: Int) throws(StorageError) {
        try tell(world.sites[site].points, of: site)
        plants.isCut[site] = true
        settings.cut(world.sites[site].id)
        try retune(site)
        let minutes = chance.chance(0.1) ? chance.integer(1_500...4_500) : chance.integer(12...400)
        agenda.add(.reconnect(site), at: now + .minutes(Int64(minutes)))
    }

    mutating func endOutage(of site: Int) throws(StorageError) {
        plants.isCut[site] = false
        settings.restore(world.sites[site].id)
        try retune(site)
        try tell(world.sites[site].points, of: site)
        planOutage(of: site)
    }

    private mutating func retune(_ site: Int) throws(StorageError) {
        let enterprise = world.sites[site].id
        try act(as: "system") { table, context, session throws(StorageError) in
            try IntakeOperations.retune(enterprise, table: &table, context: &context, in: &session)
        }
    }

    /// An upload of these points' values through the scanner and the intake; none while the line is cut.
    private mutating func tell(_ points: [Int], of site: Int) throws(StorageError) {
        guard !plants.isCut[site] else { return }
        plants.sequences[site] += 1
        let place = world.sites[site]
        var datas: [JSON] = []
        for point in points {
            let design = world.points[point]
            let value = plants.excursions[point] ?? design.normal * (1 + 0.02 * chance.normal())
            datas.append([
                "targetCode": .string(design.id.rawValue), "value": .number((value * 1_000).rounded() / 1_000),
                "collectTime": .string(ChinaTime.dateTime(now)), "quality": "GOOD",
            ])
        }
        let upload: JSON = [
            "dataSourceCode": .string(place.gateway.rawValue), "type": "realtime",
            "seq": .integer(plants.sequences[site]), "sendTime": .string(ChinaTime.dateTime(now)),
            "datas": .array(datas),
        ]
        let body = [UInt8](upload.text.utf8)
        var message = UploadMessage()
        do throws(UploadRefusal) {
            try UploadScanner.scan(body, directory: table.directory, into: &message)
        } catch { preconditionFailure("a gateway of ours wrote what is not read: \(error)") }
        let submission = IntakeSubmission(
            gateway: place.gateway, enterprise: place.id, received: now, message: message, bodyHash: Hash.sha256(body))
        let outcome = try act(as: "gateway:\(place.gateway)") { table, context, session throws(StorageError) in
            try IntakeOperations.accept([submission], table: &table, context: &context, in: &session)
        }
        guard case .accepted(let count, _, false)? = outcome?.first, count == points.count else {
            faults.append("\(ChinaTime.dateTime(now)): an upload of \(place.id) was not taken: \(outcome ?? [])")
            return
        }
    }
}
