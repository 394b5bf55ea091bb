import Domain
import Kernel
import Storage

/// What stands in the tables about a warning.
enum CaseTables {
    static func read(
        _ dossier: WarningDossier, window: ClosedRange<Timestamp>, in session: inout Session
    ) throws(StorageError) -> JSON {
        let (id, hazard) = (dossier.listing.id, dossier.listing.hazard)
        let alarms: SQL = "SELECT alarm_id FROM warning_alarm WHERE warning_id = \(id)"
        let keys: SQL = "SELECT key FROM outbox WHERE warning_id = \(id)"
        let model = dossier.risk?.modelVersion ?? 0
        var tables: [JSON.Member] = []
        let parts: [(String, SQL)] = [
            ("warning", "id = \(id)"), ("warning_alarm", "warning_id = \(id)"), ("alarm", "id IN (\(alarms))"),
            ("point", "id IN (SELECT point_id FROM alarm WHERE id IN (\(alarms)))"), ("hazard", "id = \(hazard)"),
            ("supervision", "warning_id = \(id)"), ("disposal_report", "warning_id = \(id)"),
            ("outbox", "warning_id = \(id)"), ("delivery_attempt", "key IN (\(keys))"),
            (
                "risk_change",
                "hazard_id = \(hazard) AND at >= \(window.lowerBound) AND at <= \(window.upperBound)"
            ), ("rule_version", "version = \(dossier.warning.rules.version)"),
            ("model_version", "version = \(model)"),
        ]
        let layouts = try session.tableLayouts()
        for (table, condition) in parts {
            guard let layout = layouts.first(where: { $0.name == table }) else {
                throw .other(.init(message: "there is no table \(table)", statement: "dump"))
            }
            // An outbox's target may be an address that holds a token.
            let rows = try session.dump(layout, where: condition, without: table == "outbox" ? ["target"] : [])
            tables.append(.init(table, .array(rows)))
        }
        return .object(tables)
    }
}
