import CCurl
import Dispatch
import Domain
import Kernel
import Operations

/// Hands mails to a server by SMTP. libcurl blocks: each mail has a thread of its own, never one of the cooperative
/// pool, so that a server that hangs holds up nothing but its own channel.
public struct MailTransport: Sendable {
    /// Certificates to trust instead of the system's, for a server with an authority of its own.
    private let trustedFile: String?
    private let timeoutSeconds: Int
    private let queue = DispatchQueue(label: "fengsui.mail", attributes: .concurrent)

    public init(trustedFile: String? = nil, timeoutSeconds: Int = 30) {
        self.trustedFile = trustedFile
        self.timeoutSeconds = timeoutSeconds
    }

    func send(_ mail: MailMessage, settings: ChannelSettings, password: String) async -> DeliveryOutcome {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: transfer(mail, settings: settings, password: password)) }
        }
    }

    /// Once a process, before any thread uses libcurl.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private func transfer(_ mail: MailMessage, settings: ChannelSettings, password: String) -> DeliveryOutcome {
        guard Self.isReady, let handle = unsafe curl_easy_init() else { return .unreachable(detail: "libcurl 不可用") }
        defer { unsafe curl_easy_cleanup(handle) }
        var recipients: UnsafeMutablePointer<curl_slist>?
        for recipient in mail.recipients { unsafe recipients = curl_slist_append(recipients, "<\(recipient)>") }
        defer { unsafe curl_slist_free_all(recipients) }
        let scheme = settings.security == .tls ? "smtps" : "smtp"
        let tls = settings.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        unsafe fengsui_curl_set_text(handle, CURLOPT_URL, "\(scheme)://\(settings.host):\(settings.port)")
        unsafe fengsui_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        unsafe fengsui_curl_set_number(handle, CURLOPT_USE_SSL, Int(tls.rawValue))
        unsafe fengsui_curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        unsafe fengsui_curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, 10)
        unsafe fengsui_curl_set_number(handle, CURLOPT_TIMEOUT, timeoutSeconds)
        if let trustedFile { unsafe fengsui_curl_set_text(handle, CURLOPT_CAINFO, trustedFile) }
        if !settings.username.isEmpty {
            unsafe fengsui_curl_set_text(handle, CURLOPT_USERNAME, settings.username)
            unsafe fengsui_curl_set_text(handle, CURLOPT_PASSWORD, password)
        }
        unsafe fengsui_curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(mail.sender)>")
        unsafe fengsui_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
        let bytes = mail.bytes.map { CChar(bitPattern: $0) }
        let result = unsafe bytes.withUnsafeBufferPointer { source in
            unsafe fengsui_curl_send(handle, source.baseAddress, source.count)
        }
        var code = 0
        unsafe fengsui_curl_response(handle, &code)
        return unsafe Self.outcome(result, code: code, words: String(cString: curl_easy_strerror(result)))
    }

    /// An answer of the server is its decision, no answer is a way that is closed.
    private static func outcome(_ result: CURLcode, code: Int, words: String) -> DeliveryOutcome {
        if result == CURLE_OK { return .delivered(detail: "SMTP \(code)") }
        let detail = code > 0 ? "SMTP \(code)，\(words)" : words
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT, CURLE_GOT_NOTHING,
            CURLE_SSL_CONNECT_ERROR:
            return .unreachable(detail: detail)
        default: break
        }
        // 421 and 450–452 with a busy server: it wants fewer.
        return code == 421 ? .limited(detail: detail, retryAfter: .minutes(1)) : .refused(detail: detail)
    }
}
