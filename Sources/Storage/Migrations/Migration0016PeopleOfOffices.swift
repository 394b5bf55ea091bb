extension Migration {
    /// The people of an office are looked up for every bulletin that goes out.
    static let peopleOfOffices = Migration(
        name: "0016-people-of-offices",
        statements: ["CREATE INDEX person_by_authority ON person (authority_id)"])
}
