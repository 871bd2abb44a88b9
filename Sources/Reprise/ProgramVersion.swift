/// The version of Reprise, which `reprise --version` prints and `summary.json` has.
package enum ProgramVersion {
  package static let text = "0.1.0"
}
