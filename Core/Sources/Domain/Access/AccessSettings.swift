/// Who needs a second factor. [本项目约定]
public struct AccessSettings: ParameterSettings {
    /// Of administrators; 0 or 1.
    public var isFactorRequired = true

    public static let usual = AccessSettings()

    public init() {}

    public func requiresFactor(of role: AccountRole) -> Bool { isFactorRequired && role == .admin }

    public static let parameters: [SettingParameter<AccessSettings>] = [
        SettingParameter(
            "adminFactor", "管理员两步验证", "1 管理员必须设两步验证，0 不强制；其他人一直可以自己设", 0...1, isWhole: true,
            get: { $0.isFactorRequired ? 1 : 0 }, set: { $0.isFactorRequired = $1 == 1 })
    ]
}
