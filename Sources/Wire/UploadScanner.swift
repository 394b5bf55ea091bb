import Domain
import Kernel

/// Reads an upload's JSON (contracts/upload.md) in one pass: no JSON value, no `String` a value, no row a value.
/// Members may stand in any order; unknown ones are skipped. What is wrong with one value rejects that value; what is
/// wrong with the document refuses it.
public struct UploadScanner {
    private var scanner = ByteScanner()
    private var seen: UInt8 = 0
    private var kindText: String?

    private init() {}

    public static func scan(
        _ body: [UInt8], directory: borrowing PointDirectory, into message: inout UploadMessage
    ) throws(UploadRefusal) {
        message.removeAll()
        var scanner = UploadScanner()
        let bytes = body.span
        try scanner.document(bytes, directory, &message)
        if scanner.scanner.hasNonASCII, String(validating: body, as: UTF8.self) == nil {
            throw .notJSON(reason: "不是 UTF-8", offset: 0)
        }
    }

    private mutating func document(
        _ bytes: Span<UInt8>, _ directory: borrowing PointDirectory, _ message: inout UploadMessage
    ) throws(UploadRefusal) {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { scanner.index = 3 }
        scanner.skipSpace(bytes)
        guard scanner.peek(bytes) == 0x7B else {
            try scanner.skipValue(bytes, depth: 0)
            throw .wrongType(member: "整份内容", expected: "对象")
        }
        scanner.index += 1
        scanner.skipSpace(bytes)
        if !scanner.take(0x7D, bytes) {
            repeat {
                scanner.skipSpace(bytes)
                let name = try scanner.string(bytes)
                try scanner.colon(bytes)
                try member(name, bytes, directory, &message)
            } while try !scanner.endOfMember(bytes)
        }
        scanner.skipSpace(bytes)
        guard scanner.index == bytes.count else { throw scanner.failure("结尾之后还有内容") }
        try finish(&message)
    }

    private func finish(_ message: inout UploadMessage) throws(UploadRefusal) {
        let kindText = kindText ?? ""
        guard seen & Member.type != 0 else { throw .missing(member: "type") }
        guard let kind = UploadMessage.Kind(rawValue: kindText) else { throw .unknownType(kindText) }
        guard seen & Member.source != 0 else { throw .missing(member: "dataSourceCode") }
        message.kind = kind
        switch kind {
        case .realtime:
            guard seen & Member.seq != 0 else { throw .missing(member: "seq") }
            guard seen & Member.datas != 0 else { throw .missing(member: "datas") }
        case .heartbeat:
            message.values.removeAll(keepingCapacity: true)
            message.rejected.removeAll(keepingCapacity: true)
        case .company, .hazard, .equip, .target, .responsible, .promise, .offline, .video:
            guard seen & Member.seq != 0 else { throw .missing(member: "seq") }
            guard seen & Member.datas != 0 else { throw .missing(member: "datas") }
            message.values.removeAll(keepingCapacity: true)
            message.rejected.removeAll(keepingCapacity: true)
        }
    }

    private enum Member {
        static let source: UInt8 = 1
        static let seq: UInt8 = 2
        static let epoch: UInt8 = 4
        static let sendTime: UInt8 = 8
        static let type: UInt8 = 16
        static let datas: UInt8 = 32
    }

    private mutating func once(_ member: UInt8, _ name: String) throws(UploadRefusal) {
        guard seen & member == 0 else { throw .repeated(member: name) }
        seen |= member
    }

    private mutating func member(
        _ name: ByteScanner.Text, _ bytes: Span<UInt8>, _ directory: borrowing PointDirectory,
        _ message: inout UploadMessage
    ) throws(UploadRefusal) {
        switch word(name, bytes) {
        case .dataSourceCode:
            try once(Member.source, "dataSourceCode")
            message.dataSourceCode = try text("dataSourceCode", bytes)
            guard !message.dataSourceCode.isEmpty else { throw .missing(member: "dataSourceCode") }
        case .epoch:
            try once(Member.epoch, "epoch")
            if scanner.peek(bytes) == 0x6E {
                _ = try scanner.literal(bytes)
            } else {
                message.epoch = try text("epoch", bytes)
            }
        case .seq:
            try once(Member.seq, "seq")
            guard isNumber(bytes), case .integer(let seq) = try scanner.number(bytes), seq >= 0 else {
                throw .wrongType(member: "seq", expected: "不小于 0 的整数")
            }
            message.seq = seq
        case .sendTime:
            try once(Member.sendTime, "sendTime")
            guard let instant = try time(bytes) else { throw .wrongType(member: "sendTime", expected: "时刻") }
            message.sendTime = instant
        case .type:
            try once(Member.type, "type")
            kindText = try text("type", bytes)
        case .datas:
            try once(Member.datas, "datas")
            try datas(bytes, directory, &message)
        default: try scanner.skipValue(bytes, depth: 1)
        }
    }

