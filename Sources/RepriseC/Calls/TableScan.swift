internal import CReprise
internal import Reprise

/// Finds what repeats in a table in memory.
struct TableScan: Sendable {
  private let deduplicator: Deduplicator
  private let rows: ArrowRows
  private let references: ArrowRows?
  private let limit: Int?

  /// The name of the reference documents in results and messages.
  static let referenceName = "against"

  /// Reads the options and the tables.
  ///
  /// - Throws: an error for an invalid option, or an invalid table.
  init(
    _ options: UnsafePointer<CChar>?, _ table: UnsafeMutablePointer<ArrowArrayStream>?,
    against: UnsafeMutablePointer<ArrowArrayStream>?
  ) throws(CallError) {
    // Both streams are taken whatever is wrong.
    let table = Result { () throws(CallError) in try ArrowTable(taking: table, named: "table") }
    let against = Result { () throws(CallError) in
      try against.map { stream throws(CallError) in
        try ArrowTable(taking: stream, named: "table of reference documents")
      }
    }
    var fields = try OptionFields(options)
    var deduplicator = Deduplicator(try fields.matching())
    if let threads = try fields.integer("threads") { deduplicator.threads = threads }
    deduplicator.memory = try fields.integer("memory")
    deduplicator.ignoredTexts = try fields.texts("ignored-texts") ?? []
    limit = try fields.integer("max-document")
    let text = try fields.text("text-field") ?? "text"
    let id = try fields.text("id-field")
    try fields.finish()
    let order = deduplicator.matching.keep.columns
    rows = try ArrowRows(
      table.get(), text: text, id: id ?? "id", requiresID: id != nil, order: order)
    references = try against.get().map { table throws(CallError) in
      try ArrowRows(table, text: text, id: nil, requiresID: false, order: [])
    }
    self.deduplicator = deduplicator
  }

  /// Runs the scan and makes the tables and the summary.
  func run(
    _ cancellation: Cancellation, _ report: @escaping @Sendable (RunProgress) -> Void
  ) throws(CallError) -> (tables: [OutputTable], summary: String) {
    var inputs: [MemorySource.Input] = []
    if let references { inputs.append((Self.referenceName, references)) }
    inputs.append(("table", rows))
    let result: Deduplicator.Result
    do throws(RepriseError) {
      result = try deduplicator.run(
        inputs, referenceInputs: references == nil ? 0 : 1, limit: limit, progress: report,
        cancellation: cancellation)
    } catch {
      throw CallError(error)
    }
    let documents = TableResults(result, rows)
    return (documents.tables, documents.summary)
  }
}

extension KeepPolicy {
  /// The columns whose values decide, each once, in the order in which rows give them.
  fileprivate var columns: [String] {
    keys.reduce(into: []) { columns, key in
      switch key {
      case .longest: return
      case .newest(let field), .highest(let field):
        if !columns.contains(field) { columns.append(field) }
      }
    }
  }
}
