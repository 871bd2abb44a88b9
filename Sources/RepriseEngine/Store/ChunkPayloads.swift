/// Where the payloads of chunks are: a signature file, or memory.
package protocol ChunkPayloads: Sendable {
  /// Fills a buffer from an offset in a payload.
  ///
  /// - Throws: the error of reading, also if there are fewer bytes.
  func fill(_ target: UnsafeMutableRawBufferPointer, from place: UInt64) throws(EngineError)
  /// Returns the error of a payload that is not what it must be.
  func unusable(_ what: String) -> EngineError
  /// Returns the error of a payload that changed between two readings.
  func changed(_ what: String) -> EngineError
}
