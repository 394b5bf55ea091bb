import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import Storage
import Testing

@testable import Web

/// Every route, every role, every foreign object: never one of another jurisdiction, never a fault of ours.
@Suite struct APIScopeTests {
    static let names = ["E1": "晋沁化工", "E2": "云杉新材", "E3": "沁源燃气"]

    /// What a program would send: the route's example, or something of the right kind in every field.
    private static func body(_ route: APIRoute) -> JSON? {
        guard let shape = route.body else { return nil }
        return route.example ?? .object(shape.fields.filter { !$0.isOptional }.map { .init($0.key, value($0)) })
    }

    private static func value(_ field: APIShape.Field) -> JSON {
        if let example = field.example { return example }
        switch field.form {
        case .text, .anything: return "某事"
        case .instant: return "2026-11-24T09:00:00+08:00"
        case .day: return "2026-11-24"
        case .month: return "2026-11"
        case .moment: return "2026-11-24 09:00:00"
        case .integer(let range): return .integer(range?.lowerBound ?? 1)
        case .number: return 1.0
        case .flag: return false
        case .choice(let words): return .string(words.first?.word ?? "")
        case .list: return []
        case .object: return [:]
        }
    }

    /// What an honest server may say to a stranger, or to somebody whom the rules refuse.
    private static func isFault(_ answer: Program.Answer, _ route: APIRoute) -> Bool {
        // The bench has no intake: what needs one says busy.
        if answer.status == .serviceUnavailable { return !route.problems.contains(.busy) }
        return answer.status.code >= 500
    }

    @Test(arguments: ScopeTests.sees + [(login: "admin", enterprises: ["E1", "E2", "E3"])])
    func `no route gives another jurisdiction's object, and none breaks`(
        login: String, enterprises: Set<String>
    ) async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let routes = APITable.routes(site: bench.server.site)
        try await bench.test { client in
            let program = try await Program.make(bench, client, login)
            for route in routes {
                let body = Self.body(route)
                guard route.path.contains("{") else {
                    let answer = try await program.send(route.method, route.path, body)
                    #expect(!Self.isFault(answer, route), "\(login) \(route.operation) \(answer.status)")
                    guard answer.status == .ok, route.method == .get else { continue }
                    for (enterprise, name) in Self.names where !enterprises.contains(enterprise) {
                        #expect(!answer.text.contains(name), "\(login) \(route.operation) tells of \(name)")
                    }
                    continue
                }
                guard let ids = world.ids(for: route.path) else { continue }
                for (enterprise, id) in ids.sorted(by: { $0.key < $1.key }) {
                    let path = route.path.split(separator: "/", omittingEmptySubsequences: false)
                        .map { $0 == "{id}" ? Form.encode(id) : String($0) }.joined(separator: "/")
                    let answer = try await program.send(route.method, path, body)
                    let place = "\(login) \(route.operation) \(enterprise) \(answer.status)"
                    #expect(!Self.isFault(answer, route), "\(place)")
                    if !enterprises.contains(enterprise) {
                        #expect(answer.status.code >= 400, "\(place)")
                        #expect(!answer.text.contains(Self.names[enterprise] ?? "?"), "\(place)")
                    }
                }
            }
        }
    }

    /// The walk above proves little where everybody is refused: whoever may see a thing does see it.
    @Test func `whoever may read an object reads it`() async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let routes = APITable.routes(site: bench.server.site).filter {
            $0.method == .get && $0.path.contains("{id}") && !$0.problems.contains(.busy)
        }
        try await bench.test { client in
            let program = try await Program.make(bench, client, "city")
            var seen = 0
            for route in routes {
                guard let ids = world.ids(for: route.path) else { continue }
                for id in ids.values {
                    let path = route.path.split(separator: "/", omittingEmptySubsequences: false)
                        .map { $0 == "{id}" ? Form.encode(id) : String($0) }.joined(separator: "/")
                    let answer = try await program.get(path)
                    #expect(answer.status == .ok, "\(path) \(answer.text)")
                    seen += 1
                }
            }
            #expect(seen >= 3 * 13)
        }
    }

    @Test func `a draft of a bulletin, a draw and a patrol stay with their office`() async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        try await bench.test { client in
            var programs: [String: Program] = [:]
            for (login, expected) in [
                ("city", HTTPResponse.Status.ok), ("qinshui", .notFound), ("jinqin", .notFound),
                ("province", .notFound),
            ] {
                let program = try await Program.make(bench, client, login)
                programs[login] = program
                for path in ["", "/docx"] {
                    let answer = try await program.get("/api/v1/bulletins/\(world.bulletin)\(path)")
                    #expect(answer.status == expected, "\(login) \(path)")
                }
            }
            let county = try #require(programs["qinshui"])
            #expect(try await county.get("/api/v1/draws/2026-11-23?office=city").status == .notFound)
            let above = try #require(programs["province"])
            #expect(try await above.get("/api/v1/draws/2026-11-23?office=city").status == .ok)
        }
    }

    @Test func `a role that may not is told so, whatever the object`() async throws {
        let bench = try await WebBench.make()
        _ = try await APIWorld.seed(bench)
        try await bench.test { client in
            for login in ["city", "jinqin", "zhao", "admin"] {
                let program = try await Program.make(bench, client, login)
                let role = try #require(WebWorld.accounts.first { $0.login == login }?.role)
                for route in APITable.routes(site: bench.server.site) where !route.roles.contains(role) {
                    guard route.proof == .account else { continue }
                    let path = route.path.split(separator: "/", omittingEmptySubsequences: false)
                        .map { $0.hasPrefix("{") ? "2026-11-23" : String($0) }.joined(separator: "/")
                    let answer = try await program.send(route.method, path, Self.body(route))
                    #expect(answer.status == .forbidden, "\(login) \(route.operation) \(answer.status)")
                }
            }
        }
    }
}
