import Domain
import Kernel
import Operations
import Storage

/// What an SMS or voice gateway is sent, from the operator's own template, and how its answer is read.
struct GatewayRequest: Hashable {
    let method: String
    let url: String
    let headers: [ChannelSettings.Header]
    /// nil for GET.
    let body: String?

    init(_ parcel: Parcel, message: ChannelMessage, channel: ChannelRecord, phone: String) {
        let settings = channel.settings
        let first = parcel.first
        let values: [ChannelTemplate.Name: String] = [
            .phone: ChannelSettings.dialled(phone), .text: message.text,
            .level: ChannelMessage.word(parcel.deliveries.map(\.level).max() ?? .blue),
            .warning: first.warning.rawValue, .key: parcel.key, .time: ChinaTime.dateTime(first.createdAt),
            .secret: channel.secrets["secret"] ?? "",
        ]
        method = settings.method
        url = ChannelTemplate.filled(settings.url, values, place: .percent)
        var headers = settings.headers.map {
            ChannelSettings.Header($0.name, ChannelTemplate.filled($0.value, values, place: .line))
        }
        guard settings.method != "GET" else {
            self.headers = headers
            body = nil
            return
        }
        let place: ChannelTemplate.Place =
            switch settings.contentType {
            case "application/json": .json
            case "application/x-www-form-urlencoded": .percent
            default: .plain
            }
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            headers.append(.init("Content-Type", settings.contentType + "; charset=utf-8"))
        }
        self.headers = headers
        body = ChannelTemplate.filled(settings.body, values, place: place)
    }

    static func outcome(_ settings: ChannelSettings, status: Int, body: String) -> DeliveryOutcome {
        if status == 429 { return .limited(detail: "HTTP 429", retryAfter: .minutes(1)) }
        guard settings.successStatuses?.contains(status) == true else { return .refused(detail: "HTTP \(status)") }
        guard !settings.successField.isEmpty else { return .delivered(detail: "HTTP \(status)") }
        var value = try? JSON.parse(body)
        for name in settings.successField.split(separator: ".") { value = value?[String(name)] }
        let found: String? =
            switch value {
            case .string(let text)?: text
            case .integer(let number)?: String(number)
            case .bool(let flag)?: String(flag)
            case .number(let number)?: JSON.number(number).text
            case .null?, .array?, .object?, nil: nil
            }
        let detail = "HTTP \(status)，\(settings.successField) = \((found ?? "没有").prefix(80))"
        return found == settings.successValue ? .delivered(detail: detail) : .refused(detail: detail)
    }
}
