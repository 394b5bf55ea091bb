/// exp, log and sine in plain arithmetic, exact to some 12 digits: the machine's own library may differ in the last
/// bit from the next machine's, and then the same seed would no longer give the same readings.
public enum Elementary {
    static func exp(_ value: Double) -> Double {
        guard value > -700 else { return 0 }
        guard value < 700 else { return .infinity }
        let halves = (value * 1.4426950408889634).rounded()
        let rest = value - halves * 0.6931471805599453
        var term = 1.0
        var sum = 1.0
        for index in 1...13 {
            term *= rest / Double(index)
            sum += term
        }
        return sum * Double(sign: .plus, exponent: Int(halves), significand: 1)
    }

    public static func log(_ value: Double) -> Double {
        precondition(value > 0, "the logarithm of \(value)")
        var significand = value.significand
        var exponent = Double(value.exponent)
        if significand > 1.4142135623730951 {
            significand /= 2
            exponent += 1
        }
        let ratio = (significand - 1) / (significand + 1)
        let square = ratio * ratio
        var sum = 0.0
        for index in stride(from: 21, through: 1, by: -2) { sum = sum * square + 1 / Double(index) }
        return 2 * ratio * sum + exponent * 0.6931471805599453
    }

    static func log10(_ value: Double) -> Double { log(value) / 2.302585092994046 }
    static func pow10(_ value: Double) -> Double { exp(value * 2.302585092994046) }

    static func sine(_ angle: Double) -> Double {
        let turns = (angle / (2 * Double.pi)).rounded()
        var rest = angle - turns * 2 * Double.pi
        if rest > Double.pi / 2 { rest = Double.pi - rest }
        if rest < -Double.pi / 2 { rest = -Double.pi - rest }
        let square = rest * rest
        var term = rest
        var sum = rest
        for index in stride(from: 2.0, through: 18.0, by: 2.0) {
            term *= -square / (index * (index + 1))
            sum += term
        }
        return sum
    }

    static func cosine(_ angle: Double) -> Double { sine(angle + Double.pi / 2) }
}