    private func isNumber(_ bytes: Span<UInt8>) -> Bool {
        let byte = scanner.peek(bytes)
        return byte == 0x2D || byte &- 0x30 < 10
    }

    private func word(_ text: ByteScanner.Text, _ bytes: Span<UInt8>) -> Word {
        guard text.hasEscape else { return Word(bytes, text.range) }
        let plain = ByteScanner.unescaped(bytes, text.range)
        return Word(plain.span, 0..<plain.count)
    }

    private mutating func text(_ member: String, _ bytes: Span<UInt8>) throws(UploadRefusal) -> String {
        guard scanner.peek(bytes) == 0x22 else {
            try scanner.skipValue(bytes, depth: 1)
            throw .wrongType(member: member, expected: "字符串")
        }
        let text = try scanner.string(bytes)
        let plain = ByteScanner.unescaped(bytes, text.range)
        // NUL cannot be stored in a text.
        guard plain.count <= 200, !plain.contains(0), let string = String(validating: plain, as: UTF8.self) else {
            throw .wrongType(member: member, expected: "a string of 200 bytes at the most")
        }
        return string
    }

    /// nil where there is a value that is no time.
    private mutating func time(_ bytes: Span<UInt8>) throws(UploadRefusal) -> Timestamp? {
        if isNumber(bytes) {
            // Years 1970 to 9999; seconds instead of milliseconds would be 1970 and are refused as such by the rules.
            guard case .integer(let value) = try scanner.number(bytes), value >= 0, value < 253_402_300_800_000 else {
                return nil
            }
            return Timestamp(milliseconds: value)
        }
        guard scanner.peek(bytes) == 0x22 else {
            try scanner.skipValue(bytes, depth: 2)
            return nil
        }
        let text = try scanner.string(bytes)
        guard text.hasEscape else { return UploadTime.read(bytes, text.range) }
        let plain = ByteScanner.unescaped(bytes, text.range)
        return UploadTime.read(plain.span, 0..<plain.count)
    }

    private mutating func datas(
        _ bytes: Span<UInt8>, _ directory: borrowing PointDirectory, _ message: inout UploadMessage
    ) throws(UploadRefusal) {
        guard scanner.peek(bytes) == 0x5B else {
            try scanner.skipValue(bytes, depth: 1)
            throw .wrongType(member: "datas", expected: "数组")
        }
        scanner.index += 1
        scanner.skipSpace(bytes)
        if scanner.take(0x5D, bytes) { return }
        var index = 0
        repeat {
            guard index < UploadMessage.valuesMax else { throw .tooManyValues(limit: UploadMessage.valuesMax) }
            scanner.skipSpace(bytes)
            try element(index, bytes, directory, &message)
            index += 1
        } while try !scanner.endOfElement(bytes)
    }
}

// One element of `datas`.
extension UploadScanner {
    private struct Element {
        var code: ByteScanner.Text?
        var place: Int?
        var value: Double?
        var instant: Timestamp?
        var quality = Quality.good
        var reported: PointState?
        var isBackfill = false
        var seen: UInt8 = 0
        var problem: String?

        mutating func note(_ text: @autoclosure () -> String) { if problem == nil { problem = text() } }
    }

    private mutating func element(
        _ index: Int, _ bytes: Span<UInt8>, _ directory: borrowing PointDirectory, _ message: inout UploadMessage
    ) throws(UploadRefusal) {
        var element = Element()
        if scanner.peek(bytes) == 0x7B {
            scanner.index += 1
            scanner.skipSpace(bytes)
            if !scanner.take(0x7D, bytes) {
                repeat {
                    scanner.skipSpace(bytes)
                    let name = try scanner.string(bytes)
                    try scanner.colon(bytes)
                    try part(word(name, bytes), bytes, &element)
                } while try !scanner.endOfMember(bytes)
            }
            complete(&element, bytes, directory)
        } else {
            try scanner.skipValue(bytes, depth: 2)
            element.note("每个值应为对象")
        }
        if let problem = element.problem {
            message.rejected.append(RejectedValue(index: index, reason: problem))
        } else if let place = element.place, let instant = element.instant {
            message.values.append(
                UploadValue(
                    point: Int32(place), index: Int32(index), claimedAt: instant, value: element.value ?? .nan,
                    quality: element.quality, reported: element.reported, isMarkedBackfill: element.isBackfill))
        }
    }

