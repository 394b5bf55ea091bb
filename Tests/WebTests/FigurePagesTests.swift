import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing

@testable import Web

/// Figures, rankings, evaluation and attention lists as pages.
@Suite struct FigurePagesTests {
    private func bench() async throws -> WebBench {
        let bench = try await WebBench.make()
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            try session.execute("UPDATE enterprise SET created_at = \(now - .days(30))")
            try WebWorld.alarm(
                "AL1", point: "P11", hazard: "H1", enterprise: "E1", at: now - .minutes(200), in: &session)
            try WebWorld.level("H1", .red, at: now - .minutes(190), in: &session)
            try WebWorld.level("H2", .orange, at: now - .minutes(170), in: &session)
            try WebWorld.level("H2", .blue, at: now - .minutes(150), in: &session)
        }
        return bench
    }

    @Test func `YJ-25 the evaluation names office and enterprise, and each figure opens its cases`() async throws {
        let bench = try await bench()
        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            let page = try await browser.get("/evaluation")
            #expect(page.status == .ok)
            for text in ["沁水县应急管理局", "泽州县应急管理局", "晋沁化工", "云杉新材"] { #expect(page.text.contains(text)) }
            let list = try await browser.get("/figures/warningsDisposed?from=2026-11-01&to=2026-11-30&unit=E2")
            #expect(list.text.contains("1/1 次") && list.text.contains("/warning/"))
            #expect(list.text.contains("加氢装置") && !list.text.contains("合成氨装置"))
        }
    }

    @Test func `every figure is shown with its numbers, and its list has as many rows`() async throws {
        let bench = try await bench()
        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            let page = try await browser.get("/figures?from=2026-11-23&to=2026-11-23")
            #expect(page.status == .ok)
            #expect(page.text.contains("安全承诺率") && page.text.contains("预警处置率"))
            let all = try await browser.get("/figures/commitment?from=2026-11-23&to=2026-11-23&part=all")
            #expect(all.text.contains("0/3 家次") && all.text.contains("应纳入企业 3 行"))
            let missing = try await browser.get("/figures/commitment?from=2026-11-23&to=2026-11-23&part=missing")
            #expect(missing.text.contains("未计入分子的 3 行"))
            #expect(try await browser.get("/figures/nonsense").status == .notFound)
        }
    }

    @Test func `TB-12 the board shows counts and steps; a county ranks enterprises`() async throws {
        let bench = try await bench()
        try await bench.test { client in
            let city = try await Browser.signIn(client, "city").get("/rankings")
            #expect(city.status == .ok && city.text.contains("通报警示") && city.text.contains("沁水县"))
            let county = try await Browser.signIn(client, "qinshui").get("/rankings")
            #expect(county.text.contains("晋沁化工") && !county.text.contains("云杉新材"))
        }
    }

    @Test func `JC-20 the desk's counts of attention are those of the lists`() async throws {
        let bench = try await bench()
        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            let desk = try await browser.get("/")
            #expect(desk.text.contains("重点关注"))
            let list = try await browser.get("/attention?reason=considerable")
            #expect(list.status == .ok)
            #expect(list.text.contains("晋沁化工") && list.text.contains("云杉新材") && list.text.contains("2 家"))
            #expect(desk.text.contains("较大以上风险 <b>2</b>"))
        }
    }
}
