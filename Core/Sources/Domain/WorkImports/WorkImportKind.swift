import Kernel

/// What of the daily work may come from a file. Records that prove that somebody acted – attendance, patrols, checks,
/// commitments – are never imported: they are evidence because the system saw them happen.
public enum WorkImportKind: String, CaseIterable, Hashable, Sendable {
    case specialPeriods, rotationPlans, penalties

    public struct Column: Hashable, Sendable {
        public let title: String
        public let isRequired: Bool
        /// An example, in the template's second line.
        public let sample: String

        init(_ title: String, isRequired: Bool = true, _ sample: String) {
            self.title = title
            self.isRequired = isRequired
            self.sample = sample
        }
    }

    public var label: String {
        switch self {
        case .specialPeriods: "特殊时段"
        case .rotationPlans: "轮回计划"
        case .penalties: "处罚登记"
        }
    }

    public var columns: [Column] {
        switch self {
        case .specialPeriods:
            [
                Column("名称", "两会"), Column("从", "2027-03-03"), Column("到", "2027-03-12"), Column("倍数", "2"),
                Column("单位编码", isRequired: false, ""),
            ]
        case .rotationPlans:
            [
                Column("计划", "涉氨企业轮查"), Column("周期", RotationPeriod.month.title), Column("开始", "2027-01-01"),
                Column("结束", isRequired: false, "2027-12-31"), Column("行业", isRequired: false, "合成氨"),
                Column("地区", isRequired: false, "140500"), Column("企业编码", isRequired: false, ""),
            ]
        case .penalties:
            [
                Column("问题编号", "pr…"), Column("文号", "（晋市）应急罚〔2026〕8号"), Column("事由", "擅自停用报警器"),
                Column("金额（元）", "50000"),
            ]
        }
    }

    /// The head alone: a sample line would be taken for content.
    public var template: String { CSVWriter.line(columns.map(\.title)) }
}

/// One line for one bad cell: `第 3 行「倍数」：写成整数`.
public struct WorkImportIssue: Hashable, Sendable {
    public var row: Int
    public var column: String?
    public var text: String

    public init(row: Int, column: String? = nil, text: String) {
        self.row = row
        self.column = column
        self.text = text
    }

    public var line: String { "第 \(row) 行\(column.map { "「\($0)」" } ?? "")：\(text)" }
}
