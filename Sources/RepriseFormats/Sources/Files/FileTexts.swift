package import RepriseEngine
internal import Synchronization

/// Gives the texts of documents in files again.
///
/// An input that cannot be read again, or has changed, is a problem; the run continues.
package final class FileTexts: TextProvider {
  private let inputs: [InputFile]
  private let formats: [RecordFormat]
  private let fields: DocumentFields
  private let fetcher: RecordFetcher
  private let layouts = Mutex<[Int: RecordLayout]>([:])
  private let rules: TableRules
  private let failures = Mutex<[Int: CorpusError]>([:])

  init(_ source: FileSource, _ facts: SourceFacts) {
    inputs = source.inputs
    formats = facts.formats
    fields = DocumentFields(text: source.fields.text, id: source.fields.id)
    rules = source.reader.options.tableRules
    fetcher = RecordFetcher(
      source.reader, encodings: facts.encodings, formats: facts.formats)
  }

  /// The inputs that could not be read again, each with its first error.
  ///
  /// Their documents were not compared, so they are kept.
  package var problems: [(input: Int, problem: Problem)] {
    failures.withLock { failures in
      failures.sorted { $0.key < $1.key }.map { ($0.key, Problem($0.value)) }
    }
  }

  package var needsCopies: Bool { inputs.indices.contains { fetcher.isSequential(input: $0) } }

  package func needsCopies(ofInput input: Int) -> Bool { fetcher.isSequential(input: input) }

  /// Copies documents of a compressed or converted input, which cannot be read in place, to a
  /// temporary file.
  package func copy(_ documents: [DocumentLocator], keepsEarlier: Bool) {
    guard let input = documents.first?.input else { return }
    do throws(CorpusError) {
      try fetcher.copy(documents.map(RecordLocation.init), keepsEarlier: keepsEarlier)
    } catch {
      failures.withLock { $0[input] = error }
    }
  }

  package func makeReader() -> any TextBytesReader { Reader(self) }

  /// Returns the first 20 names of the fields of a record, for a message; none if it cannot be read
  /// again.
  package func fieldNames(at locator: DocumentLocator) -> [String] {
    if case .table(let header) = try? layout(ofInput: locator.input) {
      return Array(header.names.prefix(20))
    }
    if formats[locator.input] == .parquet { return columnNames(ofInput: locator.input) }
    if needsCopies(ofInput: locator.input) { copy([locator], keepsEarlier: true) }
    let buffer = RecordBuffer()
    guard (try? fetcher.read(RecordLocation(locator), into: buffer)) != nil else { return [] }
    let mark = unsafe buffer.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let record = unsafe UnsafeRawBufferPointer(rebasing: buffer.bytes[mark...])
    return (try? unsafe JSONFieldScanner.fieldNames(of: record, limit: 20)) ?? []
  }

  /// Returns how the records of an input are laid out; the header of a table is read again.
  ///
  /// - Throws: `changed` if there is no longer a header, and errors of reading.
  private func layout(ofInput input: Int) throws(CorpusError) -> RecordLayout {
    if let known = layouts.withLock({ $0[input] }) { return known }
    let head = formats[input].isTable ? try fetcher.head(ofInput: input) : []
    let found: RecordLayout
    do throws(CorpusError) {
      found = try RecordLayout(formats[input], head: head, of: inputs[input].path, rules)
    } catch {
      throw .changed(inputs[input].path, "its header is different")
    }
    layouts.withLock { $0[input] = found }
    return found
  }

  private func columnNames(ofInput index: Int) -> [String] {
    guard let file = try? SharedFile(inputs[index]),
      let opened = try? ParquetFile(
        file, byteCount: Int(inputs[index].byteCount), fields: fields, pieceByteCount: .max)
    else { return [] }
    return opened.schema.names(limit: 20)
  }

  private func report(_ error: CorpusError, ofInput input: Int) {
    failures.withLock { $0[input] = $0[input] ?? error }
  }

  private final class Reader: TextBytesReader {
    private let texts: FileTexts
    private let buffer = RecordBuffer()
    private var reader: DocumentReader
    private var last: (input: Int, layout: RecordLayout)?

    init(_ texts: FileTexts) {
      self.texts = texts
      reader = DocumentReader(texts.fields)
    }

    func text(at locator: DocumentLocator) -> UnsafeRawBufferPointer? {
      let layout: RecordLayout
      do throws(CorpusError) {
        layout = try self.layout(ofInput: locator.input)
        try texts.fetcher.read(RecordLocation(locator), into: buffer)
      } catch {
        texts.report(error, ofInput: locator.input)
        return nil
      }
      do throws(DocumentReader.Failure) {
        unsafe try reader.read(
          buffer.bytes, layout, isFirst: locator.position == 0)
      } catch {
        reportChange(of: locator)
        return nil
      }
      return unsafe reader.text
    }

    func release() { buffer.release() }

    private func layout(ofInput input: Int) throws(CorpusError) -> RecordLayout {
      if let last, last.input == input { return last.layout }
      let found = try texts.layout(ofInput: input)
      last = (input, found)
      return found
    }

    func reportChange(of locator: DocumentLocator) {
      let error = CorpusError.changed(
        texts.inputs[locator.input].path, "a document in it changed after it was first read")
      texts.report(error, ofInput: locator.input)
    }
  }
}

extension RecordLocation {
  /// Creates the location of a document in a file.
  fileprivate init(_ locator: DocumentLocator) {
    self.init(
      input: locator.input, offset: locator.position, byteCount: Int(locator.extent))
  }
}
