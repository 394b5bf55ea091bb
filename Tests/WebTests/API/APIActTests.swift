import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import NIOCore
import Operations
import Storage
import Testing

@testable import Web

/// Acts by programs: the rules of the forms, typed refusals, and a trace in the log.
@Suite struct APIActTests {
    @Test func `YJ-08 a warning from the signature to the approved report`() async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let warning = "/api/v1/warnings/" + (try #require(world.ids["warning"]?["E1"]))
        let now = bench.now
        try await bench.test { client in
            let county = try await Program.make(bench, client, "qinshui")
            let person = try await Program.make(bench, client, "zhao")
            let safety = try await Program.make(bench, client, "jinqin")
            #expect(try await county.post(warning + "/sign", ["note": "已电话"]).status == .ok)
            let refused = try await safety.post(warning + "/acknowledge", [:])
            #expect(refused.status == .forbidden, "only a responsible person")
            let acknowledged = try await person.post(warning + "/acknowledge", ["note": "到了"])
            #expect(acknowledged.status == .ok && acknowledged.json["acknowledgedBy"] == "赵砚")
            #expect(try await person.post(warning + "/progress", ["text": "正在降压"]).status == .ok)
            // The rules refuse a report before all is clear, by their own name.
            let report: JSON = ["result": "降压", "cause": "阀卡", "measures": "换阀"]
            let early = try await person.post(warning + "/report", report)
            #expect(early.status == .conflict && early.json["code"] == "notYetClear")
            #expect(early.json["type"] == "/problems/refused" && early.json["detail"]?.string?.contains("消警") == true)
            let short = try await person.post(warning + "/report", ["result": "降压", "nonsense": 1])
            #expect(short.status == .unprocessableContent)
            let fields = Set((short.json["errors"]?.array ?? []).compactMap { $0["field"]?.string })
            #expect(fields == ["cause", "measures", "nonsense"])
            try await bench.store.write { session throws(StorageError) in
                try WebWorld.clearAlarm("AL1", hazard: "H1", at: now, in: &session)
                try WebWorld.level("H1", .blue, at: now, in: &session)
            }
            let reported = try await person.post(warning + "/report", report)
            #expect(reported.status == .ok && reported.json["phase"] == "awaitingApproval")
            let city = try await Program.make(bench, client, "city")
            #expect(try await city.post(warning + "/approve").status == .forbidden, "not the regulator")
            #expect(try await county.post(warning + "/return", ["note": "原因不细"]).status == .ok)
            #expect(try await person.post(warning + "/report", report).status == .ok)
            let approved = try await county.post(warning + "/approve")
            #expect(approved.status == .ok, "\(approved.text)")
            let steps = approved.json["timeline"]?.array ?? []
            #expect(
                steps.contains { $0["kind"] == "acknowledged" }
                    && steps.contains { $0["text"]?.string?.contains("正在降压") == true })
            let log = try await bench.store.read { session throws(StorageError) in
                try session.stream(kind: "account", id: "A-qinshui").map(\.entry)
            }
            let acted = log.filter { $0.kind == "tokenActed" }.compactMap { $0.payload["operation"]?.string }
            #expect(acted == ["signWarning", "returnReport", "approveReport"])
        }
    }

    @Test func `XC-31 XC-32 a problem is ordered, rectified, rechecked and closed`() async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let problem = "/api/v1/problems/" + (try #require(world.ids["problem"]?["E1"]))
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            let county = try await Program.make(bench, client, "qinshui")
            let safety = try await Program.make(bench, client, "jinqin")
            if try await city.get(problem).json["holder"] == "city" {
                #expect(try await city.post(problem + "/hand-down", ["next": "qinshui"]).status == .ok)
            }
            let late = try await county.post(problem + "/order", ["mode": "limited", "measures": "看守"])
            #expect(late.status == .unprocessableContent && late.json["errors"]?.array?.first?["field"] == "deadline")
            let past: JSON = ["mode": "limited", "measures": "看守", "deadline": "2026-11-22T09:00:00+08:00"]
            #expect(try await county.post(problem + "/order", past).json["code"] == "deadlinePast")
            #expect(try await county.post(problem + "/order", ["mode": "atOnce"]).status == .ok)
            let unproved = try await safety.post(
                problem + "/feedback", ["measures": "已到岗", "finishedAt": "2026-11-23T13:00:00+08:00"])
            #expect(unproved.status == .conflict && unproved.json["code"] == "proofMissing")
            let rectified = try await safety.post(
                problem + "/feedback",
                ["measures": "已到岗", "proof": "签到表", "finishedAt": "2026-11-23T13:00:00+08:00"])
            #expect(rectified.json["stage"] == "rectified", "\(rectified.text)")
            #expect(try await county.post(problem + "/recheck", ["result": "rectified", "note": "属实"]).status == .ok)
            #expect(try await county.post(problem + "/close", ["note": "闭环"]).json["stage"] == "closed")
            let steps = try await county.get(problem).json["steps"]?.array ?? []
            #expect(steps.last?["kind"] == "closed")
        }
    }

    @Test func `SJ-25 a filing is submitted with its file and taken for its own enterprise only`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let safety = try await Program.make(bench, client, "jinqin")
            var draft: [JSON.Member] = [
                .init("kind", "maintenance"), .init("points", ["P11"]), .init("reason", "换密封"),
                .init("measures", "专人监护"), .init("from", "2026-11-24T14:00:00+08:00"),
                .init("until", "2026-11-24T20:00:00+08:00"),
                .init("attachments", [["name": "plan.pdf", "content": "JVBERi0xLjcgcGxhbg=="]]),
            ]
            let made = try await safety.post("/api/v1/filings", .object(draft))
            #expect(made.status == .created && made.json["state"] == "waiting", "\(made.text)")
            let id = try #require(made.json["id"]?.string)
            let browser = try await Browser.signIn(client, "qinshui")
            #expect(try await browser.get("/filings/\(id)").text.contains("plan.pdf"))
            #expect(made.json["decisionDueAt"] == "2026-11-23T17:08:41+08:00")
            draft[1] = .init("points", ["P21"])
            let foreign = try await safety.post("/api/v1/filings", .object(draft))
            #expect(foreign.status == .conflict && foreign.json["detail"]?.string?.contains("不是本企业的") == true)
            draft[1] = .init("points", [])
            #expect(try await safety.post("/api/v1/filings", .object(draft)).json["code"] == "nothingCovered")
            draft[6] = .init("attachments", [["name": "x", "content": "%%%"]])
            #expect(try await safety.post("/api/v1/filings", .object(draft)).status == .unprocessableContent)
            // Without an intake nobody can decide; the refusal says to come again.
            let county = try await Program.make(bench, client, "qinshui")
            let busy = try await county.post("/api/v1/filings/\(id)/decide", ["decision": "confirm"])
            #expect(busy.status == .serviceUnavailable && busy.headers[.retryAfter] == "2")
        }
    }

    @Test func `QY-07 a commitment with a hole is refused field by field, a whole one is sent for signing`()
        async throws
    {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let safety = try await Program.make(bench, client, "jinqin")
            let empty = try await safety.post("/api/v1/commitments", [:])
            let fields = Set((empty.json["errors"]?.array ?? []).compactMap { $0["field"]?.string })
            for count in CommitmentCount.allCases { #expect(fields.contains(count.rawValue)) }
            var members: [JSON.Member] = CommitmentCount.allCases.map { .init($0.rawValue, 0) }
            members += CommitmentFlag.allCases.map { flag in
                .init(flag.rawValue, .bool(flag == .hazardsSafe || flag == .responsibilityCarriedOut))
            }
            members += [
                .init("measures", "巡检"), .init("dutyLead", "孙立安"), .init("dutyLeadPhone", "13900002041"),
                .init("promiseRiskRank", "blue"), .init("promiseRiskValue", 10),
            ]
            let unjudged = try await safety.post("/api/v1/commitments", .object(members))
            #expect(unjudged.status == .unprocessableContent && unjudged.text.contains("judgement-team"))
            for (tier, time) in [("team", "07:40"), ("workshop", "08:00"), ("enterprise", "08:20")] {
                let judged = try await safety.post(
                    "/api/v1/commitments/judgements",
                    [
                        "tier": .string(tier), "unit": "甲班", "name": "周启明",
                        "at": .string("2026-11-23T\(time):00+08:00"),
                    ])
                #expect(judged.status == .ok, "\(judged.text)")
            }
            let sent = try await safety.post("/api/v1/commitments", .object(members))
            #expect(sent.status == .ok, "\(sent.text)")
            let prepared = try await bench.store.read { session throws(StorageError) in
                try CommitmentPreparation.find("E1", day: Day(WebWorld.now), scope: .enterprise("E1"), in: &session)
            }
            #expect(prepared?.sentAt != nil && prepared?.draft.counts[.units] == 0)
            #expect(prepared?.draft.texts[.notice]?.contains("我承诺") == true)
        }
    }

    @Test func `a bulletin is submitted, approved by another and issued`() async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO account (id, login, password_hash, name, role, authority_id, created_at)
                VALUES ('A-city2', 'city2', 'x', '李审', 'duty', 'city', \(now))
                """)
        }
        let base = "/api/v1/bulletins/" + world.bulletin
        try await bench.test { client in
            let writer = try await Program.make(bench, client, "city")
            let reader = try await Program.make(bench, client, "city2")
            let whole = try await writer.get(base)
            #expect(whole.json["content"]?["sections"]?.array?.isEmpty == false)
            let submitted = try await writer.post(base + "/submit")
            #expect(submitted.status == .ok, "\(submitted.text)")
            #expect(try await writer.post(base + "/approve").status == .conflict, "not one's own")
            #expect(try await reader.post(base + "/approve").json["phase"] == "approved")
            let issued = try await writer.post(base + "/issue")
            #expect(issued.json["phase"] == "issued" && issued.json["number"]?.string?.isEmpty == false)
            let again = try await writer.post(base + "/issue")
            #expect(again.status == .conflict && again.json["code"]?.string?.isEmpty == false, "\(again.text)")
        }
    }

    @Test func `XC-28 a duty call is made and answered in time`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            let call = try await city.post(
                "/api/v1/duty-calls",
                ["targetKind": "enterprise", "target": "E1", "minutes": 5, "question": "谁在岗"])
            #expect(call.status == .created)
            let id = try #require(call.json["id"]?.string)
            let tooLong: JSON = ["targetKind": "enterprise", "target": "E1", "minutes": 90]
            #expect(try await city.post("/api/v1/duty-calls", tooLong).status == .unprocessableContent)
            let foreign: JSON = ["targetKind": "authority", "target": "province", "minutes": 5]
            #expect(try await city.post("/api/v1/duty-calls", foreign).status.code >= 400)
            let own = try await Program.make(bench, client, "jinqin")
            let other = try await Program.make(bench, client, "yunshan")
            #expect(try await other.post("/api/v1/duty-calls/\(id)/answer", ["name": "某"]).status == .notFound)
            let answered = try await own.post("/api/v1/duty-calls/\(id)/answer", ["name": "陶然", "text": "三人"])
            #expect(answered.json["state"] == "answered" && answered.json["answeredBy"] == "陶然")
            let twice = try await own.post("/api/v1/duty-calls/\(id)/answer", ["name": "陶然"])
            #expect(twice.status == .conflict)
        }
    }

    @Test func `a body that is no object, of another type or too large is refused before anything happens`()
        async throws
    {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let address = "/api/v1/warnings/\(world.ids["warning"]?["E1"] ?? "")/progress"
        try await bench.test { client in
            let county = try await Program.make(bench, client, "qinshui")
            for (type, text, status) in [
                ("application/json", "[1]", HTTPResponse.Status.badRequest), ("application/json", "{", .badRequest),
                ("text/plain", "{\"text\":\"x\"}", .unsupportedMediaType),
                ("application/json", "{}", .unprocessableContent),
                ("application/json", "{\"text\":5}", .unprocessableContent),
                ("application/json", "{\"text\":\" \"}", .conflict),
            ] {
                let answer = try await client.execute(
                    uri: address, method: .post,
                    headers: [.authorization: "Bearer " + county.token, .contentType: type],
                    body: .init(string: text))
                #expect(answer.status == status, "\(type) \(text)")
            }
        }
    }
}
