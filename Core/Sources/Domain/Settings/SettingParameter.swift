public import Kernel

/// One number that an administrator may set, with the range within which it makes sense. All of them are ours, none is
/// the law's. [本项目约定]
public struct SettingParameter<Settings: Sendable>: Sendable {
    /// In the stored value, in forms and in the log.
    public let name: String
    public let label: String
    /// What it is for, with its unit.
    public let hint: String
    public let range: ClosedRange<Double>
    public let isWhole: Bool
    private let get: @Sendable (Settings) -> Double
    private let set: @Sendable (inout Settings, Double) -> Void

    public init(
        _ name: String, _ label: String, _ hint: String, _ range: ClosedRange<Double>, isWhole: Bool = false,
        get: @escaping @Sendable (Settings) -> Double, set: @escaping @Sendable (inout Settings, Double) -> Void
    ) {
        self.name = name
        self.label = label
        self.hint = hint
        self.range = range
        self.isWhole = isWhole
        self.get = get
        self.set = set
    }

    public func value(in settings: Settings) -> Double { get(settings) }

    /// Why a number will not do; nil where it will.
    public func objection(_ value: Double) -> String? {
        guard value.isFinite, range.contains(value) else { return "“\(label)”应在 \(rangeText) 之间" }
        return isWhole && value != value.rounded() ? "“\(label)”应为整数" : nil
    }

    public func applied(_ value: Double, to settings: Settings) -> Settings {
        var settings = settings
        set(&settings, value)
        return settings
    }

    /// `1–168`.
    public var rangeText: String { Self.text(range.lowerBound) + "–" + Self.text(range.upperBound) }

    /// As a form shows it: no digits that say nothing.
    public static func text(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : String(value)
    }
}

/// Settings that consist of such numbers: stored by name, read with the usual value where one is missing or no longer
/// fits.
public protocol ParameterSettings: Hashable, Sendable {
    static var usual: Self { get }
    static var parameters: [SettingParameter<Self>] { get }
    /// What is wrong between the numbers, each of which fits by itself.
    var contradictions: [String] { get }
}

extension ParameterSettings {
    public var contradictions: [String] { [] }

    public var objections: [String] {
        let single = Self.parameters.compactMap { $0.objection($0.value(in: self)) }
        return single.isEmpty ? contradictions : single
    }

    public var json: JSON {
        .object(Self.parameters.map { JSON.Member($0.name, .number($0.value(in: self))) })
    }

    public init(json: JSON) {
        self = Self.usual
        for parameter in Self.parameters {
            guard let value = json[parameter.name]?.double, parameter.objection(value) == nil else { continue }
            self = parameter.applied(value, to: self)
        }
    }
}
