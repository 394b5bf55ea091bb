import Domain
import Hummingbird
import Kernel

/// Who the caller is.
enum AccountAPI {
    private static let caller = APIRecord<APICall>("Caller", "调用者") { record in
        record.id("account", "账号编号") { $0.officer.account }
        record.text("login", "登录名") { $0.officer.login }
        record.text("name", "姓名") { $0.officer.name }
        record.word("role", "岗位", { Wording.account($0) }) { $0.officer.role }
        record.text("organization", "单位") { $0.officer.organization }
        record.id("authority", "监管单位编号") { $0.officer.authority }
        record.code("level", "监管层级") { $0.officer.authorityLevel?.rawValue }
        record.id("enterprise", "企业编号") { $0.officer.enterprise }
        record.id("person", "人员编号") { $0.officer.person }
        record.code("token", "用令牌调用时，令牌的编号") { $0.token }
        record.code("csrf", "用浏览器会话写入时放进 X-CSRF-Token；用令牌时为空") { $0.token == nil ? $0.officer.csrf : nil }
        record.instant("now", "服务器时刻") { $0.now }
    }

    static let routes = [
        APIRoute(
            method: .get, path: "/api/v1/me", operation: "getCaller", tag: .account, title: "我是谁，能看到谁",
            answer: .object(caller.shape)
        ) { call, _ in call.answer(caller, call) }
    ]
}
