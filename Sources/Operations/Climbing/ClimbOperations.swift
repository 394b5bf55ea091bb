import Domain
import Kernel
public import Storage

/// Climbing while nobody acknowledges. Each function runs inside one transaction of the caller.
public enum ClimbOperations: TimedOperations {
    public static var dueKind: DueStore.Kind { .climb }

    /// Warnings that are open since before climbing was known are followed from now on.
    public static func arm(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        for id in try ClimbStore.unfollowed(in: &session) {
            try follow(try WarningStore.load(id, in: &session), contact: nil, context: &context, in: &session)
        }
    }

    /// Takes every step whose time has come.
    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard try WarningStore.reference(WarningID(id), scope: .system, in: &session) != nil else {
            // A deadline of a warning that does not exist: damage, which must not stop the other deadlines.
            return try DueStore.set(.climb, id: id, at: nil, in: &session)
        }
        try follow(try WarningStore.load(WarningID(id), in: &session), contact: nil, context: &context, in: &session)
    }

    /// The warning has changed, or its time has come.
    static func follow(
        _ warning: Warning, contact: HazardContact?, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let standing = Climb.Standing(warning)
        let climb = try ClimbStore.climb(of: warning.id, in: &session)
        // Most changes of most warnings: nothing to follow.
        if climb?.isRunning != true, warning.closedAt != nil || warning.acknowledgedAt != nil { return }
        let rules = try ClimbStore.rules(in: &session)
        var events: [Climb.Event] = []
        var current = climb
        func take(_ event: Climb.Event) {
            if current == nil, case .began(let level, let within) = event {
                current = Climb(level: level, within: within, since: context.now, lastStep: nil, end: nil)
            }
            current?.apply(event, at: context.now)
            events.append(event)
        }
        // A step whose time came before this change was due, whatever the change is, unless it ends the climb.
        let change = Climb.follow(standing, from: climb, rules: rules, at: context.now)
        let isOver = change.contains { if case .ended = $0 { true } else { false } }
        if let climb, !isOver { for event in climb.elapse(at: context.now) { take(event) } }
        for event in change { take(event) }
        guard let current else { return }
        guard !events.isEmpty else {
            // Nothing was due although the table said so: the table is put right.
            if contact == nil { try ClimbStore.save(current, of: warning, in: &session) }
            return
        }
        for event in events { try record(event, of: warning, contact: contact, context: &context, in: &session) }
        try ClimbStore.save(current, of: warning, in: &session)
    }

    private static func record(
        _ event: Climb.Event, of warning: Warning, contact: HazardContact?, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        guard case .climbed(let step, let isLate) = event else {
            try context.log(stream: "climb", warning.id.rawValue, event.kind, event.payload, in: &session)
            return
        }
        let known: HazardContact
        if let contact {
            known = contact
        } else {
            known = try ContactStore.contact(of: warning.hazard, in: &session)
        }
        let recipients = Climb.recipients(of: step, routing: known.routing)
        let members =
            (event.payload.members ?? []) + [
                .init("level", .string(warning.level.name)),
                .init("recipients", .array(recipients.map { .array([.string($0.kind), .string($0.id)]) })),
            ]
        let version = try context.log(
            stream: "climb", warning.id.rawValue, event.kind, .object(members), in: &session)
        try ClimbStore.noteStep(step, of: warning, version: version, at: context.now, in: &session)
        let place = "\(known.enterpriseName) \(known.hazardName) \(warning.level.title)预警"
        for recipient in recipients {
            let notice = Notice(
                key: "climb/\(warning.id)/\(version)", recipient: recipient, subject: "climb:\(warning.id)",
                title: "无人确认", text: text(step, place), address: "/warning/\(warning.id)",
                enterprise: warning.enterprise)
            try OutboxStore.post(
                OutboxStore.Row(
                    climbing: notice, warning: warning.id, level: warning.level, reach: reach(of: step),
                    isLate: isLate, at: context.now), in: &session)
        }
    }

    private static func reach(of step: Climb.Step) -> OutboxStore.Reach {
        switch step {
        case .nextChannel: .next
        case .dutyPhone, .desk: .all
        }
    }

    private static func text(_ step: Climb.Step, _ place: String) -> String {
        switch step {
        case .nextChannel: "\(place)尚未确认，请立即确认并处置"
        case .dutyPhone: "\(place)包保责任人未确认，请值班人员立即通知责任人并核实现场"
        case .desk: "\(place)企业一直无人确认，请立即电话核实"
        }
    }
}
