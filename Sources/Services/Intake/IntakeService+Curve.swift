public import Domain
public import Kernel
public import Storage
import Wire

extension IntakeService {
    /// The values of a point in a time, oldest first; nil where the caller sees no such point. More than `countMax`
    /// are thinned out: of each part of the time the least and the greatest stay, so that no peak is lost.
    public func curve(
        of point: PointID, from: Timestamp, to: Timestamp, scope: Scope, countMax: Int = 2_000
    ) async throws(StorageError) -> [CurveValue]? {
        precondition(countMax >= 4, "a curve needs some values")
        return try await store.read { session throws(StorageError) in
            let found = try Self.values(of: point, from: from, to: to, scope: scope, in: &session)
            return found.map { Self.thinned($0, from: from, to: to, countMax: countMax) }
        }
    }

    /// All stored values of a point in a time, oldest first; nil where the caller sees no such point.
    static func values(
        of point: PointID, from: Timestamp, to: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [CurveValue]? {
        try values(of: point, within: [from...max(from, to)], scope: scope, in: &session)
    }

    /// All stored values of a point within some times, oldest first, by one pass over the uploads; nil where the caller
    /// sees no such point.
    static func values(
        of point: PointID, within windows: [ClosedRange<Timestamp>], scope: Scope, in session: inout Session
    ) throws(StorageError) -> [CurveValue]? {
        guard let from = windows.map(\.lowerBound).min(), let to = windows.map(\.upperBound).max() else { return [] }
        guard let registered = try RegistryQueries.point(point, scope: scope, in: &session) else { return nil }
        // Values come up to the tolerance before their time and, as backfill, up to the gateway's buffer after it.
        let received = (from - UploadClock.toleranceAhead)...(to + .hours(72))
        var found: [CurveValue] = []
        var sequence: Int64 = 0
        while true {
            let uploads = try UploadStore.payloads(
                of: registered.enterprise, received: received, after: sequence, limit: 200, scope: scope,
                in: &session)
            for upload in uploads {
                guard let decoded = try? UploadPayload.decode(upload.bytes),
                    let code = decoded.codes.firstIndex(of: point.rawValue)
                else { continue }
                for item in decoded.items where item.code == code && !item.value.isNaN {
                    guard windows.contains(where: { $0.contains(item.at) }) else { continue }
                    found.append(
                        CurveValue(
                            at: item.at, value: item.value, quality: item.quality, isBackfill: item.isBackfill))
                }
            }
            guard let last = uploads.last, uploads.count == 200 else { break }
            sequence = last.sequence
        }
        found.sort { $0.at < $1.at }
        return found
    }

    static func thinned(
        _ values: [CurveValue], from: Timestamp, to: Timestamp, countMax: Int
    ) -> [CurveValue] {
        guard values.count > countMax else { return values }
        let parts = Int64(countMax / 2)
        let length = max(1, (to - from).milliseconds / parts + 1)
        var output: [CurveValue] = []
        var start = 0
        while start < values.count {
            let part = (values[start].at - from).milliseconds / length
            var end = start
            var least = start
            var greatest = start
            while end < values.count, (values[end].at - from).milliseconds / length == part {
                if values[end].value < values[least].value { least = end }
                if values[end].value > values[greatest].value { greatest = end }
                end += 1
            }
            for index in least == greatest ? [least] : [min(least, greatest), max(least, greatest)] {
                output.append(values[index])
            }
            start = end
        }
        return output
    }
}
