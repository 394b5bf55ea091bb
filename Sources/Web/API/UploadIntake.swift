public import Domain
public import Kernel

/// What takes an upload in. Services/Intake is it; the endpoint knows only this.
public protocol UploadIntake: Sendable {
    /// Answers when the accepted values, and the alarms and warnings that they raise, are on disk.
    func accept(_ body: [UInt8], from gateway: GatewayID, of enterprise: EnterpriseID) async -> UploadOutcome
}

/// What became of an upload.
public enum UploadOutcome: Sendable {
    /// The answer's document, made by the intake.
    case accepted(document: [UInt8])
    case refused(UploadProblem)
}

public struct UploadProblem: Sendable {
    public var status: Int
    public var kind: String
    public var detail: String
    public var retryAfterSeconds: Int?
    public init(status: Int, kind: String, detail: String, retryAfterSeconds: Int? = nil) {
        self.status = status
        self.kind = kind
        self.detail = detail
        self.retryAfterSeconds = retryAfterSeconds
    }
}
