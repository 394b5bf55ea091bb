public import Domain
public import Kernel
public import Storage

/// Why a webhook was not set up.
public enum WebhookFailure: TransactionFailure, Hashable {
    case address(WebhookAddress.Refusal)
    case notFound
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }
}

/// Whose notices a webhook carries.
public enum WebhookOwner: Hashable, Sendable {
    case authority(AuthorityID)
    case enterprise(EnterpriseID)
}

/// Webhooks as administrators set them up. Each function runs inside one transaction of the caller.
public enum WebhookOperations {
    /// - Parameter secret: random, made by the caller; shown once to whoever set the webhook up.
    @discardableResult
    public static func add(
        owner: WebhookOwner, url: String, secret: String, context: inout OperationContext, in session: inout Session
    ) throws(WebhookFailure) -> String {
        do throws(WebhookAddress.Refusal) { try WebhookAddress.check(url) } catch { throw .address(error) }
        let id = context.ids.next("H", at: context.now)
        var webhook = Webhook(id: id, authority: nil, enterprise: nil, url: url, secret: secret, isEnabled: true)
        switch owner {
        case .authority(let authority): webhook.authority = authority
        case .enterprise(let enterprise): webhook.enterprise = enterprise
        }
        do throws(StorageError) {
            try WebhookStore.insert(webhook, at: context.now, by: context.actor, in: &session)
            try context.log(stream: "registry", id, "webhookAdded", ["url": .string(url)], in: &session)
        } catch {
            throw .storage(error)
        }
        return id
    }

    /// What still waits for a webhook that is switched off is given up at its next attempt.
    public static func setEnabled(
        _ id: String, _ isEnabled: Bool, context: inout OperationContext, in session: inout Session
    ) throws(WebhookFailure) {
        do throws(StorageError) {
            if try WebhookStore.setEnabled(id, isEnabled, in: &session) {
                let event = isEnabled ? "webhookEnabled" : "webhookDisabled"
                try context.log(stream: "registry", id, event, [:], in: &session)
                return
            }
        } catch {
            throw .storage(error)
        }
        throw .notFound
    }
}
