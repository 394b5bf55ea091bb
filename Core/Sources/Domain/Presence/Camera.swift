public import Kernel

/// A camera that an enterprise has to connect (data-quality measures Art. 6).
public struct Camera: Hashable, Sendable {
    public var id: CameraID
    public var enterprise: EnterpriseID
    public var hazard: HazardID?
    public var name: String
    public var place: CameraPlace
    /// Where it hangs and what it looks at, in words.
    public var location: String?
    /// The 20 digits of GB/T 28181, where there are any.
    public var gbCode: String?
    public var isInUse: Bool

    public init(
        id: CameraID, enterprise: EnterpriseID, hazard: HazardID?, name: String, place: CameraPlace,
        location: String?, gbCode: String?, isInUse: Bool
    ) {
        self.id = id
        self.enterprise = enterprise
        self.hazard = hazard
        self.name = name
        self.place = place
        self.location = location
        self.gbCode = gbCode
        self.isInUse = isInUse
    }

    public func violations() -> [Violation] {
        var found = NameRules.codeViolations(id.rawValue)
        found += NameRules.nameViolations(name)
        if let gbCode, gbCode.utf8.count != 20 || !gbCode.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
            found.append(Violation(.id, "国标编码应是 20 位数字"))
        }
        if place.belongsToHazard, hazard == nil {
            found.append(Violation(.hazard, "\(place.label)的视频要写明属于哪个重大危险源"))
        }
        return found
    }
}

public enum CameraKind {}
public typealias CameraID = Identifier<CameraKind>
