public import Domain
public import Kernel

/// One value of an upload as it came: flat, without references, so that a batch lies in one buffer.
public struct UploadValue: Sendable {
    /// The place in the point directory.
    public var point: Int32
    /// The place in `datas`.
    public var index: Int32
    public var claimedAt: Timestamp
    /// NaN where a bad value bore none.
    public var value: Double
    public var quality: Quality
    /// What the edge says of the value, where it says so.
    public var reported: PointState?
    public var isMarkedBackfill: Bool

    public init(
        point: Int32, index: Int32, claimedAt: Timestamp, value: Double, quality: Quality, reported: PointState?,
        isMarkedBackfill: Bool
    ) {
        self.point = point
        self.index = index
        self.claimedAt = claimedAt
        self.value = value
        self.quality = quality
        self.reported = reported
        self.isMarkedBackfill = isMarkedBackfill
    }
}

/// A value that rejected itself.
public struct RejectedValue: Hashable, Sendable {
    public var index: Int
    public var reason: String

    public init(index: Int, reason: String) {
        self.index = index
        self.reason = reason
    }
}

/// An upload, read. Reuse one for many uploads: its buffers keep their room.
public struct UploadMessage: Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case realtime, heartbeat, company, hazard, equip, target, responsible, promise, offline, video
    }

    public internal(set) var kind: Kind = .realtime
    public internal(set) var dataSourceCode = ""
    /// Empty where the upload names none.
    public internal(set) var epoch = ""
    public internal(set) var seq: Int64 = 0
    public internal(set) var sendTime: Timestamp?
    /// Filled for `realtime` only; the other kinds are people-sized and read as JSON.
    public internal(set) var values: [UploadValue] = []
    public internal(set) var rejected: [RejectedValue] = []

    public static let valuesMax = 5_000

    public init() {}

    mutating func removeAll() {
        kind = .realtime
        dataSourceCode = ""
        epoch = ""
        seq = 0
        sendTime = nil
        values.removeAll(keepingCapacity: true)
        rejected.removeAll(keepingCapacity: true)
    }
}
