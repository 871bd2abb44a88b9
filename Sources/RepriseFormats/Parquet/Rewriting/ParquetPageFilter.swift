/// Filters the pages of one column in one row group.
///
/// A row begins where the repetition level is 0, so the levels show which values belong to rows that
/// are removed, whatever the types are. Not thread-safe.
@safe
final class ParquetPageFilter {
  /// What becomes of a page.
  enum Outcome {
    case isCopied
    case isRemoved
    case isWritten(ParquetFilteredPage)
  }

  private let chunk: ParquetColumnChunk
  private let leaf: ParquetLeaf
  private let changes: ParquetRowChanges
  private let trims: ParquetValueTrims
  private let reader: ParquetPageReader
  private let dictionary: ParquetDictionary
  private var storage = PaddedBytes()
  private var repetitions: [UInt32] = []
  private var definitions: [UInt32] = []
  /// The number of nulls in rows that are removed; nil if it is not known.
  private(set) var removedNullCount: Int?
  /// The row whose values were read last, and the number of those that are not null.
  private var place = (row: -1, ordinal: 0)
  private var nextTrim = 0
  /// The number of values that were cut.
  private var trimCount = 0

  private static let retainedByteCount = 4 << 20

  /// Creates a filter of the pages of a column.
  ///
  /// - Parameters:
  ///   - chunk: the column in the row group.
  ///   - leaf: the column.
  ///   - changes: what becomes of the rows.
  ///   - trims: the values of the column that are cut.
  ///   - countsNulls: true to count the nulls that are removed, if that is possible.
  ///   - reader: reads the pages.
  ///   - dictionary: the dictionary of a column of texts.
  init(
    _ chunk: ParquetColumnChunk, _ leaf: ParquetLeaf, _ changes: ParquetRowChanges,
    _ trims: ParquetValueTrims, countsNulls: Bool, _ reader: ParquetPageReader,
    _ dictionary: ParquetDictionary
  ) {
    self.chunk = chunk
    self.leaf = leaf
    self.changes = changes
    self.trims = trims
    self.reader = reader
    self.dictionary = dictionary
    removedNullCount = countsNulls && leaf.repetitionLevel == 0 ? 0 : nil
  }

  /// Filters a page; pages must be given in their order.
  ///
  /// - Throws: a fault if the page is damaged, or has an encoding that is not read.
  func filter(_ page: ParquetPages.Page) throws(ParquetFault) -> Outcome {
    // The row before a page of a list may continue on it.
    let before = leaf.repetitionLevel > 0 && page.firstRow > 0 ? 1 : 0
    let rows = page.firstRow - before..<page.firstRow + page.rowCount
    guard changes.removesAny(of: rows) || trims.touches(rows) else { return .isCopied }
    if changes.removesAll(of: rows) {
      if removedNullCount != nil, leaf.definitionLevel > 0 { countNulls(page) }
      return .isRemoved
    }
    storage.reset(keeping: Self.retainedByteCount)
    let loaded = try reader.load(page, chunk, leaf, into: &storage)
    var (values, levels) = try filterLevels(loaded, page)
    guard levels.count > 0 else { return .isRemoved }
    if levels.count == loaded.header.valueCount, values.cuts.isEmpty { return .isCopied }
    let encoded = unsafe try values.rewrite(
      bytes(loaded.values), encoding: loaded.header.encoding, dictionary: dictionary)
    return .isWritten(
      ParquetFilteredPage(
        header: loaded.header, repetition: levels.repetition, definition: levels.definition,
        encoding: encoded.encoding, values: encoded.bytes, levelCount: levels.count,
        rowCount: levels.rowCount,
        nullCount: levels.count - values.kept.reduce(0) { $0 + $1.count }))
  }

  /// Checks that all values were cut, after all pages were filtered.
  func finish() throws(ParquetFault) {
    guard trimCount == trims.trims.count else {
      throw .damaged("a text that is trimmed is not on its pages")
    }
  }

  private struct Levels {
    var repetition: [UInt8] = []
    var definition: [UInt8] = []
    var count = 0
    var rowCount = 0
  }

