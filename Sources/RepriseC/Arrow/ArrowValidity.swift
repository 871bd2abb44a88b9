internal import CReprise

/// The bits that tell which rows of an array have a value.
struct ArrowValidity {
  private let bits: UnsafePointer<UInt8>
  private let start: Int

  /// Returns the bits of an array; nil if all rows have values.
  ///
  /// - Parameters:
  ///   - array: the array, whose first buffer has the bits.
  ///   - start: the index of the first row's bit.
  ///   - title: the name of the array in messages.
  /// - Throws: an error if there are nulls, but no bits.
  init?(_ array: ArrowArray, start: Int, _ title: String) throws(CallError) {
    guard array.null_count != 0, array.n_buffers > 0 else { return nil }
    guard let buffers = array.buffers, let first = buffers[0] else {
      guard array.null_count <= 0 else {
        throw .data(
          "\(title.capitalizedStart) has \(array.null_count) nulls, but no bits for them.")
      }
      return nil
    }
    bits = first.assumingMemoryBound(to: UInt8.self)
    self.start = start
  }

  /// Returns whether a row has a value.
  subscript(row: Int) -> Bool {
    let place = start + row
    return bits[place >> 3] >> UInt8(place & 7) & 1 == 1
  }
}

extension String {
  /// The text with a capital letter at its start, to begin a sentence.
  var capitalizedStart: String { prefix(1).uppercased() + dropFirst() }
}
