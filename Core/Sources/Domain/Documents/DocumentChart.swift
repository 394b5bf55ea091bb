/// A picture of figures. Every chart's figures also stand in the alternative text and in the XLSX.
public struct DocumentChart: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Upright bars, for few labels.
        case bars
        /// Lying bars with their names at the left, for rankings.
        case lyingBars
        case line
    }

    public struct Series: Hashable, Sendable {
        public var name: String
        /// One for each label; nil leaves a gap.
        public var values: [Double?]

        public init(_ name: String, _ values: [Double?]) {
            self.name = name
            self.values = values
        }
    }

    public var kind: Kind
    public var title: String
    /// `%`, `次`, `小时`.
    public var unit: String
    public var labels: [String]
    public var series: [Series]

    public init(kind: Kind, title: String, unit: String, labels: [String], series: [Series]) {
        self.kind = kind
        self.title = title
        self.unit = unit
        self.labels = labels
        self.series = series
    }
}
