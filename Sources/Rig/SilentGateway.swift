import Domain
import Kernel
import Storage

/// A gateway of a simulation: its uploads come from the simulation itself. Nobody uploads over the network: the key
/// opens nothing.
enum SilentGateway {
    static func insert(
        _ id: GatewayID, of enterprise: EnterpriseID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try GatewayStore.insert(
            id, enterprise: enterprise, name: nil, keyHash: Hash.sha256([UInt8](id.rawValue.utf8)), keyHint: "",
            at: now, in: &session)
    }
}
