// Shingle ids: the portable kernel, the same compiled for BMI2, and the choice of a kernel by
// instruction set. shingles_avx512.c has the kernel for AVX-512.

#include "shingles.h"

#include "shingles_kernels.h"

#if defined(__x86_64__)
// The instruction `mulx` of BMI2 writes both halves of a product to any registers.
__attribute__((target("bmi2"))) static void ids_bmi2(const uint8_t *bytes, const uint32_t *starts,
                                                     size_t count, size_t n, uint64_t *ids) {
  reprise_shingle_ids_of(bytes, starts, count, n, ids);
}
#endif

void reprise_shingle_ids(const uint8_t *bytes, const uint32_t *starts, size_t count, size_t n,
                         uint64_t *ids, reprise_instruction_set set) {
#if defined(__x86_64__)
  if (set == REPRISE_AVX512) {
    reprise_shingle_ids_avx512(bytes, starts, count, n, ids);
    return;
  }
  if (set == REPRISE_AVX2) {
    ids_bmi2(bytes, starts, count, n, ids);
    return;
  }
#endif
  (void)set;
  reprise_shingle_ids_of(bytes, starts, count, n, ids);
}
