import Domain
import Kernel
import Storage

/// The map beside the list: neutral shapes, a symbol of the worst level with the count (pages rule 20). nil where no
/// boundaries were brought in; the table under it says the same.
struct DeskMap: Sendable {
    var picture: String?
    var childrenTitle: String

    private static let width = 1_000.0

    init(officer: Officer, children: [DeskChild], boundaries: Boundaries) {
        switch officer.authorityLevel {
        case .ministry, .center, nil:
            childrenTitle = "省"
            picture = Self.divisions(boundaries.plan(of: nil), children, digits: 2)
        case .province:
            childrenTitle = "市"
            picture = Self.divisions(boundaries.plan(of: officer.region ?? "-"), children, digits: 4)
        case .city:
            childrenTitle = "县区"
            picture = Self.divisions(boundaries.plan(of: officer.region ?? "-"), children, digits: 6)
        case .county, .park:
            childrenTitle = "企业"
            picture = Self.enterprises(officer.region.flatMap(boundaries.shape), children)
        }
    }

    private static func divisions(
        _ plan: Boundaries.Plan?, _ children: [DeskChild], digits: Int
    ) -> String? {
        guard let plan else { return nil }
        let byKey = Dictionary(children.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var paths = ""
        var marks = ""
        for (shape, path, place) in plan.parts {
            paths += "<path d=\"\(path)\"/>"
            let key = String(shape.code.prefix(digits))
            guard let place else { continue }
            let child = byKey[key]
            guard child != nil || digits > 2 else { continue }
            marks +=
                "<a href=\"/?region=\(key)\">"
                + mark(child, name: shape.name, x: place.x, y: place.y) + "</a>"
        }
        return svg(paths + marks, height: plan.projection.height, label: "待处置预警分布")
    }

    private static func enterprises(_ shape: Boundaries.Shape?, _ children: [DeskChild]) -> String? {
        guard let shape, let projection = Projection([shape]) else { return nil }
        var marks = ""
        // A tall county is shown small: its marks grow with it.
        let size = max(1, projection.height / 640)
        for child in children.reversed() {
            guard let longitude = child.longitude, let latitude = child.latitude else { continue }
            let place = projection.point(longitude, latitude)
            marks += "<a href=\"/enterprise/\(Form.encode(child.key))\">"
            if child.open > 0 {
                marks += mark(child, name: child.name ?? "", x: place.x, y: place.y, size: size)
            } else {
                marks +=
                    "<circle class=\"dotm\" cx=\"\(round(place.x))\" cy=\"\(round(place.y))\" "
                    + "r=\"\(round(9 * size))\"/>"
                    + "<title>\(Wording.escaped(child.name ?? ""))</title>"
            }
            marks += "</a>"
        }
        return svg(
            "<path class=\"edge\" d=\"\(projection.path(shape))\"/>" + marks, height: projection.height,
            label: "企业分布")
    }

    /// Shape by level, count inside, name beside; only the name where nothing is open.
    private static func mark(
        _ child: DeskChild?, name: String, x: Double, y: Double, size: Double = 1
    ) -> String {
        let name = Wording.escaped(name)
        guard let child, child.open > 0, let worst = child.worst else {
            return "<text x=\"\(round(x))\" y=\"\(round(y))\" text-anchor=\"middle\">\(name)</text>"
        }
        let symbol: String
        var baseline = 14
        switch worst {
        case .red: symbol = "<path class=\"f-red\" d=\"M0-40L40 0 0 40-40 0z\"/>"
        case .orange:
            symbol = "<path class=\"f-orange\" d=\"M0-40L44 32H-44z\"/>"
            baseline = 19
        case .yellow: symbol = "<circle class=\"f-yellow\" r=\"32\"/>"
        case .blue: symbol = "<path class=\"f-blue\" d=\"M-28-28h56v56h-56z\"/>"
        }
        let scale = size > 1 ? " scale(\(Double(round(size * 100)) / 100))" : ""
        return "<g transform=\"translate(\(round(x)),\(round(y)))\(scale)\">\(symbol)"
            + "<text class=\"k\" y=\"\(baseline)\" text-anchor=\"middle\">\(child.open)</text>"
            + "<text class=\"on\" x=\"50\" y=\"14\">\(name)</text></g>"
    }

    private static func svg(_ content: String, height: Double, label: String) -> String {
        "<svg class=\"map\" viewBox=\"-30 -30 \(Int(width) + 60) \(Int(height) + 60)\" role=\"img\" "
            + "aria-label=\"\(label)\">\(content)</svg>"
    }

    private static func round(_ value: Double) -> Int { Int(value.rounded()) }
}
