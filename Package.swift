// swift-tools-version: 6.2
import PackageDescription

let checked: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let strict = checked + [.strictMemorySafety()]

let fuzzTargets = [
  "FuzzText", "FuzzJSON", "FuzzArrays", "FuzzTables", "FuzzFormats", "FuzzPacked", "FuzzParquet",
  "FuzzResults",
]

let package = Package(
  name: "reprise",
  products: [
    .library(name: "Reprise", targets: ["Reprise"]),
    .executable(name: "reprise", targets: ["reprise"]),
    .library(name: "RepriseC", type: .dynamic, targets: ["RepriseC"]),
    // For the fuzz targets, which are a package of their own.
    .library(name: "RepriseTestSupport", targets: ["RepriseTestSupport"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
  ],
  targets: [
    .target(name: "CXXHash"),
    .target(name: "CArguments"),
    .target(name: "CKernels", dependencies: ["CXXHash"]),
    // Its C file embeds the others, so that every product carries them.
    .target(
      name: "CReportPage", exclude: ["page.html", "page.css", "page.js", "page.hashes"]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CSnappy", providers: [.apt(["libsnappy-dev"])]),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(
      name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    // The archive is linked, so the command starts where the library is not installed.
    .systemLibrary(name: "CUchardet", providers: [.apt(["libuchardet-dev"])]),
    // The C library, under one name on all systems.
    .target(name: "RepriseSystem", swiftSettings: strict),
    .target(
      name: "RepriseCore", dependencies: ["CXXHash", "CKernels"],
      // Buffers that are used again hand out spans of themselves.
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "RepriseEngine", dependencies: ["RepriseCore", "RepriseSystem", "CKernels"],
      swiftSettings: strict),
    .target(
      name: "RepriseFormats",
      dependencies: [
        "RepriseCore", "RepriseEngine", "RepriseSystem", "CKernels", "CXXHash", "CZlib", "CZstd",
        "CPCRE2",
        "CUchardet", "CSnappy",
        "CLZ4", "CBrotli",
      ],
      swiftSettings: strict),
    .target(
      name: "Reprise",
      dependencies: [
        "RepriseCore", "RepriseEngine", "RepriseFormats", "RepriseSystem", "CKernels",
        "CReportPage",
      ],
      swiftSettings: strict),
    .target(name: "CReprise"),
    // The one target without strict memory safety: everything in it is pointers from outside, which it
    // checks.
    .target(
      name: "RepriseC", dependencies: ["Reprise", "RepriseSystem", "CReprise"],
      exclude: ["exports.map"],
      swiftSettings: checked,
      linkerSettings: [
        .unsafeFlags([
          "-static-stdlib", "-Xlinker",
          "--version-script=\(Context.packageDirectory)/Sources/RepriseC/exports.map",
        ])
      ]),
    .executableTarget(
      name: "reprise",
      dependencies: [
        "Reprise", "RepriseSystem", "CArguments",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    // Twins, generators and folders that several test targets and the fuzz targets use.
    .target(
      name: "RepriseTestSupport",
      dependencies: ["RepriseCore", "RepriseFormats", "RepriseSystem", "CKernels"],
      path: "Tests/RepriseTestSupport", swiftSettings: strict),
    .testTarget(
      name: "RepriseCoreTests",
      dependencies: ["RepriseCore", "RepriseSystem", "RepriseTestSupport", "CKernels", "CXXHash"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "RepriseEngineTests",
      dependencies: ["RepriseCore", "RepriseEngine", "RepriseSystem", "RepriseTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RepriseFormatsTests",
      dependencies: [
        "RepriseCore", "RepriseEngine", "RepriseFormats", "RepriseSystem", "RepriseTestSupport",
        "CKernels", "CXXHash",
      ],
      exclude: ["Parquet/parquet_files.py"], swiftSettings: strict),
    // The sources of the fuzz targets, which are a package of their own, with their seeds.
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "Reprise", "RepriseCore", "RepriseEngine", "RepriseFormats", "RepriseSystem",
        "RepriseTestSupport", "CKernels",
      ],
      path: "Tests/Fuzz/Sources", exclude: fuzzTargets.map { "\($0)/EntryPoint.swift" },
      swiftSettings: [.swiftLanguageMode(.v6)]),
    .executableTarget(
      name: "InMemory", dependencies: ["Reprise"], path: "Tests/InMemory", packageAccess: false,
      swiftSettings: strict),
    .testTarget(
      name: "RepriseTests",
      dependencies: [
        "Reprise", "RepriseCore", "RepriseEngine", "RepriseFormats", "RepriseSystem",
        "RepriseTestSupport", "InMemory",
      ],
      exclude: [
        "Formats/other_formats.py", "Formats/parquet_cleaning.py", "Formats/results_tables.py",
        "Formats/table_twin.py",
      ], swiftSettings: strict),
    .executableTarget(
      name: "ReadmeExample", dependencies: ["Reprise"], path: "Tests/ReadmeExample",
      packageAccess: false, swiftSettings: strict),
    .testTarget(
      name: "RepriseCommandTests",
      dependencies: [
        "reprise", "Reprise", "RepriseCore", "ReadmeExample",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.copy("Fixtures")], swiftSettings: strict),
  ],
  cLanguageStandard: .c11
)
