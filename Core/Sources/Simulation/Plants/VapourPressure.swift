/// The pressure of a saturated vapour over its liquid by Antoine's equation, log₁₀ p = A − B / (T + C), p in bar and
/// T in kelvin. The coefficients are those that the NIST Chemistry WebBook lists, fitted to the measurements named.
struct VapourPressure: Hashable, Sendable {
    var a: Double
    var b: Double
    var c: Double

    /// Overstreet and Giauque 1937, Stull 1947; 239.6–371.5 K.
    static let ammonia = VapourPressure(a: 4.86886, b: 1113.928, c: -10.409)
    /// Helgeson and Sage 1967; 277.6–360.8 K.
    static let propane = VapourPressure(a: 4.53678, b: 1149.360, c: 24.906)
    /// Das and Reed 1973; 272.66–425 K.
    static let butane = VapourPressure(a: 4.35576, b: 1175.581, c: -2.071)
    /// Stull 1947; 155–239.4 K. Carried on to room temperature: 6.7 bar at 293 K, measured 6.8.
    static let chlorine = VapourPressure(a: 4.28814, b: 969.992, c: -12.791)
    /// Ambrose and Sprake 1970; 288.1–356.83 K.
    static let methanol = VapourPressure(a: 5.20409, b: 1581.341, c: -33.50)
    /// Brower and Thodos 1968; 54.36–154.33 K.
    static let oxygen = VapourPressure(a: 3.9523, b: 340.024, c: -4.144)
    /// Prydz and Goodwin 1972; 90.99–189.99 K.
    static let methane = VapourPressure(a: 3.9895, b: 443.028, c: -0.49)

    func bar(celsius: Double) -> Double {
        let kelvin = max(40, celsius + 273.15)
        return Elementary.pow10(a - b / (kelvin + c))
    }

    func megapascalGauge(celsius: Double) -> Double { (bar(celsius: celsius) - 1.01325) / 10 }

    /// The temperature at which the liquid boils under that pressure.
    func celsius(megapascalGauge: Double) -> Double {
        let bar = max(0.01, megapascalGauge * 10 + 1.01325)
        return b / (a - Elementary.log10(bar)) - c - 273.15
    }
}
