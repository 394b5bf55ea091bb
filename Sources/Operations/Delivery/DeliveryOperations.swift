public import Kernel
public import Storage

/// What is noted of deliveries. Each function runs inside one transaction of the caller.
public enum DeliveryOperations {
    public enum State: Hashable, Sendable {
        case delivered
        case pending(nextAttemptAt: Timestamp)
        /// Given up; stays visible as failed.
        case failed
        /// Somebody else noted this attempt, or ended the delivery, meanwhile.
        case superseded
    }

    /// Notes one attempt and decides what is next. The end of a delivery, good or bad, goes into the log.
    @discardableResult
    public static func recordAttempt(
        _ delivery: Delivery, outcome: DeliveryOutcome, rule: RetryRule, jitter: Double, parcel: Parcel? = nil,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> State {
        let state = state(
            of: delivery, attempts: parcel?.attempts ?? delivery.attempts, after: outcome, rule: rule, jitter: jitter,
            at: context.now)
        let (name, next): (String, Timestamp?) =
            switch state {
            case .delivered: ("delivered", nil)
            case .pending(let next): ("pending", next)
            case .failed, .superseded: ("failed", nil)
            }
        let isRecorded = try DeliveryStore.record(
            delivery, at: context.now, outcome: outcome.name, detail: outcome.detail, state: name, nextAttemptAt: next,
            parcel: parcel?.key ?? delivery.key, in: &session)
        guard isRecorded else { return .superseded }
        switch state {
        case .delivered, .failed:
            try context.log(
                stream: "delivery", delivery.key, name,
                [
                    "warning": .string(delivery.warning.rawValue), "channel": .string(delivery.channel),
                    "attempts": .integer(Int64(delivery.attempts + 1)), "detail": .string(outcome.detail),
                    "parcel": .string(parcel?.key ?? delivery.key),
                ], in: &session)
        case .pending, .superseded: break
        }
        return state
    }

    /// An administrator has what was given up sent once more; false where nothing of that key was given up.
    public static func sendAgain(
        key: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> Bool {
        guard try DeliveryStore.reopen(key: key, at: context.now, in: &session) else { return false }
        try context.log(stream: "delivery", key, "reopened", [:], in: &session)
        return true
    }

    private static func state(
        of delivery: Delivery, attempts: Int, after outcome: DeliveryOutcome, rule: RetryRule, jitter: Double,
        at now: Timestamp
    ) -> State {
        switch outcome {
        case .delivered: return .delivered
        case .impossible: return .failed
        case .refused, .unreachable:
            let limit = delivery.createdAt + rule.giveUpAfter
            guard now < limit else { return .failed }
            let delay = rule.delay(afterAttempts: attempts + 1, jitter: jitter)
            // The last attempt falls on the limit itself.
            return .pending(nextAttemptAt: min(now + delay, limit))
        case .limited(_, let retryAfter):
            let limit = delivery.createdAt + rule.giveUpAfter
            return now < limit ? .pending(nextAttemptAt: min(now + retryAfter, limit)) : .failed
        }
    }
}
