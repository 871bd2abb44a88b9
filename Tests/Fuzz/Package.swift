// swift-tools-version: 6.2
import PackageDescription

// What is fuzzed is not public, so it compiles under the name that SwiftPM gives the library's package:
// that of its folder, in lower case, with `_` for all other characters.
let library = String(
  (Context.packageDirectory.split(separator: "/").dropLast(2).last ?? "").lowercased().map {
    $0.isLetter || $0.isNumber ? $0 : "_"
  })

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
      name: name,
      dependencies: [
        .product(name: "Reprise", package: "reprise"),
        .product(name: "RepriseTestSupport", package: "reprise"),
      ],
      packageAccess: false,
      swiftSettings: [
        .swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library", "-package-name", library]),
      ])
  }
)
