/// The patterns that apply in a folder: those of `.ignore` and `.gitignore` files in it and in the
/// walked folders above it, and of `.git/info/exclude`.
struct IgnoreRules {
  /// The files of one name, from the highest folder to the lowest.
  private var lists: [[PatternList]] = Array(repeating: [], count: names.count)

  /// The names of the files.
  ///
  /// What an earlier one says takes precedence over a later one, and a lower folder over a higher one.
  private static let names: [BytePath] = [".ignore", ".gitignore", ".git/info/exclude"]
  private static let gitFolder: BytePath = ".git"
  /// Git reads no larger file either.
  private static let byteLimit = 100 << 20

  private struct PatternList {
    /// The number of bytes of a path before the part that is below the folder of the file.
    var baseByteCount: Int
    var patterns: [IgnorePattern]
  }

  /// Reads the files of a folder.
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - entries: the names in it.
  /// - Returns: the errors of files that could not be read, whose patterns do not apply.
  mutating func enter(_ folder: FoundEntry, entries: [BytePath]) -> [CorpusError] {
    var errors: [CorpusError] = []
    let present = Set(entries)
    let base = folder.relativePath.bytes.isEmpty ? 0 : folder.relativePath.bytes.count + 1
    for (index, name) in Self.names.enumerated()
    where present.contains(index == 2 ? Self.gitFolder : name) {
      do throws(CorpusError) {
        guard let content = try Self.content(of: folder.path.appending(name)) else { continue }
        let patterns = Self.patterns(content)
        if !patterns.isEmpty {
          lists[index].append(PatternList(baseByteCount: base, patterns: patterns))
        }
      } catch {
        errors.append(error)
      }
    }
    return errors
  }

  /// Returns whether an entry is left out: the last pattern that matches decides.
  ///
  /// - Complexity: O(patterns * length of the path).
  func leavesOut(_ entry: FoundEntry) -> Bool {
    let (path, isFolder) = (entry.relativePath.bytes, entry.status.kind == .folder)
    let name = entry.relativePath.lastComponent
    if name == Self.gitFolder { return true }
    for list in lists {
      for file in list.reversed() {
        let below = path[file.baseByteCount...]
        let decisive = file.patterns.last {
          $0.matches(below, name: name.bytes, isFolder: isFolder)
        }
        if let decisive { return !decisive.isNegated }
      }
    }
    return false
  }

  private static func patterns(_ content: [UInt8]) -> [IgnorePattern] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let lines = (content.starts(with: mark) ? content[mark.count...] : content[...])
      .split(separator: 0x0A)
    return lines.compactMap { IgnorePattern($0) }
  }

  /// Returns the content of a file; nil if there is none.
  private static func content(of path: BytePath) throws(CorpusError) -> [UInt8]? {
    guard try FileStatus.ofAny(at: path)?.kind == .file else { return nil }
    let file = try OpenFile.file(reading: path)
    let size = Int(clamping: try file.status().byteCount)
    guard size <= byteLimit else {
      throw CorpusError(
        .recordTooLong, "the file is larger than the limit of \(byteLimit) bytes", path: path)
    }
    var bytes = [UInt8](repeating: 0, count: size)
    let count = unsafe try bytes.withUnsafeMutableBufferPointer { buffer throws(CorpusError) in
      unsafe try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
    }
    return Array(bytes[..<count])
  }
}
