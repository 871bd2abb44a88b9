internal import RepriseEngine
package import RepriseFormats

/// The parameters of a check.
package struct CheckOptions: Sendable {
  /// Files and folders to compare.
  package var paths: [BytePath]
  /// Report only copies in these files; nil for all.
  package var files: [BytePath]?
  /// Globs of files and folders to skip.
  package var exclude: [String] = []
  /// The length of the shortest passage to find, in words: at least 16.
  package var minimumPassage = 30
  /// The minimum similarity of documents: above 0, at most 1.
  package var threshold = 0.8
  /// The kinds of repetition to find.
  package var find = FindScope.all
  /// Files with text that may repeat.
  package var ignoredTexts: [BytePath] = []
  /// True if fenced code of Markdown may repeat.
  package var ignoresCode = false
  /// Groups of files, each a list of globs: what repeats within a group is not reported.
  package var groups: [[String]] = []
  /// The report to write, as ``Report`` does; nil for none.
  package var report: BytePath?
  /// The number of threads.
  package var threads = Workers.availableCores

  /// The files of folders that are read: documentation.
  package static let included = ["*.{md,markdown,mdx,rst,adoc,asciidoc,txt}"]

  /// Creates options with the command's defaults.
  package init(paths: [BytePath]) { self.paths = paths }

  /// The scan that finds what repeats.
  ///
  /// - Parameters:
  ///   - files: the folder with copies of the files.
  ///   - folder: the folder for results and scratch files.
  /// - Returns: the parameters of the scan.
  func scan(_ files: BytePath, into folder: BytePath) -> ScanOptions {
    var options = ScanOptions(paths: [files])
    options.input.selection.format = .text
    options.input.ignoredTexts = ignoredTexts
    options.matching.find = find
    options.matching.threshold = threshold
    options.matching.minimumPassage = minimumPassage
    // Every copy is reported, however many there are, and with its edits.
    options.matching.boilerplateLimit = 1 << 30
    options.matching.cuts.mode = .none
    options.matching.cuts.cutsRepeats = true
    options.matching.cuts.cutsMarkup = true
    options.resources.threads = threads
    options.resources.scratch = folder.appending("scratch")
    options.output.folder = folder.appending("results")
    return options
  }
}
