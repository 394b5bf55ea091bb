import Documents
import Domain
import Kernel
import Operations
import Storage

extension BulletinPage {
    init(_ found: Found, _ visit: Visit) {
        let (bulletin, listing, now) = (found.bulletin, found.listing, visit.now)
        let document = found.final ?? bulletin.document
        let isOwn = visit.officer.role == .duty && visit.officer.authority == bulletin.office
        let phase = bulletin.phase
        heading = bulletin.title
        self.phase = phase.label
        number = listing.number ?? ""
        window = "\(ChinaTime.date(bulletin.period.from)) 0 时至 \(ChinaTime.date(bulletin.period.last)) 24 时"
        base = "/bulletins/" + Form.encode(bulletin.id.rawValue)
        article = HTMLDocument.article(document, isLinked: visit.officer.role == .duty)
        sections = document.sections.enumerated().map { index, section in
            SectionLine(number: index + 1, title: section.title, address: "#s-" + section.key)
        }
        sectionCount = document.sections.count
        func step(_ by: String?, _ at: Timestamp?) -> String {
            at.map { "\(by ?? "") \(Wording.stamp($0, now: now))" } ?? "—"
        }
        drafted = "系统 " + Wording.stamp(listing.draftedAt, now: now)
        submitted = step(listing.submittedBy, listing.submittedAt)
        approved = step(listing.approvedBy, listing.approvedAt)
        issued = step(listing.issuedBy, listing.issuedAt)
        share =
            Wording.percent(listing.automaticCount, of: listing.itemCount)
            + "（\(listing.automaticCount)/\(listing.itemCount) 项）"
        reason = listing.reason
        publicity = listing.publicity.label
        related = Self.related(bulletin)
        fields = isOwn && phase == .draft ? Self.fields(bulletin.document) : []
        let receivers = found.receivers
        self.receivers = Self.words(receivers)
        receiverCount = receivers?.receivers.count ?? 0
        hasReceivers = receivers != nil
        let isInside = receivers?.copies.contains(.authority(bulletin.office)) ?? false
        copies = isInside ? "本局业务科室（站内）" : "业务科室 \(receivers?.copies.count ?? 0) 人"
        receipts = found.receipts.map { Receipt($0, now: now) }
        hasReceipts = !found.receipts.isEmpty
        let sent = found.receipts.filter { !$0.isCopy }
        readText =
            "阅读 \(sent.count { $0.readAt != nil })/\(sent.count)（"
            + Wording.percent(sent.count { $0.readAt != nil }, of: sent.count) + "）　签收 "
            + "\(sent.count { $0.acknowledgedAt != nil })/\(sent.count)"
        channels = found.channels.map { item in
            Event(
                time: Wording.stamp(item.at, now: now), by: item.by, what: item.channel.kind.label,
                detail: item.channel.place)
        }
        channelChoices = Choice.list(PublicChannel.Kind.allCases.map { ($0.rawValue, $0.label) }, selected: "")
        changes = found.changes.map { item in
            Event(
                time: Wording.stamp(item.at, now: now), by: item.by, what: item.before.isEmpty ? "（空）" : item.before,
                detail: item.after.isEmpty ? "（空）" : item.after)
        }
        csrf = visit.officer.csrf
        mayEdit = isOwn && phase == .draft && !fields.isEmpty
        maySubmit = isOwn && phase == .draft
        mayApprove = isOwn && phase == .submitted
        let isPublic = bulletin.publicity == .openToPublic
        mayIssue = isOwn && (phase == .approved || (phase == .draft && !isPublic))
        mayWithdraw = isOwn && phase != .withdrawn && phase != .superseded
        mayCorrect = isOwn && phase == .issued && bulletin.correction == nil
        mayPublish = isOwn && phase == .issued && isPublic
        publicAddress = phase == .issued && isPublic ? "/public" + base : nil
        let own = Self.recipient(of: visit.officer)
        mayAcknowledge =
            own.map { recipient in
                (bulletin.receivers + bulletin.copies).contains(recipient) && !bulletin.acknowledged.contains(recipient)
                    && (phase == .issued || phase == .superseded)
            } ?? false
    }

    private static func related(_ bulletin: Bulletin) -> [Link] {
        var links: [Link] = []
        if let old = bulletin.corrects { links.append(Link(address: "/bulletins/\(old)", title: "更正的原件")) }
        if let new = bulletin.correction {
            links.append(
                Link(address: "/bulletins/\(new)", title: bulletin.phase == .superseded ? "更正后的通报" : "更正稿"))
        }
        return links
    }

    /// What a human may write: manual fields first, then each advice.
    private static func fields(_ document: Document) -> [Field] {
        let manual = document.manualFields.map { field in
            (field.key, field.label + (field.isRequired ? "（必填）" : ""), field.hint, field.text)
        }
        let advice = document.advice.map { advice in
            (advice.key, "建议：" + (advice.addressee.isEmpty ? "全体" : advice.addressee), "", advice.text)
        }
        return (manual + advice).enumerated().map { index, item in
            Field(
                index: index, key: item.0, label: item.1, hint: item.2, text: item.3,
                rows: max(2, item.3.count / 40 + 1))
        }
    }

    private static func words(_ receivers: BulletinReceivers?) -> String {
        guard let receivers else { return "" }
        let names = receivers.names
        let others = receivers.receivers.count - names.count
        let shown = names.prefix(12).joined(separator: "、") + (names.count > 12 ? " 等 \(names.count) 个单位" : "")
        return [shown, others > 0 ? "企业 \(others) 家" : ""].filter { !$0.isEmpty }.joined(separator: "；")
    }
}

extension BulletinPage.Receipt {
    init(_ item: BulletinReceipts, now: Timestamp) {
        name = item.name
        isCopy = item.isCopy
        sent = Wording.stamp(item.sentAt, now: now)
        read = item.readAt.map { Wording.stamp($0, now: now) } ?? "未读"
        isSigned = item.acknowledgedAt != nil
        signed = item.acknowledgedAt.map { "\(item.acknowledgedBy ?? "") \(Wording.stamp($0, now: now))" } ?? "未签收"
    }
}
