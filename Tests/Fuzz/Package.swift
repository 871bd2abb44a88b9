// swift-tools-version: 6.2
import PackageDescription

// Fuzz targets, each an executable whose main function is libFuzzer's; scripts/fuzz builds and runs
// them.
let package = Package(
  name: "reprise-fuzz",
  dependencies: [.package(name: "reprise", path: "../../")],
  targets: [
    "FuzzText", "FuzzJSON", "FuzzArrays", "FuzzTables", "FuzzFormats", "FuzzPacked", "FuzzParquet",
    "FuzzResults",
  ].map { name in
    .executableTarget(
      name: name, dependencies: [.product(name: "Reprise", package: "reprise")],
      swiftSettings: [
        .swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library"]),
      ])
  }
)