  private func filterLevels(
    _ loaded: ParquetPageReader.LoadedPage, _ page: ParquetPages.Page
  ) throws(ParquetFault) -> (ParquetValueFilter, Levels) {
    var (values, levels) = (ParquetValueFilter(leaf), Levels())
    let widths = (
      ParquetLevels.width(upTo: leaf.repetitionLevel),
      ParquetLevels.width(upTo: leaf.definitionLevel)
    )
    var readers = (
      unsafe try ParquetLevels(bytes(loaded.repetition), width: widths.0),
      unsafe try ParquetLevels(bytes(loaded.definition), width: widths.1)
    )
    var writers = (ParquetRunWriter(width: widths.0), ParquetRunWriter(width: widths.1))
    let maximum = UInt32(leaf.definitionLevel)
    if place.row != page.firstRow - 1 { place = (page.firstRow - 1, 0) }
    nextTrim = max(nextTrim, trims.place(ofRow: page.firstRow - 1))
    var removed = changes.removedRange(after: place.row)
    var isKept = !removed.contains(place.row)
    var left = loaded.header.valueCount
    while left > 0 {
      let count = min(left, ParquetColumnReader.levelBatch)
      left -= count
      if leaf.repetitionLevel > 0 { try readers.0.read(count, into: &repetitions) }
      if leaf.definitionLevel > 0 { try readers.1.read(count, into: &definitions) }
      for index in 0..<count {
        let repetition = leaf.repetitionLevel > 0 ? repetitions[index] : 0
        let definition = leaf.definitionLevel > 0 ? definitions[index] : 0
        guard repetition <= leaf.repetitionLevel, definition <= maximum,
          repetition == 0 || place.row >= 0
        else { throw .damaged("a level is too high") }
        if repetition == 0 {
          place = (place.row + 1, 0)
          if place.row >= removed.upperBound { removed = changes.removedRange(after: place.row) }
          isKept = !removed.contains(place.row)
          levels.rowCount += isKept ? 1 : 0
        }
        if isKept {
          writers.0.append(repetition)
          writers.1.append(definition)
          levels.count += 1
        } else if definition < maximum {
          removedNullCount = removedNullCount.map { $0 + 1 }
        }
        if definition == maximum { addValue(&values, isKept: isKept) }
      }
    }
    guard place.row == page.firstRow + page.rowCount - 1 else {
      throw .damaged("a page has another number of rows than it states")
    }
    if leaf.repetitionLevel > 0 { levels.repetition = writers.0.finish() }
    if leaf.definitionLevel > 0 { levels.definition = writers.1.finish() }
    return (values, levels)
  }

  private func addValue(_ values: inout ParquetValueFilter, isKept: Bool) {
    if nextTrim < trims.trims.count, trims.trims[nextTrim].row == place.row,
      trims.trims[nextTrim].ordinal == place.ordinal
    {
      values.cuts.append(
        ParquetValueFilter.Cut(value: values.valueCount, ranges: trims.trims[nextTrim].cuts))
      nextTrim += 1
      trimCount += 1
    }
    values.add(isKept: isKept)
    place.ordinal += 1
  }

  /// Counts the nulls of a page that is removed.
  private func countNulls(_ page: ParquetPages.Page) {
    storage.reset(keeping: Self.retainedByteCount)
    do throws(ParquetFault) {
      let loaded = try reader.load(page, chunk, leaf, into: &storage)
      var levels = unsafe try ParquetLevels(
        bytes(loaded.definition), width: ParquetLevels.width(upTo: leaf.definitionLevel))
      let maximum = UInt32(leaf.definitionLevel)
      var left = loaded.header.valueCount
      while left > 0 {
        try levels.read(min(left, ParquetColumnReader.levelBatch), into: &definitions)
        let count = definitions.count { $0 != maximum }
        removedNullCount = removedNullCount.map { $0 + count }
        left -= definitions.count
      }
    } catch {
      // A damaged page can be removed; only its nulls are not known.
      removedNullCount = nil
    }
  }

  private func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    // In bounds: ranges of a loaded page are within the buffer into which it was read.
    unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage.bytes)[range])
  }
}

/// A page without the values of removed rows, before it is compressed.
struct ParquetFilteredPage {
  /// The header of the page as it was.
  let header: ParquetPageHeader
  let repetition: [UInt8]
  let definition: [UInt8]
  /// The number of the encoding of the values.
  let encoding: Int
  let values: [UInt8]
  /// The number of levels.
  let levelCount: Int
  /// The number of rows that begin on the page.
  let rowCount: Int
  /// The number of levels without a value.
  let nullCount: Int
}
