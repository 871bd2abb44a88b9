internal import Reprise

extension CompareReport {
  /// The number of equal words shown on each side of a difference.
  private static let contextWords = 4

  /// Returns a heading, then each passage with its two occurrences and the words that differ.
  func passages(_ terminal: Terminal) -> [String] {
    let passages = comparison.passages
    guard !passages.isEmpty else { return ["They share no passages."] }
    let heading = terminal.bold("They share \(Numbers.count(passages.count, "passage")):")
    return [heading] + passages.map { text(of: $0, terminal) } + unfollowed
  }

  private func text(of passage: SharedPassage, _ terminal: Terminal) -> String {
    let rows = SideBySide(terminal)
    var lines = [
      "\(Numbers.count(passage.words, "word")), identity \(Numbers.similarity(passage.identity))",
      rows.row("A  " + place(passage.first), "B  " + place(passage.second)),
    ]
    if let part = passage.parts.first {
      lines.append(rows.row(beginning(of: part.firstText), beginning(of: part.secondText)))
    }
    for index in passage.parts.indices where !passage.parts[index].isEqual {
      lines.append(contentsOf: difference(index, passage.parts, rows))
    }
    return lines.joined(separator: "\n")
  }

  private func place(_ place: SharedPassage.Place) -> String {
    let bytes = "bytes \(place.bytes.lowerBound)-\(place.bytes.upperBound)"
    let lines =
      place.firstLine == place.lastLine
      ? "line \(place.firstLine)" : "lines \(place.firstLine)-\(place.lastLine)"
    return "\(bytes), \(lines)"
  }

  private func beginning(of text: String) -> String { SafeText.line(String(text.prefix(400))) }

  private func difference(
    _ index: Int, _ parts: [SharedPassage.Part], _ rows: SideBySide
  ) -> [String] {
    let part = parts[index]
    let (before, after) = (parts[index - 1], parts[index + 1])
    let numbers = (String(part.first.firstLine), String(part.second.firstLine))
    return rows.difference(
      SideBySide.Cell(
        number: numbers.0, before: last(before.firstText), text: SafeText.line(part.firstText),
        after: first(after.firstText)),
      SideBySide.Cell(
        number: numbers.1, before: last(before.secondText), text: SafeText.line(part.secondText),
        after: first(after.secondText)))
  }

  private func first(_ text: String) -> String {
    SafeText.line(String(text.prefix(200))).split(separator: " ").prefix(Self.contextWords)
      .joined(separator: " ")
  }

  private func last(_ text: String) -> String {
    SafeText.line(String(text.suffix(200))).split(separator: " ").suffix(Self.contextWords)
      .joined(separator: " ")
  }

  private var unfollowed: [String] {
    guard comparison.unfollowedTokenCount > 0 else { return [] }
    let count = Numbers.count(comparison.unfollowedTokenCount, "word")
    return [
      "The files repeat each other so often that not all repeats were followed: "
        + "\(count) of the second file may be in more passages."
    ]
  }

  /// Writes the passages as JSON.
  func writePassages(_ writer: inout JSONWriter) {
    if comparison.unfollowedTokenCount > 0 {
      writer.field("unfollowed_tokens", comparison.unfollowedTokenCount)
    }
    writer.objects("passages", comparison.passages) { writer, passage in
      writer.field("words", passage.words)
      writer.field("identity", passage.identity)
      write(passage.first, "first", &writer)
      write(passage.second, "second", &writer)
      writer.objects("differences", passage.parts.filter { !$0.isEqual }) { writer, part in
        write(part.first, "first", &writer)
        writer.field("first_text", part.firstText)
        write(part.second, "second", &writer)
        writer.field("second_text", part.secondText)
      }
    }
  }

  private func write(
    _ place: SharedPassage.Place, _ name: String, _ writer: inout JSONWriter
  ) {
    writer.object(name) { writer in
      writer.field("start", place.bytes.lowerBound)
      writer.field("end", place.bytes.upperBound)
      writer.field("first_line", place.firstLine)
      writer.field("last_line", place.lastLine)
    }
  }
}
