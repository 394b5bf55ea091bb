/// A substance as the plants need it: what it weighs, when it burns, when it harms.
public struct Medium: Hashable, Sendable {
    public var name: String
    public var cas: String
    public var gramsPerMole: Double
    /// Lower explosive limit in % of volume; nil where it does not burn.
    public var lowerExplosivePercent: Double?
    /// First alarm of a toxic-gas detector (100 % of the occupational limit); the second is twice that.
    public var toxicLimit: Double?
    public var toxicUnit = "mg/m³"
    var vapour: VapourPressure?

    /// Propane and butane, 6 to 4, after Raoult.
    static let liquefiedGasShares: [(VapourPressure, Double)] = [(.propane, 0.6), (.butane, 0.4)]

    public static let ammonia = Medium(
        name: "氨", cas: "7664-41-7", gramsPerMole: 17.03, lowerExplosivePercent: 15, toxicLimit: 30, vapour: .ammonia)
    public static let chlorine = Medium(
        name: "氯", cas: "7782-50-5", gramsPerMole: 70.91, toxicLimit: 1, vapour: .chlorine)
    public static let carbonMonoxide = Medium(
        name: "煤气", cas: "", gramsPerMole: 28.01, lowerExplosivePercent: 12.5, toxicLimit: 24, toxicUnit: "ppm")
    public static let hydrogenSulfide = Medium(
        name: "硫化氢", cas: "7783-06-4", gramsPerMole: 34.08, lowerExplosivePercent: 4, toxicLimit: 10)
    public static let sulfurTrioxide = Medium(name: "三氧化硫", cas: "7446-11-9", gramsPerMole: 80.06, toxicLimit: 10)
    public static let nitricAcid = Medium(
        name: "硝酸", cas: "7697-37-2", gramsPerMole: 46.01, toxicLimit: 10)
    public static let methanol = Medium(
        name: "甲醇", cas: "67-56-1", gramsPerMole: 32.04, lowerExplosivePercent: 5.5, vapour: .methanol)
    public static let benzene = Medium(
        name: "苯", cas: "71-43-2", gramsPerMole: 78.11, lowerExplosivePercent: 1.2, toxicLimit: 10)
    public static let methane = Medium(
        name: "天然气", cas: "74-82-8", gramsPerMole: 16.04, lowerExplosivePercent: 5, vapour: .methane)
    public static let hydrogen = Medium(name: "氢", cas: "1333-74-0", gramsPerMole: 2.02, lowerExplosivePercent: 4)
    public static let liquefiedGas = Medium(
        name: "液化石油气", cas: "68476-85-7", gramsPerMole: 49.7, lowerExplosivePercent: 1.9)
    public static let toluene = Medium(name: "甲苯", cas: "108-88-3", gramsPerMole: 92.14, lowerExplosivePercent: 1.1)
    public static let ethylAcetate = Medium(
        name: "乙酸乙酯", cas: "141-78-6", gramsPerMole: 88.11, lowerExplosivePercent: 2)
    public static let acetone = Medium(name: "丙酮", cas: "67-64-1", gramsPerMole: 58.08, lowerExplosivePercent: 2.5)
    public static let ethanol = Medium(name: "乙醇", cas: "64-17-5", gramsPerMole: 46.07, lowerExplosivePercent: 3.3)
    public static let gasoline = Medium(name: "汽油", cas: "86290-81-5", gramsPerMole: 95, lowerExplosivePercent: 1.3)
    public static let acetylene = Medium(name: "乙炔", cas: "74-86-2", gramsPerMole: 26.04, lowerExplosivePercent: 2.5)
    public static let styrene = Medium(name: "苯乙烯", cas: "100-42-5", gramsPerMole: 104.15, lowerExplosivePercent: 1.1)
    public static let ammoniumNitrate = Medium(name: "硝酸铵", cas: "6484-52-2", gramsPerMole: 80.04)
    public static let oxygen = Medium(name: "氧", cas: "7782-44-7", gramsPerMole: 32, vapour: .oxygen)

    /// Gauge pressure over the liquid; nil for what is not kept under its own vapour.
    public func vapourMegapascal(celsius: Double) -> Double? {
        if self == .liquefiedGas {
            let bar = Self.liquefiedGasShares.reduce(into: 0) { $0 += $1.0.bar(celsius: celsius) * $1.1 }
            return (bar - 1.01325) / 10
        }
        return vapour?.megapascalGauge(celsius: celsius)
    }

    /// What a detector of combustible gas shows in so many grams a cubic metre.
    func percentOfLowerExplosive(gramsPerCubicMeter: Double) -> Double? {
        lowerExplosivePercent.map { volumePercent(gramsPerCubicMeter: gramsPerCubicMeter) / $0 * 100 }
    }

    /// At 25 ℃ a mole of gas fills 24.45 litres.
    func volumePercent(gramsPerCubicMeter: Double) -> Double { gramsPerCubicMeter / gramsPerMole * 24.45 / 10 }

    func gramsPerCubicMeter(volumePercent: Double) -> Double { volumePercent * 10 / 24.45 * gramsPerMole }
}
