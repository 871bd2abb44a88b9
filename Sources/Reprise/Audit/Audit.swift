internal import RepriseEngine
public import RepriseFormats

/// Measures what a scan missed, and computes its drops again another way.
///
/// A sample of the documents that stay is compared with all others that stay, exactly and without
/// bands or signatures: what repeats an earlier one and was not found is counted. `docs/audit.md` has
/// the formulas. It reads the corpus twice. Do not use it to find duplicates: it reports only those
/// of the sample.
public struct Audit: Sendable {
  /// The results folder.
  public var results: BytePath
  /// The number of documents to compare with all others; all, if fewer stay.
  public var sampleSize = 20_000
  /// The number of drops to compute again.
  public var checkedDropCount = 1000
  /// Another seed takes other documents.
  public var seed: UInt64 = 1
  /// The confidence of intervals: above 0, below 1.
  public var confidence = 0.95
  /// The thresholds for which the numbers of documents are estimated, each above 0, at most 1.
  public var thresholds = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
  /// The similarity from which documents below the threshold are counted: from 0 to 1.
  package var floor = 0.5
  /// The memory in bytes for the sample, which has fewer documents if they need more; nil for no limit.
  package var memoryLimit: Int?

  /// Creates an audit of a results folder.
  public init(_ results: BytePath) { self.results = results }

  /// Does the audit.
  ///
  /// - Parameter cancellation: lets another thread stop the run.
  /// - Returns: counts, estimates with their limits, and the documents that were missed.
  /// - Throws: an error for a parameter that is out of range, for results that cannot be read or were
  ///   not of documents, and for inputs that cannot be read again or have changed.
  /// - Complexity: O(bytes of the corpus), and the hits of sampled shingles. Memory: at most 64 bytes
  ///   for each word of the sample, and a byte for each document.
  public func run(cancellation: Cancellation = Cancellation()) throws(RepriseError) -> Report {
    guard sampleSize > 0, checkedDropCount >= 0 else {
      throw .invalidParameter("a sample has at least one document")
    }
    guard confidence > 0 && confidence < 1 else {
      throw .invalidParameter("the confidence must be above 0 and below 1, not \(confidence)")
    }
    guard thresholds.allSatisfy({ $0 > 0 && $0 <= 1 }) else {
      throw .invalidParameter("a threshold must be above 0 and at most 1")
    }
    guard (0...1).contains(floor) else {
      throw .invalidParameter("the floor must be at least 0 and at most 1, not \(floor)")
    }
    if let memoryLimit, memoryLimit < 1 {
      throw .invalidParameter("the memory limit must be at least 1 byte, not \(memoryLimit)")
    }
    do throws(CorpusError) {
      return try AuditRun(self, cancellation).report()
    } catch {
      throw RepriseError(error, cancellation)
    }
  }
}
