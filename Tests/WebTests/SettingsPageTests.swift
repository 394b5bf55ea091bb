import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import Operations
import Storage
import Testing

@testable import Web

/// 约定: shown with their ranges, changed by the system's administrator alone, with what was before in the log.
@Suite struct SettingsPageTests {
    private static func form<Settings: ParameterSettings>(_ settings: Settings, _ name: String, _ value: String)
        -> String
    {
        Settings.parameters.map { parameter in
            let own = parameter.name == name ? value : SettingParameter<Settings>.text(parameter.value(in: settings))
            return "\(parameter.name)=\(own)"
        }.joined(separator: "&")
    }

    @Test func `every parameter stands on the page with its usual value and its range`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            try await bench.store.write { session throws(StorageError) in
                try session.execute("DELETE FROM setting WHERE key = \(AccessSettings.key)")
            }
            let page = try await admin.get("/admin/settings").text
            for parameter in AccessSettings.parameters { #expect(page.contains("name=\"\(parameter.name)\"")) }
            #expect(page.contains("本项目约定") && page.contains("全部是默认值"))
            for parameter in FilingRules.parameters { #expect(page.contains("name=\"\(parameter.name)\"")) }
            for parameter in QualityWeights.parameters { #expect(page.contains("name=\"\(parameter.name)\"")) }
            for parameter in ScanSettings.parameters { #expect(page.contains("name=\"\(parameter.name)\"")) }
            let officer = try await Browser.signIn(client, "city")
            #expect(try await officer.get("/admin/settings").status == .forbidden)
            #expect(try await officer.post("/admin/settings/grace", "grace=on").status == .forbidden)
        }
    }

    @Test func `JC-11 the time limit of a confirmation is set, logged with before and after, and used from then on`()
        async throws
    {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let old = try #require(world.ids["filing"]?["E1"])
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            let wrong = try await admin.post(
                "/admin/settings/filings", Self.form(FilingRules.standard, "confirmWithinHours", "48"))
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("1–24") && wrong.text.contains("48"))
            let crossed = try await admin.post(
                "/admin/settings/filings", Self.form(FilingRules.standard, "confirmReminderHours", "5"))
            #expect(crossed.status == .unprocessableContent && crossed.text.contains("提醒确认要早于确认时限"))
            let saved = try await admin.post(
                "/admin/settings/filings", Self.form(FilingRules.standard, "confirmWithinHours", "3"))
            #expect(saved.status == .seeOther)
            #expect(try await admin.get("/admin/settings").text.contains("报备：县级确认时限"))
            let (rules, entries) = try await bench.store.read { session throws(StorageError) in
                (
                    try FilingSettingsStore.load(in: &session),
                    try session.stream(kind: "setting", id: FilingSettingsStore.key).map(\.entry)
                )
            }
            #expect(rules.confirmWithin == .hours(3) && rules.plannedNotice == FilingRules.standard.plannedNotice)
            #expect(entries.count == 1 && entries.first?.actor == "A-admin")
            #expect(entries.first?.payload["before"]?["confirmWithinHours"]?.double == 4)
            #expect(entries.first?.payload["after"]?["confirmWithinHours"]?.double == 3)

            let safety = try await Program.make(bench, client, "jinqin")
            let made = try await safety.post(
                "/api/v1/filings",
                [
                    "kind": "maintenance", "points": ["P11"], "reason": "换密封", "measures": "专人监护",
                    "from": "2026-11-24T14:00:00+08:00", "until": "2026-11-24T20:00:00+08:00",
                ])
            #expect(made.json["decisionDueAt"] == "2026-11-23T16:08:41+08:00")
            // What was asked for before keeps its limit: nobody is late by a rule made afterwards.
            #expect(try await safety.get("/api/v1/filings/\(old)").json["decisionDueAt"] == "2026-11-23T17:08:41+08:00")
            let kept = try await bench.store.read { session throws(StorageError) in
                try FilingSettingsStore.load(of: FilingID(old), in: &session)
            }
            #expect(kept.confirmWithin == .hours(4))
        }
    }

    @Test func `SJ-02 weights change the total on the page and in the API alike`() async throws {
        let bench = try await WebBench.make()
        let day = Day(number: Day(WebWorld.now).number - 1)
        try await bench.store.write { session throws(StorageError) in
            var tally = QualityTally()
            tally.add(1, of: 2, to: .truth)
            tally.add(2, of: 2, to: .promptness)
            tally.add(2, of: 2, to: .completeness)
            try QualityStore.store(
                [.init(kind: .point, id: "P11", name: "PT", hazard: "H1", tally: tally)], of: "E1", day: day,
                in: &session)
        }
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            let city = try await Program.make(bench, client, "city")
            let before = try await city.get("/api/v1/quality-scores").json["items"]?.array?.first?["total"]?.double
            #expect(before.map { ($0 * 100).rounded() } == 8_333)
            let none = QualityDimension.allCases.map { "\($0.rawValue)=0" }.joined(separator: "&")
            #expect(try await admin.post("/admin/settings/weights", none).status == .unprocessableContent)
            let saved = try await admin.post(
                "/admin/settings/weights", Self.form(QualityWeights(), "truth", "60"))
            #expect(saved.status == .seeOther)
            let after = try await city.get("/api/v1/quality-scores").json["items"]?.array?.first?["total"]?.double
            #expect(after == 70)
            let browser = try await Browser.signIn(client, "city")
            #expect(try await browser.get("/quality").text.contains(">70<"))
        }
    }

    @Test func `A20 the grace is switched on and stands among what differs from the usual`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            #expect(try await admin.post("/admin/settings/grace", "grace=perhaps").status == .unprocessableContent)
            #expect(try await admin.post("/admin/settings/grace", "grace=on").status == .seeOther)
            #expect(try await admin.post("/admin/settings/grace", "grace=on").status == .seeOther)
            #expect(try await admin.get("/admin/settings").text.contains("法规无此宽限"))
            let (grace, entries) = try await bench.store.read { session throws(StorageError) in
                (
                    try SpotCheckSettings.grace(in: &session),
                    try session.stream(kind: "check", id: "settings").map(\.entry.payload)
                )
            }
            #expect(grace == .on && entries == [["before": "off", "after": "on"]])
        }
    }

    /// The key that the demonstration writes is the key that documents read: without it invented figures look official.
    @Test func `the mark of the demonstration is shown and cannot be taken away`() async throws {
        let bench = try await WebBench.make()
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            try SettingStore.set(DemonstrationMark.key, "7", at: now, in: &session)
        }
        let book = try await bench.store.read { session throws(StorageError) in
            try BulletinFacts.gather(
                .daily, office: "city", period: BulletinPeriod(from: Day(now), until: Day(now).next), now: now,
                in: &session)
        }
        #expect(book?.isDemonstration == true)
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            #expect(try await admin.get("/admin/settings").text.contains("标注不能取消"))
        }
    }
}
