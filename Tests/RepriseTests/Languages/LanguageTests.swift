import Foundation
import Reprise
import Testing

/// Near-duplicates planted into real texts of nine languages, against all pairs by brute force.
@Suite(.serialized, .enabled(if: !SharedCorpora.real.isEmpty, SharedCorpora.whereToPut))
struct LanguageTests {
  struct Language: CustomTestStringConvertible, Sendable {
    var name: String
    var corpus: String
    var isSpaced = true
    var testDescription: String { name }
  }

  private static let languages = [
    Language(name: "English", corpus: "powershell_docs"),
    Language(name: "German", corpus: "dynamics_de"),
    Language(name: "French", corpus: "dynamics_fr"),
    Language(name: "Russian", corpus: "dynamics_ru"),
    Language(name: "Arabic", corpus: "dynamics_ar"),
    Language(name: "Hindi", corpus: "projectops_hi"),
    Language(name: "Thai", corpus: "dynamics_th", isSpaced: false),
    Language(name: "Chinese", corpus: "dynamics_zh", isSpaced: false),
    Language(name: "Japanese", corpus: "dynamics_ja", isSpaced: false),
  ]

  /// Texts of very different lengths, each followed by its variants.
  private func planted(
    _ corpus: RealCorpus, _ language: Language
  ) throws -> (documents: [OracleDocument], edits: [Int: LanguageEdit]) {
    var random = RandomTexts(seed: 6)
    var documents: [OracleDocument] = []
    var edits: [Int: LanguageEdit] = [:]
    for (index, source) in try OracleDocument.records(corpus.documents, .zstd).enumerated() {
      guard index < 70, let bytes = source.text else { continue }
      let count = [120, 300, 800, 2000][index % 4]
      let text = String(String(decoding: bytes, as: UTF8.self).dropFirst(40).prefix(count))
      documents.append(OracleDocument(id: "d\(index)", text: Array(text.utf8)))
      for edit in LanguageEdit.allCases {
        let variant = edit.apply(to: text, isSpaced: language.isSpaced, &random)
        edits[documents.count] = edit
        documents.append(
          OracleDocument(id: "d\(index) \(edit.rawValue)", text: Array(variant.utf8)))
      }
    }
    return (documents, edits)
  }

  @Test("Of the pairs from 0.8 on 95 % are found, and nothing else is", arguments: languages)
  func recall(_ language: Language) throws {
    let corpus = try #require(SharedCorpora.real.first { $0.name == language.corpus })
    let (documents, edits) = try planted(corpus, language)
    let workspace = try Workspace()
    try workspace.write(
      "a.jsonl",
      records: documents.map { TestRecord($0.id, String(decoding: $0.text ?? [], as: UTF8.self)) })
    let oracle = ExactOracle(documents)
    let outcome = try ScanOutcome([workspace.url("a.jsonl")])
    #expect(outcome.manifest.map(\.id) == oracle.ids && outcome.problems.isEmpty)
    let objections = oracle.objections(to: outcome)
    #expect(objections.isEmpty, "\(objections.values.prefix(5))")

    let pairs = oracle.similarities.keys
    let found = pairs.count { outcome.isTogether($0.first, $0.second) }
    #expect(pairs.count > 5 * documents.count / 11)
    #expect(Double(found) >= 0.95 * Double(pairs.count), "\(found) of \(pairs.count)")
    let near = oracle.similarities.filter { $0.value < 1 }.keys
    let nearFound = near.count { outcome.isTogether($0.first, $0.second) }
    #expect(Double(nearFound) >= 0.95 * Double(near.count), "\(nearFound) of \(near.count)")
    let dropped = outcome.manifest.count { $0.status == "drop" }
    var row = [
      language.name, "\(documents.count)", "\(pairs.count)", Self.share(found, of: pairs.count),
      "\(near.count)", Self.share(nearFound, of: near.count), "\(dropped)",
      Self.share(dropped - objections.count, of: dropped),
    ]
    for edit in LanguageEdit.allCases {
      row.append(try shareFound(edit, edits, outcome, oracle))
    }
    if SharedCorpora.isTableWanted { print("| " + row.joined(separator: " | ") + " |") }
  }

  /// How many of the texts with an edit were found to repeat their original, of those that do.
  private func shareFound(
    _ edit: LanguageEdit, _ edits: [Int: LanguageEdit], _ outcome: ScanOutcome,
    _ oracle: ExactOracle
  ) throws -> String {
    let places = edits.filter { $0.value == edit }.keys.sorted()
    let originals = places.map { $0 - 1 - (LanguageEdit.allCases.firstIndex(of: edit) ?? 0) }
    let pairs = zip(places, originals).filter { place, original in
      oracle.similarities[ExactOracle.Pair(place, original)] != nil
    }
    let found = pairs.count { outcome.isTogether($0.0, $0.1) }
    if edit.keepsTokens {
      let equal = pairs.count { oracle.similarities[ExactOracle.Pair($0.0, $0.1)] == 1 }
      #expect(equal == places.count, "\(edit.rawValue): \(equal) of \(places.count)")
    }
    return "\(found)/\(pairs.count)/\(places.count)"
  }

  private static func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "-" : String(format: "%.2f %%", 100 * Double(part) / Double(whole))
  }
}
