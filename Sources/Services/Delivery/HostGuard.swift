import Dispatch
import Glibc
import Operations

/// Looks where a host's name leads before anything is sent there: a name of somebody else's may point into the
/// link-local range, where clouds keep their secrets.
public struct HostGuard: Sendable {
    private let queue = DispatchQueue(label: "fengsui.names", attributes: .concurrent)

    public init() {}

    /// False where one of its addresses is forbidden. A name that cannot be resolved is left to whoever connects.
    public func permits(_ host: String) async -> Bool {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().prefix { $0 != "]" }) : host
        let addresses = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Self.addresses(of: bare)) }
        }
        return !addresses.contains(where: Self.isForbidden)
    }

    /// The host of an `http` or `https` address.
    static func host(of url: String) -> String {
        let authority = url.drop { $0 != ":" }.dropFirst(3).prefix { !"/?#".contains($0) }
        return String(authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" })
    }

    /// This network, link-local, multicast; also as IPv4 within IPv6.
    public static func isForbidden(_ address: String) -> Bool {
        let lowercased = address.lowercased()
        let plain = lowercased.hasPrefix("::ffff:") ? String(lowercased.dropFirst(7)) : lowercased
        if plain.contains(".") {
            let parts = plain.split(separator: ".").compactMap { Int($0) }
            guard parts.count == 4 else { return true }
            return parts[0] == 0 || (parts[0] == 169 && parts[1] == 254) || parts[0] >= 224
        }
        return plain == "::" || ["fe8", "fe9", "fea", "feb", "ff"].contains(where: plain.hasPrefix)
    }

    private static func addresses(of host: String) -> [String] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &found) == 0 else { return [] }
        defer { unsafe freeaddrinfo(found) }
        var addresses: [String] = []
        var next = unsafe found
        while let entry = unsafe next {
            var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let status = unsafe getnameinfo(
                entry.pointee.ai_addr, entry.pointee.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
            if status == 0 {
                let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                addresses.append(String(decoding: bytes, as: UTF8.self))
            }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }
}
