/// The working point of a reactor.
public struct ReactorDesign: Hashable, Sendable {
    public var celsius: Double
    public var megapascal: Double
    public var coolantCubicMetersPerHour: Double
    public var stirrerAmperes: Double?
    public var levelPercent: Double?
}
