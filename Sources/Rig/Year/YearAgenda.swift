import Domain
import Kernel

/// What people and plants are going to do, earliest first; at one instant in the order in which it was planned.
struct YearAgenda {
    enum Deed: Hashable {
        /// Plans a day's work of everybody.
        case day(Day)
        case commit(Int)
        case duties(Int)
        /// One reading of all points of an enterprise that is sampled.
        case sample(Int)
        case excursion(point: Int)
        case settle(point: Int)
        case outage(Int)
        case reconnect(Int)
        /// Tells a number of gas detectors that is not so.
        case miscount(Int)
        case file(Int)
        case decideFiling(FilingID)
        case acknowledge(WarningID, HazardID)
        case report(WarningID, HazardID)
        case decideReport(WarningID)
        case feedBack(WarningID, AuthorityID)
        case patrol(AuthorityID)
        case check(AuthorityID)
        case problem(ProblemID)
        case finding(QualityFindingID)
        case analyse(String)
        case call(AuthorityID)
        case answerCall(DutyCallID)
        case bulletin(BulletinID)
        case receipts(BulletinID)
        case special(AuthorityID)
        case judge(Day)

        /// Without what it is about.
        var name: String {
            switch self {
            case .day: "day"
            case .commit: "commit"
            case .duties: "duties"
            case .sample: "sample"
            case .excursion: "excursion"
            case .settle: "settle"
            case .outage: "outage"
            case .reconnect: "reconnect"
            case .miscount: "miscount"
            case .file: "file"
            case .decideFiling: "decideFiling"
            case .acknowledge: "acknowledge"
            case .report: "report"
            case .decideReport: "decideReport"
            case .feedBack: "feedBack"
            case .patrol: "patrol"
            case .check: "check"
            case .problem: "problem"
            case .finding: "finding"
            case .analyse: "analyse"
            case .call: "call"
            case .answerCall: "answerCall"
            case .bulletin: "bulletin"
            case .receipts: "receipts"
            case .special: "special"
            case .judge: "judge"
            }
        }
    }

    private struct Entry {
        let at: Timestamp
        let number: Int
        let deed: Deed

        func precedes(_ other: Entry) -> Bool { (at, number) < (other.at, other.number) }
    }

    private var heap: [Entry] = []
    private var count = 0

    var next: Timestamp? { heap.first?.at }

    mutating func add(_ deed: Deed, at instant: Timestamp) {
        heap.append(Entry(at: instant, number: count, deed: deed))
        count += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// The first that is due, if one is.
    mutating func take(through instant: Timestamp) -> Deed? {
        guard let first = heap.first, first.at <= instant else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].precedes(heap[least]) { least = child }
            }
            guard least != parent else { return first.deed }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
