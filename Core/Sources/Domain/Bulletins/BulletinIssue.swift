public import Kernel

extension Bulletin {
    /// The document as it goes out: number, addressees, date, copies, signers. One for the public goes out without
    /// contacts, places and persons, whatever people wrote into it (TB-02).
    public func issued(
        _ number: BulletinNumber, settings: BulletinSettings, on day: Day,
        signers: (duty: String, approver: String, issuer: String), correcting old: DocumentNumber?
    ) -> Document {
        var document = document
        document.number = number.documentNumber(code: settings.code + kind.codeSuffix)
        document.date = day
        if document.form != .plain { document.signature = document.issuer }
        document.copies = settings.copies + (settings.section.isEmpty ? [] : ["局" + settings.section])
        document.printer = settings.printer
        document.printedOn = day
        let names = [signers.duty, signers.approver, signers.issuer]
        for index in document.signers.indices where index < names.count { document.signers[index].name = names[index] }
        if let old {
            document.title += document.title.isEmpty ? "" : "（更正）"
            document.mark += document.form == .plain ? "（更正）" : ""
            document.opening.insert(.text("本件更正\(old.text)，原件同时停止使用，以本件为准。"), at: 0)
        }
        return document.publicity == .openToPublic ? BulletinContent.redacted(document) : document
    }
}

/// 约谈单 (TB-14): the summons of an office that led the list in three months running.
public enum Summons {
    public static func letter(
        from office: String, to summoned: String, months: [String], basis: String
    ) -> Document {
        var document = Document(
            form: .letter, mark: office, issuer: office, title: "关于约谈\(summoned)的函", addressees: [summoned],
            signature: office)
        document.opening = [
            .text(
                "你单位\(months.joined(separator: "、"))连续\(ChineseNumeral.text(months.count))个月列入"
                    + "重大、较大安全风险次数排名通报名单。依据\(basis)，决定对你单位负责同志进行约谈。"),
            .text("请携带近三个月重大、较大安全风险的处置情况、原因分析和整改措施，按下列时间到场。"),
        ]
        document.sections = [
            DocumentSection(
                key: "when", title: "时间、地点",
                blocks: [
                    .manual(
                        ManualField(
                            key: "summons/when", label: "约谈时间和地点", hint: "例如 12月8日9时,局三楼会议室",
                            isRequired: true))
                ]),
            DocumentSection(
                key: "who", title: "约谈人和参加人员",
                blocks: [
                    .manual(
                        ManualField(
                            key: "summons/who", label: "约谈人、被约谈人", hint: "被约谈单位主要负责人或分管负责人",
                            isRequired: true))
                ]),
            DocumentSection(
                key: "what", title: "有关要求",
                blocks: [
                    .text("约谈后15日内书面报告整改情况，本级应急管理部门跟踪核查。"),
                    .manual(ManualField(key: "summons/more", label: "补充要求")),
                ]),
        ]
        return document
    }
}
