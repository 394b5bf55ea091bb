public import Domain
public import Kernel

extension DemonstrationCity.Site {
    /// The site's cameras: the control room, one at each source, the gate. All invented, as everything here.
    public var cameras: [Camera] {
        let code = enterprise.id.rawValue
        func camera(
            _ number: Int, _ name: String, _ place: CameraPlace, _ hazard: HazardID?, _ location: String
        ) -> Camera {
            Camera(
                id: CameraID("\(code)V\(DemonstrationCity.padded(number, 2))"), enterprise: enterprise.id,
                hazard: hazard, name: name, place: place, location: location, gbCode: nil, isInUse: true)
        }
        var found = [camera(1, "\(shortName)中控室", .controlRoom, nil, "中控室北墙,对值班席")]
        for (index, hazard) in hazards.enumerated() {
            let place: CameraPlace =
                switch hazard.unit {
                case .production, .other: .installation
                case .tankFarm: .tank
                case .warehouse: .warehouse
                }
            found.append(camera(2 + index, "\(hazard.name)全景", place, hazard.id, "\(hazard.name)东侧立杆"))
        }
        found.append(camera(2 + hazards.count, "\(shortName)大门", .gate, nil, "厂区大门"))
        return found
    }

    /// Whether a camera works in an hour of the simulation: now and then one does not.
    public static func isWorking(camera: Int, site: Int, at instant: Timestamp, seed: UInt64) -> Bool {
        let hour = UInt64(bitPattern: instant.milliseconds / 3_600_000)
        let mixed = hour &* 1_000_003 &+ UInt64(site) &* 10_007 &+ UInt64(camera)
        var generator = SeededGenerator(seed: seed ^ mixed)
        return !generator.chance(0.02)
    }
}
