/// An error that ends a run of the engine.
///
/// The engine does not know files. The error of a store, of texts or of a spill space is passed on as
/// it was thrown.
package enum EngineError: Error {
  /// The run was cancelled.
  case stopped
  /// The memory limit is too low: the needed memory and the limit.
  case tooLittleMemory(String)
  /// There are more documents, or more that belong together, than a run can compare.
  case tooManyDocuments(String)
  /// A second reading of the sketches gave other bytes than the first.
  case changed(String)
  /// An error of a store, of texts or of a spill space.
  case outside(any Error)
}
