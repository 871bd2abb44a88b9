import RepriseSystem

extension CorpusError: CustomStringConvertible {
  /// A sentence that names the file, the location and the rule.
  package var description: String {
    var text = ""
    if let path { text += "\"\(path)\"" }
    if let line { text += text.isEmpty ? "Line \(line)" : ", line \(line)" }
    if let byte { text += text.isEmpty ? "Byte \(byte)" : ", byte \(byte)" }
    text += text.isEmpty ? detail : ": \(detail)"
    if let errorNumber { text += " (\(Self.systemMessage(errorNumber)))" }
    return text + "."
  }

  static func systemMessage(_ errorNumber: Int32) -> String {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let base = buffer.baseAddress, unsafe strerror_r(errorNumber, base, 256) == 0 else {
        return "error \(errorNumber)"
      }
      return unsafe String(cString: base)
    }
  }

  static func cannotOpen(_ path: BytePath, _ errorNumber: Int32) -> Self {
    Self(.cannotOpen, "cannot be opened", path: path, errorNumber: errorNumber)
  }

  static func cannotRead(_ path: BytePath, _ errorNumber: Int32, byte: UInt64? = nil) -> Self {
    Self(.cannotRead, "cannot be read", path: path, byte: byte, errorNumber: errorNumber)
  }

  static func cannotWrite(_ path: BytePath, _ errorNumber: Int32) -> Self {
    Self(.cannotWrite, "cannot be written", path: path, errorNumber: errorNumber)
  }

  /// An entry that is not a file, although a file is required.
  static func notAFile(_ path: BytePath, _ kind: FileStatus.Kind) -> Self {
    Self(.cannotOpen, "is a \(kind), not a file", path: path)
  }

  static func outOfMemory(_ path: BytePath?) -> Self {
    Self(
      .outOfMemory, "the system has no memory left to pack or unpack it", path: path,
      errorNumber: ENOMEM)
  }

  /// An error for a file that changed after it was found; `what` describes the change.
  package static func changed(_ path: BytePath, _ what: String) -> Self {
    Self(.changed, "the file changed during the run: \(what)", path: path)
  }
}
