import Domain
public import Kernel

/// All plants of a city with the schedule of what goes wrong there.
public struct SimulatedCity: Sendable {
    public private(set) var plants: [Plant]
    public private(set) var now: Timestamp
    private let sites: [DemonstrationCity.Site]
    private var schedule: IncidentSchedule

    public init(city: DemonstrationCity, seed: UInt64, incidentsPerHour: Double, startingAt start: Timestamp) {
        plants = city.plants(seed: seed, startingAt: start)
        sites = city.sites
        now = start
        schedule = IncidentSchedule(perHour: incidentsPerHour, seed: seed ^ 0x496E_6369, startingAt: start)
    }

    /// Lets time pass in all plants; `take` gets each plant's readings in order of time.
    public mutating func step(to end: Timestamp, take: (_ plant: Int, _ readings: [Reading]) -> Void) {
        for (chosen, incident) in schedule.due(to: end, plants: plants.count) {
            advance(to: incident.startsAt, take: take)
            // Where the drawn plant has nothing that this could happen to, it happens at the next that has.
            for offset in plants.indices where plants[(chosen + offset) % plants.count].start(incident) { break }
        }
        advance(to: end, take: take)
    }

    private mutating func advance(to end: Timestamp, take: (_ plant: Int, _ readings: [Reading]) -> Void) {
        guard end > now else { return }
        for index in plants.indices { take(index, plants[index].step(to: end)) }
        now = end
    }

    public mutating func takeNotices(plant index: Int) -> [IncidentNotice] { plants[index].takeNotices() }

    /// Starts what somebody asked for by name; nil, or why not.
    public mutating func start(_ request: IncidentRequest) -> String? {
        guard
            let index = sites.firstIndex(where: {
                $0.enterprise.id.rawValue == request.enterprise || $0.enterprise.name == request.enterprise
                    || $0.shortName == request.enterprise
            })
        else { return "没有企业“\(request.enterprise)”" }
        var equipment: Int?
        if let wanted = request.equipment {
            equipment = plants[index].equipment.firstIndex {
                $0.mark == wanted || $0.registered.id.rawValue == wanted || $0.registered.name == wanted
            }
            if equipment == nil { return "“\(sites[index].shortName)”没有设备“\(wanted)”" }
        }
        let incident = Incident(
            kind: request.kind, severity: request.severity ?? .moderate, equipment: equipment, startsAt: now)
        return plants[index].start(incident) ? nil : "“\(sites[index].shortName)”现在不会发生“\(request.kind.label)”"
    }
}
