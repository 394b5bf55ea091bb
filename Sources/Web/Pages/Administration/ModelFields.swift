import Domain
import Kernel

/// The risk model as the fields of a form: one a number, in the words of domain §6.
struct ModelFields {
    struct Unreadable: Error {
        var name: String
        var text: String
    }

    private struct Leaf {
        /// `alarms.factors.2`
        var name: String
        var group: String
        var label: String
        var value: JSON
    }

    private let leaves: [Leaf]

    init(_ model: RiskModel) {
        var leaves: [Leaf] = []
        for member in model.json.members ?? [] {
            let group = Self.words[member.key] ?? member.key
            if let parts = member.value.members {
                for part in parts { Self.add("\(member.key).\(part.key)", group, part.value, to: &leaves) }
            } else {
                Self.add(member.key, group, member.value, to: &leaves)
            }
        }
        self.leaves = leaves
    }

    private static func add(_ name: String, _ group: String, _ value: JSON, to leaves: inout [Leaf]) {
        let label = words[name] ?? name
        guard let items = value.array else {
            leaves.append(Leaf(name: name, group: group, label: label, value: value))
            return
        }
        for (place, item) in items.enumerated() {
            leaves.append(
                Leaf(name: "\(name).\(place)", group: group, label: "\(label) \(place + 1)", value: item))
        }
    }

    func groups(values form: Form, problems: [FieldError]) -> [EntryForm.Group] {
        var groups: [EntryForm.Group] = []
        for leaf in leaves {
            let input = EntryForm.Input(
                id: leaf.name, label: leaf.label, hint: nil,
                error: problems.first { $0.field == leaf.name }?.message,
                value: form.has(leaf.name) ? form[leaf.name] : leaf.value.text, isText: true, mode: "decimal")
            if groups.last?.groupTitle == leaf.group {
                groups[groups.count - 1].inputs.append(input)
            } else {
                groups.append(.init(groupTitle: leaf.group, inputs: [input]))
            }
        }
        return groups
    }

    /// The model that a form describes.
    func json(from form: Form) throws(Unreadable) -> JSON {
        var tree: [(key: String, parts: [(key: String, items: [JSON], isList: Bool)])] = []
        for leaf in leaves {
            let path = leaf.name.split(separator: ".").map(String.init)
            let isList = Int(path.last ?? "") != nil
            let names = isList ? Array(path.dropLast()) : path
            let text = form[leaf.name]
            guard let value = number(text, like: leaf.value) else {
                throw Unreadable(name: leaf.name, text: "\(leaf.label):“\(text)”不是数")
            }
            let (key, part) = (names[0], names.count > 1 ? names[1] : "")
            if tree.last?.key != key { tree.append((key, [])) }
            let last = tree.count - 1
            if tree[last].parts.last?.key == part {
                tree[last].parts[tree[last].parts.count - 1].items.append(value)
            } else {
                tree[last].parts.append((part, [value], isList))
            }
        }
        return .object(
            tree.map { entry in
                func whole(_ part: (key: String, items: [JSON], isList: Bool)) -> JSON {
                    part.isList ? .array(part.items) : part.items[0]
                }
                if entry.parts.count == 1, entry.parts[0].key.isEmpty {
                    return JSON.Member(entry.key, whole(entry.parts[0]))
                }
                return JSON.Member(entry.key, .object(entry.parts.map { JSON.Member($0.key, whole($0)) }))
            })
    }

    private func number(_ text: String, like value: JSON) -> JSON? {
        if case .integer = value, let whole = Int64(text) { return .integer(whole) }
        guard text.allSatisfy({ "0123456789.-".contains($0) }), let number = Double(text), number.isFinite else {
            return nil
        }
        return .number(number)
    }

    /// The field of a member that the model refused: lists are refused as a whole.
    func name(of member: String) -> String {
        leaves.first { $0.name == member || $0.name.hasPrefix(member + ".") }?.name ?? member
    }

    func label(of name: String) -> String { leaves.first { $0.name == name }.map { "\($0.group) \($0.label)" } ?? name }

    /// `黄色线 35（原 40）`
    func differences(from other: ModelFields) -> [String] {
        let before = Dictionary(other.leaves.map { ($0.name, $0.value.text) }, uniquingKeysWith: { first, _ in first })
        return leaves.compactMap { leaf in
            let old = before[leaf.name] ?? "无"
            return old == leaf.value.text ? nil : "\(leaf.group) \(leaf.label) \(leaf.value.text)（原 \(old)）"
        }
    }

    private static let words: [String: String] = [
        "inherent": "B 固有（一至四级）", "alarms": "A 现行报警", "management": "K 报警管理",
        "commitment": "C 承诺与作业", "data": "Q 数据", "levels": "分级", "enterprise": "企业等级",
        "scoreMax": "满分", "alarms.first": "高/低报基分", "alarms.second": "高高/低低报基分",
        "alarms.gasFirst": "气体一级基分", "alarms.gasSecond": "气体二级基分", "alarms.factorMinutes": "时长档（分钟）",
        "alarms.factors": "时长系数", "alarms.extraPerPoint": "每多一点加", "alarms.extraPointsMax": "最多计几点",
        "alarms.cap": "封顶", "management.windowHours": "滚动窗口（小时）", "management.slotMinutes": "时段（分钟）",
        "management.slotAlarms": "扰动：时段内次数", "management.disturbancePercents": "扰动率档（%）",
        "management.repeatAlarms": "重复：同点次数", "management.repeatBounds": "重复次数档",
        "management.averageBounds": "点均次数档", "management.clearMinutes": "平均消警档（分钟）",
        "management.longestMinutes": "最长报警档（分钟）", "management.cap": "封顶", "management.quietCap": "安静时上限",
        "commitment.overdue": "10 时后未承诺", "commitment.specialFire": "特级动火", "commitment.firstFire": "一级动火",
        "commitment.confinedSpace": "受限空间", "commitment.startUpOrTrial": "开停车或试生产", "commitment.cap": "封顶",
        "data.offline": "未报备离线", "data.offlineMinutes": "离线满（分钟）", "data.badKeyPoint": "关键点位质量差",
        "data.cap": "封顶", "levels.yellow": "黄色线", "levels.orange": "橙色线", "levels.red": "红色线",
        "levels.hysteresis": "降级回差", "levels.holdMinutes": "降级保持（分钟）", "enterprise.perSource": "每多一源加",
        "enterprise.cap": "封顶",
    ]
}
