public import Domain
import Kernel
public import Storage

/// 开停车、检维修备案: recorded by the enterprise, seen by its regulator.
public enum OperationRecordOperations {
    /// What an enterprise records; the id, the time and the author are ours.
    @discardableResult
    public static func record(
        _ draft: OperationRecord, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(FilingFailure) -> String {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("备案由企业安全员或管理员提交") }
        if let violation = draft.violations().first { throw .refused(violation.text) }
        var record = draft
        record.id = context.ids.next("or", at: context.now)
        record.createdAt = context.now
        record.createdBy = context.actor
        record.endedAt = nil
        let complete = record
        let oversight = try FilingFailure.storing { () throws(StorageError) -> Oversight? in
            guard try RegistryQueries.enterprise(complete.enterprise, scope: editor.scope, in: &session) != nil else {
                return nil
            }
            if let hazard = complete.hazard,
                try RegistryQueries.hazard(hazard, scope: .enterprise(complete.enterprise), in: &session) == nil
            {
                return nil
            }
            return try Oversight.find(complete.enterprise, in: &session)
        }
        guard let oversight else { throw .notFound }
        try FilingFailure.storing { () throws(StorageError) in
            try OperationRecordStore.insert(complete, in: &session)
            try context.log(
                stream: "operation", complete.id, "recorded",
                [
                    "enterprise": .string(complete.enterprise.rawValue), "kind": .string(complete.kind.rawValue),
                    "device": .string(complete.deviceName), "start": .integer(complete.startAt.milliseconds),
                    "expire": .integer(complete.expireAt.milliseconds),
                    "removesInterlock": .bool(complete.removesInterlock),
                ], in: &session)
            let interlock = complete.removesInterlock ? ",期间摘除联锁" : ""
            for office in oversight.offices {
                try NoticeOperations.send(
                    Notice(
                        key: "operation:\(complete.id)", recipient: .authority(office),
                        subject: "operation:\(complete.id)", title: "\(complete.kind.label)备案",
                        text: "\(oversight.name) \(complete.deviceName) \(complete.kind.label)\(interlock),"
                            + "\(ChinaTime.dateTime(complete.startAt)) 起。",
                        address: "/filings/records", enterprise: complete.enterprise),
                    context: &context, in: &session)
            }
        }
        return complete.id
    }

    public static func end(
        _ id: String, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(FilingFailure) {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("由企业报告完成") }
        let found = try FilingFailure.storing { () throws(StorageError) in
            try OperationRecordStore.find(id, scope: editor.scope, in: &session)
        }
        guard let found else { throw .notFound }
        let hasEnded = try FilingFailure.storing { () throws(StorageError) -> Bool in
            guard try OperationRecordStore.end(id, at: max(context.now, found.startAt), in: &session) else {
                return false
            }
            try context.log(stream: "operation", id, "ended", [:], in: &session)
            return true
        }
        guard hasEnded else { throw .refused("已经报告过完成") }
    }
}
