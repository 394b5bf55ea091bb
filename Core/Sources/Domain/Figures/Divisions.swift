/// Offices by the division that they answer for, so that a name is looked up and never searched for.
public struct Divisions: Sendable {
    private var byCode: [String: [FigureBook.OfficeRecord]] = [:]

    public init() {}

    public init(_ offices: some Sequence<FigureBook.OfficeRecord>) {
        for office in offices {
            guard let digits = Self.digits(of: office.level), let region = office.region else { continue }
            byCode[String(region.prefix(digits)), default: []].append(office)
        }
        for code in byCode.keys { byCode[code]?.sort(by: Self.answersBefore) }
    }

    /// Of that division and its level: `140521` is a county's, `1405` a city's.
    public func offices(of digits: String) -> [FigureBook.OfficeRecord] { byCode[digits] ?? [] }

    /// The one that answers for it: an office of the whole division before others, an emergency office before others.
    public func office(of digits: String) -> FigureBook.OfficeRecord? { byCode[digits]?.first }

    /// `沁水县` for 140521; the code itself where no office of that level is registered.
    public func name(of digits: String) -> String {
        office(of: digits).map { BulletinFacts.Office.place($0.name) } ?? digits
    }

    private static func digits(of level: AuthorityLevel) -> Int? {
        switch level {
        case .province: 2
        case .city: 4
        case .county: 6
        case .ministry, .center, .park: nil
        }
    }

    private static func answersBefore(_ left: FigureBook.OfficeRecord, _ right: FigureBook.OfficeRecord) -> Bool {
        if left.coversRegion != right.coversRegion { return left.coversRegion }
        let (one, two) = (left.name.contains("应急"), right.name.contains("应急"))
        return one != two ? one : left.id < right.id
    }
}
