internal import CKernels
internal import RepriseSystem

/// Finds a document's title: the first line that is a sentence or a heading.
///
/// A title has at most 80 bytes and never ends inside a character. A line of fewer than three words, a
/// separator, mark-up, or a photo credit in capitals is not a title, unless there is no better line
/// among the first ones. Front matter and the headers of a message name the title.
package enum Title {
  package static let maximumByteCount = Int(REPRISE_LINE_LIMIT)

  /// The number of lines, and of bytes, in which a title is looked for.
  private static let lineLimit = 10
  private static let byteLimit = 2048

  // In bounds: every index stays within the text that is given, because each is compared with its
  // end before it is read.

  package static func find(in text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let hasMark = unsafe text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    let start = hasMark ? 3 : 0
    // Nearly all texts begin with a title, and of a line only its beginning is one.
    let beginning = unsafe line(in: text, from: start, atMost: maximumByteCount + 8)
    if unsafe isPlain(beginning) { return unsafe cut(beginning) }
    let head = unsafe UnsafeRawBufferPointer(
      rebasing: text[start..<min(text.count, start + byteLimit)])
    let first = unsafe line(in: head, from: 0)
    if let named = unsafe named(in: head, first) { return unsafe cut(named) }
    var next = 0
    for _ in 0..<lineLimit where next < head.count {
      let line = unsafe line(in: head, from: next)
      let heading = unsafe heading(of: line)
      // A heading may have one word.
      let isHeading = unsafe line.first == 0x23 && facts(heading).letters >= 3
      if unsafe isHeading || isTitle(heading) { return unsafe cut(heading) }
      next = unsafe end(of: line, in: head)
    }
    return unsafe cut(first)
  }

  /// The next line with anything but white space, without white space around it.
  private static func line(
    in text: UnsafeRawBufferPointer, from start: Int, atMost byteCount: Int = byteLimit
  ) -> UnsafeRawBufferPointer {
    var start = start
    while start < text.count, unsafe text[start] <= 0x20 { start += 1 }
    guard let base = text.baseAddress, start < text.count else {
      return unsafe UnsafeRawBufferPointer(rebasing: text[start..<start])
    }
    var end = start + min(text.count - start, byteCount)
    for feed in [Int32(0x0A), 0x0D] {
      // Files of old systems have carriage returns alone.
      if let found = unsafe memchr(base + start, feed, end - start) {
        end = unsafe UnsafeRawPointer(found) - base
      }
    }
    while end > start, unsafe text[end - 1] <= 0x20 { end -= 1 }
    return unsafe UnsafeRawBufferPointer(rebasing: text[start..<end])
  }

  /// The offset in the text after one of its lines.
  private static func end(
    of line: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer
  ) -> Int {
    guard let base = text.baseAddress, let start = line.baseAddress else { return text.count }
    return unsafe start - base + max(1, line.count)
  }

  /// The beginning of a line, at most 80 bytes.
  private static func cut(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard line.count > maximumByteCount else { return unsafe line }
    var end = maximumByteCount
    while end > 0, unsafe line[end] & 0xC0 == 0x80 { end -= 1 }
    while end > 0, unsafe line[end - 1] <= 0x20 { end -= 1 }
    return unsafe UnsafeRawBufferPointer(rebasing: line[..<end])
  }

  private static func facts(_ line: UnsafeRawBufferPointer) -> reprise_line {
    let count = min(line.count, maximumByteCount)
    guard let base = line.baseAddress else { return reprise_line() }
    // In bounds: the kernel reads `count` bytes.
    return unsafe reprise_line_facts(base.assumingMemoryBound(to: UInt8.self), count)
  }

  /// Whether a line is a sentence or a heading at first sight.
  private static func isPlain(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let first = unsafe line.first, first >= 0x80 || first.isLetterOrDigit else {
      return false
    }
    let facts = unsafe facts(line)
    // Neither the header of a message nor a credit in capitals is one.
    guard isEnough(facts, of: line.count), facts.small > 0 else { return false }
    return unsafe !isHeader(line)
  }

  private static func isTitle(_ line: UnsafeRawBufferPointer) -> Bool {
    let facts = unsafe facts(line)
    guard isEnough(facts, of: line.count), unsafe !isHeader(line) else { return false }
    return unsafe facts.small > 0 || !isCredit(line)
  }

  /// Whether a line has three words, or two characters of a script written without spaces, and is
  /// mostly letters.
  private static func isEnough(_ facts: reprise_line, of count: Int) -> Bool {
    let isLong = facts.words >= 3 && facts.letters >= 16
    let isMostlyLetters = 2 * Int(facts.letters) >= min(count, maximumByteCount)
    return (isLong || facts.wide >= 2) && isMostlyLetters
  }

  /// Whether a line in capitals names who made a picture.
  private static func isCredit(_ line: UnsafeRawBufferPointer) -> Bool {
    let text = unsafe cut(line)
    return text.indices.contains { at in
      // In bounds: what is left of the text is compared with no more than its bytes.
      let rest = unsafe text[at...]
      return creditWords.contains { unsafe $0[0] == text[at] && rest.starts(with: $0) }
    }
  }

  private static let creditWords = [
    "/", "PHOTO", "IMAGES", "GETTY", "REUTERS", "AGENCY", "CREDIT", "\u{A9}",
  ].map { Array($0.utf8) }

  /// Whether a line begins as the header of a message does, such as `From: `.
  private static func isHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    var at = 0
    while at < min(line.count, 30), unsafe line[at].isLetter || line[at] == 0x2D { at += 1 }
    // A short word and a colon may begin a sentence as well.
    guard at >= 2, at + 1 < line.count, unsafe line[at] == 0x3A, unsafe line[at + 1] == 0x20 else {
      return false
    }
    let name = unsafe String(decoding: line[..<at], as: UTF8.self).lowercased()
    return headers.contains(name)
  }

  private static let headers: Set<String> = [
    "from", "to", "cc", "date", "subject", "message-id", "path", "newsgroups", "organization",
    "received", "return-path", "reply-to", "content-type", "mime-version", "x-mailer", "lines",
    "references", "sender", "xref", "distribution", "keywords", "nntp-posting-host",
  ]

  /// The title that front matter or the headers of a message give.
  private static func named(
    in head: UnsafeRawBufferPointer, _ first: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer? {
    let isFrontMatter = unsafe first.elementsEqual("---".utf8)
    guard unsafe isFrontMatter || isHeader(first) else { return nil }
    let key = isFrontMatter ? "title:" : "subject:"
    var next = unsafe end(of: first, in: head)
    var line = unsafe first
    while true {
      if let value = unsafe value(of: key, in: line) { return unsafe value }
      guard next < head.count else { return nil }
      // Headers end with an empty line.
      let isAfterGap = unsafe !isFrontMatter && isGap(head, next)
      unsafe line = self.line(in: head, from: next)
      if unsafe isAfterGap || line.isEmpty || isFrontMatter && line.elementsEqual("---".utf8) {
        return nil
      }
      next = unsafe end(of: line, in: head)
    }
  }

  /// Whether an empty line follows an offset.
  private static func isGap(_ text: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    var (at, feeds) = (start, 0)
    while at < text.count, unsafe text[at] <= 0x20 {
      feeds += unsafe text[at] == 0x0A ? 1 : 0
      at += 1
    }
    return feeds > 1
  }

  private static func value(
    of key: String, in line: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer? {
    let key = Array(key.utf8)
    guard line.count > key.count,
      key.indices.allSatisfy({ unsafe line[$0] == key[$0] || line[$0] | 0x20 == key[$0] })
    else { return nil }
    return unsafe trimmed(
      UnsafeRawBufferPointer(rebasing: line[key.count...]), of: Array(" \t\"'".utf8))
  }

  /// Beginnings of lines that are neither headings nor sentences.
  private static let markup = [
    "[[", "[!", "![", "{{", "{%", "<!--", "```", "|", "#!", "#include", "> [!", "&lt;",
  ].map { Array($0.utf8) }

  /// What a heading, a list item or a comment begins and ends with.
  private static let decoration = Array("#>*=-+/; \t\u{22}".utf8)
  private static let spaces: [UInt8] = [0x20, 0x09]

  private static func isMarkup(_ line: UnsafeRawBufferPointer) -> Bool {
    // Most lines begin with a letter, and none of the others does.
    guard let first = unsafe line.first, first < 0x80, !first.isLetterOrDigit else { return false }
    return markup.contains { unsafe $0[0] == first && line.starts(with: $0) }
  }

  /// The offset of the first of a byte in a line; nil if it has none.
  private static func firstOffset(
    of byte: UInt8, in line: UnsafeRawBufferPointer
  ) -> Int? {
    // In bounds: `memchr` reads the bytes of the line.
    guard let base = line.baseAddress, let found = unsafe memchr(base, Int32(byte), line.count)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - base
  }

  /// A line without the mark-up of headings, lists and comments, up to the next tag.
  private static func heading(of line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    if unsafe isMarkup(line) { return unsafe UnsafeRawBufferPointer(rebasing: line[..<0]) }
    var rest = unsafe trimmed(line, of: decoration)
    while unsafe rest.first == 0x3C {
      guard let end = unsafe firstOffset(of: 0x3E, in: rest) else { break }
      unsafe rest = trimmed(
        UnsafeRawBufferPointer(rebasing: rest[(end + 1)...]), of: spaces)
    }
    guard let tag = unsafe firstOffset(of: 0x3C, in: rest), tag > 0 else { return unsafe rest }
    return unsafe UnsafeRawBufferPointer(rebasing: rest[..<tag])
  }

  private static func trimmed(
    _ line: UnsafeRawBufferPointer, of bytes: [UInt8]
  ) -> UnsafeRawBufferPointer {
    var (start, end) = (0, line.count)
    while start < end, unsafe bytes.contains(line[start]) { start += 1 }
    while end > start, unsafe bytes.contains(line[end - 1]) && line[end - 1] != 0x2B { end -= 1 }
    return unsafe UnsafeRawBufferPointer(rebasing: line[start..<end])
  }

  /// Returns the beginning of a text, at most `limit` bytes, without splitting a character.
  package static func prefix(of text: UnsafeRawBufferPointer, atMost limit: Int) -> String {
    var end = min(limit, text.count)
    while end > 0, end < text.count, unsafe text[end] & 0xC0 == 0x80 { end -= 1 }
    return unsafe String(decoding: text[..<end], as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
  fileprivate var isLetterOrDigit: Bool { isLetter || self >= 0x30 && self <= 0x39 }
}
