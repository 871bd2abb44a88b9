internal import RepriseCore

/// The documents that are dropped for what their cuts leave: a different one has nearly all words of
/// it, or is similar to it.
struct DroppedRemainders {
  private(set) var drops: [UInt32: CutPlan.Vanished] = [:]
  /// Documents that were dropped for a reason, and were not with later cuts.
  ///
  /// They are not dropped for it again, so that the decisions come to an end.
  private var restored = (contained: Set<UInt32>(), near: Set<UInt32>())

  /// Takes over what the last cuts lead to; returns whether it differs.
  mutating func update(
    _ contained: [UInt32: CutPlan.Vanished], _ near: [UInt32: CutPlan.Vanished]
  ) -> Bool {
    for (document, reason) in drops {
      if case .near = reason {
        if near[document] == nil { restored.near.insert(document) }
      } else if contained[document] == nil {
        restored.contained.insert(document)
      }
    }
    var found = near.filter { !restored.near.contains($0.key) }
    for (document, drop) in contained where !restored.contained.contains(document) {
      found[document] = drop
    }
    defer { drops = found }
    return found != drops
  }
}
