import CKernels
import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Signature kernels and their plain twins")
struct SignatureTwinTests {
  @Test(
    "The sketch is the twin's on every instruction set",
    arguments: InstructionSet.available, Signature.slotCounts)
  func sketchAgrees(set: InstructionSet, slotCount: Int) {
    // From no slot hit to all: every number of empty slots around a block is met on the way.
    for count in [1, 2, 3, 5, 8, 17, 40, 100] + [slotCount, 3 * slotCount, 2_000] {
      var random = seeded(slotCount, count)
      let ids = random.words(count)
      let expected = PlainSignature.sketch(of: ids, slotCount: slotCount)
      #expect(signatureSlots(of: ids, slotCount: slotCount, on: set) == expected, "\(count) ids")
    }
  }

  @Test(
    "Any number of empty slots is filled as the twin fills them",
    arguments: InstructionSet.available)
  func fillAgrees(set: InstructionSet) {
    for empties in 0...200 {
      var random = seeded(empties)
      let ids = random.words(3)
      var slots = [UInt32](repeating: 7, count: 256)
      var places = Array(0..<256)
      random.shuffle(&places)
      for place in places.prefix(empties) { slots[place] = .max }
      let expected = slots.enumerated().map { slot, value in
        value == .max ? PlainSignature.fill(slot, ids) : value
      }
      unsafe reprise_signature_fill(ids, ids.count, &slots, slots.count, set.kernel)
      #expect(slots == expected, "\(empties) empty slots")
    }
  }

  @Test(
    "Affine MinHash is the twin's on every instruction set",
    arguments: InstructionSet.available, Signature.slotCounts + [1, 7, 100])
  func minhashAgrees(set: InstructionSet, slotCount: Int) {
    for count in [1, 2, 5, 33, 2_000 / (1 + slotCount / 128)] {
      var random = seeded(slotCount, count, 1)
      let ids = random.words(count)
      let factors = random.words(slotCount).map { UInt32($0 >> 32) | 1 }
      let summands = random.words(slotCount).map { UInt32($0 >> 32) }
      var slots = [UInt32](repeating: .max, count: slotCount)
      unsafe reprise_minhash_affine32(
        ids, count, factors, summands, &slots, slotCount, set.kernel)
      #expect(slots == PlainSignature.minhash(of: ids, factors, summands), "\(count) ids")
    }
  }

  @Test("The functions of a seed are those of SplitMix64")
  func seedsFunctions() {
    // The first words of SplitMix64 from state 1234567, from its authors' reference program.
    var generator = SplitMix64(state: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    var words = SplitMix64(state: 1)
    var (factors, summands) = ([UInt32](), [UInt32]())
    for _ in 0..<64 {
      factors.append(UInt32(words.next() >> 32) | 1)
      summands.append(UInt32(words.next() >> 32))
    }
    let ids: [UInt64] = [1, 2, 3 << 40 | 5]
    #expect(
      MinHash(slotCount: 64, seed: 1).signature(of: ids.span)
        == PlainSignature.minhash(of: ids, factors, summands))
  }
}

@Suite("Signatures")
struct SignatureTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    var method: SignatureMethod
    var slotCount: Int
    var testDescription: String { "\(method), K = \(slotCount)" }
    static let all = SignatureMethod.allCases.flatMap { method in
      Signature.slotCounts.map { Kind(method: method, slotCount: $0) }
    }
  }

  @Test("Order and repetition of shingles do not matter", arguments: Kind.all)
  func ignoreOrderAndRepetition(kind: Kind) {
    for count in [1, 3, 30, 300] {
      var random = seeded(count, kind.slotCount)
      let ids = random.words(count)
      var shuffled = ids + ids.prefix(count / 2 + 1) + ids
      random.shuffle(&shuffled)
      #expect(slots(shuffled, kind) == slots(ids, kind), "\(count) ids")
    }
  }

  @Test("The merge of two signatures is the signature of the union", arguments: Kind.all)
  func mergeIsUnion(kind: Kind) {
    for (left, right) in [(1, 1), (3, 100), (40, 40), (500, 2), (700, 900)] {
      var random = seeded(left, right)
      let ids = random.words(left + right)
      var first = Signature(slotCount: kind.slotCount, method: kind.method)
      var second = Signature(slotCount: kind.slotCount, method: kind.method)
      first.read(ids[..<left])
      second.read(ids[(left - 1)...])
      first.merge(second)
      #expect(first.span.array == slots(ids, kind), "\(left) and \(right) ids")
    }
  }

  @Test("The first slots are the same however many are computed", arguments: Kind.all)
  func firstSlots(kind: Kind) {
    for set in InstructionSet.available {
      for (count, computed) in [(1, 1), (40, 64), (90, 189), (700, 1000)] {
        var random = seeded(count, computed)
        let ids = random.words(count)
        var signature = Signature(
          slotCount: kind.slotCount, computing: computed, method: kind.method,
          instructionSet: set)
        signature.read(ids.span)
        #expect(
          signature.computedSlotCount == min(kind.slotCount, (computed + 63) / 64 * 64))
        let expected = slots(ids, kind).prefix(signature.computedSlotCount)
        #expect(signature.span.array == Array(expected), "\(computed) slots of \(count) ids")
      }
    }
  }

  @Test("A set read in chunks and merged has the same signature", arguments: Kind.all)
  func chunksMerge(kind: Kind) {
    var random = seeded(kind.slotCount, 9)
    let ids = random.words(400)
    for chunk in [1, 7, 64, 399] {
      var whole = Signature(slotCount: kind.slotCount, method: kind.method)
      whole.read(ids[..<chunk])
      for start in stride(from: chunk, to: ids.count, by: chunk) {
        var part = Signature(slotCount: kind.slotCount, method: kind.method)
        part.read(ids[start..<min(start + chunk, ids.count)])
        whole.merge(part)
      }
      #expect(whole.span.array == slots(ids, kind), "chunks of \(chunk)")
    }
  }

  @Test("Every instruction set gives the same", arguments: Kind.all)
  func agreeOnInstructionSets(kind: Kind) {
    for count in [1, 5, 50, 500] {
      var random = seeded(count, kind.slotCount, 2)
      let ids = random.words(count)
      let plain = signatureSlots(
        of: ids, slotCount: kind.slotCount, method: kind.method, on: .plain)
      for set in InstructionSet.available {
        #expect(
          signatureSlots(
            of: ids, slotCount: kind.slotCount, method: kind.method, on: set) == plain)
      }
    }
  }

  @Test("A buffer that was used for another set changes nothing, and equal sets are wholly similar")
  func reuseBuffers() {
    var random = seeded(3)
    let (first, second) = (random.words(500), random.words(4))
    var signature = Signature(slotCount: 256)
    signature.read(first)
    signature.read(second)
    var fresh = Signature(slotCount: 256)
    fresh.read(second)
    #expect(signature.span.array == fresh.span.array)
    #expect(signature.similarity(to: fresh) == 1)
  }

  @Test(
    "Ids at the ends of the range fill a slot like any other", arguments: InstructionSet.available)
  func extremeIDs(set: InstructionSet) {
    for ids in [[0], [.max], [0, .max], [0xFFFF_FFFF], [.max << 32]] as [[UInt64]] {
      #expect(
        signatureSlots(of: ids, slotCount: 64, on: set)
          == PlainSignature.sketch(of: ids, slotCount: 64))
    }
  }

  private func slots(_ ids: [UInt64], _ kind: Kind) -> [UInt32] {
    signatureSlots(of: ids, slotCount: kind.slotCount, method: kind.method)
  }
}
