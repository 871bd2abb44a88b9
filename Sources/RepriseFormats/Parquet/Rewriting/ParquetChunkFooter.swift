/// The metadata of a column in one row group, while its pages are written again.
struct ParquetChunkFooter {
  private var metadata: ThriftFields
  private var encodings: Set<Int> = []
  /// The numbers of pages by the number of their kind, and of their encoding.
  private var pageCounts: [Int: [Int: Int]] = [:]
  private var levelCount = 0
  /// The size of the pages with their headers, decompressed, in bytes.
  private(set) var decompressedByteCount = 0

  /// The numbers of the fields.
  private enum Field {
    static let encodings = 2
    static let valueCount = 5
    static let decompressedByteCount = 6
    static let storedByteCount = 7
    static let dataOffset = 9
    static let indexOffset = 10
    static let dictionaryOffset = 11
    static let statistics = 12
    static let pageCounts = 13
  }

  /// Begins with the metadata of the column as it was.
  init(_ metadata: ThriftFields) { self.metadata = metadata }

  /// Whether the number of nulls is stated.
  var hasNullCount: Bool {
    let count = try? metadata.structure(Field.statistics)?.integer(3)
    return count != nil
  }

  /// Moves the offsets of pages that are copied as they are.
  ///
  /// - Throws: a fault if they are not possible.
  mutating func move(by distance: Int) throws(ParquetFault) {
    for field in [Field.dataOffset, Field.indexOffset, Field.dictionaryOffset] {
      // A writer without dictionary may write 0 in place of its offset.
      guard let offset = try metadata.integer(field), offset > 0 else { continue }
      let (moved, overflow) = offset.addingReportingOverflow(distance)
      guard !overflow, moved > 0 else { throw .damaged("its offsets are not possible") }
      metadata.set(field, .int64(moved))
    }
    decompressedByteCount = try metadata.integer(Field.decompressedByteCount) ?? 0
    // The filter is elsewhere in the file, and is not copied.
    metadata.remove(14, 15)
  }

  /// Adds a page.
  ///
  /// - Parameters:
  ///   - header: its header as it was.
  ///   - encoding: the number of the encoding of its values.
  ///   - levelCount: the number of its levels; nil if it is copied.
  ///   - byteCount: its size with the header, decompressed, in bytes.
  mutating func add(
    _ header: ParquetPageHeader, _ encoding: Int, levelCount: Int? = nil, byteCount: Int
  ) {
    decompressedByteCount += byteCount
    encodings.insert(encoding)
    let kind =
      switch header.kind {
      case .data, .other: 0
      case .dictionary: 2
      case .dataV2: 3
      }
    pageCounts[kind, default: [:]][encoding, default: 0] += 1
    guard header.kind != .dictionary else { return }
    self.levelCount += levelCount ?? header.valueCount
    let levels = header.levelEncodings
    encodings.formUnion(
      levelCount == nil ? [levels.definition, levels.repetition] : [ParquetPageHeader.runs])
  }

  /// Ends a column whose pages were added.
  ///
  /// - Parameters:
  ///   - dictionary: the offset of the page with the dictionary; nil if there is none.
  ///   - data: the offset of the first page with values.
  ///   - byteCount: the size of the pages as stored in bytes.
  ///   - removedNullCount: the number of nulls that were removed; nil if it is not known.
  ///   - isTrimmed: true if values were changed.
  /// - Throws: a fault if the metadata is damaged.
  mutating func finish(
    dictionary: Int?, data: Int, byteCount: Int, removedNullCount: Int?, isTrimmed: Bool
  ) throws(ParquetFault) {
    // Those that are still in use keep their order.
    let before = try metadata.integers(Field.encodings).filter { encodings.contains($0) }
    let added = encodings.subtracting(before).sorted()
    metadata.set(Field.encodings, .integers(before + added))
    metadata.set(Field.valueCount, .int64(levelCount))
    metadata.set(Field.decompressedByteCount, .int64(decompressedByteCount))
    metadata.set(Field.storedByteCount, .int64(byteCount))
    metadata.set(Field.dataOffset, .int64(data))
    metadata.remove(Field.indexOffset, Field.dictionaryOffset)
    if let dictionary { metadata.set(Field.dictionaryOffset, .int64(dictionary)) }
    metadata.update(Field.pageCounts, .structures(pageStatistics))
    // Bloom filters, sizes and the bounds of places describe the rows that were removed, too.
    metadata.remove(14, 15, 16, 17)
    if var statistics = try metadata.structure(Field.statistics) {
      try Self.bound(&statistics, removedNullCount, isTrimmed: isTrimmed)
      metadata.set(Field.statistics, .structure(statistics))
    }
  }

  private var pageStatistics: [ThriftFields] {
    pageCounts.sorted { $0.key < $1.key }.flatMap { kind, counts in
      counts.sorted { $0.key < $1.key }.map { encoding, count in
        ThriftFields([(1, .int32(kind)), (2, .int32(encoding)), (3, .int32(count))])
      }
    }
  }

  /// Makes statistics true for a part of the values.
  ///
  /// The least and the greatest value are bounds now, and say so. Those of the old form, which cannot say
  /// so, are left out.
  private static func bound(
    _ statistics: inout ThriftFields, _ removedNullCount: Int?, isTrimmed: Bool
  ) throws(ParquetFault) {
    let nullCount = try statistics.integer(3)
    // The least and the greatest value of the old form, and the number of different values.
    statistics.remove(1, 2, 3, 4)
    if let nullCount, let removedNullCount, removedNullCount <= nullCount {
      statistics.set(3, .int64(nullCount - removedNullCount))
    }
    if isTrimmed { statistics.remove(5, 6) }
    for (value, isExact) in [(5, 7), (6, 8)] {
      statistics.remove(isExact)
      if statistics.has(value) { statistics.set(isExact, .boolean(false)) }
    }
  }

  /// Returns the fields of the column, without what is elsewhere in the file and not copied.
  func column(_ fields: ThriftFields) -> ThriftFields {
    var fields = fields
    // The offset of a copy of the metadata, which is not written.
    fields.set(2, .int64(0))
    fields.set(3, .structure(metadata))
    // The offsets and sizes of the page index.
    fields.remove(4, 5, 6, 7)
    return fields
  }
}
