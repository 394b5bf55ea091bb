import Domain
import Hummingbird
import Kernel

/// The upload of the enterprises' gateways, described beside everything else. Its answers are the endpoint's own.
enum UploadAPI {
    static func route(_ endpoint: UploadEndpoint) -> APIRoute {
        APIRoute(
            method: .post, path: "/api/v1/upload", operation: "upload", tag: .upload, title: "网关上传数据与消息",
            detail: "200 只在收下的值和由此产生的报警、预警都已落盘后才应答；一条不合格只拒这一条。"
                + "（dataSourceCode、epoch、seq）为幂等键：重发同一份得到 duplicate，同一序号换了内容为 409。"
                + "Content-Encoding 可用 gzip；发送时不超过 1 MiB，解开不超过 8 MiB、5000 个值，消息每份最多 500 条。"
                + "时间可写 yyyy-MM-dd HH:mm:ss（北京时间）、RFC 3339 或毫秒。",
            proof: .gateway, roles: [], bodies: messages, answer: .object(answer),
            problems: [
                .noKey, .wrongKey, .type, .encoding, .badGzip, .tooLarge, .unreadable, .incomplete, .foreignSource,
                .foreignPoints,
                .conflict, .busy, .storage,
            ],
            example: [
                "dataSourceCode": "GW-140525001-01", "seq": 88_123, "sendTime": "2026-11-23 09:00:00",
                "type": "realtime",
                "datas": [
                    [
                        "targetCode": "140525001001G0001L01", "value": 7.85, "collectTime": "2026-11-23 08:59:58",
                        "quality": "GOOD",
                    ]
                ],
            ]
        ) { call, request in try await endpoint.handle(request, call.visit.context) }
    }

    private static let answer = APIShape(
        "UploadAnswer", "收下了什么",
        [
            .init(key: "accepted", title: "收下的条数", form: .integer(nil), example: 2),
            .init(key: "duplicate", title: "这一份以前收过，什么也没有变", form: .flag, example: false),
            .init(
                key: "rejected", title: "拒收的各条",
                form: .list(
                    .object(
                        APIShape(
                            "UploadRejection", "拒收的一条",
                            [
                                .init(key: "index", title: "datas 里第几条，从 0 起", form: .integer(nil), example: 7),
                                .init(key: "reason", title: "原因", form: .text),
                            ])))),
        ])

