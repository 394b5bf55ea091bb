import Domain
import Kernel
import Testing

/// Numbers that an administrator may set: each fits its own range as it stands, is read back as it was written, and a
/// value that no longer fits gives way to the usual one.
@Suite struct SettingParameterTests {
    private func check<Settings: ParameterSettings>(_ type: Settings.Type) {
        let names = Settings.parameters.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Settings.usual.objections == [])
        #expect(Settings(json: Settings.usual.json) == Settings.usual)
        #expect(Settings(json: [:]) == Settings.usual)
        for parameter in Settings.parameters {
            for bound in [parameter.range.lowerBound, parameter.range.upperBound] {
                let changed = parameter.applied(bound, to: .usual)
                #expect(parameter.value(in: changed) == bound, "\(parameter.name)")
                #expect(parameter.objection(bound) == nil, "\(parameter.name)")
                #expect(Settings(json: changed.json) == changed, "\(parameter.name)")
                // No other number moves with it.
                for other in Settings.parameters where other.name != parameter.name {
                    #expect(other.value(in: changed) == other.value(in: .usual), "\(parameter.name) \(other.name)")
                }
            }
            for beyond in [parameter.range.lowerBound - 1, parameter.range.upperBound + 1, .nan, .infinity] {
                #expect(parameter.objection(beyond) != nil, "\(parameter.name)")
                let stored: JSON = .object([.init(parameter.name, .number(beyond))])
                #expect(Settings(json: stored) == Settings.usual, "\(parameter.name)")
            }
            if parameter.isWhole { #expect(parameter.objection(parameter.range.lowerBound + 0.5) != nil) }
        }
    }

    @Test func `time limits of filings`() {
        check(FilingRules.self)
        var rules = FilingRules.standard
        rules.confirmReminder = rules.confirmWithin
        #expect(rules.objections == ["提醒确认要早于确认时限"])
        rules = .standard
        rules.longStopMax = rules.longStopMin - .days(1)
        #expect(rules.objections.count == 1)
    }

    @Test func `weights of the dimensions`() {
        check(QualityWeights.self)
        var weights = QualityWeights()
        for dimension in QualityDimension.allCases { weights[dimension] = 0 }
        #expect(weights.objections == ["至少一个维度的权重要大于零"])
    }

    @Test func `parameters of the detectors`() { check(ScanSettings.self) }
}
