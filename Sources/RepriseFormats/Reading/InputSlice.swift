/// The range of one input that a chunk covers.
package struct InputSlice: Hashable, Sendable {
  /// The facts about the whole input that this slice contributes.
  package internal(set) var facts: SourcePart
  /// The byte offset of the slice in the decoded file.
  package internal(set) var offset: UInt64
  /// The slice's records, as a range of the chunk's records.
  package internal(set) var records: Range<Int>
  /// The number of line feeds in the slice.
  ///
  /// A record's line in its file is the sum of the earlier slices' counts plus its own line. A file
  /// that is one record counts none.
  package internal(set) var lineFeedCount = 0
  /// The layout of the slice's records.
  package internal(set) var layout = RecordLayout.text
  /// True if this is the last slice of its input.
  package internal(set) var endsInput: Bool

  init(input: Int, offset: UInt64, records: Range<Int>, endsInput: Bool) {
    facts = SourcePart(input: input)
    self.offset = offset
    self.records = records
    self.endsInput = endsInput
  }

  /// The index of the input in the list of inputs.
  package var input: Int { facts.input }

  /// The slice without what is known only at its end: its lines and its file's hashes.
  package var withoutEnd: InputSlice {
    var slice = self
    slice.lineFeedCount = 0
    (slice.facts.firstBlock, slice.facts.blockHashes, slice.facts.checksum) = (0, [], nil)
    return slice
  }
}

/// A problem of reading an input.
package struct ChunkProblem: Hashable, Sendable {
  /// The error, with its file and byte offset.
  package internal(set) var error: CorpusError
  /// The index of the slice in the chunk.
  package internal(set) var slice: Int
  /// The number of line feeds from the start of the slice to the error; nil where lines are not
  /// counted.
  package internal(set) var line: Int?
  /// The row of a table where the problem is.
  package internal(set) var row: UInt64?
  /// True if the rest of the input is lost; otherwise one record is lost, or one line was not
  /// searched.
  package internal(set) var endsInput: Bool
  /// The length of the lost record, if one is lost.
  ///
  /// The record begins at the error's byte.
  package internal(set) var lostRecord: LostRecord?
}

/// The length of a record that was skipped.
package enum LostRecord: Hashable, Sendable {
  /// The number of bytes, without a line end that is not part of the record.
  case bytes(Int)
  /// The record extends to the next record of its input, or to the input's end.
  case upToNext
}
