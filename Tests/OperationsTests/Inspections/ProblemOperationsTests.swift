import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

@Suite(.timeLimit(.minutes(20))) struct ProblemOperationsTests {
    private let enterprise: ProblemParty = .enterprise("140521001")
    private let start = RegistryFixture.start

    private func raise(
        _ world: inout InspectionWorld, finder: AuthorityID = "140000", severity: ProblemSeverity = .serious
    ) throws -> ProblemID {
        let draft = ProblemDraft(
            source: .spotCheck("s1"), subject: enterprise, severity: severity, topic: "duty", text: "值班人员离岗",
            finder: finder, isHandedDownAtOnce: false)
        return try world.act { context, session throws(ProblemFailure) in
            try ProblemOperations.raise(draft, context: &context, in: &session)
        }
    }

    @Test(arguments: Engine.underTest) func `XC-30 XC-31 XC-08 a problem goes down, is rectified, re-checked, closed`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        let id = try raise(&world)
        #expect(try world.listing(id)?.holder == "140500")
        #expect(try world.inbox("authority", "140500") == ["交办重大问题:抽查"])
        #expect(try world.inbox("enterprise", "140521001") == ["抽查发现重大问题,请核实整改并反馈"])
        #expect(throws: ProblemFailure.refused(.notHolder)) {
            try world.perform(.handDown(to: "140521", note: "", by: "140000"), on: id)
        }
        try world.perform(.handDown(to: "140521", note: "请督促", by: "140500"), on: id, .authority("140500"))
        try world.perform(.order(.atOnce, by: "140521"), on: id, .authority("140521"))
        #expect(try world.listing(id)?.deadline == start + .hours(24))
        world.context.now = start + .hours(2)
        let answer = ProblemCommand.Answer(measures: "已补岗", proof: "照片", finishedAt: start + .hours(1))
        try world.perform(.feedBack(answer, by: enterprise), on: id, .enterprise("140521001"))
        try world.perform(.recheck(.rectified, note: "在岗", next: nil, by: "140521"), on: id)
        try world.perform(.close(note: "销号", by: "140521"), on: id)
        let item = try #require(try world.listing(id))
        #expect(item.stage == .closed && item.closedAt == start + .hours(2) && !item.wasOverdue)
        let due = try world.database.look { session throws(StorageError) in
            try session.first("SELECT count(*) FROM due WHERE kind = 'problem'") {
                row throws(StorageError) in row.next() as Int
            }
        }
        #expect(due == 0)
        let trail = try world.database.look { session throws(StorageError) in
            try ProblemStore.trail(id, scope: .authority("140521"), in: &session).map(\.event.kind)
        }
        #expect(trail == ["raised", "handedDown", "handedDown", "ordered", "fedBack", "rechecked", "closed"])
    }

    @Test(arguments: Engine.underTest) func `JC-12 what is late is marked, told upwards and listed`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        let id = try raise(&world, finder: "140500", severity: .serious)
        try world.pass(to: start + .hours(30))
        let item = try #require(try world.listing(id))
        #expect(item.isHolderOverdue && item.isFeedbackOverdue)
        #expect(try world.inbox("authority", "140500").contains("问题超时没有交办"))
        #expect(try world.inbox("enterprise", "140521001").contains("问题超时没有反馈"))
        try world.perform(.order(.atOnce, by: "140521"), on: id)
        try world.pass(to: start + .hours(55))
        let overdue = try world.database.look { session throws(StorageError) in
            var filter = ProblemListing.Filter()
            filter.isOverdueOnly = true
            return try ProblemListing.all(filter, scope: .authority("140500"), limit: 9, in: &session).map(\.id)
        }
        #expect(overdue == [id])
        #expect(try world.inbox("authority", "140500").contains("逾期未整改,请督促"))
    }

    @Test(arguments: Engine.underTest) func `XC-33 SZ-04 XC-36 supervision has a number; a technical office has none`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        let first = try raise(&world, finder: "140500", severity: .majorHiddenDanger)
        let second = try raise(&world, finder: "140500", severity: .majorHiddenDanger)
        #expect(try world.listing(first)?.supervisionNumber == "督〔2026〕1号")
        #expect(try world.listing(second)?.supervisionNumber == "督〔2026〕2号")
        try world.act { context, session throws(ProblemFailure) in
            try InspectionSetup.save(
                OfficeProfile(authority: "center", actingName: "登记中心", isTechnical: true), by: .system,
                context: &context, in: &session)
        }
        #expect(throws: ProblemFailure.self) { try raise(&world, finder: "center", severity: .majorHiddenDanger) }
        let third = try raise(&world, finder: "center", severity: .general)
        #expect(throws: ProblemFailure.self) {
            try world.perform(.penalise(number: "罚1", cause: "违章", amountYuan: 1, by: "center"), on: third)
        }
    }

    @Test(arguments: Engine.underTest) func `others' problems do not exist for an office or an enterprise`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        let id = try raise(&world, finder: "140500", severity: .general)
        #expect(try world.listing(id, .authority("140525")) == nil)
        #expect(try world.listing(id, .authority("140404")) == nil)
        #expect(try world.listing(id, .enterprise("140525001")) == nil)
        #expect(try world.listing(id, .enterprise("140521001"))?.id == id)
        #expect(try world.listing(id, .authority("140521"))?.id == id)
        #expect(try world.listing(id, .authority("center"))?.id == id)
        #expect(throws: ProblemFailure.notFound) {
            try world.perform(.urge(note: "", by: "140525"), on: id, .authority("140525"))
        }
    }

    @Test(arguments: Engine.underTest) func `XC-06 XC-07 SZ-11 a site check is fed back to the office that ordered it`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        let request = SiteCheckOperations.Request(enterprise: "140521001", reason: "红色预警两小时未降")
        let id = try world.act { context, session throws(ProblemFailure) in
            try SiteCheckOperations.order(request, by: "140000", context: &context, in: &session)
        }
        #expect(try world.inbox("authority", "140521") == ["交办现场核查"])
        var form = SiteCheckForm(
            blocks: Dictionary(uniqueKeysWithValues: SiteCheckBlock.allCases.map { ($0, "已查") }), conclusion: "属实",
            checkers: "李岩", checkedAt: start, photos: [])
        func submit(_ world: inout InspectionWorld, by office: AuthorityID) throws {
            try world.act { context, session throws(ProblemFailure) in
                try SiteCheckOperations.submit(id, form, by: office, context: &context, in: &session)
            }
        }
        #expect(throws: ProblemFailure.unsuitable("请附上现场照片")) { try submit(&world, by: "140521") }
        form.photos = ["if1"]
        #expect(throws: ProblemFailure.self) { try submit(&world, by: "140000") }
        try world.pass(to: start + .hours(25))
        #expect(try world.inbox("authority", "140000") == ["现场核查超时没有反馈"])
        try submit(&world, by: "140521")
        #expect(try world.inbox("authority", "140000").last == "现场核查已反馈")
        let record = try world.database.look { session throws(StorageError) in
            try SiteCheckStore.find(id, scope: .authority("140000"), in: &session)
        }
        #expect(record?.isLate == true && record?.submittedAt == start + .hours(25))
        #expect(record?.blocks[.process] == "已查")
    }

    @Test(arguments: Engine.underTest) func `XC-05 a site check is tied to nothing of another enterprise`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        let other = try world.act { context, session throws(ProblemFailure) in
            try ProblemOperations.raise(
                ProblemDraft(
                    source: .spotCheck("s"), subject: .enterprise("140525001"), severity: .general, topic: "t",
                    text: "x", finder: "140500"), context: &context, in: &session)
        }
        var requests = [SiteCheckOperations.Request](
            repeating: .init(enterprise: "140521001", reason: "核查"), count: 3)
        requests[0].problem = other
        requests[1].hazard = "140525001001"
        requests[2].warning = "w-of-nobody"
        for request in requests {
            #expect(throws: ProblemFailure.unsuitable("关联的危险源、预警或问题不是这家企业的")) {
                try world.act { context, session throws(ProblemFailure) in
                    try SiteCheckOperations.order(request, by: "140500", context: &context, in: &session)
                }
            }
        }
        var own = SiteCheckOperations.Request(enterprise: "140525001", reason: "核查")
        own.problem = other
        let wanted = own
        try world.act { context, session throws(ProblemFailure) in
            try SiteCheckOperations.order(wanted, by: "140500", context: &context, in: &session)
        }
    }

    @Test(arguments: Engine.underTest) func `SZ-14 a document is signed for by each enterprise`(engine: Engine) throws {
        var world = try InspectionWorld(engine)
        let id = try world.act { context, session throws(ProblemFailure) in
            try CircularOperations.send(
                title: "五项制度", text: "请遵照执行", by: "140500", context: &context, in: &session)
        }
        try world.act { context, session throws(ProblemFailure) in
            try CircularOperations.sign(id, for: "140521001", context: &context, in: &session)
        }
        let found = try world.database.look { session throws(StorageError) in
            (
                try CircularStore.list(scope: .authority("140500"), limit: 5, in: &session),
                try CircularStore.unsigned(id, scope: .authority("140500"), in: &session),
                try CircularStore.list(scope: .enterprise("140521001"), limit: 5, in: &session)
            )
        }
        #expect(found.0.map(\.wanted) == [2] && found.0.map(\.signed) == [1])
        #expect(found.1 == ["泽化"])
        #expect(found.2.first?.ownSignedAt == start)
    }
}
