internal import RepriseEngine

extension CheckedOptions {
  /// What the engine needs of the options.
  var engine: EngineOptions {
    EngineOptions(
      matching: matching, threads: resources.threads, memory: resources.memory,
      checksIDs: input.requiresUniqueIDs, isStrict: output.isStrict, hooks: hooks)
  }
}
