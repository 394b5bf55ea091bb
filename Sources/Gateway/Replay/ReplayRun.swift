import Foundation
public import Kernel

/// Feeds a historian's export to the server.
public struct ReplayRun: Sendable {
    public struct Options: Sendable {
        public var file: String
        public var map = ColumnMap()
        public var isWide = false
        public var delimiter: UInt8?
        /// nil: found by looking.
        public var format: TimeFormat?
        public var zone = Interval.hours(8)
        /// Virtual seconds a second; nil: as fast as the server takes it.
        public var speed: Double?
        public var shiftsToNow = false
        public var codes: [String: String] = [:]
        public var badRowsShownMax = 20
        public init(file: String) { self.file = file }
    }

    public struct Summary: Hashable, Sendable {
        public var rows = 0
        public var badRows = 0
        public var emptyCells = 0
        public var values = 0
        public var firstAt: Timestamp?
        public var lastAt: Timestamp?
        public var format: TimeFormat?
        public init() {}
    }

    private let options: Options
    private let uploader: Uploader
    private let clock: @Sendable () -> Timestamp
    private let rest: @Sendable (Interval) async throws -> Void
    private let tell: @Sendable (String) -> Void
    private let progress: @Sendable (_ share: Double, _ summary: Summary) async -> Void

    public init(
        options: Options, uploader: Uploader, clock: @escaping @Sendable () -> Timestamp,
        rest: @escaping @Sendable (Interval) async throws -> Void = {
            try await Task.sleep(for: .milliseconds($0.milliseconds))
        },
        tell: @escaping @Sendable (String) -> Void,
        progress: @escaping @Sendable (_ share: Double, _ summary: Summary) async -> Void
    ) {
        self.options = options
        self.uploader = uploader
        self.clock = clock
        self.rest = rest
        self.tell = tell
        self.progress = progress
    }

    /// Reads to the end; everything is in the uploader's hands then.
    public func run() async throws -> Summary {
        var summary = Summary()
        let plan = try inspect()
        summary.format = plan.format
        var pace = Pace(options: options, extent: plan.extent, startedAt: clock())
        var reader = try open()
        var rows = RowReader(
            layout: plan.layout, format: plan.format, zone: options.zone, codes: options.codes, isUTF8: reader.isUTF8)
        if plan.layout.hasHeader { _ = try reader.next() }
        var batch: [OutgoingValue] = []
        while let record = try reader.next() {
            try Task.checkCancellation()
            if record.isBlank { continue }
            summary.rows += 1
            var isBad = false
            for outcome in rows.read(record) {
                switch outcome {
                case .bad(let reason):
                    isBad = true
                    if summary.badRows < options.badRowsShownMax { tell("第 \(record.line) 行:\(reason)") }
                case .values(let values):
                    for value in values {
                        summary.firstAt = min(summary.firstAt ?? value.at, value.at)
                        summary.lastAt = max(summary.lastAt ?? value.at, value.at)
                        var moved = value
                        moved.at = pace.stamp(value.at)
                        let wait = pace.wait(for: value.at, now: clock())
                        if wait > .zero || batch.count >= 2_000 {
                            await hand(&batch, &summary)
                            await progress(Double(reader.bytesRead) / plan.size, summary)
                        }
                        if wait > .zero { try await rest(wait) }
                        batch.append(moved)
                    }
                }
            }
            if isBad { summary.badRows += 1 }
        }
        await hand(&batch, &summary)
        summary.emptyCells = rows.emptyCells
        await progress(1, summary)
        if summary.badRows > options.badRowsShownMax { tell("……另有 \(summary.badRows - options.badRowsShownMax) 行没有列出") }
        return summary
    }

    private func hand(_ batch: inout [OutgoingValue], _ summary: inout Summary) async {
        guard !batch.isEmpty else { return }
        summary.values += batch.count
        await uploader.put(batch)
        batch.removeAll(keepingCapacity: true)
    }

    private struct Plan {
        var layout: ColumnLayout
        var format: TimeFormat
        var extent: ClosedRange<Timestamp>?
        var size: Double
    }

