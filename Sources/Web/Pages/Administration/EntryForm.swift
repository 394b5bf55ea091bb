import Domain
import Kernel

/// A form of the register: what was written stays in it, and each message stands above its field.
struct EntryForm: Sendable {
    struct Input: Sendable {
        var id: String
        var label: String
        var hint: String?
        var error: String?
        var value: String
        var isText = false
        var isArea = false
        var isChoice = false
        /// Any number of the choices.
        var isMany = false
        var isFixed = false
        var choices: [Choice] = []
        var mode = "text"
    }

    struct Group: Sendable {
        var groupTitle: String?
        var inputs: [Input]
    }

    struct Hidden: Sendable {
        var name: String
        var value: String
    }

    var id = "entry"
    var title: String
    var action: String
    var csrf: String
    var hidden: [Hidden] = []
    var groups: [Group]
    var errors: [FieldError] = []
    var hasErrors = false
    var button = "保存"
    /// A second way to send the form.
    var otherButton: String?
    var otherHint: String?
}

/// Builds the inputs of a form from the values it has and what is wrong with them.
struct FormBuilder {
    let values: [Field: String]
    let violations: [Violation]

    /// What was sent, where something was; else what is registered.
    init(_ visit: Visit, registered: [Field: String], violations: [Violation] = []) {
        var values = registered
        for field in Field.allCases where visit.form.has(field.rawValue) { values[field] = visit.form[field.rawValue] }
        self.values = values
        self.violations = violations
    }

    func text(_ field: Field, _ label: String? = nil, hint: String? = nil, mode: String = "text") -> EntryForm.Input {
        var input = input(field, label, hint)
        input.isText = true
        input.mode = mode
        return input
    }

    func number(_ field: Field, _ label: String? = nil, hint: String? = nil) -> EntryForm.Input {
        text(field, label, hint: hint, mode: "decimal")
    }

    func area(_ field: Field, _ label: String? = nil, hint: String? = nil) -> EntryForm.Input {
        var input = input(field, label, hint)
        input.isArea = true
        return input
    }

    func choice(_ field: Field, _ pairs: [(String, String)], hint: String? = nil) -> EntryForm.Input {
        choice(field, nil, pairs, hint: hint)
    }

    func choice(
        _ field: Field, _ label: String?, _ pairs: [(String, String)], hint: String? = nil
    ) -> EntryForm.Input {
        var input = input(field, label, hint)
        input.isChoice = true
        input.choices = Choice.list(pairs, selected: input.value)
        return input
    }

    /// Any number of choices.
    func many(
        _ field: Field, _ label: String, _ pairs: [(String, String)], selected: Set<String>, hint: String? = nil
    ) -> EntryForm.Input {
        var input = input(field, label, hint)
        input.isMany = true
        input.choices = pairs.map { Choice(value: $0.0, title: $0.1, isSelected: selected.contains($0.0)) }
        return input
    }

    /// Shown, not changed; sent along.
    func fixed(_ field: Field, _ label: String? = nil) -> EntryForm.Input {
        var input = input(field, label, nil)
        input.isFixed = true
        return input
    }

    var errors: [FieldError] {
        violations.refusals.map { FieldError(field: $0.field.rawValue, message: "\($0.field.label)：\($0.text)") }
    }

    private func input(_ field: Field, _ label: String?, _ hint: String?) -> EntryForm.Input {
        EntryForm.Input(
            id: field.rawValue, label: label ?? field.label, hint: hint,
            error: violations.first { $0.field == field && $0.weight == .refusal }?.text, value: values[field] ?? "")
    }
}

/// Reads the cells of a form, noting what cannot be read.
struct EntryReader {
    let form: Form
    private(set) var violations: [Violation] = []

    init(_ form: Form) { self.form = form }

    func text(_ field: Field) -> String { form[field.rawValue] }
    func optional(_ field: Field) -> String? { form.value(field.rawValue) }
    func flag(_ field: Field) -> Bool { form[field.rawValue] == "1" }

    mutating func number(_ field: Field) -> Double? {
        guard let text = optional(field) else { return nil }
        guard text.allSatisfy({ "0123456789.+-eE".contains($0) }), let value = Double(text), value.isFinite else {
            violations.append(Violation(field, "“\(text)”不是一个数"))
            return nil
        }
        return value
    }

    mutating func required(_ field: Field) -> Double? {
        if optional(field) == nil { violations.append(Violation(field, "没有填")) }
        return number(field)
    }

    mutating func refuse(_ field: Field, _ text: String) { violations.append(Violation(field, text)) }

    /// `2026-03-02T08:00`, as a browser sends a local time, or with a space and seconds.
    mutating func instant(_ field: Field) -> Timestamp? {
        guard let text = optional(field) else { return nil }
        let plain = text.split(separator: "T", omittingEmptySubsequences: false).joined(separator: " ")
        let whole = plain.count == 16 ? plain + ":00" : plain.count == 10 ? plain + " 00:00:00" : plain
        if let found = ChinaTime.parseDateTime(whole) { return found }
        violations.append(Violation(field, "“\(text)”不是日期时间"))
        return nil
    }
}
