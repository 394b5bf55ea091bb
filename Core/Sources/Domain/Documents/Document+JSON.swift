public import Kernel

extension Document {
    /// As it is kept: a draft's content is frozen when it is made and never computed anew.
    public var json: JSON {
        [
            "form": .string(form.rawValue), "mark": .string(mark), "issuer": .string(issuer),
            "number": number.map { number in
                [
                    "code": .string(number.code), "year": .integer(Int64(number.year)),
                    "number": .integer(Int64(number.number)),
                ] as JSON
            } ?? .null,
            "title": .string(title), "addressees": .array(addressees.map { .string($0) }),
            "opening": .array(opening.map(\.json)), "sections": .array(sections.map(\.json)),
            "attachments": .array(attachments.map { .string($0) }),
            "signature": signature.map { .string($0) } ?? .null,
            "date": date.map { .integer(Int64($0.number)) } ?? .null, "publicity": .string(publicity.rawValue),
            "copies": .array(copies.map { .string($0) }), "printer": printer.map { .string($0) } ?? .null,
            "printedOn": printedOn.map { .integer(Int64($0.number)) } ?? .null,
            "signers": .array(signers.map { ["role": .string($0.role), "name": .string($0.name)] }),
            "caution": caution.map { .string($0) } ?? .null,
        ]
    }

    /// nil where it is no document.
    public init?(json: JSON) {
        guard let form = json["form"]?.string.flatMap(Form.init(rawValue:)), let mark = json["mark"]?.string,
            let issuer = json["issuer"]?.string, let title = json["title"]?.string,
            let publicity = json["publicity"]?.string.flatMap(Publicity.init(rawValue:)),
            let opening = json["opening"]?.array, let sections = json["sections"]?.array
        else { return nil }
        self.init(form: form, mark: mark, issuer: issuer, title: title)
        self.publicity = publicity
        for item in opening {
            guard let block = DocumentBlock(json: item) else { return nil }
            self.opening.append(block)
        }
        for item in sections {
            guard let section = DocumentSection(json: item) else { return nil }
            self.sections.append(section)
        }
        if let code = json["number"]?["code"]?.string, let year = json["number"]?["year"]?.integer,
            let number = json["number"]?["number"]?.integer
        {
            self.number = DocumentNumber(code: code, year: Int(year), number: Int(number))
        }
        addressees = json["addressees"]?.array?.compactMap(\.string) ?? []
        attachments = json["attachments"]?.array?.compactMap(\.string) ?? []
        signature = json["signature"]?.string
        date = json["date"]?.integer.map { Day(number: Int32($0)) }
        copies = json["copies"]?.array?.compactMap(\.string) ?? []
        printer = json["printer"]?.string
        printedOn = json["printedOn"]?.integer.map { Day(number: Int32($0)) }
        signers = (json["signers"]?.array ?? []).compactMap { signer in
            signer["role"]?.string.map { DocumentSigner(role: $0, name: signer["name"]?.string ?? "") }
        }
        caution = json["caution"]?.string
    }
}

extension DocumentSection {
    var json: JSON {
        [
            "key": .string(key), "title": .string(title), "blocks": .array(blocks.map(\.json)),
            "sections": .array(sections.map(\.json)),
        ]
    }

    init?(json: JSON) {
        guard let key = json["key"]?.string, let title = json["title"]?.string else { return nil }
        self.init(key: key, title: title)
        for item in json["blocks"]?.array ?? [] {
            guard let block = DocumentBlock(json: item) else { return nil }
            blocks.append(block)
        }
        for item in json["sections"]?.array ?? [] {
            guard let section = DocumentSection(json: item) else { return nil }
            sections.append(section)
        }
    }
}
