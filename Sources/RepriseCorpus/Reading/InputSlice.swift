/// The stretch of one input that a chunk covers.
public struct InputSlice: Hashable, Sendable {
  /// What the stretch says of the input as a whole.
  public internal(set) var facts: SourcePart
  /// Bytes from the start of the decoded file to this stretch.
  public internal(set) var offset: UInt64
  /// The records of this stretch among the chunk's records.
  public internal(set) var records: Range<Int>
  /// Line feeds in this stretch.
  ///
  /// A record's line in its file is the sum over the slices before plus its own. A file that is one
  /// record counts none.
  public internal(set) var lineFeedCount = 0
  /// Whether nothing of the input follows in later slices.
  public internal(set) var endsInput: Bool

  init(input: Int, offset: UInt64, records: Range<Int>, endsInput: Bool) {
    facts = SourcePart(input: input)
    self.offset = offset
    self.records = records
    self.endsInput = endsInput
  }

  /// The input's place in the list of inputs.
  public var input: Int { facts.input }

  /// The slice without what is known only at its end: its lines and its file's hashes.
  public var withoutEnd: InputSlice {
    var slice = self
    slice.lineFeedCount = 0
    (slice.facts.firstBlock, slice.facts.blockHashes, slice.facts.checksum) = (0, [], nil)
    return slice
  }
}

/// What could not be read of an input.
public struct ChunkProblem: Hashable, Sendable {
  /// What is wrong, in which file, at which byte.
  public internal(set) var error: CorpusError
  /// The part of the chunk that is concerned.
  public internal(set) var slice: Int
  /// Line feeds from the start of the slice to the place, if lines are counted there.
  public internal(set) var line: Int?
  /// Whether the rest of the input is lost; otherwise only one record or the search of one line is.
  public internal(set) var endsInput: Bool
  /// The record that is lost, if it is one: it begins at the error's byte.
  public internal(set) var lostRecord: LostRecord?
}

/// How long a record is that was passed over.
public enum LostRecord: Hashable, Sendable {
  /// So many bytes, without a line end that is not part of it.
  case bytes(Int)
  /// Up to the next record of its input, or the input's end.
  case upToNext
}
