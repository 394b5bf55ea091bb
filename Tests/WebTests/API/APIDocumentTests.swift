import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// The document says what the router does, and holds together.
@Suite struct APIDocumentTests {
    private func document(_ bench: WebBench) async throws -> JSON {
        try await bench.test { client in
            let answer = try await client.execute(uri: "/openapi.json", method: .get)
            #expect(answer.status == .ok)
            return try JSON.parse(String(buffer: answer.body))
        }
    }

    private func bench() async throws -> WebBench { try await WebBench.make(uploads: UploadTests.Intake()) }

    @Test func `every route below api stands in the document and nothing else does`() async throws {
        let bench = try await bench()
        let document = try await document(bench)
        let routed = Set(
            bench.server.makeRouter().routes.filter { $0.path.description.hasPrefix("/api/") && $0.method != .head }
                .map { route in
                    let path = route.path.description.split(separator: "/")
                        .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
                    return "\(route.method.rawValue) /\(path)"
                })
        var described: Set<String> = []
        for path in document["paths"]?.members ?? [] {
            for operation in path.value.members ?? [] { described.insert("\(operation.key.uppercased()) \(path.key)") }
        }
        #expect(routed == described)
        #expect(routed.count > 80)
        #expect(routed.contains("POST /api/v1/upload"))
    }

    @Test func `without an intake the upload is neither routed nor described`() async throws {
        let document = try await document(try await WebBench.make())
        #expect(document["paths"]?["/api/v1/upload"] == nil)
        #expect(document["paths"]?["/api/v1/warnings"] != nil)
    }

    /// Every value in the document.
    private static func walk(_ json: JSON, _ path: String, _ visit: (JSON, String) -> Void) {
        visit(json, path)
        for member in json.members ?? [] { walk(member.value, path + "/" + member.key, visit) }
        for (index, item) in (json.array ?? []).enumerated() { walk(item, path + "/\(index)", visit) }
    }

    @Test func `every reference resolves, every required name is a property`() async throws {
        let document = try await document(try await bench())
        let schemas = try #require(document["components"]?["schemas"])
        var references = 0
        Self.walk(document, "") { value, path in
            if let reference = value["$ref"]?.string {
                references += 1
                let name = String(reference.split(separator: "/").last ?? "")
                #expect(reference == "#/components/schemas/\(name)" && schemas[name] != nil, "\(path) \(reference)")
            }
            for name in value["required"]?.array ?? [] {
                #expect(value["properties"]?[name.string ?? ""] != nil, "\(path) requires \(name)")
            }
        }
        #expect(references > 100)
        for schema in schemas.members ?? [] { #expect(schema.value != .null, "\(schema.key)") }
    }

    @Test func `operations have unique ids, their path's parameters, tags and answers`() async throws {
        let document = try await document(try await bench())
        let tags = Set((document["tags"]?.array ?? []).compactMap { $0["name"]?.string })
        var ids: [String] = []
        for path in document["paths"]?.members ?? [] {
            let names = Set(
                path.key.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() })
            for operation in path.value.members ?? [] {
                let (value, place) = (operation.value, "\(operation.key) \(path.key)")
                ids.append(value["operationId"]?.string ?? "")
                let declared = (value["parameters"]?.array ?? []).filter { $0["in"]?.string == "path" }
                #expect(Set(declared.compactMap { $0["name"]?.string.map { $0[...] } }) == names, "\(place)")
                #expect(declared.allSatisfy { $0["required"]?.bool == true }, "\(place)")
                let own = Set((value["tags"]?.array ?? []).compactMap(\.string))
                #expect(own.isSubset(of: tags), "\(place)")
                let answers = value["responses"]?.members ?? []
                #expect(answers.contains { $0.key.hasPrefix("2") }, "\(place)")
                #expect(answers.allSatisfy { $0.value["description"]?.string != nil }, "\(place)")
                #expect(value["summary"]?.string?.isEmpty == false, "\(place)")
                let all = (value["parameters"]?.array ?? []).compactMap { $0["name"]?.string }
                #expect(Set(all).count == all.count, "\(place) names a parameter twice")
            }
        }
        #expect(Set(ids).count == ids.count)
        #expect(!ids.contains(""))
    }

    /// Two shapes of one name would be one schema: the second would be lost.
    @Test func `no two shapes share a name`() async throws {
        let bench = try await bench()
        var known: [String: String] = [:]
        func look(_ shape: APIShape) {
            let keys = shape.fields.map { "\($0.key)\($0.isOptional)" }.joined(separator: ",")
            if let other = known[shape.name] {
                #expect(other == keys, "\(shape.name) stands for two things")
                return
            }
            known[shape.name] = keys
            for field in shape.fields { look(field.form) }
        }
        func look(_ form: APIForm) {
            switch form {
            case .list(let item): look(item)
            case .object(let shape): look(shape)
            case .text, .instant, .day, .month, .moment, .integer, .number, .flag, .choice, .anything: break
            }
        }
        for route in APITable.routes(site: bench.server.site) {
            if let body = route.body { look(body) }
            for body in route.bodies { look(body) }
            switch route.answer {
            case .object(let shape), .list(let shape): look(shape)
            case .file: break
            }
        }
        #expect(known.count > 40)
    }

    /// An example that its own shape would refuse helps nobody.
    @Test func `the examples of bodies fit their shapes`() async throws {
        let bench = try await bench()
        var count = 0
        for route in APITable.routes(site: bench.server.site) {
            guard let shape = route.body, let example = route.example ?? APISchemas.example(of: shape) else { continue }
            count += 1
            #expect(throws: Never.self, "\(route.operation)") {
                do throws(Problem) { _ = try APIBody(example.text, shape: shape) } catch {
                    Issue.record("\(route.operation): \(error.detail)")
                }
            }
        }
        #expect(count > 8)
    }

    @Test func `the page for people names every operation and every kind of refusal`() async throws {
        let bench = try await bench()
        try await bench.test { client in
            let answer = try await client.execute(uri: "/help/api", method: .get)
            let text = String(buffer: answer.body)
            #expect(answer.status == .ok)
            for route in APITable.routes(site: bench.server.site) {
                #expect(text.contains("id=\"op-\(route.operation)\""), "\(route.operation)")
            }
            for kind in APIProblemKind.allCases { #expect(text.contains("id=\"problem-\(kind.rawValue)\"")) }
            let moved = try await client.execute(uri: "/problems/refused", method: .get)
            #expect(moved.headers[.location] == "/help/api#problem-refused")
            #expect(try await client.execute(uri: "/problems/nonsense", method: .get).status == .notFound)
        }
    }

    @Test func `what a page offers for download is a list of the table, with filters that it has`() async throws {
        let bench = try await bench()
        let routes = APITable.routes(site: bench.server.site)
        let pages = Set(bench.server.makeRouter().routes.map { $0.path.description })
        for (page, download) in APITable.downloads {
            #expect(pages.contains(page), "\(page) is no page")
            #expect(routes.contains { $0.path == download.path && $0.method == .get }, "\(page)")
        }
        let wanted = [
            "/commitments", "/filings", "/duties", "/patrols", "/problems", "/checks", "/calls", "/findings",
            "/quality",
            "/figures", "/rankings", "/evaluation", "/attendance", "/attention", "/warnings", "/alarms",
        ]
        for page in wanted { #expect(APITable.downloads[page] != nil, "\(page)") }
    }
}
