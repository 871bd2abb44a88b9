internal import RepriseEngine
public import RepriseFormats

/// Limits the threads, memory and disk of a run.
///
/// These options do not change results.
public struct ResourceOptions: Hashable, Sendable {
  /// The number of threads: 1 to 1024.
  public var threads = Workers.availableCores
  /// The memory limit in bytes; nil means half of the machine's memory.
  ///
  /// It must be at least 69 MiB with one thread, and 14 MiB more for each further one.
  public var memory: Int?
  /// The folder for temporary files and for everything that a resumed run needs; nil means a hidden
  /// folder next to the results folder.
  public var scratch: BytePath?
  /// True to continue a stopped run that had the same parameters.
  public var resumes = false
  /// False to begin even if the disk seems to have less space than the run needs.
  public var checksDisk = true

  /// Creates options with the command's defaults.
  public init() {}
}

extension ResourceOptions {
  /// Checks the limits.
  ///
  /// - Throws: an error that names the limit that is out of range, and the range.
  func check() throws(RepriseError) {
    guard (1...1024).contains(threads) else {
      throw .invalidParameter("the number of threads must be 1 to 1024, not \(threads)")
    }
    let least = MemoryPlan.least(threads: threads)
    guard memory ?? .max >= least else {
      throw .invalidParameter(
        "with \(threads == 1 ? "one thread" : "\(threads) threads") the memory limit must be at least "
          + "\(MemoryPlan.mebibytes(of: least)) MiB, not \(memory ?? 0) bytes")
    }
  }
}
