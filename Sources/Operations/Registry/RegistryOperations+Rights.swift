import Domain
import Kernel
import Storage

extension RegistryOperations {
    static func load(_ part: RegistryLoader.Part, in session: inout Session) throws(RegistryFailure) -> RegistryIndex {
        try query({ session throws(StorageError) in try RegistryLoader.index(part, in: &session) }, in: &session)
    }

    static func hasOpenAlarm(_ point: PointID, in session: inout Session) throws(RegistryFailure) -> Bool {
        try query(
            { session throws(StorageError) in
                try RegistryQueries.hasOpenAlarm(point, in: &session)
            }, in: &session)
    }

    /// A query within an operation: its error becomes the operation's.
    static func query<T>(
        _ body: (inout Session) throws(StorageError) -> T, in session: inout Session
    ) throws(RegistryFailure) -> T {
        do throws(StorageError) { return try body(&session) } catch { throw .storage(error) }
    }

    /// Outside the caller's scope an enterprise does not exist.
    static func requireEnterprise(
        _ id: EnterpriseID, _ editor: RegistryEditor, in session: inout Session
    ) throws(RegistryFailure) {
        let found = try query(
            { session throws(StorageError) in
                try RegistryQueries.enterprise(id, scope: editor.scope, in: &session)
            }, in: &session)
        guard found != nil else { throw .notFound }
    }

    /// Whether a code is taken by another enterprise. The code's holder is not named to whoever may not see it.
    static func isElsewhere(
        _ table: String, _ id: String, _ enterprise: EnterpriseID, in session: inout Session
    ) throws(RegistryFailure) -> Bool {
        let found = try query(
            { session throws(StorageError) in
                try session.first(
                    "SELECT 1 FROM \(SQL(raw: table)) WHERE id = \(id) AND enterprise_id <> \(enterprise)"
                ) { row throws(StorageError) in row.next() as Int64 }
            }, in: &session)
        return found != nil
    }

    static func requireOwn(_ isElsewhere: Bool) throws(RegistryFailure) {
        guard !isElsewhere else { throw .violations([Violation(.id, "编码已被占用")]) }
    }

    /// Itself, or one under it.
    static func isBelow(_ authority: AuthorityID, _ editor: RegistryEditor, _ all: AuthorityDirectory) -> Bool {
        switch editor.scope {
        case .system: true
        case .authority(let own): all.lineage(of: authority).contains { $0.id == own }
        case .enterprise, .person: false
        }
    }

    /// An administrator of an authority keeps the authorities under it; its own place in the tree is not its to change.
    static func requireAuthority(
        _ authority: Authority, editor: RegistryEditor, directory: AuthorityDirectory
    ) throws(RegistryFailure) {
        guard editor.mayEditOrganisations else { throw .forbidden("组织由管理员登记") }
        guard case .authority(let own) = editor.scope else { return }
        if let old = directory[authority.id] {
            guard isBelow(authority.id, editor, directory) else { throw .notFound }
            if authority.id == own,
                old.parent != authority.parent || old.level != authority.level
                    || old.region != authority.region || old.coversRegion != authority.coversRegion
            {
                throw .forbidden("本单位的层级、上级和区划由上级管理员改")
            }
        }
        if authority.id != own {
            guard let parent = authority.parent, isBelow(parent, editor, directory) else {
                throw .forbidden("只能登记本单位下级的组织")
            }
        }
    }

    static func responsibilityTarget(
        _ hazard: HazardID, _ editor: RegistryEditor, in session: inout Session
    ) throws(RegistryFailure) -> (Hazard, RegistryIndex) {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("包保责任人由企业安全员或管理员登记") }
        let source = try query(
            { session throws(StorageError) in
                try RegistryQueries.hazard(hazard, scope: editor.scope, in: &session)
            }, in: &session)
        guard let source else { throw .notFound }
        return (source, try load(.enterprise(source.enterprise), in: &session))
    }

    /// An administrator of an authority imports only into its own jurisdiction.
    static func require(
        _ plan: ImportPlan, lieWithin editor: RegistryEditor, index: RegistryIndex, in session: inout Session
    ) throws(RegistryFailure) {
        guard case .authority(let own) = editor.scope else { return }
        var directory = index.authorities
        for change in plan.changes { if case .authority(let authority) = change.entry { directory.add(authority) } }
        let visible = Set(
            try query(
                { session throws(StorageError) in
                    try RegistryQueries.enterprises(scope: editor.scope, in: &session).map(\.id)
                }, in: &session))
        for change in plan.changes {
            let isWithin: Bool
            switch change.entry {
            case .authority(let authority):
                isWithin = authority.id != own && isBelow(authority.id, editor, directory)
            case .enterprise(let enterprise):
                isWithin =
                    (change.isNew || visible.contains(enterprise.id))
                    && directory.visibility(of: enterprise.jurisdiction).contains(own)
            case .hazard(let hazard): isWithin = visible.contains(hazard.enterprise)
            case .equipment(let item): isWithin = visible.contains(item.enterprise)
            case .point(let point): isWithin = visible.contains(point.enterprise)
            case .person(let person):
                switch person.employer {
                case .enterprise(let enterprise): isWithin = visible.contains(enterprise)
                case .authority(let authority): isWithin = isBelow(authority, editor, directory)
                }
            case .appointment(let appointment):
                isWithin = index.hazards[appointment.hazard].map { visible.contains($0.enterprise) } ?? false
            }
            guard isWithin else { throw .refused("第 \(change.row) 行:不在本单位辖区内") }
        }
    }
}
