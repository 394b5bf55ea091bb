import Domain
import Foundation
import Kernel
import Logging
import Operations
import Storage

/// The calendar of holidays that set-up fetched: taken over at each start where it has changed.
enum HolidayFile {
    static func load(assets: String, store: Store, now: Timestamp, logger: Logger) async throws {
        let path = assets + "/holidays.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            logger.warning("no holiday calendar at \(path): special periods come from the administrators' list only")
            return
        }
        guard let json = try? JSON.parse([UInt8](data)), let holidays = SpecialPeriods.holidays(json: json) else {
            logger.error("\(path) is no holiday calendar; the one on record stays")
            return
        }
        var generator = SystemRandomNumberGenerator()
        let ids = IdentifierSource(seed: generator.next())
        try await store.write { session throws(StorageError) in
            var context = OperationContext(now: now, actor: "system", ids: ids)
            try InspectionSetup.loadHolidays(holidays, context: &context, in: &session)
        }
    }
}
