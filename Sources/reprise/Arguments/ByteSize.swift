internal import ArgumentParser

/// Sizes as people write them: 4096, 64K, 64MB, 1GiB; K, M and G are powers of 1024.
enum ByteSize {
  static func parse(_ argument: String) throws -> Int {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    let shift: Int? =
      switch argument.dropFirst(digits.count).uppercased() {
      case "", "B": 0
      case "K", "KB", "KIB": 10
      case "M", "MB", "MIB": 20
      case "G", "GB", "GIB": 30
      default: nil
      }
    guard let shift, let number = Int(digits), number <= Int.max >> shift else {
      throw ValidationError("it must be a number of bytes, or one with K, M or G behind it.")
    }
    return number << shift
  }
}
