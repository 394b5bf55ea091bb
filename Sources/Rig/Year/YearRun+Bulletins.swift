import Domain
import Kernel
import Operations
import Storage

/// What offices do with the drafts of the morning, and their receivers with what was issued.
extension YearRun {
    private func find(_ id: BulletinID) throws(StorageError) -> Bulletin? {
        try database.read { session throws(StorageError) in
            try BulletinStore.find(id, scope: .system, in: &session)
        }
    }

    /// What only people know is written in, a second person approves, and it goes out.
    mutating func issue(_ id: BulletinID) throws(StorageError) {
        guard let draft = try find(id), draft.phase == .draft else { return }
        let office = draft.office
        let actors = (writer: office.rawValue, head: office.rawValue + "-2")
        let words = draft.missing.map { DocumentEdit(key: $0.key, text: "无") }
        try act(as: actors.writer) { _, context, session throws(BulletinFailure) in
            let written: [BulletinCommand] = words.isEmpty ? [] : [.edit(words, by: context.actor)]
            try BulletinOperations.act(
                id, office: office, written + [.submit(by: context.actor)], context: &context, in: &session)
        }
        let document = try act(as: actors.head) { _, context, session throws(BulletinFailure) in
            try BulletinOperations.issue(
                id, office: office, after: [.approve(by: context.actor)], context: &context, in: &session)
        }
        guard let document else { return }
        issued(
            YearDocument(
                id: id, office: office, officeName: world.offices.first { $0.id == office }?.name ?? "",
                kind: draft.kind, period: draft.period, issuedAt: now, document: document))
        agenda.add(.receipts(id), at: soon(20...600))
    }

    /// Most receivers sign for it on the same day.
    mutating func sign(_ id: BulletinID) throws(StorageError) {
        let receipts = try database.read { session throws(StorageError) in
            try BulletinReceipts.all(id, in: &session)
        }
        for receiver in receipts.filter({ !$0.isCopy }).map(\.recipient) where !chance.chance(0.05) {
            let scope: Scope
            switch receiver {
            case .authority(let office): scope = .authority(office)
            case .enterprise(let enterprise): scope = .enterprise(enterprise)
            case .person: continue
            }
            try act(as: receiver.id) { _, context, session throws(BulletinFailure) in
                try BulletinOperations.acknowledge(id, as: receiver, scope: scope, context: &context, in: &session)
            }
        }
    }

    mutating func writeSpecial(_ office: AuthorityID) throws(StorageError) {
        try act(as: office.rawValue) { _, context, session throws(BulletinFailure) in
            try BulletinOperations.special(office, days: 30, context: &context, in: &session)
        }
    }

    /// The day's data of every enterprise that waits to be judged: readings of those that send them, the register and
    /// what is known of the line for the others.
    mutating func judge(_ day: Day) throws(StorageError) {
        try storeCheckpoint()
        while true {
            let waiting = try database.read { session throws(StorageError) in try QualityScanStore.next(in: &session) }
            guard let scan = waiting else { return }
            let isSampled = world.sites.prefix(plan.sampled).contains { $0.id == scan.enterprise }
            try act(as: "system") { _, context, session throws(StorageError) in
                let results =
                    isSampled ? try YearScan.results(of: scan, at: context.now, in: &session) : []
                return try QualityDayOperations.finish(scan, points: results, context: &context, in: &session)
            }
        }
    }

    /// The last values into the database, where checks of the register look for them: a server does it every few
    /// minutes.
    private mutating func storeCheckpoint() throws(StorageError) {
        let since = checkpointAt - .minutes(1)
        try act(as: "system") { table, context, session throws(StorageError) in
            let last = try UploadStore.lastSequence(in: &session)
            try IntakeOperations.checkpoint(
                0..<table.count, receivedSince: since, table: &table, in: &session)
            try PointStateStore.setCheckpoint(last, at: context.now, in: &session)
        }
        checkpointAt = now
    }
}
