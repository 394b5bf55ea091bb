import Domain
import Kernel
import Storage

/// What people do about warnings, in their own scope, and now and then in one that is none of theirs.
enum RehearsalOfficer {
    static func deed(
        on hazard: HazardID, _ chance: inout SeededGenerator
    ) -> (command: WarningCommand, scope: Scope, isAllowed: Bool) {
        guard let site = RehearsalRegistry.enterprises.first(where: { $0.sources.contains { $0.id == hazard } }) else {
            preconditionFailure("\(hazard) belongs to nobody")
        }
        let person = PersonID("\(hazard)-\(chance.pick(ResponsibleRole.allCases).rawValue)")
        let authority = chance.pick([site.regulator, "city", "province"] as [AuthorityID])
        switch chance.integer(0...11) {
        case 0: return (.acknowledge(by: person, note: ""), .person(person), true)
        case 1: return (.progress(by: site.id.rawValue, text: "正在处置"), .enterprise(site.id), true)
        case 2, 3, 4:
            let report = WarningCommand.report(
                by: site.id.rawValue, result: "已处置", cause: "阀门内漏", measures: "更换阀门")
            return (report, .enterprise(site.id), true)
        case 5, 6, 7: return (.approveReport(by: site.regulator.rawValue), .authority(site.regulator), true)
        case 8: return (.returnReport(by: site.regulator.rawValue, note: "原因不清"), .authority(site.regulator), true)
        case 9, 10: return (.feedBack(by: authority, text: "已现场核查"), .authority(authority), true)
        default:
            let stranger: AuthorityID = site.regulator == "county-a" ? "county-b" : "county-a"
            return (.approveReport(by: stranger.rawValue), .authority(stranger), false)
        }
    }

    static func account(of scope: Scope) -> String {
        switch scope {
        case .system: "system"
        case .authority(let id): "account-\(id)"
        case .enterprise(let id): "account-\(id)"
        case .person(let id): "account-\(id)"
        }
    }
}
