import Domain
import Kernel
import Operations
import Storage

/// A sampled enterprise's day through the detectors that the server uses.
enum YearScan {
    static func results(
        of scan: QualityScanStore.Scan, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [QualityDayOperations.PointResult] {
        let points = try RegistryQueries.points(of: scan.enterprise, scope: .system, in: &session).filter(\.isInUse)
        let settings = try QualitySettingsStore.scan(in: &session)
        var reading = EnterpriseScan(scan, points: points, settings: settings)
        // A quarter of an hour an upload: a day's stay far below the limit.
        for upload in try UploadStore.payloads(
            of: scan.enterprise, received: EnterpriseScan.received(of: scan, at: now), after: 0, limit: 1_000,
            scope: .system, in: &session)
        {
            reading.take(upload)
        }
        var results: [QualityDayOperations.PointResult] = []
        for (point, day) in zip(points, reading.finish()) {
            guard day.readings > 0 else {
                results.append(.init(point: point.id, day: day, suspicions: []))
                continue
            }
            let history = try QualityDayStore.history(
                of: point.id, before: scan.day, days: EnterpriseScan.historyDays, in: &session)
            let suspicions = PointJudge(point, settings: settings).judge(day, history: history)
            results.append(
                .init(
                    point: point.id, day: day, suspicions: suspicions.map { (suspicion: $0, evidence: .null) }))
        }
        return results
    }
}
