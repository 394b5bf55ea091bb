import Domain
import Kernel
import Storage
import Support
import Testing

@Suite struct ScopeTests {
    /// Two counties under one city; county A has e1 and e2, county B has e3. p1 answers for h1a of e1 and h3 of e3, and
    /// once for h2.
    private static let world: [SQL] = [
        """
        INSERT INTO authority (id, level, name, parent_id, created_at) VALUES ('city', 'city', '市', NULL, 0),
            ('countyA', 'county', '甲县', 'city', 0), ('countyB', 'county', '乙县', 'city', 0)
        """,
        """
        INSERT INTO enterprise (id, name, region, regulator_id, created_at) VALUES ('e1', '一厂', 'r', 'countyA', 0),
            ('e2', '二厂', 'r', 'countyA', 0), ('e3', '三厂', 'r', 'countyB', 0)
        """,
        """
        INSERT INTO visibility (authority_id, enterprise_id) VALUES ('city', 'e1'), ('city', 'e2'), ('city', 'e3'),
            ('countyA', 'e1'), ('countyA', 'e2'), ('countyB', 'e3')
        """,
        """
        INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at) VALUES ('h1a', 'e1', 'a', 'tank', 1, 0),
            ('h1b', 'e1', 'b', 'tank', 1, 0), ('h2', 'e2', 'c', 'tank', 1, 0), ('h3', 'e3', 'd', 'tank', 1, 0)
        """,
        "INSERT INTO person (id, name, created_at) VALUES ('p1', '张', 0), ('p2', '李', 0)",
        """
        INSERT INTO responsibility (id, hazard_id, role, person_id, from_at, until_at) VALUES
            ('1', 'h1a', 'principal', 'p1', 0, NULL), ('2', 'h3', 'technical', 'p1', 0, NULL),
            ('3', 'h2', 'principal', 'p1', 0, 5), ('4', 'h2', 'principal', 'p2', 5, NULL)
        """,
    ]

    private static let matrix: [(Scope, [String], [String])] = [
        (.system, ["e1", "e2", "e3"], ["h1a", "h1b", "h2", "h3"]),
        (.authority("city"), ["e1", "e2", "e3"], ["h1a", "h1b", "h2", "h3"]),
        (.authority("countyA"), ["e1", "e2"], ["h1a", "h1b", "h2"]),
        (.authority("countyB"), ["e3"], ["h3"]),
        (.authority("nobody"), [], []),
        (.enterprise("e1"), ["e1"], ["h1a", "h1b"]),
        (.enterprise("e' OR '1'='1"), [], []),
        (.person("p1"), ["e1", "e3"], ["h1a", "h3"]),
        (.person("p2"), ["e2"], ["h2"]),
        (.person("nobody"), [], []),
    ]

    @Test(arguments: Engine.underTest) func `everybody sees their own part and nothing else`(engine: Engine) throws {
        let database = try engine.database()
        try database.write { session throws(StorageError) in
            for statement in Self.world { try session.execute(statement) }
        }

        for (scope, enterprises, hazards) in Self.matrix {
            let seen = try database.read { session throws(StorageError) in
                [
                    try session.rows(
                        "SELECT e.id FROM enterprise AS e WHERE \(scope.enterprises(column: "e.id")) ORDER BY e.id"
                    ) {
                        row throws(StorageError) in row.next() as String
                    },
                    try session.rows(
                        "SELECT h.id FROM hazard AS h WHERE \(scope.hazards(column: "h.id")) ORDER BY h.id"
                    ) {
                        row throws(StorageError) in row.next() as String
                    },
                    try session.rows(
                        """
                        SELECT h.id FROM hazard AS h JOIN enterprise AS e ON e.id = h.enterprise_id
                        WHERE h.grade = \(1) AND \(scope.hazards(column: "h.id"))
                            AND \(scope.enterprises(column: "h.enterprise_id")) AND e.in_use = \(true) ORDER BY h.id
                        """
                    ) { row throws(StorageError) in row.next() as String },
                ]
            }
            #expect(seen == [enterprises, hazards, hazards], "\(scope)")
        }
    }
}
