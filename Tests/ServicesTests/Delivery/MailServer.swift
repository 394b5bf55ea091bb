import Foundation
import Kernel
import Support

/// aiosmtpd on loopback: takes mails as a stranger would, and reads them with Python's own mail library.
final class MailServer: Sendable {
    struct Letter: Sendable {
        let subject: String
        let text: String
        let identifier: String
        let recipients: [String]
        let sender: String
    }

    let port: Int
    let folder: String
    private let process: Process

    var certificate: String { folder + "/cert.pem" }

    enum Mode: String {
        case plain, starttls, tls
        /// Wants `user` and `word`.
        case auth
    }

    struct Failure: Error { let text: String }

    static func start(_ mode: Mode = .plain) async throws -> MailServer {
        let folder = try TemporaryFolder.make()
        try script.write(toFile: folder + "/server.py", atomically: true, encoding: .utf8)
        if mode == .starttls || mode == .tls {
            let openssl = try run(
                "/usr/bin/openssl",
                [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder + "/key.pem", "-out",
                    folder + "/cert.pem",
                ])
            openssl.waitUntilExit()
        }
        let process = try run("/usr/bin/python3", [folder + "/server.py", folder, mode.rawValue])
        for _ in 0..<400 {
            if let text = try? String(contentsOfFile: folder + "/port", encoding: .utf8), let port = Int(text) {
                return MailServer(port: port, folder: folder, process: process)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        kill(process.processIdentifier, SIGKILL)
        throw Failure(text: "aiosmtpd did not start; is python3-aiosmtpd installed?")
    }

    private init(port: Int, folder: String, process: Process) {
        self.port = port
        self.folder = folder
        self.process = process
    }

    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// From now on, or no longer, answers 451.
    func refuse(_ isRefusing: Bool) throws {
        if isRefusing {
            try "".write(toFile: folder + "/refuse", atomically: true, encoding: .utf8)
        } else {
            try FileManager.default.removeItem(atPath: folder + "/refuse")
        }
    }

    /// What came, in order.
    func letters() throws -> [Letter] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
            .sorted()
        return try names.map { name in
            let json = try JSON.parse(try String(contentsOfFile: folder + "/" + name, encoding: .utf8))
            return Letter(
                subject: json["subject"]?.string ?? "", text: json["text"]?.string ?? "",
                identifier: json["id"]?.string ?? "", recipients: json["to"]?.array?.compactMap(\.string) ?? [],
                sender: json["from"]?.string ?? "")
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return process
    }

    private static let script = """
        import email, email.policy, json, os, socket, ssl, sys, time
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import AuthResult

        folder, mode = sys.argv[1], sys.argv[2]
        count = 0

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                global count
                if os.path.exists(folder + '/refuse'):
                    return '451 later'
                mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
                count += 1
                line = {'subject': str(mail['subject']), 'text': mail.get_content(), 'id': str(mail['message-id']),
                        'to': envelope.rcpt_tos, 'from': envelope.mail_from, 'defects': [str(d) for d in mail.defects]}
                assert not mail.defects, mail.defects
                with open(f'{folder}/{count:05}.tmp', 'w') as file: json.dump(line, file, ensure_ascii=False)
                os.rename(f'{folder}/{count:05}.tmp', f'{folder}/{count:05}.json')
                return '250 taken'

        def check(server, session, envelope, mechanism, data):
            return AuthResult(success=data.login == b'user' and data.password == b'word')

        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            port = free.getsockname()[1]
        extra = {}
        if mode in ('tls', 'starttls'):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder + '/cert.pem', folder + '/key.pem')
            extra = {'ssl_context': context} if mode == 'tls' else {'tls_context': context, 'require_starttls': True}
        if mode == 'auth':
            extra = {'authenticator': check, 'auth_required': True, 'auth_require_tls': False}
        Controller(Handler(), hostname='127.0.0.1', port=port, **extra).start()
        with open(folder + '/port.tmp', 'w') as file: file.write(str(port))
        os.rename(folder + '/port.tmp', folder + '/port')
        parent = os.getppid()
        while os.getppid() == parent: time.sleep(1)
        """
}
