import Foundation
import Reprise
import Testing

@Suite("Encodings that are detected")
struct DetectedEncodingTests {
  private static let words = [
    "совет", "директоров", "утвердил", "отчёт", "работе", "прошлый", "год", "назначил", "проверку",
    "складов", "которых", "хранится", "зерно", "итоги", "будут", "известны", "раньше", "осени",
    "и", "на", "за", "не", "по", "что", "дорога", "мост", "река", "город", "люди", "время", "вода",
  ]

  private static let encodings = ["UTF-8", "WINDOWS-1251", "KOI8-R"]

  /// The lower-case letters of KOI8-R from C0 on.
  private static let koi8 = Array("юабцдефгхийклмнопярстужвьызшэщчъ")

  private static func text(_ seed: UInt64, _ count: Int) -> String {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return words[Int(state >> 33) % words.count]
    }.joined(separator: " ") + ".\n"
  }

  private func encoded(_ text: String, _ number: Int) throws -> [UInt8] {
    switch number {
    case 0: return Array(text.utf8)
    case 1: return Array(try #require(text.data(using: .windowsCP1251)))
    default:
      return try text.map { character in
        if let ascii = character.asciiValue { return ascii }
        if character == "ё" { return 0xA3 }
        return UInt8(0xC0 + (try #require(Self.koi8.firstIndex(of: character))))
      }
    }
  }

  @Test("the same texts are duplicates in all encodings, and clean changes no byte")
  func files() throws {
    let workspace = try Workspace()
    for (number, encoding) in Self.encodings.enumerated() {
      for index in 0..<4 {
        let text = Self.text(UInt64(index == 0 ? 1 : number * 10 + index + 1), 120)
        try workspace.write("corpus/\(encoding)-\(index).txt", try encoded(text, number))
      }
    }
    let results = try workspace.scan("corpus") { $0.input.encoding = "auto" }
    #expect(results.problems.isEmpty)
    let dropped = results.ids(.drop).map { $0.split(separator: "/").last ?? "" }
    #expect(dropped == ["UTF-8-0.txt", "WINDOWS-1251-0.txt"])
    let summary = try Summary(readingFrom: workspace.path("results"))
    for input in summary.inputs {
      #expect(
        "\(input.path)".hasPrefix(input.encoding.name + "-"), "\(input.path) \(input.encoding)")
    }
    try workspace.clean()
    let kept = try workspace.files(below: "cleaned")
    #expect(kept.count == 10)
    for name in kept {
      #expect(try workspace.bytes("cleaned/\(name)") == workspace.bytes("corpus/\(name)"))
    }
    let again = try workspace.scan("cleaned", into: "again") { $0.input.encoding = "auto" }
    #expect(again.ids(.keep).count == 10)
  }

  @Test("records are dropped in the encoding of their file, which is signed", arguments: 0..<3)
  func records(number: Int) throws {
    let workspace = try Workspace()
    let lines = (0..<40).map { index in
      "{\"text\":\"\(Self.text(UInt64(index % 30), 60).dropLast())\"}\n"
    }
    try workspace.write("a.jsonl", try encoded(lines.joined(), number))
    // A plain file that is read in several chunks has a checksum only if they are of 1 MiB.
    let chunkByteCount = number == 0 ? 1 << 20 : 4_000
    var options = ScanOptions(paths: [workspace.path("a.jsonl")])
    options.matching.find = .documents
    options.input.encoding = "auto"
    options.hooks.chunkByteCount = chunkByteCount
    _ = try Sign(SignOptions(options, file: workspace.path("a.signatures"))).run()
    options.input.paths = []
    options.input.signatures = [workspace.path("a.signatures")]
    options.output.folder = workspace.path("results")
    _ = try Scan(options).run()
    let direct = try workspace.scan("a.jsonl", into: "direct") {
      $0.input.encoding = "auto"
      $0.hooks.chunkByteCount = chunkByteCount
    }
    #expect(direct.ids(.drop).count == 10)
    #expect(
      try workspace.bytes("results/manifest.jsonl") == workspace.bytes("direct/manifest.jsonl"))
    try workspace.clean()
    #expect(try workspace.bytes("cleaned/a.jsonl") == encoded(lines[..<30].joined(), number))
  }

  @Test func `a text whose encoding is not certain is reported and compared byte for byte`() throws
  {
    let workspace = try Workspace()
    let text = "Der Präsident der Behörde erklärte, daß die Prüfung der größten Brücke beendet sei."
    try workspace.write("a.txt", text: text)
    // The umlauts of Mac Roman.
    let others: [Character: UInt8] = ["ä": 0x8A, "ö": 0x9A, "ü": 0x9F, "ß": 0xA7]
    try workspace.write("b.txt", text.map { others[$0] ?? $0.asciiValue ?? 0 })
    let results = try workspace.scan("a.txt", "b.txt") { $0.input.encoding = "AUTO" }
    #expect(results.entries.map(\.status) == [.keep, .keep])
    #expect(results.problems.map(\.class) == ["invalid-utf-8"])
    #expect(results.problems.first?.message.contains("name it with --encoding") == true)
  }

  @Test func `a text that its encoding makes no text of is reported with a hint`() throws {
    let workspace = try Workspace()
    try workspace.write("a.txt", try encoded(Self.text(3, 80), 1))
    try workspace.write("b.txt", [UInt8](repeating: 0, count: 500) + (128...255))
    let results = try workspace.scan("a.txt", "b.txt")
    #expect(results.problems.map(\.class) == ["not-text", "not-text"])
    #expect(
      results.problems.map { $0.message.contains("name its encoding with --encoding") }
        == [true, false])
    let detected = try workspace.scan("a.txt", "b.txt", into: "auto") {
      $0.input.encoding = "auto"
    }
    #expect(detected.entries.map(\.status) == [.keep, .unreadable])
  }
}
