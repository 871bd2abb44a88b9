package import RepriseEngine

extension SpillSpace {
  /// Temporary files in a folder.
  package static func folder(_ folder: BytePath) -> Self {
    Self { () throws(EngineError) in
      try EngineError.outside { () throws(CorpusError) in try TemporaryFile(in: folder) }
    }
  }
}

extension TemporaryFile: SpillFile {
  package func write(_ numbers: [UInt32]) throws(EngineError) -> Range<UInt64> {
    try EngineError.outside { () throws(CorpusError) in try append(numbers) }
  }

  package func read(_ place: Range<UInt64>) throws(EngineError) -> [UInt32] {
    try EngineError.outside { () throws(CorpusError) in try self.numbers(at: place) }
  }
}
