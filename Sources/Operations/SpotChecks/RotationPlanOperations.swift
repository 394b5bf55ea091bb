public import Domain
public import Kernel
public import Storage

/// Rotation plans of key industries and regions (XC-21): an office makes its own.
public enum RotationPlanOperations {
    @discardableResult
    public static func create(
        name: String, industries: [String], regions: [String], enterprises: [EnterpriseID], period: RotationPeriod,
        startsOn: Day, endsOn: Day?, office: AuthorityID, context: inout OperationContext, in session: inout Session
    ) throws(SpotCheckFailure) -> RotationPlanID {
        guard !name.trimmedOfSpace.isEmpty else { throw .refused("计划名称没有填") }
        if let endsOn, endsOn < startsOn { throw .refused("结束日在开始日之前") }
        guard startsOn >= Day(context.now) else { throw .refused("计划从今天或以后开始,不能写成过去") }
        if let bad = regions.first(where: { DivisionCode($0) == nil }) { throw .refused("“\(bad)”不是 6 位区划代码") }
        let plan = RotationPlan(
            id: RotationPlanID(context.ids.next("rp", at: context.now)), authority: office,
            name: name.trimmedOfSpace, industries: industries, regions: regions, enterprises: enterprises,
            period: period, startsOn: startsOn, endsOn: endsOn)
        let outside = try SpotCheckFailure.storing { () throws(StorageError) in
            let own = Set(
                try session.rows("SELECT enterprise_id FROM visibility WHERE authority_id = \(office)") {
                    row throws(StorageError) in row.next() as EnterpriseID
                })
            return enterprises.first { !own.contains($0) }
        }
        if let outside { throw .refused("企业 \(outside) 不在本单位辖区内") }
        try SpotCheckFailure.storing { () throws(StorageError) in
            try RotationPlanStore.insert(plan, by: context.actor, at: context.now, in: &session)
            try context.log(
                stream: "check", "plan-\(plan.id)", "created",
                [
                    "office": .string(office.rawValue), "name": .string(plan.name),
                    "industries": .array(industries.map { .string($0) }),
                    "regions": .array(regions.map { .string($0) }), "period": .string(period.rawValue),
                ], in: &session)
        }
        return plan.id
    }

    /// Ends a plan with today.
    public static func end(
        _ id: RotationPlanID, office: AuthorityID, context: inout OperationContext, in session: inout Session
    ) throws(SpotCheckFailure) {
        let found = try SpotCheckFailure.storing { () throws(StorageError) in
            try RotationPlanStore.find(id, scope: .authority(office), in: &session)
        }
        guard let plan = found else { throw .notFound }
        guard plan.authority == office else { throw .forbidden("下级单位的计划由它自己结束") }
        let today = Day(context.now)
        guard plan.endsOn.map({ $0 > today }) ?? true else { throw .refused("这个计划已经结束") }
        try SpotCheckFailure.storing { () throws(StorageError) in
            try RotationPlanStore.end(id, on: max(today, plan.startsOn), in: &session)
            try context.log(stream: "check", "plan-\(id)", "ended", [:], in: &session)
        }
    }
}
