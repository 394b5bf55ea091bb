import Domain
import Operations
import Storage

/// The refusals of operations as problems: one place, so that a rule refuses by the same name wherever it is asked.
enum APIFailure {
    static func problem(_ failure: any TransactionFailure) -> Problem {
        switch failure {
        case let failure as WarningFailure: problem(of: failure)
        case let failure as FilingFailure: problem(of: failure)
        case let failure as CommitmentFailure: problem(of: failure)
        case let failure as DutyFailure: problem(of: failure)
        case let failure as ProblemFailure: problem(of: failure)
        case let failure as SpotCheckFailure: problem(of: failure)
        case let failure as BulletinFailure: problem(of: failure)
        case let failure as QualityFailure: problem(of: failure)
        case let failure as AlarmFailure: problem(of: failure)
        case let failure as StorageError: storage(failure)
        default: Problem(.busy)
        }
    }

    private static func storage(_ error: StorageError) -> Problem { Problem(error.isConflict ? .conflict : .busy) }

    private static func problem(of failure: WarningFailure) -> Problem {
        switch failure {
        case .notFound: Problem(.notFound)
        case .refused(let refusal): Problem(refused: refusal.text, code: refusal)
        case .storage(let error): storage(error)
        }
    }

    private static func problem(of failure: FilingFailure) -> Problem {
        switch failure {
        case .notFound: Problem(.notFound)
        case .forbidden(let words): Problem(.forbidden, words)
        case .refusal(let refusal): Problem(refused: refusal.reason, code: refusal)
        case .refused(let words): Problem(.refused, words)
        case .storage(let error): storage(error)
        }
    }

    private static func problem(of failure: CommitmentFailure) -> Problem {
        switch failure {
        case .notFound: Problem(.notFound)
        case .forbidden(let words): Problem(.forbidden, words)
        case .problems(let problems):
            Problem(fields: problems.map { FieldError(field: $0.field.name, message: $0.text) })
        case .refused(let words): Problem(.refused, words)
        case .storage(let error): storage(error)
        }
    }

    private static func problem(of failure: DutyFailure) -> Problem {
        switch failure {
        case .notFound: Problem(.notFound)
        case .forbidden(let words): Problem(.forbidden, words)
        case .fields(let fields): Problem(fields: fields.map { FieldError(field: $0.name, message: $0.text) })
        case .refused(let words): Problem(.refused, words)
        case .storage(let error): storage(error)
        }
    }

    private static func problem(of failure: ProblemFailure) -> Problem {
        switch failure {
        case .notFound: Problem(.notFound)
        case .forbidden(let words): Problem(.forbidden, words)
        case .refused(let refusal): Problem(refused: refusal.reason, code: refusal)
        case .unsuitable(let words): Problem(.refused, words)
        case .storage(let error): storage(error)
        }
    }

    private static func problem(of failure: SpotCheckFailure) -> Problem {
        switch failure {
        case .notFound: Problem(.notFound)
        case .forbidden(let words): Problem(.forbidden, words)
        case .refused(let words): Problem(.refused, words)
        case .gaps(let gaps): Problem(fields: gaps.map { FieldError(field: field($0), message: $0.text) })
        case .problem(let failure): problem(of: failure)
        case .storage(let error): storage(error)
        }
    }

    /// The form's `v-online`, `n-online` and `video` by the names that the API has for them.
    private static func field(_ gap: SpotCheckRecord.Gap) -> String {
        for (prefix, name) in [("v-", "verdict"), ("n-", "note")] where gap.field.hasPrefix(prefix) {
            return "verdicts.\(gap.field.dropFirst(prefix.count)).\(name)"
        }
        return gap.field == "video" ? "videoNote" : gap.field
    }

    private static func problem(of failure: BulletinFailure) -> Problem {
        switch failure {
        case .notFound: Problem(.notFound)
        case .forbidden(let words): Problem(.forbidden, words)
        case .refused(let refusal): Problem(refused: refusal.reason, code: refusal)
        case .storage(let error): storage(error)
        }
    }

    private static func problem(of failure: QualityFailure) -> Problem {
        switch failure {
        case .notFound: Problem(.notFound)
        case .refused(let refusal): Problem(refused: refusal.text, code: refusal)
        case .changedMeanwhile: Problem(.conflict)
        case .words(let words): Problem(.refused, words)
        case .storage(let error): storage(error)
        }
    }

    private static func problem(of failure: AlarmFailure) -> Problem {
        switch failure {
        case .notFound: Problem(.notFound)
        case .forbidden(let words): Problem(.forbidden, words)
        case .cannotClear(let refusal): Problem(refused: refusal.reason, code: refusal)
        case .exemption(let refusal): Problem(refused: refusal.reason, code: refusal)
        case .refused(let words): Problem(.refused, words)
        case .storage(let error): storage(error)
        }
    }
}
