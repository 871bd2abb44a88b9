internal import Reprise

extension ScanReport {
  /// The passages that repeat, the largest with their places, and the boilerplate.
  var passages: String? {
    var parts: [String] = []
    let repeated = summary.largestPassages.filter { !$0.isBoilerplate }
    if summary.passageCount > 0 {
      var lead = Numbers.count(summary.passageCount, "passage") + " in more than one place"
      lead += summary.passageCount > repeated.count ? ", the largest:" : ":"
      parts.append(([lead] + repeated.flatMap(lines)).joined(separator: "\n"))
    }
    let boilerplate = summary.largestPassages.filter(\.isBoilerplate)
    if summary.boilerplateCount > 0 {
      var lead = "Boilerplate, in too many documents to cut: "
      lead += Numbers.count(summary.boilerplateCount, "passage")
      lead += summary.boilerplateCount > boilerplate.count ? ", the commonest:" : ":"
      parts.append(([lead] + boilerplate.flatMap(lines)).joined(separator: "\n"))
    }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  private func lines(of passage: ScanSummary.LargestPassage) -> [String] {
    let title = SafeText.line(passage.title).fitted(to: max(20, terminal.width - 2))
    var size = Numbers.count(passage.words, "word")
    size += ", " + Numbers.count(passage.byteCount, "byte")
    size +=
      passage.isBoilerplate
      ? ", in \(Numbers.count(passage.placeCount, "document")); an example:"
      : ", in \(Numbers.count(passage.placeCount, "place")):"
    var lines = ["  " + terminal.bold(title), "    " + size]
    for place in passage.places {
      let bytes = "bytes \(place.start)-\(place.end)"
      let fate = passage.isBoilerplate ? "" : place.isKept ? ", kept" : ", cut"
      lines.append("    " + SafeText.line(place.id) + ", " + bytes + fate)
    }
    let rest = passage.placeCount - passage.places.count
    if rest > 0 && !passage.isBoilerplate { lines.append("    and \(Numbers.grouped(rest)) more") }
    return lines
  }
}
