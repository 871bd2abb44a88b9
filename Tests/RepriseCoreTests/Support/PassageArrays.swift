@testable import RepriseCore

extension CutPlan {
  /// Decides on passages that a test has in an array.
  init(
    _ passages: [Passage], rules: PassageRules,
    mayVanish: (UInt32, Int) -> Bool = { _, _ in true }
  ) {
    self.init(PassageList(passages), rules: rules, mayVanish: mayVanish)
  }
}

extension BoilerplateFilter {
  /// Looks at passages that a test has in an array.
  init(_ passages: [Passage], rules: PassageRules) {
    self.init(PassageList(passages), rules: rules)
  }
}