    /// One shape a type, told apart by `type`.
    private static let messages: [APIShape] = [
        message(
            "realtime", "实时数据",
            [
                must("targetCode", "点位编码"), .init(key: "value", title: "值", form: .number, example: 7.85),
                .init(key: "collectTime", title: "采集时刻", form: .anything, example: "2026-11-23 08:59:58"),
                .init(
                    key: "quality", title: "质量，不写为 GOOD；BAD 不会消警", form: .words(Quality.self) { $0.rawValue },
                    isOptional: true),
                .init(key: "backfill", title: "补传：只进历史，不触发实时预警", form: .flag, isOptional: true),
            ]),
        message("heartbeat", "心跳：没有条目，不要 seq", nil),
        message(
            "video", "视频状态：每 60 秒列出全部；180 秒没有提到的即离线",
            [
                must("videoCode", "登记的编码"), .init(key: "online", title: "1 或 0", form: .anything, example: 1),
                may("offlineReason", "离线原因"), may("planOnlineTime", "计划恢复"), may("videoName", "没有登记过的：名称"),
                may("videoLocaleType", "没有登记过的：位置类型"), may("hazardCode", "所属危险源"), may("videoLocale", "位置说明"),
                may("gbCode", "20 位国标编码"),
            ]),
        message(
            "offline", "报备：收下只表示已提交，要等县级确认",
            [
                must("offlineType", "长期停产、计划停产、检维修、设施损坏、视频停用"), must("offlineReason", "原因"),
                may("measure", "期间怎么监护，检维修、设施损坏必填"), must("offlineTime", "起"), must("planOnlineTime", "止"),
                may("foundTime", "发现时间，设施损坏必填"),
                .init(key: "hazardCode", title: "危险源，数组或逗号分开", form: .anything, isOptional: true),
                .init(key: "targetCode", title: "点位，数组或逗号分开", form: .anything, isOptional: true),
                .init(key: "videoCode", title: "视频，数组或逗号分开", form: .anything, isOptional: true),
            ]),
        message(
            "responsible", "包保责任人：新人随即到岗，前任同时离岗",
            [
                must("hazardCode", "危险源编码"), must("responsibleType", "主要负责人、技术负责人、操作负责人，或 1、2、3"),
                must("personName", "姓名"), must("mobile", "11 位手机号"), may("title", "职务"),
            ]),
        message(
            "promise", "安全承诺：每项必填，空不等于 0",
            [may("commitDate", "承诺日期，不写为今天")]
                + CommitmentCount.allCases.map {
                    .init(key: $0.rawValue, title: $0.label, form: .anything, example: 0)
                }
                + CommitmentFlag.allCases.map {
                    .init(key: $0.rawValue, title: $0.label + "：1 或 0", form: .anything, example: 0)
                }
                + CommitmentText.allCases.map {
                    .init(key: $0.rawValue, title: $0.label, form: .text, isOptional: !$0.isRequired)
                }
                + [
                    .init(key: "promiseRiskRank", title: "1 重大 … 4 低", form: .anything, example: 4),
                    .init(key: "promiseRiskValue", title: "风险分值", form: .anything, example: 12),
                    must("commitment", "承诺人：登记的主要负责人或持当日授权的人"),
                    .init(key: "judgements", title: "研判 [{tier, unit, name, at}]", form: .anything, isOptional: true),
                ]),
        message(
            "equip", "设备",
            [must("equipCode", "设备编码")]
                + ["equipName", "equipType", "medium", "matterForm", "location", "hazardCode"].map { may($0, $0) }),
        message(
            "target", "点位：新点位的阈值为平台阈值，已有点位的只记为企业端阈值",
            [must("targetCode", "点位编码")]
                + ["targetName", "targetType", "unit", "equipCode", "hazardCode", "localeNo", "location"].map {
                    may($0, $0)
                }
                + ["rangeDown", "rangeUp", "thresholdDown2", "thresholdDown", "thresholdUp", "thresholdUp2"].map {
                    .init(key: $0, title: $0, form: .anything, isOptional: true)
                }),
        message(
            "company", "企业：只作比对",
            ["companyName", "creditCode", "regionCode", "industry", "address"].map { may($0, $0) }),
        message(
            "hazard", "危险源：只作比对",
            [must("hazardCode", "危险源编码")] + ["hazardName", "hazardRank", "location"].map { may($0, $0) }),
    ]

    private static func must(_ key: String, _ title: String) -> APIShape.Field {
        .init(key: key, title: title, form: .text)
    }

    private static func may(_ key: String, _ title: String) -> APIShape.Field {
        .init(key: key, title: title, form: .text, isOptional: true)
    }

    private static func message(_ type: String, _ title: String, _ items: [APIShape.Field]?) -> APIShape {
        let name = "Upload" + type.capitalizedFirst
        var fields: [APIShape.Field] = [
            .init(key: "dataSourceCode", title: "网关编号", form: .text, example: "GW-140525001-01"),
            .init(key: "epoch", title: "另起一个计数", form: .text, isOptional: true),
            .init(
                key: "seq", title: "序号，逐份加一", form: .integer(nil), isOptional: items == nil, example: 88_123),
            .init(key: "sendTime", title: "发送时刻", form: .moment, isOptional: true, example: "2026-11-23 09:00:00"),
            .init(key: "type", title: title, form: .choice([(type, title)]), example: .string(type)),
        ]
        if let items {
            fields.append(
                .init(
                    key: "datas", title: "各条",
                    form: .list(.object(APIShape(name + "Item", title, items + [may("companyCode", "须是本网关的企业")])))))
        }
        var shape = APIShape(name, title, fields)
        shape.refusesNull = true
        return shape
    }
}
