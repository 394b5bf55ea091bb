import Domain
import Kernel
import Storage

/// A mistake in a form: which field, and what to write instead.
struct FieldError: Sendable {
    var field: String
    var message: String
}

/// What was sent and could not be taken: the values stay in the form (pages rule 24).
struct FormState: Sendable {
    var action = ""
    var errors: [FieldError] = []
    var values: [String: String] = [:]

    func error(_ field: String) -> String? { errors.first { $0.field == field }?.message }
    func value(_ field: String, of action: String) -> String { self.action == action ? values[field] ?? "" : "" }
}

/// What this officer may do with a warning now. A form that is not there is not allowed; the reason stands in `notes`.
struct WarningForms: Sendable {
    struct Text: Sendable {
        var action: String
        var field: String
        var value: String
        var error: String?
        /// Who receives it and what they will see.
        var effect: String?
    }
    struct Report: Sendable {
        var action: String
        var result: String
        var resultError: String?
        var cause: String
        var causeError: String?
        var measures: String
        var measuresError: String?
        var due: Int64?
        var dueText: String?
        var isLate: Bool
        var returned: String?
    }
    struct Decision: Sendable {
        var approve: String
        var returnAction: String
        var result: String
        var cause: String
        var measures: String
        var reportedBy: String
        var reportedAt: String
        var isLate: Bool
        var note: String
        var noteError: String?
    }

    var csrf: String
    var back: String
    var sign: Text?
    var acknowledge: Text?
    var progress: Text?
    var report: Report?
    var decision: Decision?
    var feedback: Text?
    var annotate: Text?
    var errors: [FieldError]
    var hasErrors: Bool
    var notes: [String]
    /// Something is asked of this officer.
    var isWaiting: Bool
    /// Something may be written down.
    var isRecording: Bool

    init(_ dossier: WarningDossier, officer: Officer, state: FormState, back: String, now: Timestamp) {
        let warning = dossier.warning
        let address = "/warning/" + Form.encode(warning.id.rawValue)
        let isOpen = warning.closedAt == nil
        csrf = officer.csrf
        self.back = back
        errors = state.errors
        hasErrors = !state.errors.isEmpty
        notes = []
        func text(_ action: String, _ field: String, effect: String? = nil) -> Text {
            Text(
                action: address + "/" + action, field: field, value: state.value(field, of: action),
                error: state.action == action ? state.error(field) : nil, effect: effect)
        }
        let isEnterprise = officer.role == .safety || officer.role == .responsible
        let isResponsible = dossier.responsible.contains { $0.person == officer.person }
        if dossier.listing.receipt == .unread, officer.role == .duty { sign = text("sign", "note") }
        if isOpen, isResponsible, warning.acknowledgedAt == nil, warning.clearedAt == nil {
            acknowledge = text("acknowledge", "note", effect: "县、市等收到预警的单位都看得到确认人和时刻。")
        } else if isOpen, officer.role == .safety, warning.acknowledgedAt == nil, warning.clearedAt == nil {
            notes.append(
                "要三级包保责任人之一确认（《处置》第八条）："
                    + dossier.responsible.map {
                        Wording.role($0.role) + " " + $0.name
                    }.joined(separator: "、"))
        }
        if isOpen, isEnterprise || officer.role == .duty { progress = text("progress", "text") }
        if isEnterprise, isOpen { report = Self.report(dossier, state: state, address: address, now: now) }
        if isEnterprise, isOpen, warning.allClearAt == nil { notes.append("消警后才能上报处置结果，消警由系统自动判定。") }
        if officer.authority == dossier.routing.regulator, officer.role == .duty, isOpen {
            decision = Self.decision(dossier, state: state, address: address, now: now)
        }
        if let authority = officer.authority, officer.role == .duty, isOpen,
            warning.oldestSupervision(of: authority) != nil
        {
            feedback = text("feedback", "text", effect: "反馈记入本预警，有关单位都看得到。")
        }
        if officer.role == .duty, officer.authorityLevel == .center || officer.authorityLevel == .ministry {
            annotate = text("annotate", "text")
        }
        isWaiting =
            acknowledge != nil || report != nil || decision != nil || feedback != nil || !notes.isEmpty
            || !state.errors.isEmpty
        isRecording = progress != nil || annotate != nil
    }

    private static func report(
        _ dossier: WarningDossier, state: FormState, address: String, now: Timestamp
    ) -> Report? {
        let warning = dossier.warning
        guard (try? warning.checkReportable()) != nil else { return nil }
        func value(_ field: String) -> String { state.value(field, of: "report") }
        func error(_ field: String) -> String? { state.action == "report" ? state.error(field) : nil }
        let returned = dossier.entries.last { $0.entry.kind == "reportReturned" }
        return Report(
            action: address + "/report", result: value("result"), resultError: error("result"),
            cause: value("cause"), causeError: error("cause"), measures: value("measures"),
            measuresError: error("measures"), due: warning.reportDueAt?.milliseconds,
            dueText: warning.reportDueAt.map { Wording.remaining($0 - now) },
            isLate: warning.reportDueAt.map { $0 < now } ?? false,
            returned: warning.reports.last?.state == .returned ? returned?.entry.payload["note"]?.string : nil)
    }

    private static func decision(
        _ dossier: WarningDossier, state: FormState, address: String, now: Timestamp
    ) -> Decision? {
        guard dossier.warning.report?.state == .submitted,
            let stored = dossier.entries.last(where: { $0.entry.kind == "reported" }),
            case .reported(let report)? = WarningEvent(kind: stored.entry.kind, payload: stored.entry.payload)
        else { return nil }
        return Decision(
            approve: address + "/approve", returnAction: address + "/return", result: report.result,
            cause: report.cause, measures: report.measures,
            reportedBy: dossier.names[report.by] ?? report.by,
            reportedAt: Wording.stamp(stored.entry.at, now: now), isLate: report.isLate,
            note: state.value("note", of: "return"), noteError: state.action == "return" ? state.error("note") : nil)
    }
}
