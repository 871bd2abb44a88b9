import Foundation
import Reprise
import RepriseTestSupport
import Testing

/// About a hundred odd files, each a document.
@Suite(.enabled(if: SharedCorpora.messy != nil, SharedCorpora.whereToPut))
struct MessyFilesTests {
  private let messy: MessyFolder
  private let outcome: ScanOutcome

  init() throws {
    messy = try MessyFolder()
    outcome = try ScanOutcome([messy.file("files")])
  }

  /// A file's name below the folder `files`.
  private func name(_ path: String) -> String {
    String(path.dropFirst(messy.file("files").path.count + 1))
  }

  private func line(_ name: String) throws -> ScanOutcome.Line {
    try #require(outcome.manifest.first { self.name($0.source) == name }, "\(name)")
  }

  /// Files that are no text, or text in an encoding that only its name tells.
  private static let unread = [
    "all_bytes.bin", "base_utf16le_nobom.txt", "elf_head.bin", "gb18030.txt", "koi8r.txt",
    "png_header.bin", "random_64k.bin", "sjis.txt", "zeros.bin",
  ]
  /// Those whose format is known.
  private static let known = ["elf_head.bin", "png_header.bin"]
  /// Files in an encoding that their marks tell.
  private static let marked = ["base_utf16be_bom.txt", "base_utf16le_bom.txt", "base_utf32.txt"]

  private func text(_ line: ScanOutcome.Line) throws -> [UInt8]? {
    if Self.unread.contains(name(line.source)) { return nil }
    let file = URL(fileURLWithPath: line.source)
    if Self.marked.contains(name(line.source)) {
      // Foundation's reader knows the marks.
      var encoding = String.Encoding.utf8
      return Array(try String(contentsOf: file, usedEncoding: &encoding).utf8)
    }
    return try unpacked(file, Compression(fileName: BytePath(line.source)))
  }

  @Test("Every file that is there is one document, named by its path")
  func everyFile() throws {
    var files: Set<String> = []
    let all = FileManager.default.enumerator(atPath: messy.file("files").path)
    while let path = all?.nextObject() as? String {
      var isFolder: ObjCBool = false
      let full = messy.file("files").appendingPathComponent(path).path
      _ = unsafe FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
      if !isFolder.boolValue { files.insert(path) }
    }
    let listed = try messy.list("manifest.tsv").map { $0[0] }
    // Two files of 50 MB are no part of the archive.
    #expect(Set(listed).subtracting(files).count <= 2)
    #expect(files.count >= 99)
    #expect(outcome.manifest.count == files.count)
    #expect(Set(outcome.manifest.map { name($0.source) }) == files)
    #expect(outcome.manifest.allSatisfy { $0.id == $0.source })
  }

  @Test("Verdicts and similarities are those of the exact oracle")
  func oracle() throws {
    let documents = try outcome.manifest.map { line in
      OracleDocument(id: line.id, text: try text(line))
    }
    let oracle = ExactOracle(documents)
    let objections = oracle.objections(to: outcome)
    #expect(objections.isEmpty, "\(objections.values)")
    for pair in oracle.similarities.keys {
      #expect(outcome.isTogether(pair.first, pair.second), "\(oracle.ids[pair.first])")
    }
  }

  // The list takes no notice of invalid bytes; in scheme 1 they are parts of words.
  /// Where scheme 1 is of another opinion than the list's columns of it: it folds case fully, and
  /// drops every default-ignorable scalar, Arabic and Hebrew marks, and tatweel.
  private static let equalByScheme = [
    "casefold_ss.txt", "ar_tashkeel.txt", "ar_tatweel.txt", "he_niqqud.txt",
    "emoji_zwj_stripped.txt",
  ]
  /// The list does not read what a mark tells to be UTF-16 or UTF-32, a scan does.
  private static func isEqualByScan(_ name: String) -> Bool {
    equalByScheme.contains(name) || marked.contains(name)
  }
  /// Its shingles are those of the other file, its tokens are not.
  private static let sameSetOnly = ["repeat_word_less.txt"]

