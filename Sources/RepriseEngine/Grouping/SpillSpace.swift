/// Where numbers go that do not fit in the memory.
package struct SpillSpace: Sendable {
  private let make: (@Sendable () throws(EngineError) -> any SpillFile)?

  /// Creates a space of files that `make` creates.
  package init(_ make: @escaping @Sendable () throws(EngineError) -> any SpillFile) {
    self.make = make
  }

  private init() { make = nil }

  /// Nowhere: the run has only its memory.
  package static let none = Self()

  /// True if there is such a place.
  package var exists: Bool { make != nil }

  /// Creates a file.
  ///
  /// - Throws: the error of creating it; `tooLittleMemory` if this run cannot have one.
  func makeFile() throws(EngineError) -> any SpillFile {
    guard let make else {
      throw .tooLittleMemory(
        "not enough memory: the buckets of the documents do not fit, and this run does not write a temporary "
          + "file")
    }
    return try make()
  }
}

/// Takes numbers, and gives them again, for any number of threads.
package protocol SpillFile: Sendable {
  /// Appends numbers, and returns where they are.
  func write(_ numbers: [UInt32]) throws(EngineError) -> Range<UInt64>
  /// Returns the numbers at a place that ``write(_:)`` returned.
  func read(_ place: Range<UInt64>) throws(EngineError) -> [UInt32]
}
