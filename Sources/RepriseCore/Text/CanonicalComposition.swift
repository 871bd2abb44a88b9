struct CanonicalComposition {
  var scalars: [UInt32] = []
  @unsafe mutating func decode(_ a: UnsafePointer<UInt8>, _ s: Int, _ e: Int) {}
  mutating func compose() {}
}
