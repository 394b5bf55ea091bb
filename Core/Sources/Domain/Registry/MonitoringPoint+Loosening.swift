import Kernel

extension MonitoringPoint {
    /// What of a change would watch less than before, or elsewhere: it takes a request that the regulator approves
    /// (data-quality measures Art. 8; SJ-21, SJ-22).
    public func loosenings(by new: MonitoringPoint) -> [Violation] {
        var found = limits.loosened(by: new.limits).map { field in
            let was = limits[field]?.plainText ?? ""
            guard let now = new.limits[field] else { return Violation(field, "由 \(was) 改为空,属于放宽") }
            return Violation(field, "由 \(was) 改为 \(now.plainText),属于放宽")
        }
        if new.quantity != quantity {
            found.append(Violation(.kind, "由\(quantity.label)改为\(new.quantity.label),限值的意义变了"))
        }
        if new.unit != unit { found.append(Violation(.unit, "由 \(unit) 改为 \(new.unit),限值的意义变了")) }
        if new.onDelay > onDelay {
            let seconds = (onDelay.milliseconds / 1000, new.onDelay.milliseconds / 1000)
            found.append(Violation(.onDelay, "由 \(seconds.0) 秒改为 \(seconds.1) 秒,报警会更晚"))
        }
        if hazard != nil, new.hazard != hazard {
            found.append(Violation(.hazard, "由 \(hazard?.rawValue ?? "") 改为 \(new.hazard?.rawValue ?? "空")"))
        }
        if let location, !location.trimmedOfSpace.isEmpty, new.location != location {
            found.append(Violation(.location, "由“\(location)”改为“\(new.location ?? "空")”,属于变动布局点位"))
        }
        if isKey, !new.isKey { found.append(Violation(.isKey, "不再是关键点位")) }
        if isInUse, !new.isInUse { found.append(Violation(.inUse, "点位停用")) }
        return found
    }

    /// Whether a change touches what decides on alarms: with an alarm open it needs the regulator too, in either
    /// direction, since it could clear that alarm.
    public func changesAlarming(_ new: MonitoringPoint) -> Bool {
        limits != new.limits || quantity != new.quantity || unit != new.unit || onDelay != new.onDelay
            || offDelay != new.offDelay || deadband != new.deadband || isInUse != new.isInUse
    }
}
