/// Longitude and latitude onto a plane 1,000 wide.
struct Projection: Sendable {
    private let west: Double
    private let north: Double
    private let stretch: Double
    private let scale: Double
    let height: Double

    init?(_ shapes: [Boundaries.Shape]) {
        let points = shapes.flatMap { $0.rings.joined() }
        guard let first = points.first else { return nil }
        var (west, east, south, north) = (first.longitude, first.longitude, first.latitude, first.latitude)
        for point in points {
            west = min(west, point.longitude)
            east = max(east, point.longitude)
            south = min(south, point.latitude)
            north = max(north, point.latitude)
        }
        self.west = west
        self.north = north
        stretch = Self.cosine(degrees: (south + north) / 2)
        scale = 1_000 / max(0.000_1, (east - west) * stretch)
        height = (north - south) * scale
    }

    func point(_ longitude: Double, _ latitude: Double) -> (x: Double, y: Double) {
        ((longitude - west) * stretch * scale, (north - latitude) * scale)
    }

    func path(_ shape: Boundaries.Shape) -> String {
        shape.rings.map { ring in
            "M"
                + ring.map { place in
                    let place = point(place.longitude, place.latitude)
                    return "\(Int(place.x.rounded())),\(Int(place.y.rounded()))"
                }.joined(separator: " ") + "Z"
        }.joined()
    }

    /// The point of the largest ring's box that lies inside it and farthest from its edges, on a coarse grid: a
    /// centroid can lie in a neighbour (泽州县 surrounds 城区).
    func label(_ shape: Boundaries.Shape) -> (x: Double, y: Double)? {
        guard let ring = shape.rings.max(by: { $0.count < $1.count }) else { return nil }
        let outline = ring.map { point($0.longitude, $0.latitude) }
        let holes = shape.rings.filter { $0.count < ring.count }.map { $0.map { point($0.longitude, $0.latitude) } }
        guard let left = outline.map(\.x).min(), let right = outline.map(\.x).max(),
            let top = outline.map(\.y).min(), let bottom = outline.map(\.y).max()
        else { return nil }
        var best: (x: Double, y: Double)?
        var bestDistance = -1.0
        let steps = 16
        for row in 1..<steps {
            for column in 1..<steps {
                let x = left + (right - left) * Double(column) / Double(steps)
                let y = top + (bottom - top) * Double(row) / Double(steps)
                let isInside = Self.contains(outline, x, y)
                guard isInside, !holes.contains(where: { Self.contains($0, x, y) }) else { continue }
                var distance = Double.greatestFiniteMagnitude
                for corner in outline + holes.joined() {
                    // A name is wider than high.
                    let (dx, dy) = ((corner.x - x) / 1.6, corner.y - y)
                    distance = min(distance, dx * dx + dy * dy)
                }
                if distance > bestDistance {
                    bestDistance = distance
                    best = (x, y)
                }
            }
        }
        return best ?? ((left + right) / 2, (top + bottom) / 2)
    }

    private static func contains(_ ring: [(x: Double, y: Double)], _ x: Double, _ y: Double) -> Bool {
        var isInside = false
        var previous = ring.count - 1
        for index in ring.indices {
            let (a, b) = (ring[index], ring[previous])
            if (a.y > y) != (b.y > y), x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x { isInside.toggle() }
            previous = index
        }
        return isInside
    }

    /// Enough terms for a map.
    private static func cosine(degrees: Double) -> Double {
        let angle = degrees * 0.017_453_292_519_943_295
        let square = angle * angle
        return 1 - square / 2 + square * square / 24 - square * square * square / 720
    }
}
