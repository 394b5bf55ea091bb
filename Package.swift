// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .strictMemorySafety(), .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let kernel: Target.Dependency = .product(name: "Kernel", package: "Core")
let domain: Target.Dependency = .product(name: "Domain", package: "Core")
let simulation: Target.Dependency = .product(name: "Simulation", package: "Core")
let hummingbird: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
]
let client: [Target.Dependency] = [
    .product(name: "AsyncHTTPClient", package: "async-http-client"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
]

let package = Package(
    name: "fengsui",
    products: [.executable(name: "fengsui", targets: ["fengsui"])],
    dependencies: [
        .package(path: "Core"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(name: "Sheets", dependencies: ["CXLSXWriter"], swiftSettings: settings),
        .target(name: "Compression", dependencies: ["CZlib"], swiftSettings: settings),
        .target(
            name: "Documents", dependencies: [kernel, domain, "Compression", "Sheets"], swiftSettings: settings),
        .target(name: "Wire", dependencies: [kernel, domain], swiftSettings: settings),
        .target(
            name: "Storage",
            dependencies: [
                kernel, domain, .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"), "CPostgres", "CSodium",
            ],
            swiftSettings: settings),
        .target(
            name: "Operations",
            dependencies: [kernel, domain, "Storage", "Wire", "Compression", "CSodium", "CCrypto"],
            swiftSettings: settings),
        .target(
            name: "Services",
            dependencies: [
                kernel, domain, "Storage", "Operations", "Wire", "CSodium", "CCurl",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ] + client,
            swiftSettings: settings),
        .target(
            name: "Web",
            dependencies: [
                kernel, domain, "Storage", "Operations", "Services", "Wire", "Sheets", "Documents", "CSodium",
                "Compression",
                .product(name: "Mustache", package: "swift-mustache"),
            ] + hummingbird,
            exclude: [],
            resources: [.copy("Resources")],
            swiftSettings: settings),
        .target(
            name: "Rig", dependencies: [kernel, domain, simulation, "Storage", "Operations", "Wire"],
            swiftSettings: settings),
        .target(
            name: "Gateway",
            dependencies: [kernel, domain, simulation, "Compression"] + client, swiftSettings: settings),
        .executableTarget(
            name: "fengsui",
            dependencies: [
                kernel, domain, simulation, "Storage", "Operations", "Services", "Web", "Rig", "Wire", "Gateway",
                "Compression", "Documents",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ] + hummingbird + client,
            swiftSettings: settings),
        .target(
            name: "Support", dependencies: [kernel, domain, "Storage"], path: "Tests/Support", swiftSettings: settings),
        .testTarget(
            name: "DocumentsTests", dependencies: [kernel, domain, "Documents", "CZlib"], swiftSettings: settings),
        .testTarget(name: "SheetsTests", dependencies: ["Sheets"], swiftSettings: settings),
        .testTarget(name: "WireTests", dependencies: [kernel, domain, "Wire"], swiftSettings: settings),
        .testTarget(
            name: "StorageTests", dependencies: [kernel, domain, "Storage", "Support"], swiftSettings: settings),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                kernel, domain, simulation, "Compression", "Storage", "Operations", "Wire", "Rig", "Support",
            ],
            exclude: ["Fixtures"],
            swiftSettings: settings),
        .testTarget(
            name: "ServicesTests",
            dependencies: [
                kernel, domain, "Storage", "Operations", "Services", "Support",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ] + client,
            swiftSettings: settings),
        .testTarget(
            name: "GatewayTests", dependencies: [kernel, domain, simulation, "Compression", "Gateway"] + client,
            swiftSettings: settings),
        .testTarget(
            name: "WebTests",
            dependencies: [
                kernel, domain, "Compression", "Storage", "Operations", "Services", "Web", "Support",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ] + hummingbird,
            swiftSettings: settings),
        .testTarget(
            name: "AcceptanceTests", dependencies: [kernel, domain, "Storage", "Support"] + client,
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
