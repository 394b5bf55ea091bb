/// From the bytes of a target code to the point's place, by one probe: open addressing over the codes' bytes, which lie
/// side by side. A code, once added, keeps its place.
public struct PointDirectory: Sendable {
    private var bytes: [UInt8] = []
    /// Where each code ends.
    private var ends: [Int32] = []
    private var hashes: [UInt64] = []
    /// Places, −1 where free; a power of two, at most half full.
    private var slots: [Int32] = [Int32](repeating: -1, count: 16)

    public init() {}

    public var count: Int { ends.count }

    /// The code's place; a new one where it is not known yet.
    @discardableResult
    public mutating func add(_ code: String) -> Int {
        let utf8 = [UInt8](code.utf8)
        if let place = place(of: utf8.span, 0..<utf8.count) { return place }
        let hash = Self.hash(utf8.span, 0..<utf8.count)
        bytes += utf8
        ends.append(Int32(bytes.count))
        hashes.append(hash)
        if ends.count * 2 > slots.count { grow() } else { occupy(hash, Int32(ends.count - 1)) }
        return ends.count - 1
    }

    public func place(of code: String) -> Int? {
        let utf8 = [UInt8](code.utf8)
        return place(of: utf8.span, 0..<utf8.count)
    }

    public func place(of text: Span<UInt8>, _ range: Range<Int>) -> Int? {
        let hash = Self.hash(text, range)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if hashes[place] == hash, isEqual(place, text, range) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    public func code(at place: Int) -> String {
        String(decoding: bytes[start(of: place)..<Int(ends[place])], as: UTF8.self)
    }

    /// The bytes of a code, appended to a buffer.
    func appendCode(at place: Int, to output: inout [UInt8]) {
        output.append(contentsOf: bytes[start(of: place)..<Int(ends[place])])
    }

    func codeLength(at place: Int) -> Int { Int(ends[place]) - start(of: place) }

    private func start(of place: Int) -> Int { place == 0 ? 0 : Int(ends[place - 1]) }

    private func isEqual(_ place: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let start = start(of: place)
        guard Int(ends[place]) - start == range.count else { return false }
        for offset in 0..<range.count where bytes[start + offset] != text[range.lowerBound + offset] { return false }
        return true
    }

    /// FNV-1a, folded.
    private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in range { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
        return hash ^ (hash >> 32)
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for place in hashes.indices { occupy(hashes[place], Int32(place)) }
    }

    private mutating func occupy(_ hash: UInt64, _ place: Int32) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = place
    }
}
