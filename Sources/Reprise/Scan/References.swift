internal import RepriseEngine
internal import RepriseFormats

/// The reference documents of a scan, which come before all others and are not in its results.
struct References: Sendable {
  /// The number of reference documents.
  let count: Int
  private let store: SketchStore
  /// The arguments under which the inputs were found, as text.
  private let arguments: [String]

  init(_ store: SketchStore, inputs: [InputFile]) {
    self.store = store
    count = store.referenceCount
    arguments = count == 0 ? [] : inputs.map(\.argument.text)
  }

  /// Whether a document is a reference document.
  func contains(_ document: Int) -> Bool { document < count }

  /// The index of a document's line in the manifest; nil for a reference document.
  func row(_ document: Int) -> Int? { contains(document) ? nil : document - count }

  /// The argument that named a reference document; nil for others.
  func argument(of document: Int) -> String? {
    contains(document) ? arguments[Int(store.slice(of: document).input)] : nil
  }
}
