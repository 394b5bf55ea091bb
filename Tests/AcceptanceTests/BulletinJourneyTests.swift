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
        try await Journey.withClient { client in
            try await server.ready(client, seconds: 240)
            let city = try DemonstrationFolder(data: folder.appending(path: "data"))
            try await Journey.withDriver(folder: folder, client: client) { driver in
                try await Journey.withWindows(driver: driver, client: client, name: "bulletin") {
                    try await play($0, $1, city, server.address, folder)
                }
            }
        }
    }

    private func play(
        _ desk: Browser, _ county: Browser, _ city: DemonstrationFolder, _ server: String, _ folder: URL
    ) async throws {
        try await Journey.signIn(desk, server, try city.account("duty-140500"))
        // The drafts of the last morning make themselves at the first start.
        try await desk.go(to: server + "/bulletins?kind=daily")
        let end = ContinuousClock.now + .seconds(60)
        while try await desk.count("#table tbody a.nm") == 0, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(500))
            try await desk.refresh()
        }
        try await desk.screenshot(to: Journey.pictures.appending(path: "bulletins.png"))
        try await desk.click("#table tbody a.nm")
        try await desk.wait("the draft", until: "return !!document.querySelector('article.gw')")
        #expect(try await desk.text("#phase") == "草稿")
        // Ten sections of TB-04.
        #expect(try await desk.count("article.gw h3") >= 10)
        try await desk.screenshot(to: Journey.pictures.appending(path: "bulletin-draft.png"))
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
        try await desk.screenshot(to: Journey.pictures.appending(path: "bulletin-issued.png"))

        let pdf = try await fetch(desk, address + "/pdf")
        #expect(pdf.starts(with: Array("%PDF".utf8)))
        let docx = try await fetch(desk, address + "/docx")
        #expect(docx.starts(with: [0x50, 0x4B, 3, 4]))
        try Data(pdf).write(to: folder.appending(path: "bulletin.pdf"))
        try Data(docx).write(to: folder.appending(path: "bulletin.docx"))
        try read(folder)

        try await Journey.signIn(county, server, try city.account("duty-140525"))
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

}
