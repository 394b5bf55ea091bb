import Kernel

extension AuthorityDirectory {
    /// What is wrong with an authority that somebody wants to register beside the others.
    public func violations(of authority: Authority) -> [Violation] {
        var found: [Violation] = []
        if authority.id.rawValue.trimmedOfSpace.isEmpty { found.append(Violation(.id, "没有填")) }
        if authority.name.trimmedOfSpace.isEmpty { found.append(Violation(.name, "没有填")) }
        let name = authority.name.foldedForComparison
        let others = authorities.values.filter { $0.id != authority.id && $0.name.foldedForComparison == name }
        if let other = others.min(by: { $0.id < $1.id }) {
            found.append(Violation(.name, "与 \(other.id) 重名"))
        }
        found += regionViolations(of: authority) + parentViolations(of: authority)
        if authority.level == .park { found += Self.parkIDViolations(authority.id.rawValue) }
        return found
    }

    private func regionViolations(of authority: Authority) -> [Violation] {
        let wanted: DivisionCode.Tier? =
            switch authority.level {
            case .province: .province
            case .city: .city
            case .county: .county
            case .ministry, .center, .park: nil
            }
        guard let text = authority.region else {
            return wanted == nil ? [] : [Violation(.region, "没有填,\(authority.level.label)级单位要有区划代码")]
        }
        guard let code = DivisionCode(text) else { return [Violation(.region, "“\(text)”不是 6 位区划代码")] }
        guard let wanted else { return [] }
        // 直辖市: the bureau is province and city in one (A13), a city-level authority may bear the province's code.
        guard code.tier == wanted || (wanted == .city && code.tier == .province) else {
            return [Violation(.region, "“\(text)”不是\(authority.level.label)级区划代码")]
        }
        return []
    }

    private func parentViolations(of authority: Authority) -> [Violation] {
        guard let parent = authority.parent else { return [] }
        guard parent != authority.id else { return [Violation(.parent, "上级不能是自己")] }
        guard let above = authorities[parent] else { return [Violation(.parent, "没有登记过“\(parent)”")] }
        if above.level.depth >= authority.level.depth {
            return [Violation(.parent, "“\(above.name)”是\(above.level.label)级,不在\(authority.level.label)级之上")]
        }
        if lineage(of: parent).contains(where: { $0.id == authority.id }) {
            return [Violation(.parent, "上级关系绕成了圈")]
        }
        if let code = authority.region.flatMap(DivisionCode.init), let own = above.region.flatMap(DivisionCode.init),
            !own.covers(code)
        {
            return [Violation(.parent, "“\(above.name)”(\(own))不辖 \(code)", .caution)]
        }
        return []
    }

    /// Parks stand outside GB/T 2260: `P`, the 6 digits of the main county, 3 of a number. Our convention.
    static func parkIDViolations(_ id: String) -> [Violation] {
        let bytes = [UInt8](id.utf8)
        let isShaped =
            bytes.count == 10 && bytes[0] == UInt8(ascii: "P")
            && bytes[1...].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isShaped ? [] : [Violation(.id, "园区编码“\(id)”应为 P + 6 位区划 + 3 位序号(本系统约定)", .caution)]
    }
}
