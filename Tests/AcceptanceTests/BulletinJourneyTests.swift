import AsyncHTTPClient
import Foundation
import Kernel
import NIOCore
import NIOHTTP1
import Support
import Testing

/// The morning's bulletin in real Chromium windows: the system's draft → completed by hand → issued with a number →
/// PDF and DOCX → signed for by a county. The files are read by other programs where they are installed.
@Suite(.serialized) struct BulletinJourneyTests {
    @Test(.timeLimit(.minutes(8)))
    func `TB-16 TB-17 SZ-14 a bulletin from the draft to the issued PDF and the signature`() async throws {
        let folder = URL(filePath: try TemporaryFolder.make())
        let server = try ServerUnderTest(folder: folder, arguments: ["--demo"])
        defer { server.kill() }
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        do {
            try await tell(server, folder: folder, client: client)
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    private func tell(_ server: ServerUnderTest, folder: URL, client: HTTPClient) async throws {
        guard let program = Machine.find(["chromedriver"]) else {
            throw Browser.Failure(description: "chromedriver is not installed: scripts/setup.sh --tests")
        }
        let port = try Machine.freePort()
        let chromedriver = try Child(program, ["--port=\(port)"], log: folder.appending(path: "chromedriver.log"))
        defer { chromedriver.kill() }
        try await server.ready(client, seconds: 240)
        let city = try DemonstrationFolder(data: folder.appending(path: "data"))
        let driver = "http://127.0.0.1:\(port)"
        try await ready(driver, client)
        let desk = try await Browser.open(driver: driver, client: client)
        let county = try await Browser.open(driver: driver, client: client)
        do {
            try await play(desk, county, city, server.address, folder)
        } catch {
            try? await desk.screenshot(to: JourneyTests.pictures.appending(path: "failed-bulletin.png"))
            await desk.close()
            await county.close()
            throw error
        }
        await desk.close()
        await county.close()
    }

    private func play(
        _ desk: Browser, _ county: Browser, _ city: DemonstrationFolder, _ server: String, _ folder: URL
    ) async throws {
        try await signIn(desk, server, try city.account("duty-140500"))
        // The drafts of the last morning make themselves at the first start.
        try await desk.go(to: server + "/bulletins?kind=daily")
        let end = ContinuousClock.now + .seconds(60)
        while try await desk.count("#table tbody a.nm") == 0, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(500))
            try await desk.refresh()
        }
        try await desk.screenshot(to: JourneyTests.pictures.appending(path: "bulletins.png"))
        try await desk.click("#table tbody a.nm")
        try await desk.wait("the draft", until: "return !!document.querySelector('article.gw')")
        #expect(try await desk.text("#phase") == "草稿")
        // Ten sections of TB-04.
        #expect(try await desk.count("article.gw h3") >= 10)
        try await desk.screenshot(to: JourneyTests.pictures.appending(path: "bulletin-draft.png"))
        if try await desk.count("#save") > 0 {
            try await desk.type("寒潮将至，请各县提醒企业检查伴热。", into: "textarea[name='text-0']")
            try await desk.click("#save")
            try await desk.wait(
                "the addition", until: "return document.querySelector('article.gw')?.textContent.includes('寒潮将至')")
        }
        let address = try await desk.address()
        try await desk.click("#issue")
        try await desk.wait(
            "the issued bulletin", until: "return document.querySelector('#phase')?.textContent === '已印发'")
        #expect(try await desk.text("article.gw").contains("〔"))
        try await desk.screenshot(to: JourneyTests.pictures.appending(path: "bulletin-issued.png"))

        let pdf = try await fetch(desk, address + "/pdf")
        #expect(pdf.starts(with: Array("%PDF".utf8)))
        let docx = try await fetch(desk, address + "/docx")
        #expect(docx.starts(with: [0x50, 0x4B, 3, 4]))
        try Data(pdf).write(to: folder.appending(path: "bulletin.pdf"))
        try Data(docx).write(to: folder.appending(path: "bulletin.docx"))
        try read(folder)

        try await signIn(county, server, try city.account("duty-140525"))
        try await county.go(to: address)
        try await county.click("#acknowledge")
        try await county.wait("the signature", until: "return !document.querySelector('#acknowledge')")
    }

    /// Other people's readers open what we wrote.
    private func read(_ folder: URL) throws {
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

    private func ready(_ driver: String, _ client: HTTPClient) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            let answer = try? await client.execute(HTTPClientRequest(url: driver + "/status"), timeout: .seconds(2))
            if answer?.status == .ok { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Browser.Failure(description: "chromedriver did not come up")
    }

    private func signIn(
        _ browser: Browser, _ server: String, _ account: DemonstrationFolder.Account
    ) async throws {
        try await browser.go(to: server + "/login")
        try await browser.type(account.login, into: "#login")
        try await browser.type(account.password, into: "#password")
        try await browser.click("button[type=submit]")
        try await browser.wait("signed in", until: "return !location.pathname.startsWith('/login')")
    }
}
