// Vectors of 16 bytes for the plain kernels, of the compiler's own vector type: SSE2 on x86-64,
// NEON on ARM.
#ifndef REPRISE_BYTES16_H
#define REPRISE_BYTES16_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef uint8_t reprise_bytes16 __attribute__((vector_size(16)));

static inline reprise_bytes16 reprise_load16(const uint8_t *from) {
  reprise_bytes16 bytes;
  memcpy(&bytes, from, 16);
  return bytes;
}

static inline reprise_bytes16 reprise_all16(uint8_t byte) { return (reprise_bytes16){0} + byte; }

/// The top bit of each byte: bit i of the result is that of byte i.
static inline uint64_t reprise_mask16(reprise_bytes16 bytes) {
#if defined(__SSE2__)
  return (uint64_t)(uint32_t)_mm_movemask_epi8((__m128i)bytes);
#else
  uint64_t mask = 0;
  for (int half = 0; half < 2; half++) {
    uint64_t word;
    memcpy(&word, (const uint8_t *)&bytes + 8 * half, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    word = (word >> 7) & 0x0101010101010101ull;
    mask |= (word * 0x0102040810204080ull) >> 56 << (8 * half);
  }
  return mask;
#endif
}

#endif
