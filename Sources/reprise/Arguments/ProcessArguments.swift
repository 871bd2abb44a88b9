internal import CArguments
internal import RepriseSystem

/// The command-line arguments of the process.
enum ProcessArguments {
  /// The bytes of every argument after the program's name.
  static var bytes: [[UInt8]] {
    guard var next = unsafe reprise_argument_vector() else {
      return CommandLine.arguments.dropFirst().map { Array($0.utf8) }
    }
    var arguments: [[UInt8]] = []
    // The system ends the array with a null pointer, and each argument with a zero.
    while let argument = unsafe next.pointee {
      let count = unsafe strlen(argument)
      unsafe arguments.append(Array(UnsafeRawBufferPointer(start: argument, count: count)))
      unsafe next += 1
    }
    return Array(arguments.dropFirst())
  }
}
