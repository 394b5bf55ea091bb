public import Domain
public import Kernel

extension FigureBook {
    /// Reads everything that the bulletins of one kind and period need, once for all offices of the scope: one pass a
    /// figure, never a query an enterprise.
    public static func gather(
        _ kind: BulletinKind, period: BulletinPeriod, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> FigureBook {
        let roster = try FigureSources.roster(scope: scope, now: now, in: &session)
        var book = FigureBook(kind: kind, period: period, now: now, roster: roster)
        book.offices = try FigureSources.offices(in: &session)
        book.isDemonstration = try isDemonstration(in: &session)
        try book.gatherRates(scope: scope, in: &session)
        try book.gatherAlarms(scope: scope, in: &session)
        book.cases = try FigureSources.histories(window: book.window, scope: scope, in: &session)
        let warnings = book.cases.map(\.history.warning)
        for kind in [FigureKind.warningsDisposed, .warningsInTime, .reportsInTime, .supervisionsFedBack] {
            book.add(FigureRules.disposalRows(kind, warnings, window: book.window), as: kind)
        }
        let checks = try WorkFigures.checks(window: book.window, scope: scope, in: &session)
        book.officeRows = [
            .patrols: try WorkFigures.patrols(window: book.window, scope: scope, in: &session),
            .checks: checks.all, .mustChecks: checks.must,
        ]
        if kind == .ranking {
            book.riskMonths = try RiskBoards.months(
                through: Month(period.from), scope: scope, now: now, in: &session)
        }
        try ListGatherer(book: book, scope: scope).fill(&book.lists, in: &session)
        return book
    }

    /// Set where the registry is the invented city: then every document says so.
    private static func isDemonstration(in session: inout Session) throws(StorageError) -> Bool {
        try session.first("SELECT 1 FROM setting WHERE key = 'demonstration'") {
            row throws(StorageError) in row.next() as Int64
        } != nil
    }

    private mutating func gatherRates(scope: Scope, in session: inout Session) throws(StorageError) {
        let rules = try CommitmentStore.rules(in: &session)
        let promises = try FigureSources.promises(
            from: Day(window.from), until: FigureStore.lastDay(window).next, scope: scope, in: &session)
        let counts = rules.countsDelegateAsOnTime
        for kind in [FigureKind.commitment, .commitmentLate] {
            add(FigureRules.commitmentRows(kind, promises, delegatesCount: counts), as: kind)
        }
        let online = try FigureStore.onlineRows(of: roster, window: window, scope: scope, in: &session)
        addOnline(online)
        let cameras = try FigureSources.cameras(window: window, scope: scope, in: &session)
        addVideo(cameras)
        for kind in [FigureKind.duties, .problemsFedBack] {
            add(try FigureStore.rows(kind, window: window, scope: scope, in: &session), as: kind)
        }
    }

    /// An alarm is cleared or not as its own period ended: each period that is compared is counted by itself.
    private mutating func gatherAlarms(scope: Scope, in session: inout Session) throws(StorageError) {
        let alarms = try FigureSources.alarms(window: window, scope: scope, in: &session)
        for part in parts {
            let own = alarms.filter { part.contains($0.openedAt) }
            add(FigureRules.clearedRows(own, window: part), as: .alarmsCleared)
            clearTimes.add(
                own.compactMap { alarm in
                    guard let cleared = alarm.clearedAt, cleared < part.until, cleared <= now else { return nil }
                    return FigureRow(
                        enterprise: alarm.enterprise, subject: .alarm(alarm.id), at: alarm.openedAt,
                        ratio: Ratio((cleared - alarm.openedAt).milliseconds, 1))
                }, index: index)
        }
    }

    /// The periods that are compared: of a daily its days, else this one and the one before.
    private var parts: [FigureWindow] {
        switch kind {
        case .daily, .special:
            return window.days.map { FigureWindow($0, now: now) }
        case .weekly, .monthly, .quarterly, .yearly, .ranking:
            let before = period.previous(kind: kind)
            return [before, period].map {
                FigureWindow(from: $0.from.start, until: $0.until.start, now: now)
            }
        }
    }
}

extension BulletinFacts {
    /// The facts of one office's bulletin. For many offices gather a `FigureBook` once and slice it.
    /// nil where there is no such office.
    public static func gather(
        _ kind: BulletinKind, office: AuthorityID, period: BulletinPeriod, now: Timestamp,
        in session: inout Session
    ) throws(StorageError) -> BulletinFacts? {
        let book = try FigureBook.gather(
            kind, period: period, scope: .authority(office), now: now, in: &session)
        return try gather(office, from: book, in: &session)
    }

    /// From a book that was gathered for this office or for all.
    public static func gather(
        _ office: AuthorityID, from book: FigureBook, in session: inout Session
    ) throws(StorageError) -> BulletinFacts? {
        guard let record = book.offices[office] else { return nil }
        let enterprises = try FigureSources.jurisdiction(of: office, in: &session)
        return book.facts(
            for: Office(id: record.id, name: record.name, level: record.level, region: record.region),
            enterprises: enterprises)
    }
}
