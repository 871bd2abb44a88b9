internal import Reprise

extension ScanReport {
  /// The repeated passages, the largest with their occurrences, and the boilerplate.
  var passages: String? {
    var parts: [String] = []
    let repeated = summary.largestPassages.filter { !$0.isBoilerplate }
    if summary.passageCount > 0 {
      var lead = Numbers.count(summary.passageCount, "repeated passage")
      lead += summary.passageCount > repeated.count ? ", the largest:" : ":"
      parts.append(([lead] + repeated.flatMap(lines)).joined(separator: "\n"))
    }
    let boilerplate = summary.largestPassages.filter(\.isBoilerplate)
    if summary.boilerplateCount > 0 {
      var lead = "Boilerplate, in very many documents: "
      lead += Numbers.count(summary.boilerplateCount, "passage")
      lead += summary.boilerplateCount > boilerplate.count ? ", the most common:" : ":"
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
      ? ", in \(Numbers.count(passage.placeCount, "document")), for example:"
      : ", \(Numbers.count(passage.placeCount, "occurrence")):"
    var lines = ["  " + terminal.bold(title), "    " + size]
    for (place, removedByteCount) in zip(passage.occurrences, passage.removedByteCounts) {
      let bytes = "bytes \(place.start)-\(place.end)"
      let decision =
        switch removedByteCount {
        case place.end - place.start: ", cut"
        case 0: place.isKept && !passage.isBoilerplate ? ", kept" : ""
        default: ", " + Numbers.count(removedByteCount, "byte") + " cut"
        }
      lines.append("    " + SafeText.line(place.id) + ", " + bytes + decision)
    }
    let rest = passage.placeCount - passage.occurrences.count
    if rest > 0 && !passage.isBoilerplate { lines.append("    and \(Numbers.grouped(rest)) more") }
    return lines
  }
}
