import AsyncHTTPClient
import Domain
import Foundation
import Kernel
import NIOCore
import NIOHTTP1
import Support
import Testing

/// Monday's bulletin in real Chromium windows: the weekly one about the week that ended on Sunday, drafted by the
/// system at half past eight → completed by hand → approved by a second officer → issued with a number → PDF and DOCX →
/// signed for by a county. The files are read by other programs where they are installed.
@Suite(.serialized) struct BulletinJourneyTests {
    private static let chief = "chief-140500"

    @Test(.timeLimit(.minutes(12)))
    func `TB-05 TB-16 TB-17 SZ-14 Monday's bulletin from the draft to the issued PDF and the signature`() async throws {
        let folder = URL(filePath: try TemporaryFolder.make())
        let today = Day(Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)))
        var monday = today.next
        while BulletinPeriod.containing(monday, kind: .weekly).from != monday { monday = monday.next }
        try await Journey.withClient { client in
            try await week(folder, client)
            let server = try ServerUnderTest(
                folder: folder, arguments: ["--demo", "--clock-start", "\(ChinaTime.date(monday)) 08:29:40"])
            defer { server.kill() }
            try await server.ready(client, seconds: 240)
            let city = try DemonstrationFolder(data: folder.appending(path: "data"))
            let words = BulletinPeriod.before(monday, kind: .weekly).label(kind: .weekly)
            try await Journey.withDriver(folder: folder, client: client) { driver in
                var address = ""
                try await Journey.withWindows(driver: driver, client: client, name: "bulletin") { desk, chief in
                    address = try await write(desk, city, server.address, about: words)
                    try await approve(chief, address, server.address, folder)
                    try await issue(desk, address, about: words, folder)
                }
                try await Journey.withWindows(driver: driver, client: client, name: "signature") { county, _ in
                    try await Journey.signIn(county, server.address, try city.account("duty-140525"))
                    try await county.go(to: address)
                    try await county.click("#acknowledge")
                    try await county.wait("the signature", until: "return !document.querySelector('#acknowledge')")
                }
            }
        }
    }

    /// What the week leaves behind: the city is made, its plants send for a while, a second officer gets an account.
    private func week(_ folder: URL, _ client: HTTPClient) async throws {
        let data = folder.appending(path: "data").path
        let server = try ServerUnderTest(folder: folder, arguments: ["--demo"])
        defer { server.kill() }
        try await server.ready(client, seconds: 240)
        try ServerUnderTest.command(
            [
                "simulate", "--server", server.address, "--keys", data + "/demonstration-keys.txt", "--duration", "20",
                "--upload-seconds", "2",
            ], log: folder.appending(path: "simulate.log"))
        server.kill()
        try ServerUnderTest.command(
            [
                "account", "create", Self.chief, "--name", "带班领导", "--role", "duty", "--authority", "140500", "--data",
                data,
            ], log: folder.appending(path: "account.log"))
    }

    /// The draft is there by itself, about the week before; one thing is added by hand; where it stands.
    private func write(
        _ desk: Browser, _ city: DemonstrationFolder, _ server: String, about words: String
    ) async throws -> String {
        try await Journey.signIn(desk, server, try city.account("duty-140500"))
        try await desk.go(to: server + "/bulletins?kind=weekly")
        let end = ContinuousClock.now + .seconds(120)
        let link =
            "[...document.querySelectorAll('#table tbody a.nm')].find(a => a.textContent.includes('\(words)'))"
        while try await desk.run("return !!\(link)") as? Bool != true, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(500))
            try await desk.refresh()
        }
        try await desk.screenshot(to: Journey.pictures.appending(path: "bulletins.png"))
        try await desk.run("\(link).click()")
        try await desk.wait("the draft", until: "return !!document.querySelector('article.gw')")
        #expect(try await desk.text("#phase") == "草稿")
        // Ten sections of TB-05, about every enterprise of the city.
        #expect(try await desk.count("article.gw h3") >= 10)
        let draft = try await desk.text("article.gw")
        #expect(draft.contains(words) && draft.firstMatch(of: /应纳入企业[1-9][0-9]*家/) != nil)
        try await desk.screenshot(to: Journey.pictures.appending(path: "bulletin-draft.png"))
        try await desk.type("寒潮将至，请各县提醒企业检查伴热。", into: "textarea[name='text-0']")
        try await desk.click("#save")
        try await desk.wait(
            "the addition", until: "return document.querySelector('article.gw')?.textContent.includes('寒潮将至')")
        try await desk.click("#submit")
        try await desk.wait(
            "submitted", until: "return document.querySelector('#phase')?.textContent === '待审核'")
        // Nobody approves their own work.
        try await desk.click("#approve")
        try await desk.wait("the refusal", until: "return document.body.textContent.includes('不能审核自己的稿件')")
        return try await desk.address().replacing("/approve", with: "")
    }

    private func approve(_ chief: Browser, _ address: String, _ server: String, _ folder: URL) async throws {
        let log = try String(contentsOf: folder.appending(path: "account.log"), encoding: .utf8)
        let password = try #require(log.firstMatch(of: /口令 +(\S+)/)).1
        try await Journey.signIn(
            chief, server, DemonstrationFolder.Account(login: Self.chief, password: String(password)))
        // The first password was given by somebody else: it opens nothing but its own change.
        try await chief.go(to: address)
        try await chief.wait("the change of password", until: "return !!document.getElementById('chosen')")
        try await chief.type(String(password), into: "#present")
        for field in ["#chosen", "#again"] { try await chief.type("Wuxing-2026-fengsui", into: field) }
        try await chief.click("button[type=submit]")
        try await chief.wait("the change done", until: "return !document.getElementById('chosen')")
        try await chief.go(to: address)
        try await chief.click("#approve")
        try await chief.wait(
            "approved", until: "return document.querySelector('#phase')?.textContent === '待印发'")
    }

    private func issue(_ desk: Browser, _ address: String, about words: String, _ folder: URL) async throws {
        try await desk.go(to: address)
        try await desk.click("#issue")
        try await desk.wait(
            "the issued bulletin", until: "return document.querySelector('#phase')?.textContent === '已印发'")
        #expect(try await desk.text("article.gw").contains("〔"))
        try await desk.screenshot(to: Journey.pictures.appending(path: "bulletin-issued.png"))
        let pdf = try await fetch(desk, address + "/pdf")
        #expect(pdf.starts(with: Array("%PDF".utf8)))
        let docx = try await fetch(desk, address + "/docx")
        #expect(docx.starts(with: [0x50, 0x4B, 3, 4]))
        try Data(pdf).write(to: folder.appending(path: "bulletin.pdf"))
        try Data(docx).write(to: folder.appending(path: "bulletin.docx"))
        try read(folder, about: words)
    }

    /// Other people's readers open what we wrote.
    private func read(_ folder: URL, about words: String) throws {
        if let reader = Machine.find(["pdftotext"]) {
            let text = folder.appending(path: "bulletin.txt")
            let child = try Child(
                reader, [folder.appending(path: "bulletin.pdf").path, text.path],
                log: folder.appending(path: "pdftotext.log"))
            child.process.waitUntilExit()
            let pages = try String(contentsOf: text, encoding: .utf8).filter { !$0.isWhitespace }
            #expect(pages.contains(words) && pages.contains("寒潮将至"))
        }
        if let office = Machine.find(["soffice"]) {
            let child = try Child(
                office,
                [
                    "--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir",
                    folder.appending(path: "read").path,
                    folder.appending(path: "bulletin.docx").path,
                ], log: folder.appending(path: "soffice.log"))
            child.process.waitUntilExit()
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: "read/bulletin.pdf").path))
        }
    }

    private func fetch(_ desk: Browser, _ address: String) async throws -> [UInt8] {
        try await desk.run(
            """
            window.fetched = null;
            fetch('\(address)').then(r => r.ok ? r.arrayBuffer() : r.text().then(t => { throw t })).then(b => {
              let s = ''; const a = new Uint8Array(b);
              for (let i = 0; i < a.length; i += 8192) s += String.fromCharCode(...a.subarray(i, i + 8192));
              window.fetched = btoa(s) }).catch(e => { window.fetched = 'failed ' + e })
            """)
        try await desk.wait("the file \(address)", seconds: 90, until: "return window.fetched !== null")
        let text = try await desk.run("return window.fetched") as? String ?? ""
        guard let data = Data(base64Encoded: text) else {
            throw Browser.Failure(description: String(text.prefix(300)))
        }
        return [UInt8](data)
    }
}
