internal import ArgumentParser
internal import Reprise

/// Parses the part of a corpus to sign.
enum ShardArgument {
  /// Returns the part that a text such as `3/100` names.
  ///
  /// - Throws: an error if the text names none.
  static func parse(_ text: String) throws -> InputShard {
    let numbers = try ArgumentText.plain(text)
      .split(separator: "/", omittingEmptySubsequences: false)
    guard numbers.count == 2, let number = Int(numbers[0]), let count = Int(numbers[1]),
      let shard = InputShard(number, of: count)
    else {
      throw ValidationError(
        "it must be a number, a slash and the number of parts, such as 3/100; both are at least 1.")
    }
    return shard
  }
}
