import HTTPTypes

/// Why a page cannot be shown or an act cannot be done: becomes an error page in Chinese.
enum PageRefusal: Error, Sendable {
    /// Also what lies outside the officer's scope: nobody learns that it exists.
    case notFound
    /// The role may not do this at all.
    case forbidden(String)
    /// The form was not sent from our own page.
    case forged
    /// The rules refuse; the words say why.
    case refused(String)
    case tooLarge
    case busy

    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .forbidden, .forged: .forbidden
        case .refused: .conflict
        case .tooLarge: .contentTooLarge
        case .busy: .serviceUnavailable
        }
    }

    var title: String {
        switch self {
        case .notFound: "没有这一页"
        case .forbidden: "这个账号不能做这件事"
        case .forged: "这次提交没有被接受"
        case .refused: "现在不能这样做"
        case .tooLarge: "提交的内容太大"
        case .busy: "系统正忙"
        }
    }

    var advice: String {
        switch self {
        case .notFound: "地址可能写错了，或者它不在本账号的管辖范围内。"
        case .forbidden(let words): words
        case .forged: "页面可能开得太久，登录已经换过。请回到原来的页面刷新后再提交一次，填过的字还在。"
        case .refused(let words): words
        case .tooLarge: "请减少内容后再提交。"
        case .busy: "数据库暂时没有应答，请过几秒再试。没有任何数据丢失。"
        }
    }
}
