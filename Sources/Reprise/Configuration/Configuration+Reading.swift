internal import RepriseCorpus

extension ScanConfiguration {
  /// Finds the files that the paths stand for; the results folder is none of them.
  /// - Throws: a path that does not exist, a glob that is none, two files of one output name.
  func discover() throws(CorpusError) -> DiscoveredFiles {
    var options = DiscoveryOptions()
    options.include = try Self.patterns(selection.include)
    options.exclude = try Self.patterns(selection.exclude)
    options.includesHidden = selection.includesHidden
    options.format = selection.format
    options.excludedFolders = [FilePath(output)]
    return try Discovery.find(paths.map { FilePath($0) }, options: options)
  }

  private static func patterns(_ globs: [String]) throws(CorpusError) -> [GlobPattern] {
    var patterns: [GlobPattern] = []
    for glob in globs { patterns.append(try GlobPattern(glob)) }
    return patterns
  }

  /// How the files are cut into records.
  /// - Throws: what is wrong with the regular expression.
  func readingOptions(scratch: FilePath) throws(CorpusError) -> ReadingOptions {
    var options = ReadingOptions()
    options.temporaryFolder = scratch
    options.chunkByteCount = chunkByteCount
    options.encoding = try TextEncoding(named: encoding)
    options.maximumRecordByteCount = min(
      maximumDocumentByteCount, folding.isEmpty ? .max : Folding.maximumByteCount)
    switch articles {
    case .after(let expression):
      options.articleRule = try ArticleRule(cut: .after, expression: expression)
    case .before(let expression):
      options.articleRule = try ArticleRule(cut: .before, expression: expression)
    case nil: break
    }
    return options
  }
}
