#ifndef REPRISE_XXH3_MEDIUM_H
#define REPRISE_XXH3_MEDIUM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cxxhash.h"

// XXH3-64 of 17 to 64 bytes with the default secret and seed 0, without a branch on the length.
//
// It always computes four 16-byte mixes, and a mask removes two of them up to 32 bytes. The length
// of a shingle of five words is often on either side of 32, and a mispredicted branch costs more
// than two multiplications. The two removed mixes read up to 15 bytes before and after the input,
// so these must be readable; their values do not matter.
//
// Algorithm: xxHash 0.8, doc/xxhash_spec.md, "XXH3 algorithm for medium inputs".

static const uint64_t reprise_xxh3_secret[8] = {
    0xbe4ba423396cfeb8u, 0x1cad21f72c81017cu, 0xdb979083e96dd4deu, 0x1f67b3b7a4a44072u,
    0x78e5c0cc4ee679cbu, 0x2172ffcc7dd05a82u, 0x8e2443f7744608b8u, 0x4c263a81e69035e0u,
};

static inline uint64_t reprise_xxh3_load(const uint8_t *from) {
  uint64_t word;
  memcpy(&word, from, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/// Xors the two halves of a 128-bit product.
static inline uint64_t reprise_xxh3_mix(uint64_t low, uint64_t high, int secret) {
  __uint128_t product = (__uint128_t)(low ^ reprise_xxh3_secret[secret]) *
                        (high ^ reprise_xxh3_secret[secret + 1]);
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/// Combines the mixes into the hash; `inner` are the two that count only above 32 bytes.
static inline uint64_t reprise_xxh3_finish(size_t length, uint64_t outer, uint64_t inner) {
  uint64_t long_mask = (uint64_t)0 - (uint64_t)(length > 32);
  uint64_t sum = (uint64_t)length * 0x9E3779B185EBCA87u + outer + (inner & long_mask);
  sum ^= sum >> 37;
  sum *= 0x165667919E3779F9u;
  return sum ^ (sum >> 32);
}

static inline uint64_t reprise_xxh3_17_to_64(const uint8_t *bytes, size_t length) {
  const uint8_t *end = bytes + length;
  uint64_t outer = reprise_xxh3_mix(reprise_xxh3_load(bytes), reprise_xxh3_load(bytes + 8), 0) +
                   reprise_xxh3_mix(reprise_xxh3_load(end - 16), reprise_xxh3_load(end - 8), 2);
  uint64_t inner =
      reprise_xxh3_mix(reprise_xxh3_load(bytes + 16), reprise_xxh3_load(bytes + 24), 4) +
      reprise_xxh3_mix(reprise_xxh3_load(end - 32), reprise_xxh3_load(end - 24), 6);
  return reprise_xxh3_finish(length, outer, inner);
}

/// XXH3-64 with the default secret and seed 0, of any length, fast for 17 to 64 bytes. At least 16
/// bytes before and after the input must be readable.
static inline uint64_t reprise_xxh3_medium(const uint8_t *bytes, size_t length) {
  if (__builtin_expect(length - 17 <= 64 - 17, 1)) return reprise_xxh3_17_to_64(bytes, length);
  return XXH3_64bits(bytes, length);
}

#endif
