#include "signature.h"

#include <string.h>

#include "signature_kernels.h"
#include "xxh3_medium.h"

void reprise_signature_buckets(const uint64_t *ids, size_t count, uint32_t *slots,
                               unsigned log2_k) {
  unsigned shift = 64 - log2_k;
  for (size_t i = 0; i < count; i++) {
    uint64_t slot = ids[i] >> shift;
    uint32_t value = (uint32_t)ids[i] >> 1;
    // Always stored: whether a slot falls is as good as random, and a mispredicted branch costs
    // more than the store.
    uint32_t least = slots[slot];
    least = value < least ? value : least;
    // Without this the compiler makes the branch again.
    __asm__("" : "+r"(least));
    slots[slot] = least;
  }
}

size_t reprise_fill_block_plain(const uint64_t *ids, size_t count, const uint32_t *factors,
                                size_t slots, uint32_t *minima) {
  size_t block = slots < 16 ? slots : 16;
  uint32_t least[16];
  for (size_t s = 0; s < 16; s++) least[s] = 0xFFFFFFFFu;
  for (size_t i = 0; i < count; i++) {
    uint32_t high = (uint32_t)(ids[i] >> 32), low = (uint32_t)ids[i] | 1;
    for (size_t s = 0; s < 16; s++) {
      uint32_t v = (high ^ factors[s]) * low;
      v ^= v >> 15;
      least[s] = v < least[s] ? v : least[s];
    }
  }
  for (size_t s = 0; s < block; s++) minima[s] = least[s];
  return block;
}

static reprise_fill_block *fill_kernel(reprise_instruction_set set) {
#if defined(__x86_64__)
  if (set == REPRISE_AVX2) return reprise_fill_block_avx2;
#endif
  return reprise_fill_block_plain;
}

void reprise_signature_fill(const uint64_t *ids, size_t count, uint32_t *slots, size_t k,
                            reprise_instruction_set set) {
#if defined(__x86_64__)
  if (set == REPRISE_AVX512) {
    reprise_signature_fill_avx512(ids, count, slots, k);
    return;
  }
#endif
  // Room for the widest block behind the last empty slot.
  uint16_t empty[1024];
  uint32_t factors[1024 + 64], minima[1024 + 64];
  size_t empties = 0;
  for (size_t i = 0; i < k; i++) {
    empty[empties] = (uint16_t)i;
    factors[empties] = (uint32_t)(i + 1) * REPRISE_FILL_FACTOR;
    empties += slots[i] == 0xFFFFFFFFu;
  }
  for (size_t i = 0; i < 64; i++) factors[empties + i] = 0;
  reprise_fill_block *block = fill_kernel(set);
  for (size_t done = 0; done < empties;) {
    done += block(ids, count, factors + done, empties - done, minima + done);
  }
  for (size_t i = 0; i < empties; i++) slots[empty[i]] = 0x80000000u | minima[i] >> 1;
}

static inline void affine32(const uint64_t *ids, size_t count, const uint32_t *a,
                            const uint32_t *b, uint32_t *slots, size_t k) {
  for (size_t i = 0; i < count; i++) {
    uint32_t x = (uint32_t)ids[i];
    for (size_t s = 0; s < k; s++) {
      uint32_t value = a[s] * x + b[s];
      slots[s] = value < slots[s] ? value : slots[s];
    }
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void affine32_avx2(const uint64_t *ids, size_t count,
                                                          const uint32_t *a, const uint32_t *b,
                                                          uint32_t *slots, size_t k) {
  affine32(ids, count, a, b, slots, k);
}
#endif

void reprise_minhash_affine32(const uint64_t *ids, size_t count, const uint32_t *a,
                              const uint32_t *b, uint32_t *slots, size_t k,
                              reprise_instruction_set set) {
#if defined(__x86_64__)
  if (set != REPRISE_PLAIN) {
    affine32_avx2(ids, count, a, b, slots, k);
    return;
  }
#endif
  affine32(ids, count, a, b, slots, k);
}

static inline uint32_t little_endian(uint32_t value) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return __builtin_bswap32(value);
#else
  return value;
#endif
}

void reprise_band_keys(const uint32_t *slots, size_t bands, size_t rows, uint32_t scheme,
                       uint64_t *keys) {
  // In front of the message what the hash may read and mask away.
  uint32_t room[4 + 2 + 1024] = {0};
  uint32_t *message = room + 4;
  message[0] = little_endian(scheme);
  for (size_t band = 0; band < bands; band++) {
    message[1] = little_endian((uint32_t)band);
    for (size_t row = 0; row < rows; row++) {
      message[2 + row] = little_endian(slots[band * rows + row]);
    }
    keys[band] = reprise_xxh3_medium((const uint8_t *)message, 4 * (2 + rows));
  }
}

void reprise_low_bits_plain(const uint32_t *slots, size_t k, uint64_t *words) {
  for (size_t word = 0; word < k / 64; word++) {
    uint64_t packed = 0;
    for (size_t i = 0; i < 64; i++) packed |= (uint64_t)(slots[64 * word + i] & 1) << i;
    words[word] = packed;
  }
}

void reprise_signature_low_bits(const uint32_t *slots, size_t k, uint64_t *words,
                                reprise_instruction_set set) {
#if defined(__x86_64__)
  if (set == REPRISE_AVX512) {
    reprise_low_bits_avx512(slots, k, words);
    return;
  }
  if (set == REPRISE_AVX2) {
    reprise_low_bits_avx2(slots, k, words);
    return;
  }
#endif
  reprise_low_bits_plain(slots, k, words);
}
