/// A table read byte by byte: the twin of the scanner of rows and of the reader of fields.
package struct NaiveTable {
  /// A row, with its line end, and its fields; nil if it breaks a rule.
  package struct Row: Equatable {
    package var bytes: [UInt8]
    package var fields: [[UInt8]]?
  }

  private enum State { case start, plain, quoted, closed, broken }

  package private(set) var rows: [Row] = []

  package init(_ bytes: [UInt8], delimiter: UInt8) {
    var (row, fields, field): ([UInt8], [[UInt8]], [UInt8]) = ([], [], [])
    var (state, isBroken) = (State.start, false)
    func end() {
      var isWrong = isBroken
      if state == .quoted { isWrong = true }
      // A carriage return before the end is part of the line end; in quotes it is text.
      if !wasQuoted, field.last == 0x0D { field.removeLast() }
      if !wasQuoted, field.contains(0x0D) { isWrong = true }
      rows.append(Row(bytes: row, fields: isWrong ? nil : fields + [field]))
      (row, fields, field, isBroken, wasQuoted) = ([], [], [], false, false)
      state = .start
    }
    var wasQuoted = false
    for (index, byte) in bytes.enumerated() {
      row.append(byte)
      switch state {
      case .quoted:
        if byte == 0x22 { state = .closed } else { field.append(byte) }
      case .closed where byte == 0x22:
        field.append(byte)
        state = .quoted
      default:
        if byte == 0x0A {
          end()
        } else if byte == delimiter {
          if field.contains(0x0D), !wasQuoted { isBroken = true }
          fields.append(field)
          (field, wasQuoted, state) = ([], false, .start)
        } else if byte == 0x22 {
          if state == .start {
            (state, wasQuoted) = (.quoted, true)
          } else {
            (state, isBroken) = (.broken, true)
          }
        } else if state == .closed {
          let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
          // Only a line end may follow a closing quote.
          if byte != 0x0D || next != 0x0A { (state, isBroken) = (.broken, true) }
        } else {
          field.append(byte)
          if state == .start { state = .plain }
        }
      }
    }
    if !row.isEmpty { end() }
  }
}
