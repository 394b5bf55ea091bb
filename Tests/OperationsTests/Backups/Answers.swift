import Domain
import Kernel
import Operations
import Storage

/// What a store answers to real queries, as text: two stores that hold the same must answer the same.
enum Answers {
    static func all(_ database: Database, now: Timestamp) throws -> [String] {
        try database.read { session throws(StorageError) in
            var answers: [String] = []
            let warnings = try WarningList.rows(WarningFilter(), scope: .system, limit: 1_000, in: &session)
            answers.append("\(warnings)")
            for warning in warnings {
                guard let dossier = try WarningDossier.read(warning.id, scope: .system, in: &session) else { continue }
                answers.append("\(dossier.entries) \(dossier.alarms) \(dossier.receipts) \(dossier.responsible)")
                answers.append("\(dossier.names.sorted { $0.key < $1.key })")
            }
            answers.append("\(try EnterpriseListing.all(.init(), scope: .system, limit: 1_000, in: &session))")
            answers.append("\(try HazardListing.all(.init(), scope: .system, limit: 1_000, in: &session))")
            answers.append("\(try AlarmListing.all(.init(), scope: .system, limit: 1_000, in: &session))")
            let offices = try session.rows("SELECT id FROM authority ORDER BY id") { row throws(StorageError) in
                row.next() as AuthorityID
            }
            for office in offices {
                let scope = Scope.authority(office)
                answers.append("\(try DeskFigures.read(scope: scope, now: now, in: &session))")
                answers.append("\(try WarningList.count(WarningFilter(), scope: scope, in: &session))")
                answers.append(
                    "\(try Inbox.messages(scope: scope, isUnreadOnly: false, limit: 1_000, in: &session))")
            }
            answers.append("\(try LogChain.verify(in: &session)) \(try UploadChain.verify(in: &session))")
            answers.append("\(try WarningAudit.faults(in: &session)) \(try EvidenceAudit.faults(in: &session))")
            return answers.map(ordered)
        }
    }

    /// Sets and dictionaries that are equal may be printed in another order: the words of an answer, sorted.
    private static func ordered(_ answer: String) -> String {
        answer.split { ",[](): ".contains($0) }.sorted().joined(separator: " ")
    }
}
