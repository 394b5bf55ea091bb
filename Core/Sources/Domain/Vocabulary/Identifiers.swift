public import Kernel

// The kinds of things that have ids. An id is an opaque text: a code given by the authorities, or one of ours.
public enum AuthorityKind {}
public enum EnterpriseKind {}
public enum HazardKind {}
public enum EquipmentKind {}
public enum PointKind {}
public enum PersonKind {}
public enum AlarmKind {}
public enum WarningKind {}
public enum GatewayKind {}
public enum AccountKind {}

public typealias AuthorityID = Identifier<AuthorityKind>
public typealias EnterpriseID = Identifier<EnterpriseKind>
public typealias HazardID = Identifier<HazardKind>
public typealias EquipmentID = Identifier<EquipmentKind>
public typealias PointID = Identifier<PointKind>
public typealias PersonID = Identifier<PersonKind>
public typealias AlarmID = Identifier<AlarmKind>
public typealias WarningID = Identifier<WarningKind>
public typealias GatewayID = Identifier<GatewayKind>
public typealias AccountID = Identifier<AccountKind>
