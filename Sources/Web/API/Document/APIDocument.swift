import Domain
import HTTPTypes
import Kernel

/// The OpenAPI 3.1 document, made from the table that registers the routes.
enum APIDocument {
    static let version = "1.0.0"

    static func make(_ routes: [APIRoute]) -> JSON {
        var schemas = APISchemas()
        var paths: [JSON.Member] = []
        for path in unique(routes.map(\.path)) {
            let own = routes.filter { $0.path == path }
            let members = own.map { JSON.Member($0.method.rawValue.lowercased(), operation($0, &schemas)) }
            paths.append(.init(path, .object(members)))
        }
        schemas.add(.problem)
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "烽燧 · 危险化学品安全生产风险监测预警系统", "version": .string(version),
                "description": .string(about),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(APITag.allCases.map { ["name": .string($0.rawValue)] }),
            "paths": .object(paths),
            "components": [
                "schemas": schemas.json,
                "securitySchemes": [
                    "session": [
                        "type": "apiKey", "in": "cookie", "name": .string(SessionMiddleware.cookie),
                        "description": "浏览器登录后的会话。写入时另带 X-CSRF-Token，值见 GET /api/v1/me 的 csrf。",
                    ],
                    "token": [
                        "type": "http", "scheme": "bearer", "description": "在“我的账号”页为自己的程序建的令牌，只显示一次。",
                    ],
                    "gateway": ["type": "http", "scheme": "bearer", "description": "企业网关的密钥，只用于上传。"],
                ],
            ],
        ]
    }

    private static let about = """
        页面能看到和能做的都在这里，同一套查询、同一套规则、同一个辖区范围。时间为 RFC 3339，北京时间；日期为 yyyy-MM-dd。\
        列表按页给出，size 最多 \(APIPaging.sizeMax)；format=csv 或 xlsx 给出全部。辖区以外的东西答 404，与不存在不区分。\
        拒绝一律是 RFC 9457 的 application/problem+json：type 和 code 供程序判断，detail 是给人看的中文。
        """

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }

    private static func operation(_ route: APIRoute, _ schemas: inout APISchemas) -> JSON {
        var members: [JSON.Member] = [
            .init("operationId", .string(route.operation)), .init("tags", [.string(route.tag.rawValue)]),
            .init("summary", .string(route.title)), .init("description", .string(description(route))),
            .init("security", security(route)),
        ]
        var parameters = route.allParameters.map { parameter($0, &schemas) }
        if route.isWriting, route.proof == .account {
            parameters.append([
                "name": .string(APIServer.csrfHeader), "in": "header", "required": false,
                "description": "用浏览器会话时必填；用令牌时不要", "schema": ["type": "string"],
            ])
        }
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if let body = body(route, &schemas) { members.append(.init("requestBody", body)) }
        members.append(.init("responses", .object(responses(route, &schemas))))
        return .object(members)
    }

    private static func description(_ route: APIRoute) -> String {
        var parts = route.detail.isEmpty ? [] : [route.detail]
        if route.proof == .account {
            let roles = AccountRole.allCases.filter(route.roles.contains).map { Wording.account($0) }
            parts.append("岗位：" + roles.joined(separator: "、") + "。")
        }
        return parts.joined(separator: "\n\n")
    }

    private static func security(_ route: APIRoute) -> JSON {
        switch route.proof {
        case .none: []
        case .account: [["session": []], ["token": []]]
        case .gateway: [["gateway": []]]
        }
    }

    private static func parameter(_ parameter: APIParameter, _ schemas: inout APISchemas) -> JSON {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.place == .path), "description": .string(parameter.title),
            "schema": schemas.schema(of: parameter.form),
        ]
    }

    private static func body(_ route: APIRoute, _ schemas: inout APISchemas) -> JSON? {
        var schema: JSON
        var example = route.example
        if let shape = route.body {
            schema = schemas.add(shape, isClosed: true)
            example = example ?? APISchemas.example(of: shape)
        } else if !route.bodies.isEmpty {
            schema = ["oneOf": .array(route.bodies.map { schemas.add($0) })]
        } else {
            return nil
        }
        var media: [JSON.Member] = [.init("schema", schema)]
        if let example { media.append(.init("example", example)) }
        return ["required": true, "content": .object([.init("application/json", .object(media))])]
    }

    private static func responses(_ route: APIRoute, _ schemas: inout APISchemas) -> [JSON.Member] {
        var content: [JSON.Member]
        switch route.answer {
        case .object(let shape): content = [.init("application/json", ["schema": schemas.add(shape)])]
        case .file(let type): content = [.init(type, [:])]
        case .list(let shape):
            let item = schemas.add(shape)
            content = [
                .init("application/json", ["schema": page(of: item)]), .init("text/csv", [:]),
                .init("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [:]),
            ]
        }
        var members: [JSON.Member] = [
            .init(
                String(route.status.code), ["description": .string(route.title), "content": .object(content)])
        ]
        var kinds = route.problems
        if route.proof == .account {
            kinds += [.notSignedIn, .wrongToken, .forbidden, .tooOften, .busy]
            if !route.parameters.isEmpty { kinds.append(.parameter) }
            if route.isWriting { kinds += [.readOnlyToken, .csrf] }
            if route.body != nil { kinds += [.notJSON, .mediaType, .fields, .tooLarge] }
        }
        for code in Set(kinds.map { $0.status.code }).sorted() {
            let own = APIProblemKind.allCases.filter { kinds.contains($0) && $0.status.code == code }
            let words = own.map { "\($0.rawValue)：\($0.title)" }.joined(separator: "；")
            var answer: [JSON.Member] = [
                .init("description", .string(words)),
                .init("content", ["application/problem+json": ["schema": schemas.add(.problem)]]),
            ]
            if own.contains(.tooOften) || own.contains(.busy) || own.contains(.storage) {
                answer.append(
                    .init(
                        "headers",
                        ["Retry-After": ["description": "几秒后再来", "schema": ["type": "integer", "minimum": 1]]]))
            }
            members.append(.init(String(code), .object(answer)))
        }
        return members
    }

    private static func page(of item: JSON) -> JSON {
        [
            "type": "object", "required": ["items", "page", "size", "total", "next"],
            "properties": [
                "items": ["type": "array", "items": item], "page": ["type": "integer"], "size": ["type": "integer"],
                "total": ["type": ["integer", "null"], "description": "一共多少；不计数的列表为 null"],
                "next": ["type": ["string", "null"], "description": "下一页的地址；没有为 null"],
            ],
        ]
    }
}

extension APIShape {
    static let problem = APIShape(
        "Problem", "RFC 9457 的拒绝",
        [
            Field(key: "type", title: "/problems/ 加上种类", form: .text, example: "/problems/refused"),
            Field(key: "title", title: "状态的名称", form: .text), Field(key: "status", title: "状态码", form: .integer(nil)),
            Field(key: "detail", title: "给人看的原因", form: .text, example: "尚未消警,不能上报处置结果"),
            Field(key: "code", title: "哪一条规则不允许，供程序判断", form: .text, isOptional: true, example: "notYetClear"),
            Field(
                key: "errors", title: "逐个字段",
                form: .list(
                    .object(
                        APIShape(
                            "FieldProblem", "一个字段",
                            [
                                Field(key: "field", title: "字段", form: .text),
                                Field(key: "detail", title: "哪里不对", form: .text),
                            ]))), isOptional: true),
            Field(key: "requestId", title: "报障时给出", form: .text),
        ])
}
