/// The counted items of a safety commitment (domain §7). The raw value is the field's name in uploads (A names).
public enum CommitmentCount: String, CaseIterable, Hashable, Sendable {
    case units = "unitsNumber"
    case running = "runNumber"
    case stopped = "parkNumber"
    case overhaul = "overhaulWorkNumber"
    case startedUnits = "workNumber"
    case shutUnits = "notWorkNumber"
    case startingOrStopping = "openParkingNumber"
    case fireSpecial = "firesNumber"
    case fireFirst = "fire1Number"
    case fireSecond = "fire2Number"
    case confinedSpace = "spaceworkNumber"
    case blindPlate = "blindplateNumber"
    case height = "highworkNumber"
    case lifting = "liftingworkNumber"
    case electricity = "electricityworkNumber"
    case digging = "soilworkNumber"
    case roadClosure = "roadworkNumber"
    case maintenance = "inspectionNumber"
    case tankTransfer = "pourOutNumber"
    case tankCleaning = "cleanTankNumber"
    case draining = "drainingNumber"
    case contractors = "contractorNumber"
    case changes = "changedTaskNumber"
    case trialUnits = "testNumber"
    case supervisedProcesses = "dangerProcessNumber"
    case gradeOne = "hazardRank1"
    case gradeTwo = "hazardRank2"
    case gradeThree = "hazardRank3"
    case gradeFour = "hazardRank4"

    /// The blocks of the form: each is whole or the commitment is refused (QY-07).
    public enum Block: String, CaseIterable, Hashable, Sendable {
        case units, specialWork, otherWork, registry

        public var label: String {
            switch self {
            case .units: "装置开停"
            case .specialWork: "特殊作业"
            case .otherWork: "其他作业"
            case .registry: "工艺与危险源"
            }
        }

        public var counts: [CommitmentCount] { CommitmentCount.allCases.filter { $0.block == self } }
    }

    public var block: Block {
        switch self {
        case .units, .running, .stopped, .overhaul, .startedUnits, .shutUnits, .startingOrStopping, .trialUnits:
            .units
        case .fireSpecial, .fireFirst, .fireSecond, .confinedSpace, .blindPlate, .height, .lifting, .electricity,
            .digging, .roadClosure:
            .specialWork
        case .maintenance, .tankTransfer, .tankCleaning, .draining, .contractors, .changes: .otherWork
        case .supervisedProcesses, .gradeOne, .gradeTwo, .gradeThree, .gradeFour: .registry
        }
    }

    public var label: String {
        switch self {
        case .units: "生产装置总套数"
        case .running: "运行套数"
        case .stopped: "停产套数"
        case .overhaul: "检修套数"
        case .startedUnits: "今日开车装置数"
        case .shutUnits: "今日停车装置数"
        case .startingOrStopping: "正在开停车装置数"
        case .fireSpecial: "特级动火"
        case .fireFirst: "一级动火"
        case .fireSecond: "二级动火"
        case .confinedSpace: "进入受限空间"
        case .blindPlate: "盲板抽堵"
        case .height: "高处作业"
        case .lifting: "吊装作业"
        case .electricity: "临时用电"
        case .digging: "动土作业"
        case .roadClosure: "断路作业"
        case .maintenance: "检维修作业"
        case .tankTransfer: "倒罐作业"
        case .tankCleaning: "清罐作业"
        case .draining: "切水作业"
        case .contractors: "承包商作业数量"
        case .changes: "变更作业"
        case .trialUnits: "试生产装置数"
        case .supervisedProcesses: "重点监管危险工艺数量"
        case .gradeOne: "一级重大危险源数量"
        case .gradeTwo: "二级重大危险源数量"
        case .gradeThree: "三级重大危险源数量"
        case .gradeFour: "四级重大危险源数量"
        }
    }

    /// The counter word behind the figure.
    public var measure: String {
        switch block {
        case .units: "套"
        case .specialWork, .otherWork: self == .contractors ? "家" : "处"
        case .registry: self == .supervisedProcesses ? "种" : "处"
        }
    }

    /// 特殊作业, the eight kinds of GB 30871 with the three grades of hot work.
    public static let specialWork = Block.specialWork.counts
    public static let hotWork: [CommitmentCount] = [.fireSpecial, .fireFirst, .fireSecond]
    /// By grade, one to four.
    public static let grades: [CommitmentCount] = [.gradeOne, .gradeTwo, .gradeThree, .gradeFour]
}
