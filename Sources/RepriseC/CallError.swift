internal import CReprise
internal import Reprise
internal import RepriseSystem

/// An error of a call: its kind, and a sentence.
struct CallError: Error {
  let code: Int32
  let message: String

  static func option(_ message: String) -> Self {
    Self(code: Int32(REPRISE_INVALID_OPTION), message: message)
  }

  static func data(_ message: String) -> Self {
    Self(code: Int32(REPRISE_INVALID_DATA), message: message)
  }

  private init(code: Int32, message: String) { (self.code, self.message) = (code, message) }

  init(_ error: RepriseError) {
    let code =
      switch error.reason {
      case .invalidParameter: REPRISE_INVALID_OPTION
      case .corpus(let error):
        switch error.reason {
        case .stopped: REPRISE_STOPPED
        case .invalidResults, .tooManyDocuments: REPRISE_INVALID_DATA
        case .tooLittleMemory, .invalidPattern, .encoding: REPRISE_INVALID_OPTION
        default: REPRISE_INPUT_OUTPUT
        }
      }
    let sentence = error.description.capitalizedStart
    self.init(code: Int32(code), message: sentence.hasSuffix(".") ? sentence : sentence + ".")
  }
}

/// Returns a copy of a text that `reprise_free` releases.
func ownedText(_ text: String) -> UnsafeMutablePointer<CChar>? { strdup(text) }

/// Calls `body` and returns the code of its error, whose sentence `error` gets; 0 without an error.
func call(
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ body: () throws(CallError) -> Void
) -> Int32 {
  error?.pointee = nil
  do throws(CallError) {
    try body()
    return 0
  } catch let failure {
    error?.pointee = ownedText(failure.message)
    return failure.code
  }
}
