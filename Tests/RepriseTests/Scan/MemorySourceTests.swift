import Testing

@testable import Reprise
@testable import RepriseEngine

@Suite("Texts in memory")
struct MemorySourceTests {
  /// Rows with and without text and id, with escapes and other scripts, and one larger than a batch.
  private static func rows() -> [(id: String?, text: String?)] {
    var random = RandomTexts(seed: 7)
    var rows: [(id: String?, text: String?)] = [
      ("empty", ""), ("blank", " \n\t"), (nil, "without an id"), ("null", nil), (nil, nil),
      ("quote \" and \\", "a \"quoted\" text\nwith lines\u{1}"), ("ё", "Ёлка, 東京の夜 café e\u{301}"),
      ("mark", "\u{FEFF}after a mark"), ("zero", "\u{0}\u{0}\u{0}\u{0}"), ("", "empty id"),
      ("large", random.text(150_000)),
    ]
    let shared = random.text(120)
    for number in 0..<3000 {
      let text = random.text(random.number(below: 120))
      rows.append(("d\(number)", number % 10 == 0 ? text + " " + shared : text))
    }
    return rows + [("last", nil)]
  }

  private static func matching(_ find: FindScope) throws -> MatchingParameters {
    var options = MatchingOptions()
    options.find = find
    options.keep = .longest
    return try options.validated()
  }

  /// The JSON Lines of rows, with the same line for each row.
  private static func lines(_ rows: [(id: String?, text: String?)]) -> [UInt8] {
    var writer = JSONWriter(capacity: 1 << 20)
    for row in rows {
      writer.beginObject()
      for (key, value) in [("id" as StaticString, row.id), ("text", row.text)] {
        guard let value else { continue }
        writer.key(key)
        writer.string(value)
      }
      writer.endObject()
      writer.endLine()
    }
    return unsafe writer.buffer.withUnsafeBytes { unsafe Array($0) }
  }

  @Test(arguments: FindScope.allCases)
  func `the sketches are those of a JSON Lines file of the same texts`(find: FindScope) throws {
    let (rows, workspace) = (Self.rows(), try Workspace())
    try workspace.write("texts.jsonl", Self.lines(rows))
    let files = FileSource(
      inputs: try Discovery.find([workspace.path("texts.jsonl")]).inputs,
      options: ReadingOptions(), fields: DocumentFields(text: ["text"], id: "id"))
    let memory = MemorySource(rows.map(\.text), ids: rows.map(\.id))
    let matching = try Self.matching(find)
    let (fromFile, fromMemory) = (
      try SketchedDocuments(of: files, matching), try SketchedDocuments(of: memory, matching)
    )
    #expect(fromMemory.documents.count == rows.count)
    #expect(fromMemory.problemCount == 3)
    #expect(fromFile.problemCount == 3)
    #expect(fromFile.documents.count == rows.count)
    let pairs = zip(fromFile.documents, fromMemory.documents)
    let different = pairs.enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    #expect(different.isEmpty, "the first row is \(different.first ?? 0)")
    #expect(fromFile.fingerprints == fromMemory.fingerprints)
    #expect(fromMemory.fingerprints.isEmpty == (find == .documents))
  }

  @Test func `a row without a text, or with too long a text, keeps its number`() throws {
    let source = MemorySource(["one", nil, "three is too long", "four"], limit: 10)
    let documents = try SketchedDocuments(of: source, try Self.matching(.all)).documents
    #expect(documents.map(\.isUnreadable) == [false, true, true, false])
    #expect(documents.map(\.title) == ["one", "missing-text", "record-too-long", "four"])
    #expect(documents.map(\.line) == [1, 2, 3, 4])
    #expect(documents.map(\.position) == [0, 1, 2, 3])
  }

  @Test func `extractors share the rows in batches of about 1 MiB`() throws {
    let rows = Self.rows()
    let source = MemorySource(rows.map(\.text))
    let extractors = (0..<3).map { _ in source.makeExtractor() }
    var batches: [SourceBatch] = []
    while try extractors[batches.count % 3].next() {
      batches.append(extractors[batches.count % 3].batch)
    }
    #expect(batches.count > 2)
    #expect(batches.map(\.index) == Array(batches.indices))
    #expect(batches.map(\.isLast) == batches.indices.map { $0 == batches.count - 1 })
    #expect(batches.dropLast().allSatisfy { $0.byteCount > 900_000 && $0.byteCount < 2_500_000 })
    #expect(batches.reduce(0) { $0 + $1.slices[0].records.count } == rows.count)
    #expect(
      batches.reduce(0) { $0 + $1.byteCount } == rows.reduce(0) { $0 + ($1.text?.utf8.count ?? 0) })
    #expect(batches[0].largest?.position == 10)
  }

  @Test func `no rows are no batch`() throws {
    #expect(try !MemorySource([]).makeExtractor().next())
  }

  @Test func `every text can be read again`() {
    let rows = Self.rows()
    let provider = MemorySource(rows.map(\.text)).provider
    let reader = provider.makeReader()
    #expect(!provider.needsCopies)
    for (row, (_, text)) in rows.enumerated().reversed() {
      let locator = DocumentLocator(
        input: 0, position: UInt64(row), extent: UInt32(text?.utf8.count ?? 0))
      let again = unsafe reader.text(at: locator).map { unsafe Array($0) }
      #expect(again == text.map { Array($0.utf8) }, "row \(row)")
    }
    let beyond = DocumentLocator(input: 0, position: UInt64(rows.count), extent: 0)
    #expect(unsafe reader.text(at: beyond) == nil)
  }
}
