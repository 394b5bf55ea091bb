import AsyncHTTPClient
import Foundation
import Kernel
import NIOCore
import NIOHTTP1
import Support
import Testing

/// The 9:58 commitment in real Chromium windows: the safety officer finds what is missing, records the chain and sends
/// the form; the principal signs on the phone before ten; the public reads it without signing in.
@Suite(.serialized) struct CommitmentJourneyTests {
    @Test(.timeLimit(.minutes(12)))
    func `SJ-17 SJ-19 QY-06 the 9:58 commitment, from the empty form to the public announcement`() async throws {
        let folder = URL(filePath: try TemporaryFolder.make())
        try await Journey.withClient { client in
            // The city is made first: how long that takes must not eat the minutes before ten.
            let first = try ServerUnderTest(folder: folder, arguments: ["--demo"])
            defer { first.kill() }
            try await first.ready(client, seconds: 240)
            first.kill()
            let tomorrow = Day(Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))).next
            let server = try ServerUnderTest(
                folder: folder, arguments: ["--demo", "--clock-start", "\(ChinaTime.date(tomorrow)) 09:55:00"])
            defer { server.kill() }
            try await server.ready(client, seconds: 120)
            let city = try DemonstrationFolder(data: folder.appending(path: "data"))
            try await Journey.withDriver(folder: folder, client: client) { driver in
                try await Journey.withWindows(
                    driver: driver, client: client, name: "commitment", isSecondPhone: true
                ) { try await play($0, $1, city, server.address) }
                try await Journey.withWindows(driver: driver, client: client, name: "announcement") {
                    try await look($0, $1, city, server.address)
                }
            }
        }
    }

    private func play(
        _ desk: Browser, _ phone: Browser, _ city: DemonstrationFolder, _ server: String
    ) async throws {
        let story = try city.story()
        try await Journey.signIn(desk, server, try city.account("safe-\(story.enterprise)"))
        try await desk.go(to: server + "/commitment")
        try await desk.wait("the form", until: "return !!document.getElementById('firesNumber')")

        // The chain, with the server's time.
        for tier in ["team", "workshop", "enterprise"] {
            try await desk.run("document.getElementById('tier').value = '\(tier)'")
            try await desk.type("合成车间", into: "#unit")
            try await desk.type("郭晓", into: "#name")
            try await desk.run("window.before = true")
            try await desk.click("#judge")
            try await desk.wait("judged", until: "return !window.before && !!document.getElementById('judge')")
        }

        // Everything but one item: it is named, and nothing was taken.
        try await fill(desk, leavingOut: "firesNumber")
        try await desk.click("#send")
        try await desk.wait("the errors", until: "return !!document.querySelector('.errsum')")
        #expect(try await desk.text(".errsum").contains("特级动火没有填数"))
        try await desk.screenshot(to: Journey.pictures.appending(path: "commitment-missing.png"))
        try await fill(desk, leavingOut: nil)
        try await desk.click("#send")
        try await desk.wait("sent for signing", until: "return !!document.getElementById('sent')")
        try await desk.screenshot(to: Journey.pictures.appending(path: "commitment.png"))

        // The principal, on the phone, before ten.
        try await Journey.signIn(phone, server, try city.account(try city.principal(of: story.enterprise)))
        try await phone.go(to: server + "/m/commitment")
        try await phone.wait("the button", until: "return !!document.getElementById('sign')")
        try await phone.screenshot(to: Journey.pictures.appending(path: "commitment-phone.png"))
        try await phone.click("#sign")
        try await phone.wait("signed", until: "return !!document.getElementById('standing')")
        #expect(try await phone.text("#standing").contains("按时"))
    }

    /// Afterwards: what anybody reads, and what the regulator sees.
    private func look(
        _ reader: Browser, _ officer: Browser, _ city: DemonstrationFolder, _ server: String
    ) async throws {
        let story = try city.story()
        // Anybody may read it; a window that never signed in.
        try await reader.go(to: server + "/public/commitments/\(story.enterprise)")
        try await reader.wait("the announcement", until: "return !!document.getElementById('announcement')")
        let text = try await reader.text("#announcement")
        #expect(text.contains("生产装置 3 套"))
        #expect(text.contains("按时"))
        #expect(!text.contains("13900000001"))
        try await reader.screenshot(to: Journey.pictures.appending(path: "commitment-public.png"))

        // The regulator sees who is still missing.
        try await Journey.signIn(officer, server, try city.account("duty-\(story.regulator)"))
        try await officer.go(to: server + "/commitments?state=onTime")
        #expect(try await officer.count("#table tbody tr") == 1)
        try await officer.go(to: server + "/commitments?state=missing")
        try await officer.screenshot(to: Journey.pictures.appending(path: "commitments.png"))
    }

    /// As a person fills it in: 3 units, all running, nothing else going on.
    private func fill(_ browser: Browser, leavingOut: String?) async throws {
        try await browser.run(
            """
            document.querySelectorAll("form[data-draft='commitment'] input[inputmode='numeric']").forEach((e) => {
              e.value = e.id === 'unitsNumber' || e.id === 'runNumber' ? '3' : '0';
              if (e.id === '\(leavingOut ?? "")') e.value = '';
            });
            const yes = ['hazardSafe', 'dangerGuaranteeResponsibility'];
            document.querySelectorAll("form[data-draft='commitment'] input[type='radio']").forEach((e) => {
              if (e.value === (yes.includes(e.name) ? '1' : '0')) e.checked = true;
            });
            document.getElementById('promiseRiskRank').value = 'yellow';
            document.getElementById('promiseRiskValue').value = '32';
            document.getElementById('measures').value = '加强巡检,电话 13900000001';
            document.getElementById('dutyLead').value = '韩立群';
            document.getElementById('dutyLeadPhone').value = '13900000001';
            """)
    }

}
