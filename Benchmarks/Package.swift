// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the library has none of these dependencies.
let package = Package(
  name: "reprise-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "reprise", path: "../"),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .target(name: "GeneratedCorpus", dependencies: [.product(name: "Reprise", package: "reprise")]),
    .executableTarget(name: "generate-corpus", dependencies: ["GeneratedCorpus"]),
    .executableTarget(
      name: "benchmark-short",
      dependencies: ["GeneratedCorpus", .product(name: "Reprise", package: "reprise")]),
    .executableTarget(
      name: "Stages",
      dependencies: [
        "GeneratedCorpus",
        .product(name: "Reprise", package: "reprise"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Stages",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ]
)
