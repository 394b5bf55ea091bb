public import Domain
public import Kernel
public import Storage

/// 查岗: asked, answered, missed.
public enum DutyCallOperations {
    /// Asks the duty officer of an enterprise of the jurisdiction, or of an office below.
    @discardableResult
    public static func call(
        _ target: DutyCall.Target, minutes: Int, question: String, office: AuthorityID,
        context: inout OperationContext, in session: inout Session
    ) throws(SpotCheckFailure) -> DutyCallID {
        guard
            try SpotCheckFailure.storing({ () throws(StorageError) in
                try DutyCallTargets.mayCall(target, by: office, in: &session)
            })
        else { throw .notFound }
        let id = DutyCallID(context.ids.next("dc", at: context.now))
        let call: DutyCall
        do throws(DutyCall.Refusal) {
            call = try DutyCall(
                id: id, caller: office, target: target, calledAt: context.now, minutes: minutes,
                question: question.trimmedOfSpace.isEmpty ? "请值班人员应答:姓名、在岗人数、当前工况" : question.trimmedOfSpace)
        } catch { throw .refused(error.reason) }
        try SpotCheckFailure.storing { () throws(StorageError) in
            let name = try CheckOffice.find(office, in: &session)?.name ?? ""
            try DutyCallStore.insert(call, by: context.actor, in: &session)
            try DueStore.set(.spotCheck, id: id.rawValue, at: call.nextDeadline, in: &session)
            try context.log(
                stream: "check", id.rawValue, "called",
                [
                    "office": .string(office.rawValue), "target": .string(target.id),
                    "minutes": .integer(Int64(minutes)), "question": .string(call.question),
                ], in: &session)
            try NoticeOperations.send(
                Notice(
                    key: "call:\(id)", recipient: target.recipient, subject: "call:\(id)", title: "查岗:\(name)",
                    text: "\(call.question)。请在 \(ChinaTime.clock(call.dueAt)) 前应答。", address: "/calls/\(id)",
                    enterprise: target.enterprise), context: &context, in: &session)
        }
        return id
    }

    /// The called one answers; late is better than never, and is written down as late.
    @discardableResult
    public static func answer(
        _ id: DutyCallID, name: String, text: String, scope: Scope, context: inout OperationContext,
        in session: inout Session
    ) throws(SpotCheckFailure) -> DutyCall {
        let found = try SpotCheckFailure.storing { () throws(StorageError) in
            try DutyCallStore.find(id, scope: scope, in: &session)
        }
        guard var call = found?.call else { throw .notFound }
        switch (scope, call.target) {
        case (.authority(let own), .authority(let called)) where own == called: break
        case (.enterprise(let own), .enterprise(let called)) where own == called: break
        // `find` has looked: the person answers for a source of that enterprise.
        case (.person, .enterprise): break
        case (.authority, _), (.enterprise, _), (.person, .authority), (.system, _):
            throw .forbidden("查岗由被查单位的值班人员应答")
        }
        do throws(DutyCall.Refusal) {
            try call.answer(by: name, text: text, at: context.now)
        } catch { throw .refused(error.reason) }
        let answered = call
        try SpotCheckFailure.storing { () throws(StorageError) in
            try DutyCallStore.update(answered, account: context.actor, in: &session)
            try DueStore.set(.spotCheck, id: id.rawValue, at: nil, in: &session)
            try context.log(
                stream: "check", id.rawValue, answered.state.rawValue,
                ["name": .string(answered.answeredBy ?? ""), "text": .string(text)], in: &session)
            if answered.state == .late {
                try tell(answered, "迟应答", found?.targetName ?? "", &context, in: &session)
            }
        }
        return answered
    }

    /// The time is up.
    static func elapse(
        _ id: DutyCallID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard let found = try DutyCallStore.find(id, scope: .system, in: &session) else {
            return try DueStore.set(.spotCheck, id: id.rawValue, at: nil, in: &session)
        }
        var call = found.call
        let isMissed = call.elapse(at: context.now)
        try DueStore.set(.spotCheck, id: id.rawValue, at: call.nextDeadline, in: &session)
        guard isMissed else { return }
        try DutyCallStore.update(call, account: nil, in: &session)
        try context.log(stream: "check", id.rawValue, "missed", [:], in: &session)
        try tell(call, "未应答", found.targetName, &context, in: &session)
        try NoticeOperations.send(
            Notice(
                key: "call-missed:\(id)", recipient: call.target.recipient, subject: "call:\(id)", title: "查岗未按时应答",
                text: "\(call.question)。时限 \(call.minutes) 分钟已过,请立即应答,按迟应答记录。", address: "/calls/\(id)",
                enterprise: call.target.enterprise), context: &context, in: &session)
    }

    private static func tell(
        _ call: DutyCall, _ word: String, _ target: String, _ context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        try NoticeOperations.send(
            Notice(
                key: "call-\(call.state.rawValue):\(call.id)", recipient: .authority(call.caller),
                subject: "call:\(call.id)", title: "查岗\(word):\(target)", text: call.summary,
                address: "/calls/\(call.id)", enterprise: call.target.enterprise), context: &context, in: &session)
    }
}

extension DutyCall.Target {
    var enterprise: EnterpriseID? { if case .enterprise(let id) = self { id } else { nil } }
}
