internal import RepriseCore
public import RepriseEngine
internal import RepriseFormats

/// Finds the duplicates and repeated passages among texts in memory, and opens no file.
///
/// The decisions are those of a ``Scan`` of the same texts as records of one JSON Lines file. Texts,
/// their sketches and the result are in memory; use ``Scan`` for a
/// corpus that does not fit, and ``Comparison`` for two texts.
public struct Deduplicator: Sendable {
  /// The definition of duplicates, and which of them is kept.
  public var matching: MatchingOptions
  /// The number of threads: 1 to 1024.
  public var threads = Workers.availableCores
  /// The memory limit in bytes, without the texts; nil means half of the machine's memory.
  public var memory: Int?
  /// Texts whose words are not reported, cut or counted as passages, such as licence headers.
  public var ignoredTexts: [String] = []

  /// Creates a deduplicator.
  public init(_ matching: MatchingOptions = MatchingOptions()) { self.matching = matching }

  /// Decides which texts are kept.
  ///
  /// - Parameters:
  ///   - texts: the text of each document, at most 1 GiB each, or 64 MiB with accents or
  ///     compatibility forms folded. A document
  ///     whose text is nil or larger is unreadable, and the others keep their numbers.
  ///   - ids: the id of each document, for problems; nil if there are none.
  ///   - orderValues: for ``RepriseEngine/KeepPolicy/newest(field:)`` and
  ///     ``RepriseEngine/KeepPolicy/highest(field:)``, the date
  ///     or number of each document, whatever the name of the field is.
  ///   - progress: called from time to time, from any thread.
  ///   - cancellation: lets another thread stop the run.
  /// - Returns: the decision on every document, and the passages.
  /// - Throws: an error for a parameter that is out of range, if there is too little memory, or if
  ///   the run was cancelled.
  /// - Complexity: O(bytes of the texts).
  public func run(
    _ texts: [String?], ids: [String?]? = nil, orderValues: [String?]? = nil,
    progress: @escaping @Sendable (RunProgress) -> Void = { _ in },
    cancellation: Cancellation = Cancellation()
  ) throws(RepriseError) -> Result {
    for list in [ids, orderValues] where list != nil && list?.count != texts.count {
      throw .invalidParameter(
        "there are \(texts.count) texts, and \(list?.count ?? 0) ids or values for them")
    }
    guard matching.keep.fields.count <= 1 else {
      throw .invalidParameter("texts in memory have one order value, not one for each field")
    }
    let source = { MemorySource(texts, ids: ids, orderValues: orderValues, limit: $0) }
    return try run(source, referenceInputs: 0, RunMonitor(cancellation, progress))
  }

  /// Decides which rows are kept.
  ///
  /// - Parameters:
  ///   - rows: the rows of the inputs, which have the values that the keep order names.
  ///   - referenceInputs: the number of inputs with reference documents, which come first. The
  ///     documents of the result are numbered through all inputs.
  ///   - limit: the maximum size of a text in bytes; nil for the limit of ``run(_:ids:orderValues:progress:cancellation:)``.
  ///   - progress: called from time to time, from any thread.
  ///   - cancellation: lets another thread stop the run.
  /// - Returns: the decision on every document, and the passages.
  /// - Throws: as ``run(_:ids:orderValues:progress:cancellation:)``.
  package func run(
    _ rows: [MemorySource.Input], referenceInputs: Int, limit: Int?,
    progress: @escaping @Sendable (RunProgress) -> Void, cancellation: Cancellation
  ) throws(RepriseError) -> Result {
    if let limit, !(1...TokenizedText.maximumByteCount).contains(limit) {
      throw .invalidParameter("the document limit must be 1 byte to 1 GiB, not \(limit) bytes")
    }
    let monitor = RunMonitor(cancellation, progress)
    return try run(
      { most in
        let source = MemorySource(rows, limit: min(most, limit ?? most))
        monitor.begin(.reading, total: source.byteCount)
        return source
      }, referenceInputs: referenceInputs, monitor)
  }

  /// Checks the options, and runs the stages on the source that `makeSource` makes for the limit on
  /// the size of a text.
  private func run(
    _ makeSource: (Int) -> MemorySource, referenceInputs: Int, _ monitor: RunMonitor
  ) throws(RepriseError) -> Result {
    let options = try engineOptions()
    let rules = options.matching.scheme.tokens
    let limit = rules.maximumByteCount
    guard ignoredTexts.allSatisfy({ $0.utf8.count <= limit }) else {
      throw .invalidParameter("an ignored text has at most \(limit) bytes")
    }
    do throws(CorpusError) {
      return try run(
        makeSource(limit), referenceInputs, options,
        IgnoredGrams(texts: ignoredTexts, rules: rules), monitor)
    } catch {
      throw RepriseError(error, monitor.cancellation)
    }
  }

  private func engineOptions() throws(RepriseError) -> EngineOptions {
    var resources = ResourceOptions()
    (resources.threads, resources.memory) = (threads, memory)
    try resources.check()
    return EngineOptions(matching: try matching.validated(), threads: threads, memory: memory)
  }

  private func run(
    _ source: MemorySource, _ referenceInputs: Int, _ options: EngineOptions,
    _ ignored: IgnoredGrams, _ monitor: RunMonitor
  ) throws(CorpusError) -> Result {
    let sketches = MemorySketches()
    let blocks = try SketchStage(
      options: options, source: source, sink: sketches, monitor: monitor
    ).run()
    let payloads = sketches.payloads
    let store = try StoredSketches(
      [(payloads, blocks, 0)], of: [], referenceInputs: referenceInputs, encoding: .utf8,
      limit: options.hooks.documentLimit
    ).store
    let names = InputPaths(source.inputNames)
    let found = try CorpusError.ofEngine { () throws(EngineError) in
      try Deduplication(
        options: options, store: store, texts: source.provider, ignored: ignored,
        structuredInputs: [], spill: .none, monitor: monitor, sketchByteCount: payloads.byteCount
      ).run()
    }
    let result = try Result(found, store, names)
    try monitor.cancellation.check()
    return result
  }
}
