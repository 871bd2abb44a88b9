// The fill round of signatures for NEON, with four slots in each vector. See signature_x86.c: factors
// and minima stay in registers while one loop reads all ids.

#include "signature_kernels.h"

#if defined(__aarch64__)
#include <arm_neon.h>

#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif
#define INLINE static inline __attribute__((always_inline))

/// Computes the minima of `width` vectors of 4 slots; inlined with a constant width.
INLINE void fill(const uint64_t *ids, size_t count, const uint32_t *factors, uint32_t *minima,
                 int width) {
  uint32x4_t factor[8], least[8];
  UNROLL
  for (int k = 0; k < width; k++) {
    factor[k] = vld1q_u32(factors + 4 * k);
    least[k] = vdupq_n_u32(0xFFFFFFFFu);
  }
  for (size_t i = 0; i < count; i++) {
    uint32x4_t high = vdupq_n_u32((uint32_t)(ids[i] >> 32));
    uint32x4_t low = vdupq_n_u32((uint32_t)ids[i] | 1);
    UNROLL
    for (int k = 0; k < width; k++) {
      uint32x4_t v = vmulq_u32(veorq_u32(high, factor[k]), low);
      least[k] = vminq_u32(least[k], veorq_u32(v, vshrq_n_u32(v, 15)));
    }
  }
  UNROLL
  for (int k = 0; k < width; k++) vst1q_u32(minima + 4 * k, least[k]);
}

size_t reprise_fill_block_neon(const uint64_t *ids, size_t count, const uint32_t *factors,
                               size_t slots, uint32_t *minima) {
  switch (slots > 32 ? 8 : (slots + 3) / 4) {
#define WIDTH(n) case n: fill(ids, count, factors, minima, n); break;
    WIDTH(1) WIDTH(2) WIDTH(3) WIDTH(4) WIDTH(5) WIDTH(6) WIDTH(7) WIDTH(8)
#undef WIDTH
  }
  return slots < 32 ? slots : 32;
}
#endif
