@testable import RepriseCore
@testable import RepriseEngine

extension CandidateComponents {
  /// All components of buckets that are in memory.
  init(bands: [Buckets], documentCount: Int) {
    var graph = CandidateGraph(documentCount: documentCount, bandCount: bands.count) { bands[$0] }
    self.init(0..<graph.componentCount, of: &graph, bandCount: bands.count) { bands[$0] }
  }
}
