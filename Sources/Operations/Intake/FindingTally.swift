import Domain
import Kernel
import Storage

/// Findings met on the way, put together so that a thousand values make one row.
struct FindingTally {
    private var found: [FindingStore.Subject: (count: Int, detail: String)] = [:]
    private var order: [FindingStore.Subject] = []

    mutating func note(_ subject: FindingStore.Subject, _ detail: @autoclosure () -> String) {
        if let known = found[subject] {
            found[subject] = (known.count + 1, known.detail)
        } else {
            found[subject] = (1, detail())
            order.append(subject)
        }
    }

    func has(_ subject: FindingStore.Subject) -> Bool { found[subject] != nil }

    func store(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        for subject in order {
            guard let entry = found[subject] else { continue }
            let id = context.ids.next("fi", at: context.now)
            try FindingStore.note(
                subject, count: entry.count, detail: entry.detail, id: id, at: context.now, in: &session)
        }
    }
}
