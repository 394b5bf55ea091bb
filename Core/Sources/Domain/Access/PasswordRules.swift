public import Kernel

/// What a password must be (domain §13): at least ten characters of three classes, changed every 90 days, none of the
/// last five. [本项目约定: the standard gives no numbers]
public struct PasswordRules: Hashable, Sendable {
    public var lengthMin = 10
    /// Beyond this the hash would take somebody else's time.
    public var lengthMax = 128
    public var classesMin = 3
    public var changedEvery = Interval.days(90)
    /// How many of the last passwords, the present one among them, may not come again.
    public var keptCount = 5

    public static let standard = PasswordRules()

    public init() {}

    public enum Objection: Error, Hashable, Sendable {
        case tooShort(Int)
        case tooLong(Int)
        case tooPlain(Int)
        case holdsLogin
        case used(Int)
        case notRepeated
        case wrongPresent

        public var text: String {
            switch self {
            case .tooShort(let count): "口令至少 \(count) 位"
            case .tooLong(let count): "口令最多 \(count) 位"
            case .tooPlain(let count): "口令要有大写字母、小写字母、数字、其他字符中的 \(count) 类"
            case .holdsLogin: "口令里不能有登录名"
            case .used(let count): "最近 \(count) 次用过的口令不能再用"
            case .notRepeated: "两次写的新口令不一样"
            case .wrongPresent: "现在的口令不对"
            }
        }
    }

    /// Which of capitals, small letters, digits and all else a text has.
    static func classes(of text: String) -> Int {
        var found: Set<Int> = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "A"..."Z": found.insert(0)
            case "a"..."z": found.insert(1)
            case "0"..."9": found.insert(2)
            default: found.insert(3)
            }
        }
        return found.count
    }

    /// All that is wrong with a new password; whether it was used before is for who holds the hashes to say.
    public func objections(to password: String, login: String) -> [Objection] {
        var objections: [Objection] = []
        if password.count < lengthMin { objections.append(.tooShort(lengthMin)) }
        if password.utf8.count > lengthMax { objections.append(.tooLong(lengthMax)) }
        if Self.classes(of: password) < classesMin { objections.append(.tooPlain(classesMin)) }
        let name = login.lowercased()
        if name.count >= 3, password.lowercased().contains(name) { objections.append(.holdsLogin) }
        return objections
    }

    public func isExpired(changedAt: Timestamp, at now: Timestamp) -> Bool { now - changedAt >= changedEvery }
}
