import Foundation
import Testing

/// docs/regulations.md and docs/decisions/ambiguities.md say where each rule lives and which test carries its number.
/// A row that loses its test, or a row of the disposal measures that is not there, fails here.
@Suite struct RegulationsTests {
    struct Row {
        let number: String
        let places: [String]
        let tests: [String]
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: TidyTests.root.appending(path: path), encoding: .utf8)
    }

    /// The rows of all tables whose first cell is a number such as YJ-11, A16 or T8.
    private static func rows(_ file: String) throws -> [Row] {
        try text(file).split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count >= 4, cells[0].wholeMatch(of: /[A-Z]{1,2}-?[0-9]+[a-z]?/) != nil else { return nil }
            func paths(_ cell: String) -> [String] { cell.components(separatedBy: ", ") }
            return Row(
                number: cells[0], places: paths(cells[cells.count - 2]), tests: paths(cells[cells.count - 1]))
        }
    }

    private static func allRows() throws -> [Row] {
        try rows("docs/regulations.md") + rows("docs/decisions/ambiguities.md")
    }

    @Test func `every row of the disposal measures stands in the table, once`() throws {
        let numbers = try Self.rows("docs/regulations.md").map(\.number)
        let wanted = (1...26).map { $0 < 10 ? "YJ-0\($0)" : "YJ-\($0)" }
        #expect(wanted.filter { number in numbers.count { $0 == number } != 1 } == [])
        #expect(Set(numbers).count == numbers.count)
    }

    @Test func `every ambiguity of the main job has its answer`() throws {
        let numbers = Set(try Self.rows("docs/decisions/ambiguities.md").map(\.number))
        let wanted = (1...17).map { "A\($0)" } + ["A28", "A29", "A33"]
        #expect(wanted.filter { !numbers.contains($0) } == [])
    }

    @Test func `every place that a row names exists`() throws {
        let missing = try Self.allRows().flatMap { row in
            row.places.filter { path in
                !FileManager.default.fileExists(atPath: TidyTests.root.appending(path: path).path)
            }.map { "\(row.number): \($0)" }
        }
        #expect(missing == [])
    }

    @Test func `every row has a test that carries its number, in each file it names`() throws {
        var lost: [String] = []
        for row in try Self.allRows() {
            for path in row.tests {
                let source = (try? Self.text(path)) ?? ""
                let isCarried = source.split(separator: "\n").contains { line in
                    Self.names(in: line).contains { $0.split(separator: " ").contains(row.number[...]) }
                }
                if !isCarried { lost.append("\(row.number) in \(path)") }
            }
        }
        #expect(lost == [])
    }

    /// What stands between backquotes after `func`: the name of a test.
    private static func names(in line: Substring) -> [Substring] {
        guard line.contains("func `") else { return [] }
        let parts = line.split(separator: "`", omittingEmptySubsequences: false)
        return parts.count > 1 ? [parts[1]] : []
    }
}
