// Signatures: the bucket round, the fill round, classical MinHash, band keys and b-bit signatures,
// in portable C, and the choice of a kernel by instruction set. signature_x86.c and
// signature_neon.c have the vector kernels.
//
// The fill round takes most of the time: for every empty slot it computes a hash of every id and
// keeps the minimum. The empty slots are first gathered in an array. A kernel then reads all
// ids once for a block of slots that fits its registers, and the minima are written back to the
// slots. signature.h says what callers must guarantee.

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
    // The slot is always stored: whether its value falls is nearly random, and a mispredicted
    // branch costs more than the store.
    uint32_t least = slots[slot];
    least = value < least ? value : least;
    // Without this the compiler makes it a branch again.
    __asm__("" : "+r"(least));
    slots[slot] = least;
  }
}

// Vectors of the compiler's own type. SSE2 and NEON multiply two pairs of 32-bit numbers into 64
// bits, so the factors are in the low halves of 64 bits.
typedef uint32_t vector32 __attribute__((vector_size(16)));
typedef int32_t signed_vector32 __attribute__((vector_size(16)));
typedef uint64_t vector64 __attribute__((vector_size(16)));

/// Updates the minima of four slots. Their top bits are inverted, because these instruction sets
/// compare only signed numbers.
static inline vector32 fill_step(vector32 least, vector64 high, vector64 low,
                                 const vector64 *factors) {
  const uint64_t half = 0xFFFFFFFFu;
  vector64 first = ((high ^ factors[0]) & half) * (low & half);
  vector64 second = ((high ^ factors[1]) & half) * (low & half);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  vector32 v = __builtin_shufflevector((vector32)first, (vector32)second, 1, 3, 5, 7);
#else
  vector32 v = __builtin_shufflevector((vector32)first, (vector32)second, 0, 2, 4, 6);
#endif
  v ^= v >> 15;
  v ^= 0x80000000u;
  vector32 less = (vector32)((signed_vector32)v < (signed_vector32)least);
  return (v & less) | (least & ~less);
}

/// Computes the minima of `width` vectors of 4 slots; inlined with a constant width.
static inline __attribute__((always_inline)) void fill_plain(
    const uint64_t *ids, size_t count, const uint32_t *factors, uint32_t *minima, size_t width) {
  vector64 f[8];
  vector32 least[4];
  for (size_t i = 0; i < 2 * width; i++) f[i] = (vector64){factors[2 * i], factors[2 * i + 1]};
  for (size_t i = 0; i < width; i++) least[i] = (vector32){0} + 0x7FFFFFFFu;
  for (size_t i = 0; i < count; i++) {
    uint64_t h = ids[i] >> 32, l = (uint32_t)ids[i] | 1;
    vector64 high = {h, h}, low = {l, l};
    for (size_t k = 0; k < width; k++) least[k] = fill_step(least[k], high, low, f + 2 * k);
  }
  for (size_t i = 0; i < width; i++) {
    vector32 result = least[i] ^ 0x80000000u;
    memcpy(minima + 4 * i, &result, 16);
  }
}

size_t reprise_fill_block_plain(const uint64_t *ids, size_t count, const uint32_t *factors,
                                size_t slots, uint32_t *minima) {
  if (slots > 12) {
    fill_plain(ids, count, factors, minima, 4);
  } else if (slots > 8) {
    fill_plain(ids, count, factors, minima, 3);
  } else if (slots > 4) {
    fill_plain(ids, count, factors, minima, 2);
  } else {
    fill_plain(ids, count, factors, minima, 1);
  }
  return slots < 16 ? slots : 16;
}

static reprise_fill_block *fill_kernel(reprise_instruction_set set) {
#if defined(__aarch64__)
  if (set == REPRISE_NEON) return reprise_fill_block_neon;
#endif
  (void)set;
  return reprise_fill_block_plain;
}

void reprise_signature_fill(const uint64_t *ids, size_t count, uint32_t *slots, size_t k,
                            reprise_instruction_set set) {
#if defined(__x86_64__)
  if (set == REPRISE_AVX512) {
    reprise_signature_fill_avx512(ids, count, slots, k);
    return;
  }
  if (set == REPRISE_AVX2) {
    reprise_signature_fill_avx2(ids, count, slots, k);
    return;
  }
#endif
  // The arrays have space for the widest block after the last empty slot.
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
  (void)set;
  affine32(ids, count, a, b, slots, k);
}

static inline uint32_t little_endian(uint32_t value) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return __builtin_bswap32(value);
#else
  return value;
#endif
}

/// Two slots, as eight bytes of the hashed message.
static inline uint64_t slot_pair(const uint32_t *slots) {
  return slots[0] | (uint64_t)slots[1] << 32;
}

/// The key of a band of 8 to 14 rows, whose message has 40 to 64 bytes. It is read directly from
/// the slots, because a hash that reads what was just copied waits for the copy.
static inline uint64_t medium_band_key(uint64_t header, const uint32_t *slots, size_t rows) {
  const uint32_t *end = slots + rows;
  uint64_t outer = reprise_xxh3_mix(header, slot_pair(slots), 0) +
                   reprise_xxh3_mix(slot_pair(end - 4), slot_pair(end - 2), 2);
  uint64_t inner = reprise_xxh3_mix(slot_pair(slots + 2), slot_pair(slots + 4), 4) +
                   reprise_xxh3_mix(slot_pair(end - 8), slot_pair(end - 6), 6);
  return reprise_xxh3_finish(4 * (2 + rows), outer, inner);
}

void reprise_band_keys(const uint32_t *slots, size_t bands, size_t rows, uint32_t scheme,
                       uint64_t *keys) {
  if (rows >= 8 && rows <= 14) {
    for (size_t band = 0; band < bands; band++) {
      keys[band] = medium_band_key(scheme | (uint64_t)band << 32, slots + band * rows, rows);
    }
    return;
  }
  uint32_t message[2 + 1024];
  message[0] = little_endian(scheme);
  for (size_t band = 0; band < bands; band++) {
    message[1] = little_endian((uint32_t)band);
    for (size_t row = 0; row < rows; row++) {
      message[2 + row] = little_endian(slots[band * rows + row]);
    }
    keys[band] = XXH3_64bits(message, 4 * (2 + rows));
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
  (void)set;
  reprise_low_bits_plain(slots, k, words);
}
