public import Domain
public import Kernel
public import Storage

/// Who signs a commitment.
public enum CommitmentSigner: Hashable, Sendable {
    /// A responsible person on their own account.
    case person(PersonID)
    /// Another account of the enterprise, which needs an authorisation of the principal (A24).
    case account(AccountID)
    /// As an upload names them: must be the registered principal, or hold an authorisation.
    case named(String)
}

/// A commitment as it comes in, from the page or from a gateway (`promise`).
public struct CommitmentSubmission: Hashable, Sendable {
    public var enterprise: EnterpriseID
    /// The day that it claims; nil is today.
    public var day: Day?
    public var draft: CommitmentDraft
    public var signer: CommitmentSigner
    /// `page`, or `gateway:<id>`.
    public var source: String
    /// Of the caller.
    public var scope: Scope

    public init(
        enterprise: EnterpriseID, day: Day? = nil, draft: CommitmentDraft, signer: CommitmentSigner, source: String,
        scope: Scope? = nil
    ) {
        self.enterprise = enterprise
        self.day = day
        self.draft = draft
        self.signer = signer
        self.source = source
        self.scope = scope ?? .enterprise(enterprise)
    }

    /// Of an uploaded `promise`: the A names of domain §7, with `measures`, `hiddenDanger`, `hazardSafe` and
    /// `judgements: [{tier, unit, name, at}]` as our additions. `commitStatus` is ours to decide and is not read.
    public init(promise: JSON, enterprise: EnterpriseID, gateway: GatewayID) {
        let draft = CommitmentDraft(json: promise)
        self.init(
            enterprise: enterprise, day: CommitmentDraft.day(in: promise), draft: draft,
            signer: .named(draft.signer ?? ""), source: "gateway:\(gateway)")
    }
}

/// What came of it.
public struct CommitmentReceipt: Hashable, Sendable {
    public var id: String
    public var day: Day
    public var version: Int
    public var receivedAt: Timestamp
    public var standing: CommitmentStanding
    /// Found at once; more may be found during the day.
    public var contradictions: [CommitmentContradiction]
    /// The same content was there already: nothing changed.
    public var isRepeated: Bool
}
