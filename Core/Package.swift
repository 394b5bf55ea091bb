// swift-tools-version: 6.2
import PackageDescription

/// The rules, without dependencies, so that they build and test in seconds.
let settings: [SwiftSetting] = [
    .strictMemorySafety(), .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "Core",
    products: [
        .library(name: "Kernel", targets: ["Kernel"]),
        .library(name: "Domain", targets: ["Domain"]),
        .library(name: "Simulation", targets: ["Simulation"]),
    ],
    targets: [
        .target(name: "Kernel", swiftSettings: settings),
        .target(name: "Domain", dependencies: ["Kernel"], swiftSettings: settings),
        .target(name: "Simulation", dependencies: ["Kernel", "Domain"], swiftSettings: settings),
        .executableTarget(name: "sweep", dependencies: ["Kernel", "Simulation"], swiftSettings: settings),
        .testTarget(name: "KernelTests", dependencies: ["Kernel"], swiftSettings: settings),
        .testTarget(name: "DomainTests", dependencies: ["Kernel", "Domain"], swiftSettings: settings),
        .testTarget(
            name: "SimulationTests", dependencies: ["Kernel", "Domain", "Simulation"], swiftSettings: settings),
        .testTarget(name: "TidyTests", swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
