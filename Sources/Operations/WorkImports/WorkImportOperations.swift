public import Domain
public import Kernel
public import Storage

/// Why a file of the daily work was not written; then nothing of it was.
public enum WorkImportFailure: TransactionFailure, Hashable {
    case forbidden(String)
    /// Every bad cell.
    case issues([WorkImportIssue])
    /// A dry run found nothing wrong: so many rows would be written.
    case rehearsed(rows: Int)
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }
}

/// Files of the daily work. Each row goes through the operation that its form uses; a dry run does the same and takes
/// it all back, so that both find the same faults.
public enum WorkImportOperations {
    /// How many rows were written.
    public static func run(
        _ kind: WorkImportKind, file: [UInt8], isRehearsal: Bool, by editor: RegistryEditor, office: AuthorityID?,
        context: inout OperationContext, in session: inout Session
    ) throws(WorkImportFailure) -> Int {
        let table = WorkImportTable(file, kind: kind)
        var issues = table.issues
        for line in table.lines {
            do throws(RowFailure) {
                switch kind {
                case .specialPeriods: try period(line, editor, office, &context, &session)
                case .rotationPlans: try plan(line, editor, office, &context, &session)
                case .penalties: try penalty(line, editor, office, &context, &session)
                }
            } catch {
                switch error {
                case .forbidden(let words): throw .forbidden(words)
                case .storage(let failure): throw .storage(failure)
                case .cell(let column, let text):
                    issues.append(WorkImportIssue(row: line.row, column: column, text: text))
                }
            }
        }
        guard issues.isEmpty else { throw .issues(issues.sorted { $0.row < $1.row }) }
        if isRehearsal { throw .rehearsed(rows: table.lines.count) }
        return table.lines.count
    }

    private enum RowFailure: Error {
        case forbidden(String)
        case cell(String?, String)
        case storage(StorageError)
    }

    private static func day(_ line: WorkImportTable.Line, _ column: String) throws(RowFailure) -> Day? {
        guard let text = line.text(column) else { return nil }
        // A spreadsheet may have written 2027/3/3.
        let parts = text.split { "/-.".contains($0) }.compactMap { Int($0) }
        guard parts.count == 3, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else {
            throw .cell(column, "日期写成 2026-10-01")
        }
        return day
    }

    private static func stored<T>(_ body: () throws(StorageError) -> T) throws(RowFailure) -> T {
        do throws(StorageError) { return try body() } catch { throw .storage(error) }
    }

    private static func period(
        _ line: WorkImportTable.Line, _ editor: RegistryEditor, _ office: AuthorityID?,
        _ context: inout OperationContext, _ session: inout Session
    ) throws(RowFailure) {
        guard editor.role == .admin else { throw .forbidden("特殊时段由管理员登记") }
        guard let from = try day(line, "从"), let until = try day(line, "到") else { throw .cell("从", "没有填") }
        guard let factor = Int(line.text("倍数") ?? "") else { throw .cell("倍数", "写成整数") }
        let period = SpecialPeriods.Period(name: line.text("名称") ?? "", from: from, until: until, factor: factor)
        let target = line.text("单位编码").map { AuthorityID($0) } ?? office
        let known = try stored { () throws(StorageError) in
            try SpecialPeriodStore.list(scope: editor.scope, in: &session)
        }
        if known.contains(where: { $0.endedAt == nil && $0.authority == target && $0.period == period }) {
            throw .cell("名称", "“\(period.name)”已经登记过，日期和倍数都相同")
        }
        do throws(ProblemFailure) {
            try InspectionSetup.addPeriod(period, for: target, by: editor, context: &context, in: &session)
        } catch {
            if case .storage(let failure) = error { throw .storage(failure) }
            throw .cell(nil, error.text)
        }
    }

    private static func plan(
        _ line: WorkImportTable.Line, _ editor: RegistryEditor, _ office: AuthorityID?,
        _ context: inout OperationContext, _ session: inout Session
    ) throws(RowFailure) {
        guard editor.role == .duty, let office else { throw .forbidden("轮回计划由监管单位自己定") }
        let word = line.text("周期") ?? ""
        guard let period = RotationPeriod.allCases.first(where: { $0.title == word || $0.rawValue == word }) else {
            throw .cell("周期", "写成 " + RotationPeriod.allCases.map(\.title).joined(separator: "、"))
        }
        guard let startsOn = try day(line, "开始") else { throw .cell("开始", "没有填") }
        let (endsOn, name, today) = (try day(line, "结束"), line.text("计划") ?? "", Day(context.now))
        let known = try stored { () throws(StorageError) in
            try RotationPlanStore.all(of: office, scope: editor.scope, in: &session)
        }
        if known.contains(where: { $0.name == name && ($0.endsOn.map { $0 >= today } ?? true) }) {
            throw .cell("计划", "“\(name)”已经有了，还没有结束")
        }
        do throws(SpotCheckFailure) {
            try RotationPlanOperations.create(
                name: name, industries: line.words("行业"), regions: line.words("地区"),
                enterprises: line.words("企业编码").map { EnterpriseID($0) }, period: period, startsOn: startsOn,
                endsOn: endsOn, office: office, context: &context, in: &session)
        } catch {
            if case .storage(let failure) = error { throw .storage(failure) }
            throw .cell(nil, error.text)
        }
    }

    private static func penalty(
        _ line: WorkImportTable.Line, _ editor: RegistryEditor, _ office: AuthorityID?,
        _ context: inout OperationContext, _ session: inout Session
    ) throws(RowFailure) {
        guard editor.role == .duty, let office else { throw .forbidden("处罚由监管单位登记") }
        let (id, number) = (ProblemID(line.text("问题编号") ?? ""), line.text("文号") ?? "")
        let digits = (line.text("金额（元）") ?? "").filter { $0 != "," && $0 != "，" }
        guard let amount = Int64(digits) else { throw .cell("金额（元）", "金额写成整数，单位元") }
        let isSeen = try stored { () throws(StorageError) in
            try ProblemStore.exists(id, scope: editor.scope, in: &session)
        }
        guard isSeen else { throw .cell("问题编号", "没有这个问题，或不在本单位辖区内") }
        let problem = try stored { () throws(StorageError) in try ProblemStore.load(id, in: &session).problem }
        if problem.penalties.contains(where: { $0.number == number }) {
            throw .cell("文号", "这个问题已经登记过“\(number)”")
        }
        do throws(ProblemFailure) {
            _ = try ProblemOperations.perform(
                .penalise(number: number, cause: line.text("事由") ?? "", amountYuan: amount, by: office), on: id,
                scope: editor.scope, context: &context, in: &session)
        } catch {
            if case .storage(let failure) = error { throw .storage(failure) }
            throw .cell(nil, error.text)
        }
    }
}
