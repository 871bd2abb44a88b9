// A conformance of a public type to a public protocol is public, whoever declares it.
public import ArgumentParser
public import Reprise

extension RecordFormat: ExpressibleByArgument {}
extension SignatureMethod: ExpressibleByArgument {}
extension ScanConfiguration.Verification: ExpressibleByArgument {}
extension ScanConfiguration.Find: ExpressibleByArgument {}

extension BytePath: ExpressibleByArgument {
  /// The path of the same bytes as the argument, UTF-8 or not.
  public init?(argument: String) { self.init(ArgumentText.bytes(argument)) }
}

/// One form of folding.
enum FoldedForm: String, CaseIterable, ExpressibleByArgument {
  case accents
  case compatibility

  /// All of the forms together.
  static func folding(_ forms: [FoldedForm]) -> Folding {
    forms.reduce(into: []) { $0.formUnion($1 == .accents ? .accents : .compatibility) }
  }
}
