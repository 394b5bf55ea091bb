/// The levels of authorities, from the top down. `center` is 安科院安全生产风险监测预警中心, which receives red
/// warnings for the ministry (A28); a park has the duties of a county (patrol measures Art. 4).
public enum AuthorityLevel: String, CaseIterable, Hashable, Sendable {
    case ministry, center, province, city, county, park
}
