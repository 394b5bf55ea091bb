import Kernel

extension ScanSettings: ParameterSettings {
    public static var usual: ScanSettings { ScanSettings() }

    public static let parameters: [SettingParameter<ScanSettings>] =
        patterns + stillness + edges + [
            whole("massOfflineSeconds", "同时离线的时间窗", "秒", 10...900) {
                $0.massOffline.within.seconds
            } set: {
                $0.massOffline.within = .seconds($1)
            },
            whole("massOfflinePoints", "同时离线的点位数", "个，至少", 2...1_000) {
                Int64($0.massOffline.pointsMin)
            } set: {
                $0.massOffline.pointsMin = Int($1)
            },
            SettingParameter(
                "massOfflineShare", "同时离线的占比", "在用点位的份额，0–1", 0.05...1, get: { $0.massOffline.share },
                set: { $0.massOffline.share = $1 }),
        ]

    private static let patterns: [SettingParameter<ScanSettings>] = [
        whole("replayWindow", "回放：比对窗", "读数个数", 128...4_096) {
            Int64($0.replayWindow)
        } set: {
            $0.replayWindow = Int($1)
        },
        SettingParameter(
            "replayDeviations", "回放：吻合高出偶然", "标准差的倍数；小则误报多", 4...20, get: { $0.replayDeviations },
            set: { $0.replayDeviations = $1 }),
        whole("repeatWindow", "重复：连续相同的变化", "读数个数", 8...512) {
            Int64($0.repeatWindow)
        } set: {
            $0.repeatWindow = Int($1)
        },
        SettingParameter(
            "repeatBits", "重复：不可能的程度", "比特", 24...200, get: { $0.repeatBits }, set: { $0.repeatBits = $1 }),
        SettingParameter(
            "smoothShare", "过于平滑", "低于自身最静的一成的份额，0–1", 0.05...0.9, get: { $0.smoothShare },
            set: { $0.smoothShare = $1 }),
        whole("smoothBlocksMin", "过于平滑：至少几段", "段", 1...50) {
            Int64($0.smoothBlocksMin)
        } set: {
            $0.smoothBlocksMin = Int($1)
        },
        whole("historyBlocksMin", "要有多少自身历史才判", "段", 2...500) {
            Int64($0.historyBlocksMin)
        } set: {
            $0.historyBlocksMin = Int($1)
        },
        whole("progressionReadings", "等差的读数", "个", 10...1_000) {
            Int64($0.progressionReadings)
        } set: {
            $0.progressionReadings = Int($1)
        },
    ]

    private static let stillness: [SettingParameter<ScanSettings>] = [
        SettingParameter(
            "frozenMultiple", "冻结：为自身最长静止的倍数", "倍", 1.5...50, get: { $0.frozenMultiple },
            set: { $0.frozenMultiple = $1 }),
        whole("frozenReadingsMin", "冻结：至少读数", "个", 10...10_000) {
            Int64($0.frozenReadingsMin)
        } set: {
            $0.frozenReadingsMin = Int($1)
        },
        whole("frozenMinutesMin", "冻结：至少时长", "分钟", 5...1_440) {
            $0.frozenMinutesMin
        } set: {
            $0.frozenMinutesMin = $1
        },
        whole("neverChangedDays", "从不变化", "天", 2...31) {
            Int64($0.neverChangedDays)
        } set: {
            $0.neverChangedDays = Int($1)
        },
    ]

    private static let edges: [SettingParameter<ScanSettings>] = [
        whole("clampReadings", "贴限：当日最高值的读数", "个", 5...1_000) {
            Int64($0.clampReadings)
        } set: {
            $0.clampReadings = Int($1)
        },
        SettingParameter(
            "clampMargin", "贴限：离限值", "量程的份额，0–1", 0.005...0.3, get: { $0.clampMargin },
            set: { $0.clampMargin = $1 }),
        SettingParameter(
            "jumpShare", "跳变", "量程的份额，0–1", 0.05...1, get: { $0.jumpShare }, set: { $0.jumpShare = $1 }),
        SettingParameter(
            "outOfRangeShare", "超量程", "当日读数的份额，0–1", 0.0001...0.5, get: { $0.outOfRangeShare },
            set: { $0.outOfRangeShare = $1 }),
        SettingParameter(
            "badQualityShare", "坏质量", "当日读数的份额，0–1", 0.0001...0.9, get: { $0.badQualityShare },
            set: { $0.badQualityShare = $1 }),
        whole("lateSeconds", "迟到", "晚于几秒", 30...3_600) {
            $0.lateSeconds
        } set: {
            $0.lateSeconds = $1
        },
    ]

    private static func whole(
        _ name: String, _ label: String, _ hint: String, _ range: ClosedRange<Double>,
        get: @escaping @Sendable (ScanSettings) -> Int64,
        set: @escaping @Sendable (inout ScanSettings, Int64) -> Void
    ) -> SettingParameter<ScanSettings> {
        SettingParameter(
            name, label, hint, range, isWhole: true, get: { Double(get($0)) }, set: { set(&$0, Int64($1.rounded())) })
    }
}
