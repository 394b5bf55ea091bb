import Domain
import Kernel
import Testing

@Suite struct AdviceTests {
    private func advice(_ level: AuthorityLevel = .city) -> [Advice] { BulletinSample().document(level).advice }

    @Test func `TB-04 each advice says who, what, by when, why and under which article`() throws {
        let list = advice()
        #expect(list.count >= 6)
        for item in list {
            #expect(!item.addressee.isEmpty && item.source != nil)
            #expect(item.text.contains("请") && item.text.hasSuffix("）。"))
            #expect(["《", "应急厅〔2021〕12号", "晋应急发〔2021〕148号"].contains { item.text.contains($0) })
        }
        let offline = try #require(list.first { $0.key == "longOffline/E2" })
        #expect(offline.addressee == "高平市应急管理局")
        #expect(offline.text.contains("企业丙") && offline.text.contains("连续离线90小时且未报备"))
        #expect(offline.text.contains("请于11月23日"))
    }

    @Test func `findings of one enterprise are one advice, and what concerns lives comes first`() {
        func finding(_ rule: String, _ urgency: AdviceFinding.Urgency, _ enterprise: EnterpriseID) -> AdviceFinding {
            AdviceFinding(
                rule: rule, urgency: urgency, weight: 1, enterprise: enterprise, unit: "140521", addressee: "县局",
                subject: "企业\(enterprise)", fact: "事实\(rule)", action: "做\(rule)", due: BulletinSample.day.start,
                article: "《处置》第十条", source: "/x")
        }
        let list = AdviceFinding.advice([
            finding("a", .notable, "E1"), finding("b", .danger, "E2"), finding("c", .overdue, "E1"),
        ])
        #expect(list.map(\.key) == ["b/E2", "c/E1"])
        #expect(list[1].text.contains("事实c；事实a") && list[1].text.contains("做c；做a"))
    }

    @Test func `a county's advice is addressed to the enterprises themselves`() throws {
        let list = advice(.county)
        #expect(list.contains { $0.addressee == "企业甲" && $0.text.contains("11月已有3天未按时承诺") })
        #expect(!list.contains { $0.text.contains("企业乙") })
    }

    @Test func `XC-19b a region with serious, repeated or overdue problems becomes a candidate for a bulletin`() throws
    {
        let facts = BulletinSample().facts()
        let candidate = try #require(facts.lists.candidates.first)
        #expect(facts.lists.candidates.count == 1)
        #expect(candidate.unitName == "泽州县")
        #expect(candidate.reasons == ["11月22日发现重大问题2项", "30日内“值班值守”类问题3次", "逾期未整改2项"])
        #expect(BulletinSample(isQuiet: true).facts().lists.candidates.isEmpty)
    }

    @Test func `SZ-07 a tick in a check's record is a reason once, also beside the problem that came of it`() {
        var facts = BulletinSample().facts()
        facts.lists.violations = [
            .init(enterprise: "E0", day: BulletinSample.day), .init(enterprise: "E3", day: BulletinSample.day),
        ]
        facts.lists.problems.append(
            .init(
                id: "p9", origin: .spotCheck, enterprise: "E3", subject: "企业丁", isSerious: false,
                isMajorHiddenDanger: false, topic: "系统及视频在线和完好", content: "动火违章无人监护",
                raisedAt: BulletinSample.day.start, isOverdue: false, isNew: true))
        let found = Attention.list(facts).flatMap { item in
            item.reasons.filter { $0.reason == .violation }.map { "\(item.enterprise) \($0.text)" }
        }
        #expect(Set(found) == ["E0 11月22日抽查：视频发现违规违章", "E3 视频发现：动火违章无人监护"])
        #expect(found.count == 2)
    }

    @Test func `SZ-05 SZ-06 SZ-07 JC-12 JC-14 JC-20 whom to look at and why, counts equal to lists`() {
        let list = Attention.list(BulletinSample().facts())
        func has(_ enterprise: EnterpriseID, _ reason: Attention.Reason) -> Bool {
            list.contains { $0.enterprise == enterprise && $0.reasons.contains { $0.reason == reason } }
        }
        #expect(has("E5", .highRisk) && has("E6", .manyAlarms) && has("E6", .slow))
        #expect(has("E2", .longOffline) && !has("E3", .offline) && has("E0", .commitment) && has("E7", .unanswered))
        let counts = Attention.counts(list)
        for reason in Attention.Reason.allCases {
            #expect(counts[reason] ?? 0 == list.count { $0.reasons.contains { $0.reason == reason } })
        }
    }

    @Test func `A11 A12 an enterprise counts in the county of its address, advice goes to its regulator`() throws {
        let sample = BulletinSample()
        var facts = sample.facts()
        #expect(facts.units.map(\.id) == BulletinSample.counties)
        #expect(facts.units.map(\.name) == ["沁水县", "泽州县", "高平市"])
        facts = sample.facts(.province)
        #expect(facts.units.map(\.id) == ["1405"] && facts.units.map(\.name) == ["晋城市"])
        #expect(facts.places["E0"]?.office == "晋城市应急管理局")
    }

    @Test func `JC-02 JC-21 SZ-15 TB-18 whom a bulletin names at its head`() {
        let document = BulletinSample().document()
        #expect(document.addressees == ["各县（市、区）应急管理局", "沁水县能源局", "各化工园区（片区）及有关企业"])
        #expect(BulletinSample().document(.county).addressees == ["各化工园区及辖区各危险化学品企业"])
        #expect(BulletinSample().document(.province).addressees == ["各市应急管理局", "各相关企业"])
    }

    @Test func `TB-04 the same advice to one office is given once, with all the names; another office gets its own`() {
        func finding(_ subject: String, _ addressee: String, _ fact: String = "未作安全承诺") -> AdviceFinding {
            AdviceFinding(
                rule: "commitment", urgency: .notable, weight: 1, enterprise: EnterpriseID(subject), unit: "",
                addressee: addressee, subject: subject, fact: fact, action: "督促承诺", due: nil, article: "《数据》第七条",
                source: "/")
        }
        let advice = AdviceFinding.advice([
            finding("甲", "沁水县"), finding("乙", "沁水县"), finding("丙", "泽州县"), finding("丁", "沁水县", "10时30分才承诺"),
        ])
        #expect(
            advice.map { "\($0.addressee)：\($0.text)" }.sorted()
                == [
                    "沁水县：丁10时30分才承诺。请督促承诺（《数据》第七条）。", "沁水县：乙、甲未作安全承诺。请督促承诺（《数据》第七条）。",
                    "泽州县：丙未作安全承诺。请督促承诺（《数据》第七条）。",
                ].sorted())
        #expect(Set(advice.map(\.key)).count == 3)
        // A county writes to the enterprises themselves.
        let own = AdviceFinding.advice([finding("甲", "甲"), finding("乙", "乙")])
        #expect(own.map(\.addressee) == ["乙、甲"] && own.first?.text.hasPrefix("未作安全承诺。") == true)
    }
}
