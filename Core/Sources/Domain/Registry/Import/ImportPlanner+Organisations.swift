import Kernel

extension ImportPlanner {
    /// Children may stand before their parents in the file.
    mutating func planAuthorities(_ lines: [Line]) {
        var drafts: [(line: Line, authority: Authority, isNew: Bool)] = []
        for line in lines {
            guard let code = required(line, .id), let name = required(line, .name),
                let word = required(line, .level), isFirst(code, .id, line)
            else { continue }
            guard let level = AuthorityLevel(word: word) else {
                refuse(line, .level, "“\(word)”不是层级,应为 部、部级中心、省、市、县、园区")
                continue
            }
            let old = index.authorities[AuthorityID(code)]
            var draft = Authority(
                id: AuthorityID(code), level: level, name: name, region: kept(line, .region, old?.region),
                parent: old?.parent, phone: kept(line, .phone, old?.phone))
            draft.coversRegion = flag(line, .coversRegion, old?.coversRegion ?? draft.coversRegion)
            drafts.append((line, draft, old == nil))
        }
        // Known by code and by name before any parent is looked up; a wrong one is refused below.
        for draft in drafts { index.add(draft.authority) }
        for place in drafts.indices {
            let line = drafts[place].line
            if columns.contains(.parent) {
                drafts[place].authority.parent = line.text(.parent).flatMap { authority($0, line, .parent) }
            }
            index.add(drafts[place].authority)
        }
        for draft in drafts.sorted(by: { $0.authority.level.depth < $1.authority.level.depth }) {
            let isSound = note(
                NameRules.codeViolations(draft.authority.id.rawValue)
                    + index.authorities.violations(of: draft.authority), at: draft.line.row)
            if isSound { write(.authority(draft.authority), isNew: draft.isNew, row: draft.line.row) }
        }
    }

    mutating func planEnterprise(_ line: Line) {
        let before = issues.count
        guard let name = required(line, .name), let region = required(line, .region),
            let regulatorText = required(line, .regulator)
        else { return }
        let old = line.text(.id).flatMap { index.enterprises[EnterpriseID($0)] } ?? index.enterprise(named: name)
        let regulator = authority(regulatorText, line, .regulator)
        let park =
            columns.contains(.park) ? line.text(.park).flatMap { authority($0, line, .park) } : old?.jurisdiction.park
        let others =
            columns.contains(.coRegulators)
            ? (line.text(.coRegulators) ?? "").split(whereSeparator: { "、;;|".contains($0) })
                .compactMap { authority(String($0).trimmedOfSpace, line, .coRegulators) }
            : old?.jurisdiction.coRegulators ?? []
        let longitude = keptNumber(line, .longitude, old?.longitude)
        let latitude = keptNumber(line, .latitude, old?.latitude)
        let inUse = flag(line, .inUse, old?.isInUse ?? true)
        guard let regulator, issues[before...].allSatisfy({ $0.weight == .caution }) else { return }
        let county = DivisionCode(region)?.digits ?? region
        let taken = index
        let code =
            line.text(.id) ?? old?.id.rawValue
            ?? freeCode(county, digits: 3) { taken.enterprises[EnterpriseID($0)] != nil }
        guard isFirst(code, .id, line) else { return }
        let enterprise = Enterprise(
            id: EnterpriseID(code), name: name,
            jurisdiction: Jurisdiction(region: county, regulator: regulator, coRegulators: others, park: park),
            creditCode: kept(line, .creditCode, old?.creditCode), group: kept(line, .group, old?.group),
            industry: kept(line, .industry, old?.industry), address: kept(line, .address, old?.address),
            longitude: longitude, latitude: latitude, phone: kept(line, .phone, old?.phone), isInUse: inUse)
        guard note(enterprise.violations(in: index), at: line.row) else { return }
        index.add(enterprise)
        write(.enterprise(enterprise), isNew: old == nil, row: line.row)
    }

    mutating func planPerson(_ line: Line) {
        guard let name = required(line, .name) else { return }
        let employer: Person.Employer
        switch (line.text(.enterprise), line.text(.authority)) {
        case (.some, .some):
            return refuse(line, .enterprise, "企业和监管单位只能填一个")
        case (nil, nil):
            return refuse(line, .enterprise, "企业和监管单位要填一个")
        case (.some, nil):
            guard let id = enterprise(line) else { return }
            employer = .enterprise(id)
        case (nil, .some(let text)):
            guard let id = authority(text, line, .authority) else { return }
            employer = .authority(id)
        }
        let phone = line.text(.phone)
        let old = index.people.values.filter {
            $0.employer == employer && $0.name == name && $0.leftAt == nil && ($0.phone == phone || $0.phone == nil)
        }.min { $0.id < $1.id }
        var person = old ?? Person(id: PersonID(ids.next("u", at: now)), employer: employer, name: name)
        person.phone = kept(line, .phone, person.phone)
        person.title = kept(line, .title, person.title)
        person.email = kept(line, .email, person.email)
        guard note(person.violations(in: index), at: line.row) else { return }
        index.add(person)
        write(.person(person), isNew: old == nil, row: line.row)
    }
}
