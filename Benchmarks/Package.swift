// swift-tools-version: 6.2
import PackageDescription

// The stages that are measured are not public, so they compile under the name that SwiftPM gives the
// library's package: that of its folder, in lower case, with `_` for all other characters.
// `packageAccess: false` leaves out the name of this package, which would take precedence.
let library = String(
  (Context.packageDirectory.split(separator: "/").dropLast().last ?? "").lowercased().map {
    $0.isLetter || $0.isNumber ? $0 : "_"
  })
let settings: [SwiftSetting] = [.unsafeFlags(["-package-name", library])]

// A package of its own, so that the library has none of these dependencies.
let package = Package(
  name: "reprise-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "reprise", path: "../"),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .target(
      name: "GeneratedCorpus", dependencies: [.product(name: "Reprise", package: "reprise")],
      packageAccess: false, swiftSettings: settings),
    .executableTarget(
      name: "generate-corpus", dependencies: ["GeneratedCorpus"], packageAccess: false,
      swiftSettings: settings),
    .executableTarget(
      name: "benchmark-short",
      dependencies: ["GeneratedCorpus", .product(name: "Reprise", package: "reprise")],
      packageAccess: false, swiftSettings: settings),
    .executableTarget(
      name: "Stages",
      dependencies: [
        "GeneratedCorpus",
        .product(name: "Reprise", package: "reprise"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Stages", packageAccess: false, swiftSettings: settings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ]
)
