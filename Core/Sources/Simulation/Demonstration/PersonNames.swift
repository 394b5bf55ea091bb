import Kernel

/// Invented names, each given once.
struct PersonNames {
    private var generator: SeededGenerator
    private var used: Set<String> = ["王敏", "李岩", "秦岚", "罗安", "孙立安", "赵砚", "周启明", "许志远", "陶然", "冯远", "姚志诚"]

    init(seed: UInt64) { generator = SeededGenerator(seed: seed ^ 0x6E61_6D65) }

    mutating func next() -> String {
        while true {
            let name = generator.pick(Self.families) + generator.pick(Self.first) + generator.pick(Self.second)
            if used.insert(name).inserted { return name }
        }
    }

    private static let families = [
        "王", "李", "张", "刘", "陈", "杨", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林", "郑", "梁", "谢",
        "宋", "唐", "许", "韩", "邓", "冯", "曹", "彭", "曾", "田", "董", "潘", "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程", "魏",
        "苏", "吕", "丁", "任", "卢", "姚", "沈", "钟", "崔", "秦", "牛", "成", "原", "常", "焦", "靳", "郜", "司",
    ]
    private static let first = [
        "建", "志", "晓", "立", "海", "文", "玉", "国", "永", "春", "明", "新", "红", "秀", "学", "长", "德", "瑞", "书", "云", "景",
    ]
    private static let second = [
        "军", "强", "平", "华", "林", "峰", "伟", "霞", "梅", "亮", "斌", "刚", "芳", "生", "忠", "涛", "娟", "民", "宁", "山", "川",
    ]
}
