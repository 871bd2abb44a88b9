public import RepriseFormats

/// The results folder of a scan, for programs that read it.
///
/// The files have one entry a line, so each is read in memory that does not grow with it. For people,
/// there are ``Report`` and ``Export``. ``Clean`` needs only the folder.
public struct Results: Sendable {
  /// Gives the entries of a file one after another.
  ///
  /// Not thread-safe.
  public final class Entries<Entry> {
    private let read: () throws(CorpusError) -> Entry?

    init(_ read: @escaping () throws(CorpusError) -> Entry?) { self.read = read }

    /// Returns the next entry; nil after the last one.
    ///
    /// - Throws: an error with the line that is not one of a scan, or that the system could not read.
    public func next() throws(RepriseError) -> Entry? {
      do throws(CorpusError) { return try read() } catch { throw RepriseError(error) }
    }
  }

  /// The folder.
  public let folder: BytePath

  /// Names a results folder; its files are opened when they are asked for.
  public init(_ folder: BytePath) { self.folder = folder }

  /// Opens the manifest: the decision on each document, in corpus order.
  ///
  /// - Throws: an error if the file cannot be opened.
  public func documents() throws(RepriseError) -> Entries<ManifestEntry> {
    try open { () throws(CorpusError) in
      let reader = try ManifestReader(resultsFolder: folder)
      return Entries { () throws(CorpusError) in try reader.next() }
    }
  }

  /// Opens the clusters of similar documents.
  ///
  /// - Throws: an error if the file cannot be opened.
  public func clusters() throws(RepriseError) -> Entries<ClusterEntry> {
    try entries(.clusters, ClusterEntry.init)
  }

  /// Opens the verified pairs.
  ///
  /// - Throws: an error if the file cannot be opened.
  public func pairs() throws(RepriseError) -> Entries<PairEntry> {
    try entries(.pairs, PairEntry.init)
  }

  /// Opens the repeated passages.
  ///
  /// - Throws: an error if the file cannot be opened.
  public func passages() throws(RepriseError) -> Entries<PassageEntry> {
    try entries(.passages, PassageEntry.init)
  }

  /// Opens the list of what was skipped or replaced.
  ///
  /// - Throws: an error if the file cannot be opened.
  public func problems() throws(RepriseError) -> Entries<Problem> {
    try entries(.problems, Problem.init)
  }

  private func entries<Entry>(
    _ name: ResultsFolder.Name, _ read: @escaping (JSONTree) -> Entry?
  ) throws(RepriseError) -> Entries<Entry> {
    try open { () throws(CorpusError) in
      let reader = try EntryReader(name, in: folder, read)
      return Entries { () throws(CorpusError) in try reader.next() }
    }
  }

  private func open<Entry>(
    _ body: () throws(CorpusError) -> Entries<Entry>
  ) throws(RepriseError) -> Entries<Entry> {
    do throws(CorpusError) { return try body() } catch { throw RepriseError(error) }
  }
}
