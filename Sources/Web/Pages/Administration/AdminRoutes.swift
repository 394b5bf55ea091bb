import Domain
import Hummingbird
import NIOCore

/// The administration's pages, one line each.
struct AdminRoutes {
    let pages: PageRoutes

    private static let admin: Set<AccountRole> = [.admin]
    private static let parts: Set<AccountRole> = [.admin, .safety]
    private static let regulator: Set<AccountRole> = [.admin, .duty]

    func add() {
        pages.page("admin", for: Self.admin, AdminHome.show)
        pages.page("admin/vacancies", for: Self.regulator, AdminHome.vacancies)
        pages.page("admin/organisations", for: Self.admin, AdminOrganisations.list)
        pages.page("admin/organisation", for: Self.admin, AdminOrganisations.edit)
        pages.action("admin/organisation", for: Self.admin, AdminOrganisations.save)
        pages.page("admin/accounts", for: Self.admin, AdminAccounts.list)
        pages.action("admin/accounts", for: Self.admin, AdminAccounts.create)
        pages.action("admin/account/:id/password", for: Self.admin, AdminAccounts.resetPassword)
        pages.action("admin/account/:id/factor", for: Self.admin, AdminAccounts.removeFactor)
        pages.action("admin/account/:id/unlock", for: Self.admin, AdminAccounts.unlock)
        pages.action("admin/account/:id/disable", for: Self.admin, AdminAccounts.disable)
        pages.action("admin/account/:id/enable", for: Self.admin, AdminAccounts.enable)
        pages.page("admin/gateways", for: Self.admin, AdminGateways.list)
        pages.action("admin/gateways", for: Self.admin, AdminGateways.create)
        pages.action("admin/gateway/:id/replace", for: Self.admin, AdminGateways.replace)
        pages.action("admin/gateway/:id/revoke", for: Self.admin, AdminGateways.revoke)
        addChannels()
        addEnterprises()
        addRules()
        addImport()
        addSettings()
    }

    private func addChannels() {
        pages.page("admin/channels", for: Self.admin, AdminChannels.list)
        pages.page("admin/channel", for: Self.admin, AdminChannelPage.show)
        pages.action("admin/channel", for: Self.admin, AdminChannelPage.save)
        pages.action("admin/channel/:id/enable", for: Self.admin, AdminChannels.enable)
        pages.action("admin/channel/:id/disable", for: Self.admin, AdminChannels.disable)
        pages.action("admin/channel/:id/test", for: Self.admin, AdminChannels.test)
        pages.action("admin/channel/:id/again", for: Self.admin, AdminChannels.again)
        pages.action("admin/settings/climb", for: Self.admin, AdminSettings.saveClimb)
    }

    private func addEnterprises() {
        pages.page("admin/enterprises", for: Self.admin, AdminEnterprises.list)
        pages.page("admin/enterprise", for: Self.parts, AdminEnterprises.edit)
        pages.action("admin/enterprise", for: Self.admin, AdminEnterprises.save)
        pages.page("admin/hazard", for: Self.parts, AdminHazards.edit)
        pages.action("admin/hazard", for: Self.admin, AdminHazards.save)
        pages.action("admin/hazard/appoint", for: Self.parts, AdminHazards.appoint)
        pages.page("admin/equipment", for: Self.parts, AdminParts.editEquipment)
        pages.action("admin/equipment", for: Self.parts, AdminParts.saveEquipment)
        pages.page("admin/person", for: Self.parts, AdminParts.editPerson)
        pages.action("admin/person", for: Self.parts, AdminParts.savePerson)
        pages.page("admin/points", for: Self.parts, AdminPoints.list)
        pages.page("admin/point", for: Self.parts, AdminPoints.edit)
        pages.action("admin/point", for: Self.parts, AdminPoints.save)
        pages.page("changes", for: [.admin, .duty, .safety], AdminChanges.list)
        pages.action("change/:id/approve", for: Self.regulator, AdminChanges.approve)
        pages.action("change/:id/return", for: Self.regulator, AdminChanges.giveBack)
    }

    private func addRules() {
        pages.page("admin/rules", for: Self.regulator, AdminRules.list)
        pages.page("admin/model", for: Self.regulator, AdminModel.list)
        pages.action("admin/model", for: Self.admin, AdminModel.propose)
        pages.action("admin/model/:version/approve", for: Self.admin, AdminModel.approve)
        pages.action("admin/model/:version/return", for: Self.admin, AdminModel.giveBack)
        pages.action("admin/rules", for: Self.admin, AdminRules.propose)
        pages.action("admin/rule/:version/approve", for: Self.regulator, AdminRules.approve)
        pages.action("admin/rule/:version/return", for: Self.regulator, AdminRules.giveBack)
    }

    private func addImport() {
        pages.page("admin/import", for: Self.admin, AdminImport.show)
        pages.page("admin/import/template/:kind", for: Self.admin, AdminImport.template)
        pages.upload(
            "admin/import", for: Self.admin, filesBytesMax: AdminImport.fileBytesMax, AdminImport.upload)
    }

    private func addSettings() {
        pages.page("admin/settings", for: Self.admin, AdminSettings.show)
        pages.action("admin/settings/access", for: Self.admin, AdminSettings.saveAccess)
        pages.action("admin/settings/filings", for: Self.admin, AdminSettings.saveFilings)
        pages.action("admin/settings/weights", for: Self.admin, AdminSettings.saveWeights)
        pages.action("admin/settings/scan", for: Self.admin, AdminSettings.saveScan)
        pages.action("admin/settings/grace", for: Self.admin, AdminSettings.saveGrace)
    }
}
