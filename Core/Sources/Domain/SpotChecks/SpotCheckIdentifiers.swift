public import Kernel

public enum SpotCheckTag {}
public enum RotationPlanTag {}
public enum DutyCallTag {}

public typealias SpotCheckID = Identifier<SpotCheckTag>
public typealias RotationPlanID = Identifier<RotationPlanTag>
public typealias DutyCallID = Identifier<DutyCallTag>
