package import RepriseEngine

extension SignatureFile: ChunkPayloads {
  package func fill(
    _ target: UnsafeMutableRawBufferPointer, from place: UInt64
  ) throws(EngineError) {
    try EngineError.outside { () throws(CorpusError) in unsafe try read(into: target, at: place) }
  }

  package func unusable(_ what: String) -> EngineError {
    .outside(CorpusError.unusableSignatures(path, what))
  }

  package func changed(_ what: String) -> EngineError {
    .outside(CorpusError.changed(path, what))
  }
}
