/// Line icons of the design system, as the inside of a 24×24 picture.
enum Icons {
    static func picture(_ path: String) -> String {
        "<svg class=\"ic\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"\(path)\"/></svg>"
    }

    static let desk = picture("M3 5h18v12H3zM8 21h8M12 17v4M7 11h3l1.500-3 2 5 1.500-2h2")
    static let warning = picture("M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4")
    static let map = picture("M9 4L3 6.500v13L9 17l6 2.500 6-2.500V4l-6 2.500zM9 4v13M15 6.500v13")
    static let enterprise = picture("M3 21V10l6 4v-4l6 4V4h6v17zM7 17h2M12 17h2M17 17h1")
    static let video = picture("M3 7h12v10H3zM15 11l6-3v8l-6-3z")
    static let check = picture("M5 4h14v17H5zM9 3h6v3H9zM8.500 13l2.500 2.500 4.500-5")
    static let document = picture("M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7")
    static let home = picture("M4 11l8-7 8 7v9H4zM10 20v-6h4v6")
    static let point = picture(
        "M9 3h6M10 3v6l-5 10a1.500 1.500 0 0 0 1.500 2h11A1.500 1.500 0 0 0 19 19L14 9V3M7.500 15h9")
    static let people = picture(
        "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3 20c0-4 2.500-6 6-6s6 2 6 6M16 "
            + "5a3 3 0 0 1 0 6M17 14c2.500.500 4 2.500 4 6")
    static let calendar = picture("M4 6h16v14H4zM4 10h16M8 3v4M16 3v4")
    static let phone = picture(
        "M6 3l3 1 1.500 4-2 1.500a12 12 0 0 0 6 6l1.500-2 4 1.500 1 3c0 1.500-1 2.500-2.500 "
            + "2.500A16 16 0 0 1 3.500 5.500C3.500 4 4.500 3 6 3z")
    static let curve = picture("M3 20h18M3 20V4M6 15l4-5 4 3 6-8")
    static let inbox = picture("M4 4h16v16H4zM4 13h5l1.500 3h3l1.500-3h5")
    static let pen = picture("M4 20h16M6 15l9-9 3 3-9 9H6z")
    static let key = picture(
        "M9 15l6-6M8 12l-2.500 2.500a3.500 3.500 0 0 0 5 5L13 17M16 "
            + "12l2.500-2.500a3.500 3.500 0 0 0-5-5L11 7")
    static let list = picture("M5 6h14M5 12h14M5 18h9")
}
