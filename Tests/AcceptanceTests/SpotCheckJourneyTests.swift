import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Storage
import Support
import Testing

/// A spot check from the draw to the closed problem, in real Chromium windows against the real server: the office's
/// list, its published seed, the record, the problem handed down, rectified by the enterprise, re-checked, closed.
@Suite(.serialized) struct SpotCheckJourneyTests {
    @Test(.timeLimit(.minutes(8)))
    func `XC-20 XC-22 XC-28 XC-30 a spot check in the browser, from the draw to the closed problem`() async throws {
        let folder = URL(filePath: try TemporaryFolder.make())
        let server = try ServerUnderTest(folder: folder, arguments: ["--demo"])
        defer { server.kill() }
        try await Journey.withClient { client in
            try await server.ready(client, seconds: 240)
            let city = try DemonstrationFolder(data: folder.appending(path: "data"))
            try await Journey.withDriver(folder: folder, client: client) { driver in
                try await Journey.withWindows(driver: driver, client: client, name: "check") {
                    try await play($0, $1, city, server.address)
                }
            }
        }
    }

    private func play(
        _ office: Browser, _ plant: Browser, _ city: DemonstrationFolder, _ server: String
    ) async throws {
        let pictures = Journey.pictures
        let story = try city.story()
        // The regulator's own office: what it finds needs nobody between it and the enterprise.
        try await Journey.signIn(office, server, try city.account("duty-\(story.regulator)"))
        try await office.go(to: server + "/checks")
        try await office.wait("the list", until: "return document.querySelectorAll('#table tbody tr').length > 0")
        try await office.screenshot(to: pictures.appending(path: "checks.png"))

        // The draw says of itself that it can be repeated.
        try await office.click("a[href^='/checks/draw/']")
        try await office.wait("the draw", until: "return document.body.textContent.includes('名单相同')")
        try await office.screenshot(to: pictures.appending(path: "check-draw.png"))

        // The record of the story's enterprise.
        try await office.go(to: server + "/checks/add")
        try await office.click("form:has(input[name=enterprise][value='\(story.enterprise)']) button")
        try await office.wait("the record", until: "return !!document.getElementById('rec')")
        try await office.click("button[value=submit]")
        try await office.wait("what is missing", until: "return !!document.querySelector('.errsum')")
        for item in ["anomalies", "watch", "commitment", "responsibility"] {
            try await office.click("input[name='v-\(item)'][value=sound]")
        }
        try await office.click("input[name='v-online'][value=problem]")
        try await office.type("罐区 3 路视频黑屏", into: "#n-online")
        try await office.type("画面核对 3 路黑屏", into: "#video")
        try await office.type("在岗两人", into: "#watch")
        try await office.type("无", into: "#other")
        try await office.run("document.getElementById('inspectors').value = '王敏'")
        try await office.run("document.getElementById('contact').value = '0356-000-1190'")
        try await office.click("input[name=finding][value=problem]")
        try await office.screenshot(to: pictures.appending(path: "check-record.png"))
        try await office.click("button[value=submit]")
        try await office.wait("submitted", until: "return document.body.textContent.includes('已提交')")
        let problem =
            try await office.run(
                "return document.querySelector('a.problem')?.getAttribute('href') ?? ''") as? String ?? ""
        #expect(problem.hasPrefix("/problem/"))

        // The office orders it done at once, the enterprise does it and says how.
        try await office.go(to: server + problem)
        try await office.wait("the order", until: "return !!document.querySelector('#order')")
        try await office.click("#order button[type=submit]")
        try await office.wait("ordered", until: "return document.body.textContent.includes('整改中')")
        try await Journey.signIn(plant, server, try city.account(try city.safety(of: story.enterprise)))
        try await plant.go(to: server + problem)
        try await plant.wait("the feedback form", until: "return !!document.querySelector('#feedback')")
        try await plant.type("更换交换机,3 路恢复", into: "#measures")
        try await plant.click("input[name=finished][value=yes]")
        try await plant.type("恢复后画面已核对", into: "#proof")
        try await plant.screenshot(to: pictures.appending(path: "problem-feedback.png"))
        try await plant.click("#feedback button[type=submit]")
        try await plant.wait("fed back", until: "return document.body.textContent.includes('待复查')")

        // Re-checked and closed.
        try await office.refresh()
        try await office.click("#recheck input[value=rectified]")
        try await office.type("画面正常", into: "#rn")
        try await office.click("#recheck button[type=submit]")
        try await office.wait("re-checked", until: "return document.body.textContent.includes('待销号')")
        try await office.type("已整改", into: "#cn")
        try await office.click("form:has(#cn) button[type=submit]")
        try await office.wait("closed", until: "return document.body.textContent.includes('已闭环')")
        try await office.screenshot(to: pictures.appending(path: "problem-closed.png"))
    }

}

extension DemonstrationFolder {
    /// The login of an enterprise's safety officer.
    func safety(of enterprise: String) throws -> String {
        let found = try query(
            "SELECT login FROM account WHERE role = 'safety' AND enterprise_id = \(enterprise) ORDER BY login LIMIT 1")
        guard let found else { throw Browser.Failure(description: "\(enterprise) has no safety officer") }
        return found
    }
}
