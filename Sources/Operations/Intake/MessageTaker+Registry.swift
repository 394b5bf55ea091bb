import Domain
import Kernel
import Storage
import Wire

// What a gateway says of the register, within its own enterprise. Equipment and points go the way of a safety officer's
// entry, with its checks and refusals; enterprise and sources are registered by administrators, so that a difference is
// a finding for people to look at.
extension MessageTaker {
    /// `company`, `hazard`: compared with the register.
    func compare(
        _ reader: MessageReader, findings: inout FindingTally, in session: inout Session
    ) throws(MessageRefusal) {
        let enterprise = submission.enterprise
        let scope = Scope.enterprise(enterprise)
        var differences: [String] = []
        func note(_ name: String, _ ours: String?) {
            guard let theirs = reader.text(name), theirs != (ours ?? "") else { return }
            differences.append("\(name):上报“\(theirs.prefix(100))”,登记“\(ours ?? "空")”")
        }
        var hazard: HazardID?
        if submission.message.kind == .company {
            let found = try MessageRefusal.storing { () throws(StorageError) in
                try RegistryQueries.enterprise(enterprise, scope: scope, in: &session)
            }
            guard let found else { throw .refused("企业没有登记") }
            note("companyName", found.name)
            note("creditCode", found.creditCode)
            note("regionCode", found.jurisdiction.region)
            note("industry", found.industry)
            note("address", found.address)
        } else {
            let id = HazardID(try reader.required("hazardCode"))
            let found = try MessageRefusal.storing { () throws(StorageError) in
                try RegistryQueries.hazard(id, scope: scope, in: &session)
            }
            if let found {
                hazard = id
                note("hazardName", found.name)
                note("hazardRank", found.grading.grade.map { String($0.rawValue) })
                note("location", found.location)
            } else {
                differences.append("hazardCode:上报“\(id.rawValue.prefix(100))”,没有登记")
            }
        }
        guard !differences.isEmpty else { return }
        findings.note(
            .init(
                rule: .registerDifference, enterprise: enterprise, hazard: hazard, gateway: submission.gateway),
            differences.joined(separator: ";"))
    }

    func equipment(
        _ reader: MessageReader, context: inout OperationContext, in session: inout Session
    ) throws(MessageRefusal) {
        let id = EquipmentID(try reader.required("equipCode"))
        let old = try MessageRefusal.storing { () throws(StorageError) in
            try RegistryQueries.equipment(id, scope: .enterprise(submission.enterprise), in: &session)
        }
        let category = reader.text("equipType").flatMap(EquipmentCategory.init(word:)) ?? old?.category
        guard let category else { throw .refused("缺少 equipType 或不认识") }
        guard let name = reader.text("equipName") ?? old?.name else { throw .refused("缺少 equipName") }
        let form = reader.text("matterForm").flatMap(MaterialForm.init(word:)) ?? old?.form
        let item = Equipment(
            id: id, enterprise: submission.enterprise,
            hazard: reader.text("hazardCode").map { HazardID($0) } ?? old?.hazard, name: name, category: category,
            medium: reader.text("medium") ?? old?.medium, form: form,
            location: reader.text("location") ?? old?.location, isInUse: old?.isInUse ?? true)
        guard item != old else { return }
        try MessageRefusal.registering { () throws(RegistryFailure) in
            try RegistryOperations.save(item, by: editor, context: &context, in: &session)
        }
    }

    /// `target`: a new point, or one that watches no less than before; the thresholds are taken as the edge's own and,
    /// for a new point, as ours too. What loosens is refused with the way that is left.
    func target(
        _ reader: MessageReader, context: inout OperationContext, in session: inout Session
    ) throws(MessageRefusal) {
        let id = PointID(try reader.required("targetCode"))
        let old = try MessageRefusal.storing { () throws(StorageError) in
            try RegistryQueries.point(id, scope: .enterprise(submission.enterprise), in: &session)
        }
        let edge = try limits(reader)
        var point: MonitoringPoint
        if let old { point = old } else { point = try new(id, reader, edge) }
        if edge.hasLimit {
            point.edgeLimits = PointLimits(
                lowLow: edge.lowLow, low: edge.low, high: edge.high, highHigh: edge.highHigh)
        }
        if old != nil {
            if let name = reader.text("targetName") { point.name = name }
            if let tag = reader.text("localeNo") { point.tag = tag }
            if let unit = reader.text("unit") { point.unit = unit }
            if let place = reader.text("location") { point.location = place }
            if let equipment = reader.text("equipCode") { point.equipment = EquipmentID(equipment) }
        }
        guard point != old else { return }
        try MessageRefusal.registering { () throws(RegistryFailure) in
            try RegistryOperations.save(point, by: editor, context: &context, in: &session)
        }
    }

    private func limits(_ reader: MessageReader) throws(MessageRefusal) -> PointLimits {
        PointLimits(
            rangeLow: try reader.number("rangeDown"), rangeHigh: try reader.number("rangeUp"),
            lowLow: try reader.number("thresholdDown2"), low: try reader.number("thresholdDown"),
            high: try reader.number("thresholdUp"), highHigh: try reader.number("thresholdUp2"))
    }

