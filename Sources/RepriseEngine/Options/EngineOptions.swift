internal import RepriseCore

/// What the stages between reading and writing need of a run's options.
package struct EngineOptions: Sendable {
  package let matching: MatchingParameters
  package let threads: Int
  /// The memory limit in bytes; nil means half of the machine's memory.
  package let memory: Int?
  /// True if repeated ids are problems.
  package var checksIDs = false
  /// True to stop at the first problem.
  package var isStrict = false
  package var hooks = TestHooks()

  /// Creates options.
  package init(
    matching: MatchingParameters, threads: Int, memory: Int?, checksIDs: Bool = false,
    isStrict: Bool = false, hooks: TestHooks = TestHooks()
  ) {
    (self.matching, self.threads, self.memory) = (matching, threads, memory)
    (self.checksIDs, self.isStrict, self.hooks) = (checksIDs, isStrict, hooks)
  }
}
