import AsyncHTTPClient
import Foundation
import Kernel
import NIOCore
import NIOHTTP1
import Support
import Testing

/// One case from beginning to end in real Chromium windows, against the real server: raised → seen live on the desk
/// without reload → acknowledged on the phone → cleared → reported → approved → closed. The server's clock runs
/// twenty times as fast, so that the five minutes of a fall pass in fifteen seconds.
@Suite(.serialized) struct JourneyTests {
    @Test(.timeLimit(.minutes(8)))
    func `YJ-01 YJ-03 YJ-08 YJ-09 a case in the browser, from the reading to the closed case`() async throws {
        let folder = URL(filePath: try TemporaryFolder.make())
        let server = try ServerUnderTest(folder: folder, arguments: ["--demo", "--clock-rate", "20"])
        defer { server.kill() }
        try await Journey.withClient { client in
            try await server.ready(client, seconds: 240)
            let city = try DemonstrationFolder(data: folder.appending(path: "data"))
            let story = try city.story()
            let gateway = Gateway(
                server: server.address, story: story, key: city.keys[story.gateway] ?? "", client: client)
            try await gateway.send(story.quiet)
            try await Journey.withDriver(folder: folder, client: client) { driver in
                try await Journey.withWindows(driver: driver, client: client, name: "case", isSecondPhone: true) {
                    try await play($0, $1, gateway, city, story, server.address)
                }
            }
        }
    }

    private func play(
        _ desk: Browser, _ phone: Browser, _ gateway: Gateway, _ city: DemonstrationFolder,
        _ story: DemonstrationFolder.Story, _ server: String
    ) async throws {
        // The regulator's desk, quiet.
        try await Journey.signIn(desk, server, try city.account("duty-\(story.regulator)"))
        try await desk.wait("the desk", until: "return document.body.classList.contains('desk')")
        try await desk.run("window.neverReloaded = true")
        let before = try await desk.count("tr[id^='w-']")

        // A reading beyond the second level: the row comes by itself.
        try await gateway.send(story.highHigh * 1.2)
        try await desk.wait(
            "a new row on the desk, live",
            until: "return document.querySelectorAll(\"tr[id^='w-']\").length > \(before)")
        #expect(try await desk.run("return window.neverReloaded === true") as? Bool == true)
        let row =
            try await desk.run(
                """
                return [...document.querySelectorAll("tr[id^='w-']")].find(r => r.textContent.includes('未确认'))?.id ?? ''
                """) as? String ?? ""
        #expect(row.hasPrefix("w-"))
        let warning = String(row.dropFirst(2))
        try await desk.screenshot(to: Journey.pictures.appending(path: "duty-desk.png"))

        // The responsible person's phone.
        try await Journey.signIn(phone, server, try city.account(story.operations))
        try await phone.go(to: server + "/m")
        try await phone.wait("the card", until: "return !!document.getElementById('ack-\(warning)')")
        try await phone.screenshot(to: Journey.pictures.appending(path: "phone.png"))
        try await phone.click("#ack-\(warning)")
        try await phone.wait("the phone says acknowledged", until: "return !document.getElementById('ack-\(warning)')")
        try await desk.wait(
            "the desk shows it as acknowledged, live",
            until: "return !(document.getElementById('\(row)')?.textContent ?? '未确认').includes('未确认')")
        #expect(try await desk.run("return window.neverReloaded === true") as? Bool == true)

        // The value comes back; after its five quiet minutes the level falls to blue.
        try await gateway.send(story.quiet)
        for _ in 0..<40 {
            try await gateway.send(story.quiet)
            try await phone.go(to: server + "/warning/\(warning)")
            if try await phone.count("#report") > 0, try await phone.text("#state").contains("上报") { break }
            try await Task.sleep(for: .seconds(1))
        }

        // The three-part report.
        try await phone.wait("the report's form", until: "return !!document.getElementById('result')")
        try await phone.type("已关闭泄漏阀门,现场恢复正常", into: "#result")
        try await phone.type("密封垫老化", into: "#cause")
        try await phone.type("更换同批密封垫并纳入月检", into: "#measures")
        try await phone.click("#report")
        try await phone.wait("the report is in", until: "return !document.getElementById('result')")

        // The regulator approves; the case is closed.
        try await desk.go(to: server + "/warning/\(warning)")
        try await desk.wait("the decision", until: "return !!document.getElementById('approve')")
        try await desk.screenshot(to: Journey.pictures.appending(path: "warning.png"))
        try await desk.click("#approve")
        for _ in 0..<40 where !(try await desk.text("#state").contains("闭环")) {
            try await gateway.send(story.quiet)
            try await Task.sleep(for: .seconds(1))
            try await desk.refresh()
        }
        #expect(try await desk.text("#state").contains("已闭环"))
        try await desk.screenshot(to: Journey.pictures.appending(path: "closed.png"))
    }

}

/// The enterprise's gateway: one point, next seq, the server's own time.
private actor Gateway {
    private let server: String
    private let story: DemonstrationFolder.Story
    private let key: String
    private let client: HTTPClient
    private var seq = 1

    init(server: String, story: DemonstrationFolder.Story, key: String, client: HTTPClient) {
        self.server = server
        self.story = story
        self.key = key
        self.client = client
    }

    func send(_ value: Double) async throws {
        let now = try await ServerUnderTest.time(at: server, client)
        let body =
            "{\"dataSourceCode\":\"\(story.gateway)\",\"epoch\":\"journey\",\"seq\":\(seq),"
            + "\"type\":\"realtime\",\"datas\":["
            + "{\"targetCode\":\"\(story.point)\",\"value\":\(value),\"collectTime\":\(now)}]}"
        seq += 1
        var request = HTTPClientRequest(url: server + "/api/v1/upload")
        request.method = .POST
        request.headers.add(name: "authorization", value: "Bearer \(key)")
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: body))
        let response = try await client.execute(request, timeout: .seconds(10))
        let answer = try await response.body.collect(upTo: 1 << 20)
        guard response.status == .ok, (try? JSON.parse([UInt8](answer.readableBytesView)))?["accepted"] == 1 else {
            throw Browser.Failure(description: "\(response.status): \(String(buffer: answer))")
        }
    }
}
