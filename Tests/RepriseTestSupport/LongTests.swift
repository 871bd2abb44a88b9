internal import Foundation

/// The number of cases of tests that scripts/large-runs runs at length.
package enum LongTests {
  /// Returns the number of cases, which is larger if `REPRISE_LONG_TESTS` is 1.
  package static func count(_ short: Int, long: Int) -> Int {
    ProcessInfo.processInfo.environment["REPRISE_LONG_TESTS"] == "1" ? long : short
  }
}
