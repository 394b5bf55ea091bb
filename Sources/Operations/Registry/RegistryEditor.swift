public import Domain
public import Storage

/// Who writes into the register, and how far.
public struct RegistryEditor: Hashable, Sendable {
    public var scope: Scope
    public var role: AccountRole

    public init(scope: Scope, role: AccountRole) {
        self.scope = scope
        self.role = role
    }

    /// Set-up and imports on the machine itself.
    public static let system = RegistryEditor(scope: .system, role: .admin)

    /// Organisations, enterprises, hazard sources, accounts: administrators only.
    var mayEditOrganisations: Bool { role == .admin }

    /// An enterprise's equipment, points, people: its safety officer too.
    var mayEditEnterpriseParts: Bool { role == .admin || role == .safety }

    /// Requests are decided by the regulator: an officer or administrator of an authority, never by the enterprise, and
    /// never by whoever asked.
    var mayDecide: Bool {
        switch (scope, role) {
        case (.authority, .duty), (.authority, .admin), (.system, .admin): true
        case (.authority, .safety), (.authority, .responsible), (.system, .duty), (.system, .safety),
            (.system, .responsible), (.enterprise, _), (.person, _):
            false
        }
    }
}
