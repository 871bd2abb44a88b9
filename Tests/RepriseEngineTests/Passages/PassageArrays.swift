@testable import RepriseCore
@testable import RepriseEngine

extension CutPlan {
  /// Decides on passages that a test has in an array.
  init(
    _ passages: [Passage], in search: PassageSearch,
    mayVanish: (UInt32) -> Bool = { _ in true }
  ) {
    self.init(
      PassageList(passages), rules: search.rules, texts: { search.cutTexts[Int($0)] },
      mayVanish: mayVanish)
  }
}

extension BoilerplateFilter {
  /// Looks at passages that a test has in an array.
  init(_ passages: [Passage], rules: PassageRules) {
    self.init(PassageList(passages), rules: rules)
  }
}
