// The conformance of a public type to a public protocol is public even if it is declared here.
public import ArgumentParser
public import Reprise

extension RecordFormat: ExpressibleByArgument {}
extension SignatureMethod: ExpressibleByArgument {}
extension VerificationMethod: ExpressibleByArgument {}
extension FindScope: ExpressibleByArgument {}
extension Preset: ExpressibleByArgument {}
extension CutRules.Mode: ExpressibleByArgument {}
extension CutRules.Ends: ExpressibleByArgument {}
extension CutRules.BoilerplateAction: ExpressibleByArgument {}

extension BytePath: ExpressibleByArgument {
  /// Creates the path with the bytes of the argument, even if they are not UTF-8.
  public init?(argument: String) { self.init(ArgumentText.bytes(argument)) }
}

/// When text is colored.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto
  case always
  case never
}

/// A reason that a document was dropped or trimmed for.
enum ShownReason: String, CaseIterable, ExpressibleByArgument {
  case exact
  case words
  case near
  case contained
  case passage
  case remnant
}

/// One form of folding.
enum FoldedForm: String, CaseIterable, ExpressibleByArgument {
  case accents
  case compatibility
  case hyphens

  private var folding: Folding {
    switch self {
    case .accents: .accents
    case .compatibility: .compatibility
    case .hyphens: .hyphens
    }
  }

  /// Returns the folding that combines the forms.
  static func folding(_ forms: [FoldedForm]) -> Folding {
    forms.reduce(into: []) { $0.formUnion($1.folding) }
  }
}
