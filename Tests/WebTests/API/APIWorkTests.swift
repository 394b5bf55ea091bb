import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import NIOCore
import Operations
import Storage
import Testing

@testable import Web

/// The daily work by programs: patrols, spot checks, findings of data quality, exemptions, the inbox.
@Suite struct APIWorkTests {
    private static func fields(_ answer: Program.Answer) -> Set<String> {
        Set((answer.json["errors"]?.array ?? []).compactMap { $0["field"]?.string })
    }

    @Test func `XC-17 XC-18 a patrol is filled in and its serious problem arrives with a receipt`() async throws {
        let bench = try await WebBench.make()
        _ = try await APIWorld.seed(bench)
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            let county = try await Program.make(bench, client, "qinshui")
            let sheet = try await city.get("/api/v1/patrol-sheets/qinshui")
            let items = sheet.json["items"]?.array ?? []
            #expect(items.count == 4 && items.allSatisfy { $0["isLegal"] == true }, "\(sheet.text)")
            // XC-05: neither above nor past the direct subordinates.
            #expect(try await city.get("/api/v1/patrol-sheets/province").status == .notFound)
            #expect(try await county.get("/api/v1/patrol-sheets/zezhou").status == .notFound)
            var answers = items.map { item -> JSON in ["item": item["item"] ?? .null, "state": "normal"] }
            func draft(_ answers: [JSON], _ more: [JSON.Member] = []) -> JSON {
                .object(
                    [.init("kind", "routine"), .init("subject", "qinshui"), .init("answers", .array(answers))] + more)
            }
            let short = try await city.post("/api/v1/patrols", draft(Array(answers.dropLast())))
            #expect(short.status == .conflict && short.json["detail"]?.string?.contains("四项缺一不可") == true)
            let twice = try await city.post("/api/v1/patrols", draft(answers + [answers[0]]))
            #expect(Self.fields(twice) == ["answers[4].item"])
            let strange = try await city.post(
                "/api/v1/patrols", draft(answers + [["item": "nonsense", "state": "normal"]]))
            #expect(strange.status == .conflict && strange.json["detail"]?.string?.contains("nonsense") == true)
            answers[0] = ["item": answers[0]["item"] ?? .null, "state": "serious"]
            #expect(try await city.post("/api/v1/patrols", draft(answers)).status == .conflict, "what is wrong?")
            answers[0] = ["item": answers[0]["item"] ?? .null, "state": "serious", "note": "平台断线三天"]
            let followed = draft(answers).members.map { $0.filter { $0.key != "kind" } } ?? []
            let loose = try await city.post("/api/v1/patrols", .object(followed + [.init("kind", "followUp")]))
            #expect(loose.status == .conflict && loose.json["detail"]?.string?.contains("关联原问题") == true, "XC-12")
            let made = try await city.post("/api/v1/patrols", draft(answers))
            #expect(made.status == .created && made.json["patrol"]?["abnormal"] == 1, "\(made.text)")
            #expect(made.json["patrol"]?["inspector"] == "王敏")
            let evidence = made.json["patrol"]?["answers"]?.array?.first?["prefilled"]?.string ?? ""
            #expect(evidence.contains("企业在线"), "the system's reading, not the program's")
            let problem = try #require(made.json["problems"]?.array?.first)
            #expect(problem["severity"] == "serious" && problem["subject"] == "qinshui")
            let id = try #require(problem["id"]?.string)
            #expect(try await county.get("/api/v1/problems/\(id)").status == .ok)
            // XC-18: the receipt of the patrolled office.
            let inbox = try await county.get("/api/v1/inbox?unread=1").json
            let message = try #require(
                inbox["items"]?.array?.first { $0["text"]?.string?.contains("平台断线三天") == true }, "\(inbox.text)")
            let address = "/api/v1/inbox/" + Form.encode(message["id"]?.string ?? "") + "/read"
            #expect(try await city.post(address).status == .notFound, "not the city's message")
            let read = try await county.post(address)
            #expect(read.json["readAt"]?.string?.isEmpty == false, "\(read.text)")
            let after = try await county.get("/api/v1/inbox?unread=1").json
            #expect(after["total"]?.integer == (inbox["total"]?.integer).map { $0 - 1 })
        }
    }

    @Test func `XC-38 an office's own item joins the four and must be judged, too`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            #expect(try await city.post("/api/v1/patrol-items", ["title": " "]).status == .conflict)
            let added = try await city.post("/api/v1/patrol-items", ["title": "夜间值守"])
            #expect(added.status == .created)
            let id = try #require(added.json["id"]?.string)
            let items = try await city.get("/api/v1/patrol-sheets/qinshui").json["items"]?.array ?? []
            #expect(items.count == 5 && items.last?["isLegal"] == false)
            let four = PatrolTopic.allCases.map { topic -> JSON in
                ["item": .string(topic.rawValue), "state": "normal"]
            }
            let draft: JSON = ["kind": "routine", "subject": "qinshui", "answers": .array(four)]
            #expect(try await city.post("/api/v1/patrols", draft).status == .conflict)
            let county = try await Program.make(bench, client, "qinshui")
            #expect(try await county.post("/api/v1/patrol-items/\(id)/retire").status == .notFound)
            #expect(try await city.post("/api/v1/patrol-items/\(id)/retire").status == .ok)
            #expect(try await city.get("/api/v1/patrol-items").json["total"] == 0)
            #expect(try await city.post("/api/v1/patrol-items/systemOnline/retire").status == .notFound)
            #expect(try await city.post("/api/v1/patrols", draft).status == .created)
            #expect(try await city.get("/api/v1/patrols?size=1").json["total"] == 1)
        }
    }

    @Test func `XC-28 XC-30 a spot check is begun, filled in, submitted and its problem handed down`() async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let seeded = try #require(world.ids["record"]?["E1"])
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            let county = try await Program.make(bench, client, "qinshui")
            let other = try await Program.make(bench, client, "zezhou")
            let opened = try await city.post("/api/v1/spot-check-records", ["enterprise": "E1"])
            #expect(opened.status == .ok && opened.json["id"]?.string == seeded, "one a day")
            #expect(try await other.post("/api/v1/spot-check-records", ["enterprise": "E1"]).status == .notFound)
            let base = "/api/v1/spot-check-records/\(seeded)"
            #expect(try await county.post(base + "/save", ["watch": "三人"]).status != .ok, "another office's record")
            let early = try await city.post(base + "/submit", ["finding": "none"])
            #expect(early.status == .unprocessableContent)
            let missing = Self.fields(early)
            #expect(missing.isSuperset(of: ["videoNote", "watch", "other", "verdicts.online.verdict"]), "\(missing)")
            let saved = try await city.post(base + "/save", ["watch": "带班领导在岗", "videoNote": "无", "other": "无"])
            #expect(saved.json["column10"] == "带班领导在岗", "\(saved.text)")
            #expect(try await city.post(base + "/refresh").json["column10"] == "带班领导在岗")
            var verdicts = SpotCheckContent.allCases.map { item -> JSON in
                ["item": .string(item.rawValue), "verdict": "sound"]
            }
            verdicts[2] = ["item": "watch", "verdict": "problem", "note": "值班室无人"]
            let unsent = try await city.post(
                base + "/submit", ["verdicts": .array(verdicts), "contact": "0356", "finding": "none"])
            #expect(unsent.status == .conflict && unsent.json["detail"]?.string?.contains("怎样交办") == true)
            let sent = try await city.post(
                base + "/submit", ["verdicts": .array(verdicts), "contact": "0356", "finding": "problem"])
            #expect(sent.status == .ok && sent.json["problems"] == 1, "\(sent.text)")
            #expect(try await city.post(base + "/submit", ["finding": "none"]).status == .conflict)
            #expect(try await city.post(base + "/save", ["watch": "改"]).status == .conflict)
            let problems = try await county.get("/api/v1/problems?source=spotCheck").json["items"]?.array ?? []
            #expect(problems.contains { $0["text"]?.string?.contains("值班室无人") == true })
        }
    }

    @Test func `SJ-27 XC-36 a finding is assigned, rectified, checked again; the centre does not supervise`()
        async throws
    {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let base = "/api/v1/quality-findings/" + (try #require(world.ids["finding"]?["E1"]))
        try await bench.test { client in
            let county = try await Program.make(bench, client, "qinshui")
            let safety = try await Program.make(bench, client, "jinqin")
            let centre = try await Program.make(bench, client, "center")
            let other = try await Program.make(bench, client, "yunshan")
            #expect(try await county.post(base + "/assign", ["days": 31]).status == .unprocessableContent)
            let assigned = try await county.post(base + "/assign", ["days": 2, "note": "换探头"])
            #expect(assigned.json["finding"]?["deadline"] == "2026-11-25T13:08:41+08:00", "\(assigned.text)")
            #expect(try await county.post(base + "/rectify", ["note": "x"]).status == .forbidden)
            #expect(try await other.post(base + "/rectify", ["note": "x"]).status == .notFound)
            #expect(try await centre.post(base + "/supervise").json["code"] == "notYours")
            #expect(try await centre.post(base + "/advise", ["note": "先校零"]).status == .ok)
            #expect(try await safety.post(base + "/rectify", ["note": " "]).json["code"] == "blank")
            #expect(try await safety.post(base + "/rectify", ["note": "已换"]).json["finding"]?["state"] == "rectified")
            let unsaid = try await county.post(base + "/recheck", ["result": "failed"])
            #expect(unsaid.status == .conflict && unsaid.json["code"] == "blank")
            let failed = try await county.post(base + "/recheck", ["result": "failed", "note": "还在跳"])
            #expect(failed.json["finding"]?["state"] == "assigned" && failed.json["finding"]?["reopened"] == 1)
            #expect(try await safety.post(base + "/rectify", ["note": "再换"]).status == .ok)
            let passed = try await county.post(base + "/recheck", ["result": "passed"])
            #expect(passed.json["finding"]?["state"] == "closed")
            #expect(try await county.post(base + "/dismiss", ["note": "x"]).json["code"] == "wrongState")
            #expect(try await county.post(base + "/reopen", ["note": "又跳"]).json["finding"]?["state"] == "assigned")
            let supervised = try await county.post(base + "/supervise", ["note": "挂牌"])
            #expect(supervised.json["finding"]?["isSupervised"] == true)
            let problem = try #require(supervised.json["finding"]?["problem"]?.string)
            #expect(try await county.get("/api/v1/problems/\(problem)").json["source"] == "quality")
        }
    }

    @Test func `an exemption is asked for by the enterprise, decided by its regulator, and ended`() async throws {
        let bench = try await WebBench.make(hasIntake: true)
        try await bench.test { client in
            let safety = try await Program.make(bench, client, "jinqin")
            let county = try await Program.make(bench, client, "qinshui")
            var draft: [JSON.Member] = [
                .init("kind", "falseAlarm"), .init("point", "P11"), .init("reason", "探头进水"),
                .init("from", "2026-11-23T13:30:00+08:00"), .init("until", "2026-12-23T13:30:00+08:00"),
            ]
            let long = try await safety.post("/api/v1/exemptions", .object(draft))
            #expect(long.status == .conflict && long.json["code"] == "tooLong")
            draft[4] = .init("until", "2026-11-24T13:30:00+08:00")
            #expect(try await county.post("/api/v1/exemptions", .object(draft)).status == .forbidden)
            let made = try await safety.post("/api/v1/exemptions", .object(draft))
            #expect(made.status == .created && made.json["state"] == "asked", "\(made.text)")
            #expect(try await safety.post("/api/v1/exemptions", .object(draft)).status == .conflict, "one waits")
            draft[1] = .init("point", "P21")
            #expect(try await safety.post("/api/v1/exemptions", .object(draft)).status == .notFound)
            let base = "/api/v1/exemptions/" + (try #require(made.json["id"]?.string))
            #expect(try await safety.post(base + "/decide", ["decision": "approve"]).status == .forbidden)
            let other = try await Program.make(bench, client, "zezhou")
            #expect(try await other.post(base + "/decide", ["decision": "approve"]).status == .notFound)
            #expect(try await county.post(base + "/decide", ["decision": "refuse"]).status == .conflict, "why?")
            #expect(try await safety.post(base + "/end").status == .conflict, "nothing runs yet")
            let approved = try await county.post(base + "/decide", ["decision": "approve"])
            #expect(approved.json["state"] == "running" && approved.json["decidedBy"] == "秦岚", "\(approved.text)")
            #expect(try await county.get("/api/v1/exemptions?state=running").json["total"] == 1)
            bench.pass(.minutes(5))
            #expect(try await safety.post(base + "/end").json["state"] == "ended")
            #expect(try await county.get("/api/v1/exemptions?state=running").json["total"] == 0)
        }
    }

    @Test func `an address says which methods it knows, and a field that has no name is refused`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            for (method, path, allowed) in [
                (HTTPRequest.Method.delete, "/api/v1/warnings", "GET, HEAD"),
                (.put, "/api/v1/patrols", "GET, HEAD, POST"),
                (.trace, "/api/v1/problems/x/close", "POST"), (.get, "/api/v1/problems/x/close", "POST"),
                (.put, "/api/v1/commitments/judgements", "POST"),
            ] {
                let answer = try await city.send(method, path, nil)
                #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == allowed, "\(method) \(path)")
                #expect(answer.json["type"] == "/problems/method")
            }
            #expect(try await city.send(.delete, "/api/v1/nothing", nil).status == .notFound)
            let text = try await client.execute(uri: "/openapi.json", method: .get).body
            let schemas = try JSON.parse(String(buffer: text))["components"]?["schemas"]
            #expect(schemas?["PatrolDraft"]?["additionalProperties"] == false)
            #expect(schemas?["PatrolAnswer"]?["additionalProperties"] == false, "also within")
            #expect(schemas?["Patrol"]?["additionalProperties"] == nil, "answers may grow")
        }
    }

    @Test func `lists say how many there are and go on behind their first page`() async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        #expect(!world.bulletin.isEmpty)
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            #expect(try await city.get("/api/v1/bulletins").json["total"] == 1)
            for list in ["duty-calls", "exemptions", "site-checks", "problems", "filings", "quality-findings"] {
                let whole = try await city.get("/api/v1/\(list)?size=100").json
                let items = whole["items"]?.array ?? []
                #expect(items.count == 3 && whole["total"] == 3, "\(list)")
                var paged: [JSON] = []
                for page in 1...3 {
                    paged += try await city.get("/api/v1/\(list)?size=1&page=\(page)").json["items"]?.array ?? []
                }
                #expect(paged.map { $0["id"] ?? .null } == items.map { $0["id"] ?? .null }, "\(list)")
            }
        }
    }
}