    /// Looks at the header and at the first rows; through the whole file where the newest time has to be known.
    private func inspect() throws -> Plan {
        var reader = try open()
        guard let first = try reader.next() else { throw ReplayMistake("文件是空的") }
        let header = first.fields.map { RowReader.decode($0, isUTF8: reader.isUTF8) }
        let layout = try ColumnLayout(map: options.map, header: header, isWide: options.isWide)
        var samples: [String] = layout.hasHeader ? [] : [RowReader.time(first, layout, reader.isUTF8)]
        while samples.count < 200, let record = try reader.next() {
            if !record.isBlank { samples.append(RowReader.time(record, layout, reader.isUTF8)) }
        }
        guard !samples.isEmpty else { throw ReplayMistake("除表头外没有数据") }
        let format: TimeFormat
        if let declared = options.format {
            format = declared
        } else {
            // A few broken rows at the head must not hide the format of the rest.
            let readable = samples.filter { sample in
                TimeFormat.detectable.contains { $0.parse(sample, zone: options.zone) != nil }
            }
            guard readable.count * 2 > samples.count, let found = TimeFormat.detect(readable, zone: options.zone) else {
                throw ReplayMistake(
                    "认不出时间“\(samples[0])”的写法,请用 --time-format 指明:"
                        + TimeFormat.allCases.map(\.rawValue).joined(separator: "、"))
            }
            format = found
        }
        let size = Double(
            (try FileManager.default.attributesOfItem(atPath: options.file)[.size] as? Int) ?? 0)
        let extent = options.shiftsToNow ? try extent(layout, format) : nil
        return Plan(layout: layout, format: format, extent: extent, size: max(1, size))
    }

    private func extent(_ layout: ColumnLayout, _ format: TimeFormat) throws -> ClosedRange<Timestamp>? {
        var reader = try open()
        if layout.hasHeader { _ = try reader.next() }
        var extent: ClosedRange<Timestamp>?
        while let record = try reader.next() {
            try Task.checkCancellation()
            guard let at = format.parse(RowReader.time(record, layout, reader.isUTF8), zone: options.zone) else {
                continue
            }
            extent = extent.map { min($0.lowerBound, at)...max($0.upperBound, at) } ?? at...at
        }
        return extent
    }

    private func open() throws -> DelimitedReader {
        guard let handle = FileHandle(forReadingAtPath: options.file) else {
            throw ReplayMistake("\(options.file) 打不开")
        }
        return try DelimitedReader(delimiter: options.delimiter) {
            guard let data = try handle.read(upToCount: 1 << 18), !data.isEmpty else { return nil }
            return [UInt8](data)
        }
    }
}

/// When a value goes out, and with which time on it.
struct Pace {
    private let speed: Double?
    private let startedAt: Timestamp
    private let extent: ClosedRange<Timestamp>?
    private var origin: Timestamp?

    init(options: ReplayRun.Options, extent: ClosedRange<Timestamp>?, startedAt: Timestamp) {
        speed = options.speed
        self.extent = extent
        self.startedAt = startedAt
    }

    /// Played: the first value is now, and time runs as fast as it is played. Not played, but moved: the newest is now.
    func stamp(_ at: Timestamp) -> Timestamp {
        guard let extent else { return at }
        guard let speed else { return startedAt - (extent.upperBound - at) }
        return startedAt + Self.scaled(at - extent.lowerBound, by: 1 / speed)
    }

    /// Until the value is due, as the file's own time goes.
    mutating func wait(for at: Timestamp, now: Timestamp) -> Interval {
        guard let speed else { return .zero }
        let origin = self.origin ?? extent?.lowerBound ?? at
        self.origin = origin
        let due = startedAt + Self.scaled(at - origin, by: 1 / speed)
        return due - now
    }

    private static func scaled(_ interval: Interval, by factor: Double) -> Interval {
        .milliseconds(Int64((Double(interval.milliseconds) * factor).rounded()))
    }
}
