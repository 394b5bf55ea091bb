/// What a filing is about. Lists may stand together; the whole enterprise stands alone.
public struct FilingCoverage: Hashable, Sendable {
    public var isWhole: Bool
    public var hazards: [HazardID]
    public var points: [PointID]
    public var cameras: [CameraID]

    public init(
        isWhole: Bool = false, hazards: [HazardID] = [], points: [PointID] = [], cameras: [CameraID] = []
    ) {
        self.isWhole = isWhole
        self.hazards = hazards
        self.points = points
        self.cameras = cameras
    }

    public static let whole = FilingCoverage(isWhole: true)

    public var isEmpty: Bool { !isWhole && hazards.isEmpty && points.isEmpty && cameras.isEmpty }

    public func covers(point: PointID, of hazard: HazardID?) -> Bool {
        isWhole || points.contains(point) || hazard.map { hazards.contains($0) } == true
    }

    /// A camera is covered by its own name or with the whole enterprise: repairs are no reason to look away.
    public func covers(camera: CameraID) -> Bool { isWhole || cameras.contains(camera) }
}
