public import Domain
public import Kernel
public import Services
import Wire

/// The server's own intake behind the upload endpoint.
extension IntakeService: UploadIntake {
    public func accept(_ body: [UInt8], from gateway: GatewayID, of enterprise: EnterpriseID) async -> UploadOutcome {
        do throws(IntakeRefusal) {
            let answer = try await accept(body: body, gateway: gateway, enterprise: enterprise)
            return .accepted(document: Array(answer.json.text.utf8))
        } catch {
            return .refused(
                UploadProblem(
                    status: error.status, kind: Self.kind(error), detail: error.detail,
                    retryAfterSeconds: error.retryAfterSeconds))
        }
    }

    private static func kind(_ refusal: IntakeRefusal) -> String {
        switch refusal {
        case .unreadable(let refusal): kind(refusal)
        case .foreignSource: "foreign-source"
        case .foreignPoints: "foreign-points"
        case .conflict: "conflict"
        case .busy: "busy"
        case .storage: "storage"
        }
    }

    private static func kind(_ refusal: UploadRefusal) -> String {
        switch refusal {
        case .missing, .unknownType: "incomplete"
        case .tooManyValues: "too-large"
        case .notJSON, .wrongType, .repeated: "unreadable"
        }
    }
}
