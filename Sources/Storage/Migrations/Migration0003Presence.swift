extension Migration {
    /// Cameras, and when enterprises, points and cameras were online (domain §8, §9).
    static let presence = Migration(
        name: "0003-presence",
        statements: [])
}
