public import Domain
public import Kernel
public import Storage

/// The cameras' register, and their state by the upload's `video` messages.
public enum CameraOperations {
    @discardableResult
    public static func save(
        _ camera: Camera, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) -> [Violation] {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("摄像机由企业安全员或管理员登记") }
        try RegistryOperations.requireEnterprise(camera.enterprise, editor, in: &session)
        var violations = camera.violations()
        let isTaken = try RegistryOperations.query(
            { session throws(StorageError) in try CameraStore.isTaken(camera, in: &session) }, in: &session)
        if isTaken { violations.append(Violation(.name, "编码或名称已被占用")) }
        if let hazard = camera.hazard {
            let found = try RegistryOperations.query(
                { session throws(StorageError) in
                    try RegistryQueries.hazard(hazard, scope: .enterprise(camera.enterprise), in: &session)
                }, in: &session)
            if found == nil { violations.append(Violation(.hazard, "本企业没有危险源“\(hazard)”")) }
        }
        guard !violations.isRefused else { throw .violations(violations) }
        do throws(StorageError) {
            try CameraStore.save(camera, at: context.now, in: &session)
            try context.log(stream: "camera", camera.id.rawValue, "saved", camera.json, in: &session)
        } catch { throw .storage(error) }
        return violations.cautions
    }

    /// Puts a camera into or out of use. Out of use is a loss of sight, so that the regulator is told (SJ-21).
    public static func setInUse(
        _ id: CameraID, _ isInUse: Bool, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) {
        let found = try RegistryOperations.query(
            { session throws(StorageError) in try CameraStore.find(id, scope: editor.scope, in: &session) },
            in: &session)
        guard var camera = found else { throw .notFound }
        // The enterprise files; only its regulator takes a camera out of what has to be online.
        guard isInUse ? editor.mayEditEnterpriseParts : editor.mayDecide else {
            throw .forbidden("停用视频要由监管单位办理;临时停用请报备")
        }
        guard camera.isInUse != isInUse else { return }
        camera.isInUse = isInUse
        do throws(StorageError) {
            try CameraStore.save(camera, at: context.now, in: &session)
            try context.log(
                stream: "camera", id.rawValue, isInUse ? "broughtIntoUse" : "takenOutOfUse", [:], in: &session)
            guard !isInUse else { return }
            try PresenceStore.close(.camera, id.rawValue, at: context.now, in: &session)
            // Otherwise its next heartbeat, back in use, would change nothing and open no span.
            if var state = try CameraStore.states(of: camera.enterprise, in: &session)[id], state.isOnline {
                state.isOnline = false
                state.since = context.now
                state.reason = nil
                try CameraStore.setState(state, of: camera.enterprise, in: &session)
            }
        } catch { throw .storage(error) }
    }

    /// What one entry of a `video` message says.
    struct Report {
        var camera: CameraID
        var isOnline: Bool
        var reason: String?
        var planOnlineAt: Timestamp?
    }

    /// Takes what a gateway says of its cameras. Only changes are written one by one; the heartbeat of the others is
    /// one statement.
    static func take(
        _ reports: [Report], of enterprise: EnterpriseID, at now: Timestamp, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        guard !reports.isEmpty else { return }
        let states = try CameraStore.states(of: enterprise, in: &session)
        var unchanged: [CameraID] = []
        for report in reports {
            let old = states[report.camera]
            if let old, old.isOnline == report.isOnline, old.reason == report.reason,
                old.planOnlineAt == report.planOnlineAt
            {
                unchanged.append(report.camera)
                continue
            }
            let hasTurned = old?.isOnline != report.isOnline
            try CameraStore.setState(
                .init(
                    camera: report.camera, isOnline: report.isOnline, since: hasTurned ? now : old?.since ?? now,
                    heardAt: now, reason: report.reason, planOnlineAt: report.planOnlineAt), of: enterprise,
                in: &session)
            guard hasTurned else { continue }
            try turn(
                report.camera, isOnline: report.isOnline, of: enterprise, reason: report.reason, at: now,
                context: &context, in: &session)
        }
        try CameraStore.heard(unchanged, at: now, in: &session)
        try arm(enterprise, in: &session)
    }

    private static func turn(
        _ camera: CameraID, isOnline: Bool, of enterprise: EnterpriseID, reason: String?, at instant: Timestamp,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let hasChanged =
            isOnline
            ? try PresenceStore.open(.camera, camera.rawValue, of: enterprise, at: instant, in: &session)
            : try PresenceStore.close(.camera, camera.rawValue, at: instant, in: &session)
        guard hasChanged else { return }
        try context.log(
            stream: "camera", camera.rawValue, isOnline ? "online" : "offline",
            ["enterprise": .string(enterprise.rawValue), "reason": reason.map { .string($0) } ?? .null], at: instant,
            in: &session)
    }

    /// One deadline an enterprise: when the camera heard longest ago falls silent. Heartbeats do not move it; when it
    /// is reached it looks again.
    private static func arm(
        _ enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) {
        let key = "cameras." + enterprise.rawValue
        guard let heard = try CameraStore.earliestHeard(of: enterprise, in: &session) else {
            return try DueStore.set(.presence, id: key, at: nil, in: &session)
        }
        guard try !DueStore.isSet(.presence, id: key, in: &session) else { return }
        try DueStore.set(.presence, id: key, at: heard + PresenceRules.standard.cameraSilence, in: &session)
    }

    /// Cameras of which nothing was heard for three heartbeats are offline from that instant on (domain §8).
    static func silence(
        of enterprise: EnterpriseID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let silence = PresenceRules.standard.cameraSilence
        for state in try CameraStore.states(of: enterprise, in: &session).values.sorted(by: { $0.camera < $1.camera })
        where state.isOnline && state.heardAt + silence <= context.now {
            var state = state
            state.isOnline = false
            state.since = state.heardAt + silence
            state.reason = "三次心跳未收到"
            try CameraStore.setState(state, of: enterprise, in: &session)
            try turn(
                state.camera, isOnline: false, of: enterprise, reason: state.reason, at: state.since,
                context: &context, in: &session)
        }
        try DueStore.set(.presence, id: "cameras." + enterprise.rawValue, at: nil, in: &session)
        try arm(enterprise, in: &session)
    }
}

extension Camera {
    var json: JSON {
        [
            "id": .string(id.rawValue), "enterprise": .string(enterprise.rawValue),
            "hazard": hazard.map { .string($0.rawValue) } ?? .null, "name": .string(name),
            "place": .string(place.rawValue), "location": location.map { .string($0) } ?? .null,
            "gbCode": gbCode.map { .string($0) } ?? .null, "inUse": .bool(isInUse),
        ]
    }
}
