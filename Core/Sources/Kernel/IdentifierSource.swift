/// Makes ids that sort by time: 9 characters of time, 11 of randomness, Crockford's base 32. The randomness comes in
/// from outside, so that a simulation repeats itself.
public struct IdentifierSource: Sendable {
    private var generator: SeededGenerator

    public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    public mutating func next(_ prefix: String, at instant: Timestamp) -> String {
        var text = [UInt8](prefix.utf8)
        append(UInt64(bitPattern: instant.milliseconds), digits: 9, to: &text)
        append(generator.next(), digits: 11, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private func append(_ value: UInt64, digits: Int, to text: inout [UInt8]) {
        for position in stride(from: digits - 1, through: 0, by: -1) {
            text.append(Self.alphabet[Int((value >> UInt64(position * 5)) & 31)])
        }
    }

    private static let alphabet = [UInt8]("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}
