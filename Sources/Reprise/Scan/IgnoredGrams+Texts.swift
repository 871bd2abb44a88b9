internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

extension IgnoredGrams {
  /// Reads the texts that the user wants to be ignored.
  ///
  /// - Parameters:
  ///   - files: text files, plain or compressed.
  ///   - rules: the rules of the scan.
  /// - Throws: the error of a file that cannot be read, or of one that is too large.
  init(_ files: [BytePath], rules: TokenRules) throws(CorpusError) {
    self.init()
    guard !files.isEmpty else { return }
    var tokens = TokenizedText(rules: rules)
    for file in files {
      let limit = rules.maximumByteCount
      let content = try InputFile.content(of: file, limit: limit)
      unsafe tokens.read(content.span.bytes)
      add(PassageText(tokens))
    }
  }

  /// Takes the texts that the user wants to be ignored.
  init(texts: [String], rules: TokenRules) {
    self.init()
    guard !texts.isEmpty else { return }
    var tokens = TokenizedText(rules: rules)
    for text in texts {
      let bytes = Array(text.utf8)
      unsafe tokens.read(bytes.span.bytes)
      add(PassageText(tokens))
    }
  }
}
