public import Domain
public import Kernel
public import Storage
import Wire

/// An enterprise's day on its way through the detectors: its uploads go in, one day a point comes out.
public struct EnterpriseScan: Sendable {
    /// Days before, by which a day is judged.
    public static let historyDays = 31

    private var scans: [PointScan]
    /// Of each point, by its code.
    private let places: [String: Int]

    /// - Parameter points: those in use, in the order in which their days come out.
    public init(_ scan: QualityScanStore.Scan, points: [MonitoringPoint], settings: ScanSettings) {
        scans = points.map {
            PointScan(limits: $0.limits, quantity: $0.quantity, day: scan.day, settings: settings)
        }
        places = Dictionary(
            points.enumerated().map { ($1.id.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// When an upload may have come in that holds readings of the day: clocks run ahead, and lines were down.
    public static func received(of scan: QualityScanStore.Scan, at now: Timestamp) -> ClosedRange<Timestamp> {
        (scan.day.start - UploadClock.toleranceAhead)...max(scan.day.next.start, now)
    }

    public mutating func take(_ upload: UploadStore.Payload) {
        guard let decoded = try? UploadPayload.decode(upload.bytes) else { return }
        let targets = decoded.codes.map { places[$0] ?? -1 }
        for item in decoded.items {
            let place = targets[item.code]
            guard place >= 0 else { continue }
            scans[place].take(
                ScanReading(
                    at: item.at.milliseconds, received: upload.receivedAt.milliseconds, value: item.value,
                    quality: item.quality, isBackfill: item.isBackfill, reported: item.reported))
        }
    }

    public mutating func finish() -> [PointDay] {
        var days: [PointDay] = []
        for index in scans.indices { days.append(scans[index].finish()) }
        return days
    }
}
