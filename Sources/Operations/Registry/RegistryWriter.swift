import Domain
import Kernel
import Storage

/// Writes entries that were checked, one after the other, with the log and the visibility that follows from them.
struct RegistryWriter {
    var index: RegistryIndex

    mutating func write(
        _ entries: [ImportPlan.Entry], context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        do throws(StorageError) {
            var isTreeChanged = false
            var placed: [Enterprise] = []
            for entry in entries {
                try write(entry, context: &context, in: &session)
                switch entry {
                case .authority: isTreeChanged = true
                case .enterprise(let enterprise): placed.append(enterprise)
                case .hazard, .equipment, .point, .person, .appointment: continue
                }
            }
            // A new authority, or one moved, changes who sees which enterprise.
            let moved = isTreeChanged ? index.enterprises.values.sorted { $0.id < $1.id } : placed
            for enterprise in moved {
                try RegistryStore.setVisibility(
                    of: enterprise.id, to: index.authorities.visibility(of: enterprise.jurisdiction), in: &session)
            }
        } catch { throw .storage(error) }
    }

    mutating func vacate(
        _ role: ResponsibleRole, person: PersonID, history: ResponsibilityHistory, of hazard: HazardID,
        context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        do throws(StorageError) {
            try save(history, of: hazard, context: &context, in: &session)
            try context.log(
                stream: "registry", hazard.rawValue, "responsibleVacated",
                ["role": .string(role.rawValue), "person": .string(person.rawValue)], in: &session)
        } catch { throw .storage(error) }
    }

    private mutating func write(
        _ entry: ImportPlan.Entry, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let now = context.now
        switch entry {
        case .authority(let authority):
            let before = index.authorities[authority.id]?.json
            try RegistryStore.save(authority, at: now, in: &session)
            index.add(authority)
            try log(
                authority.id.rawValue, "authoritySaved", Self.change(authority.json, before), &context, in: &session)
        case .enterprise(let enterprise):
            let before = index.enterprises[enterprise.id]?.json
            try RegistryStore.save(enterprise, at: now, in: &session)
            index.add(enterprise)
            try log(
                enterprise.id.rawValue, "enterpriseSaved", Self.change(enterprise.json, before), &context, in: &session)
        case .hazard(let hazard):
            let before = index.hazards[hazard.id]?.json
            try RegistryStore.save(hazard, at: now, in: &session)
            index.add(hazard)
            try log(hazard.id.rawValue, "hazardSaved", Self.change(hazard.json, before), &context, in: &session)
        case .equipment(let item):
            let before = index.equipment[item.id]?.json
            try RegistryStore.save(item, in: &session)
            index.add(item)
            try log(item.id.rawValue, "equipmentSaved", Self.change(item.json, before), &context, in: &session)
        case .point(let point):
            let before = index.points[point.id]?.json
            try RegistryStore.save(point, at: now, in: &session)
            index.add(point)
            try log(point.id.rawValue, "pointSaved", Self.change(point.json, before), &context, in: &session)
        case .person(let person):
            let before = index.people[person.id]?.json
            try RegistryStore.save(person, at: now, in: &session)
            index.add(person)
            try log(person.id.rawValue, "personSaved", Self.change(person.json, before), &context, in: &session)
        case .appointment(let appointment):
            try appoint(appointment, context: &context, in: &session)
        }
    }

    private mutating func appoint(
        _ appointment: ImportPlan.Appointment, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        var history = index.responsibilities[appointment.hazard] ?? ResponsibilityHistory()
        let before = history.inOffice[appointment.role]
        guard before != appointment.person else { return }
        if let violation = history.appoint(appointment.person, as: appointment.role, at: appointment.from) {
            throw .constraint(.init(message: violation.line, statement: "responsibility"))
        }
        try save(history, of: appointment.hazard, context: &context, in: &session)
        index.set(history, of: appointment.hazard)
        try log(
            appointment.hazard.rawValue, "responsibleAppointed",
            [
                "role": .string(appointment.role.rawValue), "person": .string(appointment.person.rawValue),
                "before": before.map { .string($0.rawValue) } ?? .null,
                "from": .integer(appointment.from.milliseconds),
            ], &context, in: &session)
    }

    private func save(
        _ history: ResponsibilityHistory, of hazard: HazardID, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        var ids = context.ids
        let now = context.now
        try RegistryStore.save(history, of: hazard, newID: { ids.next("rp", at: now) }, in: &session)
        context.ids = ids
        context.forgetContact(of: hazard)
    }

    private func log(
        _ id: String, _ kind: String, _ payload: JSON, _ context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try context.log(stream: "registry", id, kind, payload, in: &session)
    }

    /// What is so now, and under `before` what was so; null where it is new.
    private static func change(_ now: JSON, _ before: JSON?) -> JSON {
        .object((now.members ?? []) + [.init("before", before ?? .null)])
    }
}
