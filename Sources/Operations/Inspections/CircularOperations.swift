public import Domain
public import Kernel
public import Storage

/// 传达到属地相关企业: an office hands a document to all enterprises of its jurisdiction; each signs (SZ-14).
public enum CircularOperations {
    @discardableResult
    public static func send(
        title: String, text: String, by office: AuthorityID, context: inout OperationContext,
        in session: inout Session
    ) throws(ProblemFailure) -> String {
        guard title.contains(where: { !$0.isWhitespace }), text.contains(where: { !$0.isWhitespace }) else {
            throw .unsuitable("请填写标题和正文")
        }
        let enterprises = try ProblemFailure.storing { () throws(StorageError) in
            try RegistryQueries.enterprises(scope: .authority(office), in: &session).map(\.id)
        }
        guard !enterprises.isEmpty else { throw .unsuitable("辖内没有企业") }
        let id = context.ids.next("ci", at: context.now)
        try ProblemFailure.storing { () throws(StorageError) in
            try CircularStore.insert(
                id: id, authority: office, title: title, text: text, to: enterprises, by: context.actor,
                at: context.now, in: &session)
            try context.log(
                stream: "bulletin", "circular:\(id)", "circularSent",
                [
                    "title": .string(title), "office": .string(office.rawValue),
                    "enterprises": .integer(Int64(enterprises.count)),
                ], in: &session)
            for enterprise in enterprises {
                try NoticeOperations.send(
                    Notice(
                        key: "circular:\(id)", recipient: .enterprise(enterprise), subject: "circular:\(id)",
                        title: "文件传达,请签收", text: title, address: "/circulars", enterprise: enterprise),
                    context: &context, in: &session)
            }
        }
        return id
    }

    public static func sign(
        _ id: String, for enterprise: EnterpriseID, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) {
        let count = try ProblemFailure.storing { () throws(StorageError) in
            try CircularStore.sign(id, enterprise: enterprise, by: context.actor, at: context.now, in: &session)
        }
        guard count > 0 else { throw .unsuitable("没有这份文件,或已经签收") }
        try ProblemFailure.storing { () throws(StorageError) in
            try context.log(
                stream: "bulletin", "circular:\(id)", "circularSigned",
                ["enterprise": .string(enterprise.rawValue)], in: &session)
        }
    }
}