    private func complete(_ element: inout Element, _ bytes: Span<UInt8>, _ directory: borrowing PointDirectory) {
        guard element.problem == nil else { return }
        guard let code = element.code else { return element.note("缺少 targetCode") }
        if code.hasEscape {
            let plain = ByteScanner.unescaped(bytes, code.range)
            element.place = directory.place(of: plain.span, 0..<plain.count)
        } else {
            element.place = directory.place(of: bytes, code.range)
        }
        guard element.place != nil else {
            let plain = ByteScanner.unescaped(bytes, code.range).prefix(100)
            return element.note("不认识的 targetCode “\(String(decoding: plain, as: UTF8.self))”")
        }
        if element.instant == nil { return element.note("缺少 collectTime") }
        if element.value == nil, element.quality != .bad { return element.note("缺少 value") }
    }

    private mutating func part(
        _ name: Word, _ bytes: Span<UInt8>, _ element: inout Element
    ) throws(UploadRefusal) {
        switch name {
        case .targetCode:
            once(1, "targetCode", &element)
            if scanner.peek(bytes) == 0x22 {
                element.code = try scanner.string(bytes)
            } else {
                try wrong("targetCode 应为字符串", bytes, &element)
            }
        case .value:
            once(2, "value", &element)
            try number(bytes, &element)
        case .collectTime:
            once(4, "collectTime", &element)
            element.instant = try time(bytes)
            if element.instant == nil { element.note("collectTime 不是时刻") }
        case .quality:
            once(8, "quality", &element)
            try quality(bytes, &element)
        case .status:
            once(16, "status", &element)
            try status(bytes, &element)
        case .backfill:
            once(32, "backfill", &element)
            let byte = scanner.peek(bytes)
            if byte == 0x74 || byte == 0x66 || byte == 0x6E {
                element.isBackfill = try scanner.literal(bytes) ?? false
            } else {
                try wrong("backfill 应为 true 或 false", bytes, &element)
            }
        default: try scanner.skipValue(bytes, depth: 3)
        }
    }

    private func once(_ bit: UInt8, _ name: String, _ element: inout Element) {
        if element.seen & bit != 0 { element.note("\(name) 出现两次") }
        element.seen |= bit
    }

    private mutating func wrong(
        _ problem: String, _ bytes: Span<UInt8>, _ element: inout Element
    ) throws(UploadRefusal) {
        try scanner.skipValue(bytes, depth: 3)
        element.note(problem)
    }

    private mutating func number(_ bytes: Span<UInt8>, _ element: inout Element) throws(UploadRefusal) {
        if isNumber(bytes) {
            element.value = try scanner.number(bytes).double
            if element.value == nil { element.note("value 超出范围") }
        } else if scanner.peek(bytes) == 0x6E {
            _ = try scanner.literal(bytes)
        } else {
            try wrong("value 应为数", bytes, &element)
        }
    }

    private mutating func quality(_ bytes: Span<UInt8>, _ element: inout Element) throws(UploadRefusal) {
        guard scanner.peek(bytes) == 0x22 else { return try wrong("quality 应为字符串", bytes, &element) }
        switch word(try scanner.string(bytes), bytes) {
        case .good: element.quality = .good
        case .uncertain: element.quality = .uncertain
        case .bad: element.quality = .bad
        case .outOfRange: element.quality = .outOfRange
        default: element.note("quality 应为 GOOD、UNCERTAIN、BAD 或 OUT_OF_RANGE")
        }
    }

    private mutating func status(_ bytes: Span<UInt8>, _ element: inout Element) throws(UploadRefusal) {
        if scanner.peek(bytes) == 0x6E {
            _ = try scanner.literal(bytes)
            return
        }
        guard scanner.peek(bytes) == 0x22 else { return try wrong("status 应为字符串", bytes, &element) }
        switch word(try scanner.string(bytes), bytes) {
        case .normal: element.reported = .normal
        case .lowLow: element.reported = .lowLow
        case .low: element.reported = .low
        case .high, .gasFirst: element.reported = .high
        case .highHigh, .gasSecond: element.reported = .highHigh
        case .offlineStatus, .stopped: element.reported = nil
        default: element.note("status 应为 NORMAL、LL、L、H、HH、GAS1、GAS2、OFFLINE 或 STOPPED")
        }
    }
}