  @Test("Variants that are equal after normalization are exact duplicates, and no others are")
  func variants() throws {
    for row in try messy.list("expect.tsv") {
      let (variant, base) = (try line(row[0]), try line(row[1]))
      // The columns: as it is, NFC, NFKC, NFKC and folded, unescaped, without Cf, without marks.
      let columns = row[2...].compactMap { Double($0) }
      try #require(columns.count == 7)
      let isEqualByList = columns[0] == 1 || columns[1] == 1 || columns[5] == 1
      let isEqual =
        (isEqualByList || Self.isEqualByScan(row[0])) && !Self.sameSetOnly.contains(row[0])
        && !row[0].hasPrefix("invalid_")
      #expect((representative(variant) == representative(base)) == isEqual, "\(row[0])")
      if !isEqual && columns.allSatisfy({ $0 < 0.8 }) {
        #expect(variant.cluster == nil || variant.cluster != base.cluster, "\(row[0])")
      }
    }
    let less = try line("repeat_word_less.txt")
    #expect(less.reason == "near" && less.similarity == 1)
    #expect(less.duplicateOf == (try line("repeat_word.txt").id))
  }

  /// The document that a line's tokens are those of.
  private func representative(_ line: ScanOutcome.Line) -> String {
    ["exact", "words"].contains(line.reason) ? line.duplicateOf ?? "" : line.id
  }

  @Test("What is packed inside, or names its encoding by a mark, is read as what it is")
  func packedAndMarked() throws {
    let base = try line("base.txt")
    #expect(representative(try line("gzip_of_base.gz")) == representative(base))
    #expect(representative(try line("sub/deeper/base.txt")) == representative(base))
    for name in ["space_only.txt", "newline_only.txt", "punct_only.txt", "emoji_only.txt"] {
      #expect(try line(name).status == "empty", "\(name)")
    }
    // Without the mark it is as empty as the empty one.
    #expect(representative(try line("empty.txt")) == representative(try line("bom_only.txt")))
    for name in Self.marked {
      #expect(representative(try line(name)) == representative(base), "\(name)")
    }
    for name in Self.unread {
      let reason = Self.known.contains(name) ? "other-format" : "not-text"
      #expect(try line(name).status == "unreadable" && line(name).reason == reason, "\(name)")
      #expect(outcome.problems.filter { self.name($0.source) == name }.map(\.class) == [reason])
    }
    #expect(outcome.manifest.count { $0.status == "unreadable" } == Self.unread.count)
  }

  @Test("Text in an encoding that is named is the same text")
  func namedEncodings() throws {
    for (file, encoding, other) in [
      ("sjis.txt", "SHIFT_JIS", "sjis_utf8.txt"),
      ("base_utf16le_nobom.txt", "utf-16", "base.txt"),
    ] {
      let converted = try ScanOutcome([messy.file("files/\(file)")]) {
        $0.input.encoding = encoding
      }
      #expect(converted.problems.isEmpty && converted.manifest[0].status == "keep", "\(file)")
      // The byte order mark at its start makes a file UTF-8, whatever the others are.
      let scratch = TestFolder()
      let bytes = [0xEF, 0xBB, 0xBF] + [UInt8](try Data(contentsOf: messy.file("files/\(other)")))
      let copy = scratch.url.appendingPathComponent("copy.txt")
      try Data(bytes).write(to: copy)
      let both = try ScanOutcome([copy, messy.file("files/\(file)")]) {
        $0.input.encoding = encoding
      }
      #expect(both.manifest.map(\.reason) == [nil, "exact"], "\(file)")
    }
    for (file, encoding, start) in [
      // Latin-1 has not all of its letters.
      ("acc_latin1.txt", "latin1", "Im Caf\u{E9}"),
      ("gb18030.txt", "GB18030", "\u{6E2F}"), ("koi8r.txt", "KOI8-R", "\u{41A}\u{43E}"),
    ] {
      let outcome = try ScanOutcome([messy.file("files/\(file)")]) { $0.input.encoding = encoding }
      #expect(outcome.problems.isEmpty, "\(file)")
      #expect(outcome.manifest[0].title?.hasPrefix(start) == true, "\(outcome.manifest[0])")
    }
  }

  @Test("Ill-formed UTF-8 is a problem of exactly the files that hold it")
  func illFormed() throws {
    let expected = try outcome.manifest.filter { line in
      guard let text = try text(line) else { return false }
      return String(validating: text, as: UTF8.self) == nil
    }
    let found = outcome.problems.filter { $0.class == "invalid-utf-8" }
    #expect(expected.count == 6)
    #expect(found.map(\.source) == expected.map(\.source))
    #expect(outcome.problems.count == found.count + Self.unread.count)
  }
}
