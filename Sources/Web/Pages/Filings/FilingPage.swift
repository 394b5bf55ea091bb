import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Operations
import Storage

/// One filing: what it says, what it changes, who will see it, what was decided, and what may be done.
struct FilingPage: Sendable {
    struct Fact: Sendable {
        var title: String
        var text: String
        var isShort: Bool
    }
    struct Part: Sendable {
        var text: String
        var address: String?
    }
    struct File: Sendable {
        var name: String
        var address: String
        var size: String
    }
    struct Step: Sendable {
        var title: String
        var text: String
        var isLate: Bool
    }

    var id: String
    var title: String
    var state: String
    var facts: [Fact]
    var parts: [Part]
    var files: [File]
    var steps: [Step]
    var effect: String
    var seenBy: String
    var csrf: String
    var action: String
    var message: String?
    var mayDecide: Bool
    var mayDecideExtension: Bool
    var wishText: String?
    var mayWithdraw: Bool
    var mayEnd: Bool
    var mayExtend: Bool
    var until: String
    var hasForms: Bool

    static func show(_ visit: Visit) async throws -> Response {
        try await visit.markRead("filing:" + visit.parameter("id"))
        return try await render(visit, message: nil, status: .ok)
    }

    static func render(_ visit: Visit, message: String?, status: HTTPResponse.Status) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let id = FilingID(visit.parameter("id"))
        let read = try await visit.read { session throws(StorageError) -> Found? in
            guard let item = try FilingListing.all(id: id, scope: scope, now: now, limit: 1, in: &session).first else {
                return nil
            }
            let enterprise = item.filing.enterprise
            return Found(
                item: item, files: try FilingAttachmentStore.list(of: id, in: &session),
                decisions: try FilingStore.decisions(of: id, in: &session),
                hazards: try RegistryQueries.hazards(of: enterprise, scope: scope, in: &session),
                points: try RegistryQueries.points(of: enterprise, scope: scope, in: &session),
                cameras: try CameraStore.all(of: enterprise, scope: scope, in: &session))
        }
        guard let found = read else { throw PageRefusal.notFound }
        return visit.page(
            "filing", FilingPage(found, visit, message: message), title: "报备", section: .filings, status: status)
    }

    struct Found: Sendable {
        var item: FilingListing
        var files: [FilingAttachmentStore.Entry]
        var decisions: [FilingStore.DecisionRow]
        var hazards: [Hazard]
        var points: [MonitoringPoint]
        var cameras: [Camera]
    }

    /// An attachment, for whoever may see the enterprise.
    static func file(_ visit: Visit) async throws -> Response {
        let (scope, id) = (visit.scope, visit.parameter("file"))
        let found = try await visit.read { session throws(StorageError) in
            try FilingAttachmentStore.find(id, scope: scope, in: &session)
        }
        guard let found else { throw PageRefusal.notFound }
        return Response(
            status: .ok,
            headers: [
                .contentType: found.entry.mediaType, .contentDisposition: "attachment; filename=\"\(id)\"",
                .cacheControl: "private, no-store",
            ], body: .init(byteBuffer: ByteBuffer(bytes: found.content)))
    }
}

extension FilingPage {
    init(_ found: Found, _ visit: Visit, message: String?) {
        let (filing, now, role) = (found.item.filing, visit.now, visit.officer.role)
        let current = filing.state(at: now)
        id = filing.id.rawValue
        title = "\(found.item.enterpriseName) · \(filing.kind.label)报备"
        state = filing.wish == nil ? current.label : current.label + ",延期待确认"
        var facts = [
            Fact(title: "范围", text: FilingListPage.Line.coverage(filing.coverage), isShort: false),
            Fact(title: "原因", text: filing.reason, isShort: false),
            Fact(title: "期间监护", text: filing.measures.isEmpty ? "—" : filing.measures, isShort: false),
            Fact(
                title: "时间", text: LocalTime.text(filing.from) + " 至 " + LocalTime.text(filing.until),
                isShort: false),
        ]
        if let at = filing.foundAt { facts.append(Fact(title: "发现时间", text: LocalTime.text(at), isShort: false)) }
        facts.append(
            Fact(
                title: "提交",
                text: "\(found.item.submittedBy) \(ChinaTime.dateTime(filing.submittedAt))"
                    + (filing.isLate ? "(报备不及时)" : ""), isShort: filing.isLate))
        if let effect = filing.effect {
            let text = ChinaTime.dateTime(effect.lowerBound) + " 至 " + ChinaTime.dateTime(effect.upperBound)
            facts.append(Fact(title: "实际生效", text: text, isShort: false))
        }
        self.facts = facts
        parts = Self.parts(found)
        files = found.files.map {
            File(
                name: $0.name, address: "/filings/\(filing.id)/files/" + Form.encode($0.id),
                size: "\(max(1, $0.size / 1_024)) KB")
        }
        steps = found.decisions.map { row in
            let what = row.isExtension ? "延期" : "报备"
            let asked = "\(what) \(Wording.stamp(row.askedAt, now: now)) 提交,\(Wording.stamp(row.dueAt, now: now)) 前确认"
            guard let at = row.decidedAt else {
                return Step(title: "待确认", text: asked, isLate: now > row.dueAt)
            }
            let word = row.isConfirmed.map { $0 ? "已确认" : "已退回" } ?? "已撤销"
            let note = row.note.map { "“\($0)”" } ?? ""
            return Step(
                title: word, text: "\(asked);\(row.decidedBy ?? "") \(Wording.stamp(at, now: now))\(note)",
                isLate: row.isConfirmed != nil && at > row.dueAt)
        }
        effect = filing.kind.effect
        seenBy = "\(found.item.regulatorName)确认;上级和园区在辖区内都看得到。确认以前一切照常计算,确认后从提交时起有效。"
        csrf = visit.officer.csrf
        action = "/filings/" + Form.encode(filing.id.rawValue)
        self.message = message
        let isOwn = role == .safety
        mayDecide = role == .duty && current == .waiting
        mayDecideExtension = role == .duty && filing.wish != nil
        wishText = filing.wish.map { "申请延到 \(LocalTime.text($0.until)):\($0.reason)" }
        mayWithdraw = isOwn && current == .waiting
        mayEnd = (isOwn || role == .duty) && (current == .running || current == .confirmed)
        mayExtend = isOwn && (current == .running || current == .confirmed) && filing.wish == nil
        until = LocalTime.text(filing.until + .hours(4))
        hasForms = mayDecide || mayDecideExtension || mayWithdraw || mayEnd || mayExtend
    }

    private static func parts(_ found: Found) -> [Part] {
        let coverage = found.item.filing.coverage
        let hazards = found.hazards.filter { coverage.hazards.contains($0.id) }.map {
            Part(text: "重大危险源 \($0.name)", address: "/hazard/" + Form.encode($0.id.rawValue))
        }
        let points = found.points.filter { coverage.points.contains($0.id) }.map {
            Part(
                text: "点位 " + Points.title(kind: $0.quantity.rawValue, name: $0.name, tag: $0.tag),
                address: "/point/" + Form.encode($0.id.rawValue))
        }
        let cameras = found.cameras.filter { coverage.cameras.contains($0.id) }.map {
            Part(text: "视频 \($0.name)(\($0.place.label))", address: nil)
        }
        return hazards + points + cameras
    }
}
