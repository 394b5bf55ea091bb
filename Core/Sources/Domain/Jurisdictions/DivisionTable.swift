public import Kernel

/// The names of the divisions, read from the data that set-up fetches: a flat list of code, name and parent
/// (`divisions.json`), or provinces → cities → counties. Where a county stands directly under a province, its city has
/// no name and no code there.
public struct DivisionTable: Sendable {
    public struct Division: Hashable, Sendable {
        public var code: DivisionCode
        public var name: String
        public var parent: DivisionCode?
    }

    public private(set) var divisions: [DivisionCode: Division] = [:]

    public init() {}

    /// nil where the file is not of that shape.
    public init?(json: JSON) {
        if let list = json["divisions"]?.array {
            for item in list {
                guard let code = item["code"]?.string.flatMap(DivisionCode.init), let name = item["name"]?.string else {
                    return nil
                }
                add(code, name, parent: item["parent"]?.string.flatMap(DivisionCode.init))
            }
            return
        }
        guard let provinces = json["provinces"]?.members else { return nil }
        for province in provinces {
            guard let code = province.value["code"]?.string.flatMap(DivisionCode.init) else { return nil }
            add(code, province.key, parent: nil)
            for city in province.value["cities"]?.members ?? [] {
                let cityCode = city.value["code"]?.string.flatMap(DivisionCode.init)
                if let cityCode { add(cityCode, city.key, parent: code) }
                for county in city.value["counties"]?.members ?? [] {
                    guard let countyCode = county.value.string.flatMap(DivisionCode.init) else { return nil }
                    add(countyCode, county.key, parent: cityCode ?? code)
                }
            }
        }
    }

    public subscript(code: DivisionCode) -> Division? { divisions[code] }

    /// `山西省晋城市沁水县`.
    public func fullName(of code: DivisionCode) -> String? {
        guard let division = divisions[code] else { return nil }
        return (division.parent.flatMap { fullName(of: $0) } ?? "") + division.name
    }

    /// The divisions right below one, by code.
    public func children(of code: DivisionCode?) -> [Division] {
        divisions.values.filter { $0.parent == code }.sorted { $0.code < $1.code }
    }

    private mutating func add(_ code: DivisionCode, _ name: String, parent: DivisionCode?) {
        divisions[code] = Division(code: code, name: name, parent: parent == code ? nil : parent)
    }
}
