import Domain

/// A hazard source in one line: what stands there and what is in it. `HazardBuilder` makes equipment and points of it.
struct HazardPlan {
    enum Layout {
        case ammoniaSynthesis
        case tanks(Medium, count: Int, celsius: Double? = nil)
        case spheres(Medium, count: Int, kept: Double? = nil)
        case cryogenic(Medium, count: Int)
        case gasHolder(count: Int)
        case reactors(Medium, name: String, celsius: Double, megapascal: Double, reactors: Int, vessels: Int)
        case warehouse(Medium, rooms: Int)
    }

    var name: String
    var layout: Layout
    /// First digit of the marks: area 2 has R-201, V-203.
    var area: Int?
    var people: Int
    var substances: [(name: String, tonnes: Double)]

    init(_ name: String, _ layout: Layout, area: Int? = nil, people: Int, _ substances: [(String, Double)]) {
        self.name = name
        self.layout = layout
        self.area = area
        self.people = people
        self.substances = substances.map { (name: $0.0, tonnes: $0.1) }
    }

    var unit: HazardUnit {
        switch layout {
        case .ammoniaSynthesis, .reactors: .production
        case .tanks, .spheres, .cryogenic, .gasHolder: .tankFarm
        case .warehouse: .warehouse
        }
    }
}

struct EnterprisePlan {
    var name: String
    var short: String
    var region: String
    var regulator: String
    var park: String?
    var coRegulators: [String] = []
    var group: String?
    var industry: String
    var hazards: [HazardPlan]
}
