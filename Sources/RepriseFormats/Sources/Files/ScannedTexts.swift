package import RepriseEngine

/// Reads the texts of documents again, after a scan, by the places that its manifest names.
///
/// Each file is read from its start to the last document that is wanted, so ask for all texts at
/// once. Do not use it during a scan: ``FileTexts`` then knows where the records are.
package struct ScannedTexts {
  /// Where a document is, as the manifest says.
  package struct Place: Hashable, Sendable {
    package var source: String
    package var offset: Int
    /// The size; nil for all from the offset, or the record there.
    package var length: Int?

    /// Creates a place.
    package init(source: String, offset: Int, length: Int?) {
      (self.source, self.offset, self.length) = (source, offset, length)
    }
  }

  /// A part of a text.
  package struct Span: Hashable, Sendable {
    /// Where the document is.
    package var place: Place
    /// The bytes of its text; those after the end of the text are not there.
    package var range: Range<Int>

    /// Creates a span.
    package init(place: Place, range: Range<Int>) { (self.place, self.range) = (place, range) }
  }

  private let inputs: [InputEntry]
  private let textFields: [String]
  private let delimiter: UInt8?
  private let changes: InputChanges

  /// Creates a reader for the inputs of a run.
  ///
  /// - Parameters:
  ///   - summary: the inputs.
  ///   - changes: checks that they are those of the run.
  package init(_ summary: Summary, _ changes: InputChanges = InputChanges()) {
    self.changes = changes
    inputs = summary.inputs + summary.references
    textFields = summary.textFields
    delimiter = summary.delimiter
  }

  /// Returns the texts of documents, in UTF-8.
  ///
  /// - Throws: as ``spans(_:_:)``.
  package func texts(
    _ places: Set<Place>, _ cancellation: Cancellation = Cancellation()
  ) throws(CorpusError) -> [Place: [UInt8]] {
    let found = try spans(Set(places.map { Span(place: $0, range: 0..<Int.max) }), cancellation)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.key.place, $0.value) })
  }

  /// Returns parts of the texts of documents, in UTF-8.
  ///
  /// Only these parts are in memory at once. If changes are allowed, those of documents that are no longer there
  /// are left out.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`; `changed` if a file has other bytes than in the run,
  ///   or has no such document; `cannotClean` for standard input; `stopped`.
  package func spans(
    _ spans: Set<Span>, _ cancellation: Cancellation = Cancellation()
  ) throws(CorpusError) -> [Span: [UInt8]] {
    var texts: [Span: [UInt8]] = [:]
    for (source, wanted) in Dictionary(grouping: spans, by: \.place.source) {
      guard let input = inputs.first(where: { $0.source.text == source }) else {
        throw CorpusError(.changed, "the run did not read this file", path: BytePath(source))
      }
      for (span, text) in try read(input, wanted, cancellation) { texts[span] = text }
    }
    return texts
  }

  /// Reads all documents of an input, one batch at a time.
  ///
  /// - Parameters:
  ///   - input: the input.
  ///   - fields: fields whose values are read, too.
  /// - Returns: the reader.
  /// - Throws: `cannotOpen` or `cannotRead`; `changed` if the file has other bytes than in the run; `cannotClean`
  ///   for standard input.
  private func extractor(
    of input: InputEntry, fields: [String] = []
  ) throws(CorpusError) -> any DocumentExtractor {
    guard input.source != InputFile.standardInputPath else {
      throw CorpusError(.cannotClean, "standard input cannot be read again", path: input.source)
    }
    try changes.check(input)
    var options = ReadingOptions()
    options.detectsFormats = false
    options.encoding = input.encoding
    options.textFields = textFields
    options.delimiter = delimiter
    var files = try Discovery.find([input.source]).inputs
    guard files.count == 1 else { throw .notAFile(input.source, .folder) }
    (files[0].format, files[0].compression) = (input.format, input.compression)
    return FileSource(
      inputs: files, options: options,
      fields: DocumentFields(text: options.textFields, id: "", order: fields)
    ).makeExtractor()
  }

  private func read(
    _ input: InputEntry, _ wanted: [Span], _ cancellation: Cancellation
  ) throws(CorpusError) -> [Span: [UInt8]] {
    let extractor = try extractor(of: input)
    let spans = Dictionary(grouping: wanted, by: \.place.offset)
    var texts: [Span: [UInt8]] = [:]
    while texts.count < wanted.count, try extractor.next() {
      try cancellation.check()
      for slice in extractor.batch.slices.indices {
        try extractor.forEach(inSlice: slice) { item throws(CorpusError) in
          guard case .document(let document) = item else { return }
          let bytes = unsafe document.text
          if input.format == .text {
            // An article is a part of the file.
            for span in wanted {
              let start = span.place.offset
              let end = span.place.length.map { start + $0 } ?? bytes.count
              guard start <= end, end <= bytes.count else { continue }
              let range = span.range.clamped(to: 0..<end - start)
              texts[span] = unsafe Array(bytes[start + range.lowerBound..<start + range.upperBound])
            }
          } else {
            for span in spans[Int(clamping: document.locator.position)] ?? []
            where span.place.length.map({ $0 == Int(document.locator.extent) }) ?? true {
              texts[span] = unsafe Array(bytes[span.range.clamped(to: 0..<bytes.count)])
            }
          }
        }
      }
    }
    guard !changes.areAllowed, let missing = wanted.first(where: { texts[$0] == nil }) else {
      return texts
    }
    throw CorpusError(
      .changed, "the file no longer has this document",
      path: input.source,
      byte: UInt64(clamping: missing.place.offset))
  }

  /// Calls `body` with the row and the text of every document of a manifest that was readable.
  ///
  /// The files come in corpus order; the documents of one file may not.
  ///
  /// - Parameters:
  ///   - results: the results folder.
  ///   - cancellation: ends the reading.
  ///   - body: takes the index of the document's line in the manifest, from 0, and the text, which is
  ///     valid during the call.
  /// - Throws: as ``texts(_:_:)``, and what `body` throws.
  /// - Complexity: O(bytes of the corpus). Memory: 8 bytes for each document of a file, 16 for
  ///   articles.
  package func forEach(
    in results: BytePath, _ cancellation: Cancellation,
    _ body: (Int, UnsafeRawBufferPointer) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    unsafe try forEachDocument(in: results, fields: [], cancellation) {
      row, _, text throws(CorpusError) in
      unsafe try body(row, text)
    }
  }

  /// Calls `body` with the row and the value of a field of every document of a manifest that was readable.
  ///
  /// The value is the text of a string or the digits of a number, or the name of another kind; nil for a missing
  /// field, and for text files, which have none.
  ///
  /// - Parameters:
  ///   - name: the field, or the column.
  ///   - results: the results folder.
  ///   - cancellation: ends the reading.
  ///   - body: takes the index of the document's line in the manifest, from 0, and the value.
  /// - Throws: as ``forEach(in:_:_:)``.
  /// - Complexity: as ``forEach(in:_:_:)``.
  package func forEachField(
    _ name: String, in results: BytePath, _ cancellation: Cancellation,
    _ body: (Int, String?) -> Void
  ) throws(CorpusError) {
    unsafe try forEachDocument(in: results, fields: [name], cancellation) { row, values, _ in
      body(row, values.first ?? nil)
    }
  }

  private func forEachDocument(
    in results: BytePath, fields: [String], _ cancellation: Cancellation,
    _ body: (Int, [String?], UnsafeRawBufferPointer) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    var rows = try ManifestRows(results)
    for input in inputs {
      let places = try rows.readable(of: input)
      guard !places.offsets.isEmpty else { continue }
      var count = 0
      let extractor = try extractor(of: input, fields: fields)
      while try extractor.next() {
        try cancellation.check()
        for slice in extractor.batch.slices.indices {
          try extractor.forEach(inSlice: slice) { item throws(CorpusError) in
            guard case .document(let document) = item else { return }
            let bytes = unsafe document.text
            guard input.format == .text else {
              guard let row = places.row(at: Int(clamping: document.locator.position)) else {
                return
              }
              count += 1
              return try unsafe body(row, document.orderTexts, bytes)
            }
            // Articles are parts of the file.
            for (index, start) in places.offsets.enumerated() {
              let end = start + places.lengths[index]
              guard end <= bytes.count else { continue }
              count += 1
              // In bounds: checked.
              try unsafe body(
                places.rows[index], [],
                UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            }
          }
        }
      }
      guard changes.areAllowed || count == places.offsets.count else {
        throw CorpusError(
          .changed, "the file has \(count) of the \(places.offsets.count) documents of the run",
          path: input.source)
      }
    }
  }
}
