import Domain
import Kernel
import Operations
import Storage
import Wire

/// A sampled enterprise's day through the detectors that the server uses.
enum YearScan {
    static func results(
        of scan: QualityScanStore.Scan, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [QualityDayOperations.PointResult] {
        let points = try RegistryQueries.points(of: scan.enterprise, scope: .system, in: &session)
        let settings = ScanSettings()
        var scans = points.map {
            PointScan(limits: $0.limits, quantity: $0.quantity, day: scan.day, settings: settings)
        }
        let places = Dictionary(
            points.enumerated().map { ($1.id.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
        let uploads = try UploadStore.payloads(
            of: scan.enterprise, received: scan.day.start...max(scan.day.next.start, now), after: 0, limit: 1_000,
            scope: .system, in: &session)
        for upload in uploads {
            guard let decoded = try? UploadPayload.decode(upload.bytes) else { continue }
            for item in decoded.items {
                guard let place = places[decoded.codes[item.code]] else { continue }
                scans[place].take(
                    ScanReading(
                        at: item.at.milliseconds, received: upload.receivedAt.milliseconds, value: item.value,
                        quality: item.quality, isBackfill: item.isBackfill, reported: item.reported))
            }
        }
        var results: [QualityDayOperations.PointResult] = []
        for (index, point) in points.enumerated() {
            let day = scans[index].finish()
            let history = try QualityDayStore.history(of: point.id, before: scan.day, days: 31, in: &session)
            let suspicions =
                day.readings == 0
                ? [] : PointJudge(point, settings: settings).judge(day, history: history).map { ($0, JSON.null) }
            results.append(
                .init(point: point.id, day: day, suspicions: suspicions.map { (suspicion: $0.0, evidence: $0.1) }))
        }
        return results
    }
}
