public import Domain
public import Kernel
public import Storage
public import Wire

/// What is answered to an accepted upload.
public struct UploadAnswer: Hashable, Sendable {
    public var accepted: Int
    public var isDuplicate: Bool
    public var rejected: [RejectedValue]

    public var json: JSON {
        [
            "accepted": .integer(Int64(accepted)), "duplicate": .bool(isDuplicate),
            "rejected": .array(
                rejected.map { ["index": .integer(Int64($0.index)), "reason": .string($0.reason)] }),
        ]
    }
}

/// Why an upload was not taken; nothing of it was kept.
public enum IntakeRefusal: Error, Hashable, Sendable {
    case unreadable(UploadRefusal)
    /// The body names another source than the key's gateway.
    case foreignSource(String)
    /// Every point belongs to another enterprise.
    case foreignPoints
    case conflict
    /// Too much waits: come again.
    case busy
    case storage(StorageError)

    public var status: Int {
        switch self {
        case .unreadable(let refusal): refusal.status
        case .foreignSource, .foreignPoints: 403
        case .conflict: 409
        case .busy, .storage: 503
        }
    }

    /// For `Retry-After`, where it makes sense to come again.
    public var retryAfterSeconds: Int? {
        switch self {
        case .busy: 1
        case .storage: 5
        case .unreadable, .foreignSource, .foreignPoints, .conflict: nil
        }
    }

    public var detail: String {
        switch self {
        case .unreadable(let refusal): refusal.detail
        case .foreignSource(let code): "dataSourceCode “\(code)”不是这把密钥的网关"
        case .foreignPoints: "全部 targetCode 都属于别的企业"
        case .conflict: "这个 seq 以前收过，内容不同"
        case .busy: "排队的上传太多，请稍后再传"
        case .storage: "数据库暂时不可用，请稍后再传"
        }
    }
}

/// A point as it stands now.
public struct PointReading: Hashable, Sendable {
    public var point: PointID
    /// Nil before the first value.
    public var value: Double?
    public var at: Timestamp?
    public var receivedAt: Timestamp?
    public var quality: Quality
    public var state: PointState
    public var stateSince: Timestamp?
    public var offlineSince: Timestamp?
    public var isExempt: Bool
}

/// One value of a curve.
public struct CurveValue: Hashable, Sendable {
    public var at: Timestamp
    public var value: Double
    public var quality: Quality
    public var isBackfill: Bool
}
