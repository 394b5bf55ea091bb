public import Domain
public import Kernel

/// A bulletin as it went out.
public struct YearDocument: Sendable {
    public var id: BulletinID
    public var office: AuthorityID
    public var officeName: String
    public var kind: BulletinKind
    public var period: BulletinPeriod
    public var issuedAt: Timestamp
    public var document: Document
}
