internal import RepriseEngine
internal import RepriseFormats

extension RunMonitor {
  /// Begins to read inputs.
  func beginReading(_ inputs: [InputFile], _ diskSpace: RunProgress.DiskSpace? = nil) {
    // The decoded size of a compressed file or a pipe is unknown until it is read.
    let isKnown = inputs.allSatisfy { $0.compression == .none && !$0.isPipe }
    let total = inputs.reduce(0) { $0 + Int(clamping: $1.readByteCount) }
    beginReading(total: isKnown ? total : nil, diskSpace)
  }
}
