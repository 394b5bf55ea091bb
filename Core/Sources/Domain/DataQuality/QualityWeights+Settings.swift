extension QualityWeights: ParameterSettings {
    public static var usual: QualityWeights { QualityWeights() }

    public static let parameters: [SettingParameter<QualityWeights>] = QualityDimension.allCases.map { dimension in
        SettingParameter(
            dimension.rawValue, dimension.label, "权重；总分按有数的维度加权平均", 0...100, get: { $0[dimension] },
            set: { $0[dimension] = $1 })
    }

    public var contradictions: [String] {
        QualityDimension.allCases.contains { self[$0] > 0 } ? [] : ["至少一个维度的权重要大于零"]
    }
}
