import Kernel
import Storage

/// Checks an exported case without any database.
public enum CaseVerification {
    public struct Report: Hashable, Sendable {
        public var warning = ""
        public var exportedAt: Int64 = 0
        public var logCount = 0
        public var uploadCount = 0
        /// The heads that the proofs lead to, as text: what to compare with what was noted down elsewhere.
        public var heads: [String] = []
        public var fingerprint = ""
        /// What does not fit, one line each, in Chinese; empty where all is as it was exported.
        public var faults: [String] = []
    }

    /// - Parameter fingerprint: as it was noted down when the case was exported.
    public static func check(_ files: [CaseFile], fingerprint: String? = nil) -> Report {
        var report = Report()
        let named = Dictionary(files.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        guard let manifest = named[CaseManifest.name] else {
            report.faults.append("缺少 manifest.json:不是导出的预警档案")
            return report
        }
        report.fingerprint = Hash.hexadecimal(Hash.sha256(manifest))
        if let fingerprint, fingerprint != report.fingerprint {
            report.faults.append("清单与抄存的指纹不一致:清单被改动或替换")
        }
        guard let listed = CaseManifest.read(manifest) else {
            report.faults.append("manifest.json 无法解读")
            return report
        }
        for (name, hash) in listed {
            guard let bytes = named[name] else {
                report.faults.append("缺少文件 \(name)")
                continue
            }
            if Hash.hexadecimal(Hash.sha256(bytes)) != hash { report.faults.append("文件 \(name) 被改动") }
        }
        let known = Set(listed.map(\.name) + [CaseManifest.name])
        for file in files where !known.contains(file.name) { report.faults.append("多出文件 \(file.name)") }
        if files.count != named.count { report.faults.append("同名文件不止一个") }
        checkRows(named, &report)
        return report
    }

    private static func checkRows(_ files: [String: [UInt8]], _ report: inout Report) {
        guard let facts = files["case.json"].flatMap({ try? JSON.parse($0) }),
            let heads = facts["heads"]?.array, let warning = facts["warning"]?.string
        else {
            report.faults.append("case.json 无法解读")
            return
        }
        report.warning = warning
        report.exportedAt = facts["exportedAt"]?.integer ?? 0
        var roots: [String: [UInt8]] = [:]
        for head in heads {
            guard let table = head["table"]?.string, let sequence = head["sequence"]?.integer,
                let hash = head["hash"]?.string, let root = head["root"]?.string,
                let bytes = Hash.bytes(hexadecimal: root)
            else { continue }
            roots[table] = bytes
            report.heads.append("\(table) \(sequence):\(hash) 树根 \(root)")
        }
        let log = rows("log.jsonl", "log", files, roots["log"], &report)
        let uploads = rows("uploads.jsonl", "upload", files, roots["upload"], &report)
        (report.logCount, report.uploadCount) = (log.count, uploads.count)
        checkStream(log, warning, tables: files["tables.json"], &report)
    }

    /// Each row gives its hash, follows the one before it, and leads to the root.
    private static func rows(
        _ name: String, _ table: String, _ files: [String: [UInt8]], _ root: [UInt8]?, _ report: inout Report
    ) -> [ChainRow] {
        guard let bytes = files[name] else {
            let line = "缺少文件 \(name)"
            if !report.faults.contains(line) { report.faults.append(line) }
            return []
        }
        var rows: [ChainRow] = []
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            guard let json = try? JSON.parse(Array(line)), let found = CaseRows.read(json) else {
                report.faults.append("\(name) 第 \(number + 1) 行无法解读")
                continue
            }
            let row = found.row
            let place = "表 \(table) 第 \(row.sequence) 行(\(name) 第 \(number + 1) 行)"
            if !row.isIntact {
                report.faults.append("\(place):内容被改动")
            } else if root == nil || HashTree.root(of: row.hash, by: found.proof) != root {
                report.faults.append("\(place):不能连到导出时的链尾(被插入或替换)")
            }
            if let last = rows.last {
                if row.sequence <= last.sequence { report.faults.append("\(place):次序不对") }
                if row.sequence == last.sequence + 1, row.previousHash != last.hash {
                    report.faults.append("\(place):与前一行不相接")
                }
            }
            rows.append(row)
        }
        return rows
    }

    /// The streams of the case are whole: their versions count from 1.
    private static func checkStream(
        _ rows: [ChainRow], _ warning: String, tables: [UInt8]?, _ report: inout Report
    ) {
        var versions: [String: Int64] = [:]
        for row in rows {
            guard case .log(let entry, let version, _) = row.content, entry.streamKind != "risk" else { continue }
            let stream = entry.streamKind + " " + entry.streamID
            let expected = (versions[stream] ?? 0) + 1
            if version != expected { report.faults.append("\(stream):缺少第 \(expected) 至 \(version - 1) 条事件") }
            versions[stream] = version
        }
        guard let last = versions["warning " + warning] else {
            report.faults.append("没有预警 \(warning) 的事件")
            return
        }
        let row = tables.flatMap { try? JSON.parse($0) }?["warning"]?.array?.first
        let version = row?["version"]?.integer ?? 0
        if version != last { report.faults.append("缺少预警最后的事件:表中为第 \(version) 条,事件到第 \(last) 条") }
    }
}