    private func new(
        _ id: PointID, _ reader: MessageReader, _ limits: PointLimits
    ) throws(MessageRefusal) -> MonitoringPoint {
        guard let quantity = reader.text("targetType").flatMap(Quantity.init(word:)) else {
            throw .refused("缺少 targetType 或不认识")
        }
        return MonitoringPoint(
            id: id, enterprise: submission.enterprise, hazard: reader.text("hazardCode").map { HazardID($0) },
            equipment: reader.text("equipCode").map { EquipmentID($0) }, name: try reader.required("targetName"),
            tag: reader.text("localeNo"), quantity: quantity, unit: try reader.required("unit"),
            location: reader.text("location"), limits: limits)
    }

    /// `responsible`: puts a person of the enterprise into office; one of that mobile number is the same person.
    func responsible(
        _ reader: MessageReader, context: inout OperationContext, in session: inout Session
    ) throws(MessageRefusal) {
        let hazard = HazardID(try reader.required("hazardCode"))
        let word = try reader.required("responsibleType")
        let numbers: [String: ResponsibleRole] = ["1": .principal, "2": .technical, "3": .operations]
        guard let role = ResponsibleRole(word: word) ?? numbers[word] else {
            throw .refused("不认识的 responsibleType “\(word)”")
        }
        let name = try reader.required("personName")
        let phone = try reader.required("mobile")
        let employer = Person.Employer.enterprise(submission.enterprise)
        let (people, source, history) = try MessageRefusal.storing { () throws(StorageError) in
            (
                try RegistryQueries.people(of: submission.enterprise, scope: editor.scope, in: &session),
                try RegistryQueries.hazard(hazard, scope: editor.scope, in: &session),
                try RegistryQueries.history(of: hazard, scope: editor.scope, in: &session)
            )
        }
        guard source != nil else { throw .refused("不认识的 hazardCode “\(hazard.rawValue.prefix(100))”") }
        // Nobody is put into office and out of it in one instant.
        if let holder = history.terms.last(where: { $0.role == role && $0.until == nil }), holder.from >= context.now {
            throw .refused("\(role.label)刚刚变更过")
        }
        let known = people.first { $0.phone == phone && $0.name == name && $0.leftAt == nil }
        let person: Person
        if let known {
            person = known
        } else {
            person = Person(
                id: PersonID(context.ids.next("pe", at: context.now)), employer: employer, name: name, phone: phone,
                title: reader.text("title"))
            try MessageRefusal.registering { () throws(RegistryFailure) in
                try RegistryOperations.save(person, by: editor, context: &context, in: &session)
            }
        }
        try MessageRefusal.registering { () throws(RegistryFailure) in
            try RegistryOperations.appoint(
                person.id, as: role, of: hazard, from: context.now, by: editor, context: &context, in: &session)
        }
    }

    /// `offline`: 报备, by the field names of `tb_hrmw_base_company_offline`.
    func filing(
        _ reader: MessageReader, context: inout OperationContext, in session: inout Session
    ) throws(MessageRefusal) {
        let word = try reader.required("offlineType")
        let words: [String: FilingKind] = [
            "长期停产": .longStop, "计划停产": .plannedStop, "停产": .plannedStop, "检维修": .maintenance, "检修": .maintenance,
            "设施损坏": .damage, "损坏": .damage, "视频停用": .camera, "视频": .camera,
        ]
        guard let kind = FilingKind(rawValue: word) ?? words[word] else {
            throw .refused("不认识的 offlineType “\(word)”")
        }
        guard let from = try reader.time("offlineTime") else { throw .refused("缺少 offlineTime") }
        guard let until = try reader.time("planOnlineTime") else { throw .refused("缺少 planOnlineTime") }
        var coverage = FilingCoverage(
            hazards: reader.codes("hazardCode").map { HazardID($0) },
            points: reader.codes("targetCode").map { PointID($0) },
            cameras: reader.codes("videoCode").map { CameraID($0) })
        if coverage.isEmpty { coverage = .whole }
        let draft = FilingDraft(
            kind: kind, coverage: coverage, reason: reader.text("offlineReason") ?? "",
            measures: reader.text("measure") ?? "", from: from, until: until, foundAt: try reader.time("foundTime"))
        do throws(FilingFailure) {
            try FilingOperations.submit(
                draft, attachments: [], of: submission.enterprise, by: editor, context: &context, in: &session)
        } catch {
            if case .storage(let failure) = error { throw .storage(failure) }
            throw .refused(error.text)
        }
    }

    /// `promise`: the safety commitment, by its own rules; its time is the receipt, not when its turn came.
    func promise(
        _ item: JSON, context: inout OperationContext, in session: inout Session
    ) throws(MessageRefusal) {
        let now = context.now
        context.now = min(now, submission.received)
        defer { context.now = now }
        do throws(CommitmentFailure) {
            try CommitmentOperations.submit(
                CommitmentSubmission(promise: item, enterprise: submission.enterprise, gateway: submission.gateway),
                context: &context, in: &session)
        } catch {
            if case .storage(let failure) = error { throw .storage(failure) }
            throw .refused(error.text)
        }
    }
}
