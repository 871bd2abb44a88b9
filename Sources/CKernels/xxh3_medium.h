#ifndef REPRISE_XXH3_MEDIUM_H
#define REPRISE_XXH3_MEDIUM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cxxhash.h"

// XXH3-64 of 17 to 64 bytes with the default secret and seed 0, without a branch on the length:
// four 16-byte mixes, two of them masked away up to 32 bytes. The length of a shingle of five
// words straddles 32 all the time, and a mispredicted branch costs more than two multiplies.
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

static inline uint64_t reprise_xxh3_mix(const uint8_t *from, uint64_t low_secret, uint64_t high_secret) {
  __uint128_t product =
      (__uint128_t)(reprise_xxh3_load(from) ^ low_secret) * (reprise_xxh3_load(from + 8) ^ high_secret);
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t reprise_xxh3_17_to_64(const uint8_t *bytes, size_t length) {
  uint64_t long_mask = (uint64_t)0 - (uint64_t)(length > 32);
  uint64_t inner = reprise_xxh3_mix(bytes + 16, reprise_xxh3_secret[4], reprise_xxh3_secret[5]) +
                   reprise_xxh3_mix(bytes + length - 32, reprise_xxh3_secret[6], reprise_xxh3_secret[7]);
  uint64_t sum = (uint64_t)length * 0x9E3779B185EBCA87u + (inner & long_mask) +
                 reprise_xxh3_mix(bytes, reprise_xxh3_secret[0], reprise_xxh3_secret[1]) +
                 reprise_xxh3_mix(bytes + length - 16, reprise_xxh3_secret[2], reprise_xxh3_secret[3]);
  sum ^= sum >> 37;
  sum *= 0x165667919E3779F9u;
  return sum ^ (sum >> 32);
}

/// XXH3-64 with the default secret and seed 0, made for 17 to 64 bytes. At least 16 bytes before
/// `bytes` are readable.
static inline uint64_t reprise_xxh3_medium(const uint8_t *bytes, size_t length) {
  if (__builtin_expect(length - 17 <= 64 - 17, 1)) return reprise_xxh3_17_to_64(bytes, length);
  return XXH3_64bits(bytes, length);
}

#endif
