internal import RepriseCore

/// What the stages between reading and writing need of a run's options.
struct EngineOptions: Sendable {
  let matching: MatchingParameters
  let threads: Int
  /// The memory limit in bytes; nil means half of the machine's memory.
  let memory: Int?
  /// True if repeated ids are problems.
  var checksIDs = false
  /// True to stop at the first problem.
  var isStrict = false
  var hooks = TestHooks()
}

extension CheckedOptions {
  /// What the engine needs of the options.
  var engine: EngineOptions {
    EngineOptions(
      matching: matching, threads: resources.threads, memory: resources.memory,
      checksIDs: input.requiresUniqueIDs, isStrict: output.isStrict, hooks: hooks)
  }
}
