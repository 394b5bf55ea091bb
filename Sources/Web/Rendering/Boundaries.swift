import Domain
import Foundation
import Kernel
import Synchronization

/// Outlines of provinces, cities and counties from the folder of assets, projected when asked for. Without them the
/// pages show lists (pages rule 20 and its fall-back).
final class Boundaries: Sendable {
    struct Shape: Sendable {
        var code: String
        var name: String
        var rings: [[(longitude: Double, latitude: Double)]]
    }

    /// Shapes drawn on one plane, each with the place for its name.
    struct Plan: Sendable {
        var projection: Projection
        var parts: [(shape: Shape, path: String, place: (x: Double, y: Double)?)]
    }

    private let folder: String
    private let kept = Mutex<[String: [Shape]]>([:])
    private let plans = Mutex<[String: Plan]>([:])

    init(folder: String) { self.folder = folder }

    /// The table of division codes of the same folder.
    static func divisions(folder: String) -> DivisionTable? {
        guard let data = FileManager.default.contents(atPath: folder + "/divisions.json"),
            let json = try? JSON.parse(String(decoding: data, as: UTF8.self))
        else { return nil }
        return DivisionTable(json: json)
    }

    /// The divisions one step below this one: the country's provinces (nil), a province's cities, a city's counties.
    func children(of region: String?) -> [Shape] {
        let prefix = Self.prefix(region)
        let depth = prefix.count + 2
        return shapes(prefix).filter { $0.code.hasPrefix(prefix) && Self.prefix($0.code).count == depth }
    }

    func shape(of region: String) -> Shape? { shapes(Self.prefix(region)).first { $0.code == region } }

    /// The children of a division, drawn once; nil without boundaries.
    func plan(of region: String?) -> Plan? {
        let key = region ?? ""
        if let known = plans.withLock({ $0[key] }) { return known }
        let shapes = children(of: region)
        guard let projection = Projection(shapes) else { return nil }
        let plan = Plan(
            projection: projection,
            parts: shapes.map { ($0, projection.path($0), projection.label($0)) })
        plans.withLock { $0[key] = plan }
        return plan
    }

    /// `140500` → `1405`, `140000` → `14`, `140525` → itself.
    static func prefix(_ region: String?) -> String {
        guard var text = region.map({ String($0.prefix(6)) }) else { return "" }
        while text.hasSuffix("00") { text.removeLast(2) }
        return text
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func shapes(_ prefix: String) -> [Shape] {
        let file = prefix.isEmpty ? "boundaries.json" : "boundaries/\(prefix.prefix(2))0000.json"
        if let known = kept.withLock({ $0[file] }) { return known }
        let found = Self.read(folder + "/" + file)
        kept.withLock { $0[file] = found }
        return found
    }

    private static func read(_ path: String) -> [Shape] {
        guard let data = FileManager.default.contents(atPath: path),
            let json = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let features = json["features"] as? [[String: Any]]
        else { return [] }
        return features.compactMap { feature in
            guard let properties = feature["properties"] as? [String: Any],
                let code = properties["code"].map({ "\($0)" }), let name = properties["name"] as? String,
                let geometry = feature["geometry"] as? [String: Any], let coordinates = geometry["coordinates"]
            else { return nil }
            let polygons: [[[[Double]]]] =
                (coordinates as? [[[[Double]]]]) ?? (coordinates as? [[[Double]]]).map { [$0] } ?? []
            let rings = polygons.flatMap { $0 }.map { ring in
                ring.compactMap { $0.count >= 2 ? (longitude: $0[0], latitude: $0[1]) : nil }
            }
            return rings.isEmpty ? nil : Shape(code: code, name: name, rings: rings)
        }
    }
}
