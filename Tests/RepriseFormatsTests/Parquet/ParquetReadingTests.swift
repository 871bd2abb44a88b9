import RepriseTestSupport
import Testing

@testable import RepriseEngine
@testable import RepriseFormats

/// Files of several writers against the same rows, which pyarrow gave to Python's json.
@Suite("Parquet: reading", .enabled(if: ParquetKinds.canMake, "needs pyarrow: run scripts/test"))
struct ParquetReadingTests {
  private static let fields = [
    DocumentFields(text: ["text"], id: "id", order: ["when", "price", "absent"]),
    DocumentFields(text: ["needed"], id: "n", order: ["day", "n32"]),
    DocumentFields(text: ["meta.text"], id: "u", order: ["dump"]),
    DocumentFields(text: ["messages[].content"], id: "n32"),
    DocumentFields(text: ["text", "tags[]"], id: "dump"),
    DocumentFields(text: ["absent", "/meta/text"], id: "absent"),
  ]

  private let kinds: ParquetKinds

  init() throws { kinds = try ParquetKinds() }

  @Test func `every text, id and order of every kind equals that of pyarrow`() throws {
    for fields in Self.fields { try compare(fields) }
  }

  private func compare(_ fields: DocumentFields) throws {
    let rows = BytePath(kinds.folder.path + "/rows.jsonl")
    let wanted = try FileSource.of(rows, fields).allRows().rows
    #expect(wanted.count == 400 && wanted.count { $0.text != nil } > 250)
    let names = kinds.names
    #expect(names.count > 55)
    for name in names {
      for chunkByteCount in [1 << 20, 3_000] {
        let source = try FileSource.of(
          kinds.path(name), fields, chunkByteCount: chunkByteCount)
        let (rows, problems, facts) = try source.allRows()
        #expect(problems.count == rows.count { $0.text == nil }, "\(name)")
        #expect(facts.checksums[0] != nil || chunkByteCount == 3_000, "\(name)")
        // Such times have nanoseconds and no zone.
        let isLocal = name.contains("INT96") && fields.order.contains("when")
        let (found, wanted) = isLocal ? (rows.withoutOrder, wanted.withoutOrder) : (rows, wanted)
        guard found != wanted else { continue }
        let first = zip(found, wanted).first { $0 != $1 }
        Issue.record("\(name) \(chunkByteCount): \(rows.count) rows, \(String(describing: first))")
      }
    }
  }

  @Test func `texts and ids of writers without structures are those of pyarrow`() throws {
    let fields = DocumentFields(text: ["text"], id: "id")
    let rows = BytePath(kinds.folder.path + "/rows.jsonl")
    let wanted = try FileSource.of(rows, fields).allRows().rows
    for name in kinds.names(in: "flat") {
      let path = BytePath("\(kinds.folder.path)/flat/\(name).parquet")
      for chunkByteCount in [1 << 20, 3_000] {
        let source = try FileSource.of(path, fields, chunkByteCount: chunkByteCount)
        #expect(try source.allRows().rows == wanted, "\(name)")
      }
    }
  }

  @Test func `rows are read again, alone and together`() throws {
    for name in ["zstd-1-1-1024", "snappy-0-2-1024", "deltas-2-1024", "gzip-1-2-1048576"] {
      let source = try FileSource.of(
        kinds.path(name),
        DocumentFields(text: ["text"], id: "id"), chunkByteCount: 2_000)
      var texts: [(DocumentLocator, [UInt8])] = []
      var facts = SourceFacts(of: source.inputs)
      let extractor = source.makeExtractor()
      while try extractor.next() {
        for index in extractor.batch.slices.indices {
          facts.add(extractor.batch.slices[index].facts)
          try extractor.forEach(inSlice: index) { item throws(CorpusError) in
            if case .document(let document) = item {
              texts.append((document.locator, unsafe Array(document.text)))
            }
          }
        }
      }
      let provider = source.texts(facts)
      #expect(provider.needsCopies(ofInput: 0))
      let reader = provider.makeReader()
      for step in [1, 2, 41] {
        let wanted = texts.enumerated().filter { $0.offset % step == 0 }.map(\.element)
        provider.copy(wanted.map(\.0).reversed(), keepsEarlier: false)
        for (locator, text) in wanted.shuffled() {
          let read = unsafe reader.text(at: locator).map { unsafe Array($0) }
          #expect(read == text)
        }
      }
      #expect(provider.problems.isEmpty)
    }
  }

  @Test func `a column that is no text is named with the others`() throws {
    let path = kinds.path("index")
    func message(_ field: String) throws -> String {
      let source = try FileSource.of(path, DocumentFields(text: [field], id: "id"))
      let (rows, problems, _) = try source.allRows()
      #expect(rows.count == 1 && problems.count == 1)
      return problems.first?.message ?? ""
    }
    let missing = try message("content")
    #expect(missing.contains("no column \"content\"; it has \"text\" (string), \"id\" (string)"))
    #expect(missing.contains("\"when\" (timestamp)") && missing.contains("\"tags\" (list)"))
    #expect(try message("n").contains("the column \"n\" is an integer, not a string"))
    #expect(try message("messages[]").contains("is a structure, not a string"))
    #expect(try message("tags").contains("(\"tags[]\" names its elements)"))
  }
}

extension [ReadRow] {
  fileprivate var withoutOrder: [ReadRow] {
    map { row in
      var row = row
      row.order = []
      return row
    }
  }
}
