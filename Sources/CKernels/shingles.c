// Shingle ids: the portable kernel, and the choice of a kernel by instruction set. shingles_avx2.c and
// shingles_avx512.c have the vector kernels. Arm has 64-bit products of single numbers only, so the
// portable kernel serves NEON, too.

#include "shingles.h"

#include "shingles_kernels.h"

void reprise_shingle_ids(const uint8_t *bytes, const uint32_t *starts, size_t count, size_t n,
                         uint64_t *ids, reprise_instruction_set set) {
#if defined(__x86_64__)
  if (set == REPRISE_AVX512) {
    reprise_shingle_ids_avx512(bytes, starts, count, n, ids);
    return;
  }
  if (set == REPRISE_AVX2) {
    reprise_shingle_ids_avx2(bytes, starts, count, n, ids);
    return;
  }
#endif
  (void)set;
  reprise_shingle_ids_of(bytes, starts, count, n, ids);
}
