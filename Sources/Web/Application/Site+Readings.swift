import Domain
import Kernel
import Services
import Storage

/// Values now. The tables hold them as of the last checkpoint; the intake knows them to the second, and an old number
/// must never be shown as if it were new (pages rule 16).
extension Site {
    private func readings(_ points: [PointID]) -> [PointID: PointReading] {
        guard let intake, !points.isEmpty else { return [:] }
        return Dictionary(intake.latest(points).map { ($0.point, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func freshen(_ rows: inout [WarningListing]) {
        let readings = readings(rows.compactMap { $0.alarm?.clearedAt == nil ? $0.alarm?.point : nil })
        for index in rows.indices {
            guard let point = rows[index].alarm?.point, let reading = readings[point] else { continue }
            rows[index].alarm?.lastValue = reading.value
            rows[index].alarm?.offlineSince = reading.offlineSince
        }
    }

    func freshen(_ dossier: inout WarningDossier) {
        let readings = readings(dossier.alarms.filter { $0.alarm.clearedAt == nil }.map(\.alarm.point))
        for index in dossier.alarms.indices where dossier.alarms[index].alarm.clearedAt == nil {
            guard let reading = readings[dossier.alarms[index].alarm.point] else { continue }
            dossier.alarms[index].alarm.lastValue = reading.value
            dossier.alarms[index].alarm.offlineSince = reading.offlineSince
        }
        if let point = dossier.listing.alarm?.point, dossier.listing.alarm?.clearedAt == nil,
            let reading = readings[point]
        {
            dossier.listing.alarm?.lastValue = reading.value
            dossier.listing.alarm?.offlineSince = reading.offlineSince
        }
    }

    func freshen(_ alarms: inout [AlarmListing]) {
        let readings = readings(alarms.filter { $0.clearedAt == nil }.map(\.point))
        for index in alarms.indices where alarms[index].clearedAt == nil {
            guard let reading = readings[alarms[index].point] else { continue }
            alarms[index].lastValue = reading.value
            alarms[index].offlineSince = reading.offlineSince
        }
    }

    func freshen(_ sheets: inout [PointSheet]) {
        let readings = readings(sheets.map(\.id))
        for index in sheets.indices { if let reading = readings[sheets[index].id] { sheets[index].take(reading) } }
    }

    func freshen(_ sheet: inout PointSheet) {
        if let reading = readings([sheet.id])[sheet.id] { sheet.take(reading) }
    }

    /// A curve's readings are filled in after the rest of it was read.
    func fill(_ chart: inout ChartData, scope: Scope) async throws {
        freshen(&chart.sheet)
        guard let intake else { return }
        let values = try await intake.curve(of: chart.sheet.id, from: chart.from, to: chart.to, scope: scope) ?? []
        chart.samples = values.map {
            HistorySample(at: $0.at, value: $0.value, isBad: $0.quality == .bad)
        }
    }
}

extension PointSheet {
    mutating func take(_ reading: PointReading) {
        value = reading.value
        valueAt = reading.at
        quality = reading.quality.rawValue
        state = reading.state.rawValue
        stateSince = reading.stateSince
        offlineSince = reading.offlineSince
    }
}
