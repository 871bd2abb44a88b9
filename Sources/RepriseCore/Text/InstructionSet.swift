internal import CKernels

/// The machine instructions that the kernels may use.
///
/// All sets give equal results; only tests and benchmarks need to choose one.
package enum InstructionSet: String, Sendable, CaseIterable {
  /// Portable C.
  case plain
  /// x86-64 with AVX2 and BMI2.
  case avx2
  /// x86-64 with AVX-512 F, BW, VL, DQ, IFMA, VBMI and VBMI2.
  case avx512
  /// NEON, which every 64-bit Arm processor has.
  case neon

  /// The widest set of this machine, or a narrower one if the environment variable
  /// `REPRISE_INSTRUCTION_SET` is `plain` or `avx2`.
  package static let best = InstructionSet(reprise_best_instruction_set())

  /// The sets that this machine can run, up to ``best``, ``plain`` first.
  package static var available: [InstructionSet] {
    switch best {
    case .plain: [.plain]
    case .avx2: [.plain, .avx2]
    case .avx512: [.plain, .avx2, .avx512]
    case .neon: [.plain, .neon]
    }
  }

  private init(_ kernel: reprise_instruction_set) {
    switch kernel {
    case REPRISE_AVX512: self = .avx512
    case REPRISE_AVX2: self = .avx2
    case REPRISE_NEON: self = .neon
    default: self = .plain
    }
  }

  var kernel: reprise_instruction_set {
    switch self {
    case .plain: REPRISE_PLAIN
    case .avx2: REPRISE_AVX2
    case .avx512: REPRISE_AVX512
    case .neon: REPRISE_NEON
    }
  }
}
