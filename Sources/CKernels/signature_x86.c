// The fill round of signatures, and b-bit signatures, for AVX-512 and AVX2.
//
// Each lane is one slot. One loop reads all ids: it broadcasts the halves of an id to all lanes,
// combines them with the factor of each slot by one 32-bit multiplication, and keeps the minimum.
// Factors and minima stay in registers for the whole loop. With AVX-512 a loop fills up to 12
// vectors of 16 slots, with AVX2 4 vectors of 8. Each number of vectors has its own loop, so a few
// empty slots take less time.
//
// For AVX-512, `vpcompressd` gathers the factors of the empty slots, and `vpexpandd` puts the
// minima back into them; for AVX2, `vpermd` does both, by tables and `pdep`. The low bits of the slots come from a test, or a shift and a sign mask.
//
// The caller guarantees that there is an id, and that `k` is at most 1,024 and a multiple of 64.
// Local arrays have 64 entries more than slots, because whole vectors are read and written. The
// filled slots are those of `reprise_signature_fill` in plain C.

#include "signature_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include "bit_places.h"

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,popcnt")))
#define AVX2 __attribute__((target("avx2,bmi2,popcnt")))

AVX512 static inline __m512i step_512(__m512i least, __m512i high, __m512i low, __m512i factor) {
  __m512i v = _mm512_mullo_epi32(_mm512_xor_si512(high, factor), low);
  return _mm512_min_epu32(least, _mm512_xor_si512(v, _mm512_srli_epi32(v, 15)));
}

/// The maximum number of vectors of 16 slots that one loop fills: more would not fit the 32
/// registers together with their factors.
enum { MAXIMUM_WIDTH = 12 };

/// Computes the minima of `width` vectors of 16 slots; inlined with a constant width.
AVX512 static inline __attribute__((always_inline)) void fill_512(const uint64_t *ids,
                                                                  size_t count,
                                                                  const uint32_t *factors,
                                                                  uint32_t *minima, int width) {
  const __m512i one = _mm512_set1_epi32(1);
  __m512i factor[MAXIMUM_WIDTH], least[MAXIMUM_WIDTH];
  for (int k = 0; k < width; k++) {
    factor[k] = _mm512_loadu_si512(factors + 16 * k);
    least[k] = _mm512_set1_epi32(-1);
  }
  for (size_t i = 0; i < count; i++) {
    __m512i high = _mm512_set1_epi32((int)(uint32_t)(ids[i] >> 32));
    __m512i low = _mm512_or_si512(_mm512_set1_epi32((int)(uint32_t)ids[i]), one);
#pragma clang loop unroll(full)
    for (int k = 0; k < width; k++) least[k] = step_512(least[k], high, low, factor[k]);
  }
  for (int k = 0; k < width; k++) _mm512_storeu_si512(minima + 16 * k, least[k]);
}

/// Computes the minima for the first slots of `factors`, as many as one loop fills; returns their
/// number.
AVX512 static size_t fill_block_512(const uint64_t *ids, size_t count, const uint32_t *factors,
                                    size_t slots, uint32_t *minima) {
  switch (slots > 16 * MAXIMUM_WIDTH ? MAXIMUM_WIDTH : (slots + 15) / 16) {
#define WIDTH(n) case n: fill_512(ids, count, factors, minima, n); break;
    WIDTH(1) WIDTH(2) WIDTH(3) WIDTH(4) WIDTH(5) WIDTH(6)
    WIDTH(7) WIDTH(8) WIDTH(9) WIDTH(10) WIDTH(11) WIDTH(12)
#undef WIDTH
  }
  return slots < 16 * MAXIMUM_WIDTH ? slots : 16 * MAXIMUM_WIDTH;
}

AVX512 void reprise_signature_fill_avx512(const uint64_t *ids, size_t count, uint32_t *slots,
                                          size_t k) {
  uint32_t factors[1024 + 64], minima[1024 + 64];
  const __m512i none = _mm512_set1_epi32(-1);
  const __m512i step = _mm512_set1_epi32((int)(16 * REPRISE_FILL_FACTOR));
  __m512i factor = _mm512_mullo_epi32(
      _mm512_set_epi32(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1),
      _mm512_set1_epi32((int)REPRISE_FILL_FACTOR));
  size_t empties = 0;
  for (size_t i = 0; i < k; i += 16) {
    __mmask16 empty = _mm512_cmpeq_epi32_mask(_mm512_loadu_si512(slots + i), none);
    // Whole vectors are written; the numbers after the factor of the last empty slot are not used.
    _mm512_storeu_si512(factors + empties, _mm512_maskz_compress_epi32(empty, factor));
    empties += (size_t)__builtin_popcount(empty);
    factor = _mm512_add_epi32(factor, step);
  }
  for (size_t done = 0; done < empties;) {
    done += fill_block_512(ids, count, factors + done, empties - done, minima + done);
  }
  const __m512i top = _mm512_set1_epi32((int)0x80000000u);
  const uint32_t *next = minima;
  for (size_t i = 0; i < k; i += 16) {
    __m512i old = _mm512_loadu_si512(slots + i);
    __mmask16 empty = _mm512_cmpeq_epi32_mask(old, none);
    __m512i filled = _mm512_or_si512(_mm512_srli_epi32(_mm512_loadu_si512(next), 1), top);
    _mm512_storeu_si512(slots + i, _mm512_mask_expand_epi32(old, empty, filled));
    next += __builtin_popcount(empty);
  }
}

AVX2 static inline __m256i step_256(__m256i least, __m256i high, __m256i low, __m256i factor) {
  __m256i v = _mm256_mullo_epi32(_mm256_xor_si256(high, factor), low);
  return _mm256_min_epu32(least, _mm256_xor_si256(v, _mm256_srli_epi32(v, 15)));
}

AVX2 static inline void fill_256(const uint64_t *ids, size_t count, const uint32_t *factors,
                                 uint32_t *minima, int width) {
  const __m256i one = _mm256_set1_epi32(1);
  const __m256i *from = (const __m256i *)factors;
  __m256i *to = (__m256i *)minima;
  __m256i f0 = _mm256_loadu_si256(from), f1 = f0, f2 = f0, f3 = f0;
  if (width > 1) f1 = _mm256_loadu_si256(from + 1);
  if (width > 2) f2 = _mm256_loadu_si256(from + 2);
  if (width > 3) f3 = _mm256_loadu_si256(from + 3);
  __m256i m0 = _mm256_set1_epi32(-1), m1 = m0, m2 = m0, m3 = m0;
  for (size_t i = 0; i < count; i++) {
    __m256i high = _mm256_set1_epi32((int)(uint32_t)(ids[i] >> 32));
    __m256i low = _mm256_or_si256(_mm256_set1_epi32((int)(uint32_t)ids[i]), one);
    m0 = step_256(m0, high, low, f0);
    if (width > 1) m1 = step_256(m1, high, low, f1);
    if (width > 2) m2 = step_256(m2, high, low, f2);
    if (width > 3) m3 = step_256(m3, high, low, f3);
  }
  _mm256_storeu_si256(to, m0);
  if (width > 1) _mm256_storeu_si256(to + 1, m1);
  if (width > 2) _mm256_storeu_si256(to + 2, m2);
  if (width > 3) _mm256_storeu_si256(to + 3, m3);
}

AVX2 static size_t fill_block_256(const uint64_t *ids, size_t count, const uint32_t *factors,
                                  size_t slots, uint32_t *minima) {
  if (slots > 24) {
    fill_256(ids, count, factors, minima, 4);
  } else if (slots > 16) {
    fill_256(ids, count, factors, minima, 3);
  } else if (slots > 8) {
    fill_256(ids, count, factors, minima, 2);
  } else {
    fill_256(ids, count, factors, minima, 1);
  }
  return slots < 32 ? slots : 32;
}

/// The indices of the set bits of a byte, one in each lane.
AVX2 static inline __m256i places_of(uint32_t bits) {
  return _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)reprise_bit_places[0][bits]));
}

/// For each set bit of a byte, the number of bits set below it, in the lane of the bit.
AVX2 static inline __m256i ranks_of(uint32_t bits) {
  uint64_t bytes = _pdep_u64(bits, 0x0101010101010101u) * 0xFF;
  return _mm256_cvtepu8_epi32(
      _mm_cvtsi64_si128((long long)_pdep_u64(0x0706050403020100u, bytes)));
}

AVX2 void reprise_signature_fill_avx2(const uint64_t *ids, size_t count, uint32_t *slots,
                                      size_t k) {
  uint32_t factors[1024 + 64], minima[1024 + 64];
  const __m256i none = _mm256_set1_epi32(-1);
  const __m256i step = _mm256_set1_epi32((int)(8 * REPRISE_FILL_FACTOR));
  __m256i factor = _mm256_mullo_epi32(_mm256_set_epi32(8, 7, 6, 5, 4, 3, 2, 1),
                                      _mm256_set1_epi32((int)REPRISE_FILL_FACTOR));
  size_t empties = 0;
  for (size_t i = 0; i < k; i += 8) {
    __m256i empty = _mm256_cmpeq_epi32(_mm256_loadu_si256((const __m256i *)(slots + i)), none);
    uint32_t bits = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(empty));
    // Whole vectors are written; the numbers after the factor of the last empty slot are not used.
    _mm256_storeu_si256((__m256i *)(factors + empties),
                        _mm256_permutevar8x32_epi32(factor, places_of(bits)));
    empties += (size_t)__builtin_popcount(bits);
    factor = _mm256_add_epi32(factor, step);
  }
  for (size_t done = 0; done < empties;) {
    done += fill_block_256(ids, count, factors + done, empties - done, minima + done);
  }
  const __m256i top = _mm256_set1_epi32((int)0x80000000u);
  const uint32_t *next = minima;
  for (size_t i = 0; i < k; i += 8) {
    __m256i old = _mm256_loadu_si256((const __m256i *)(slots + i));
    __m256i empty = _mm256_cmpeq_epi32(old, none);
    uint32_t bits = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(empty));
    __m256i filled = _mm256_permutevar8x32_epi32(
        _mm256_loadu_si256((const __m256i *)next), ranks_of(bits));
    filled = _mm256_or_si256(_mm256_srli_epi32(filled, 1), top);
    _mm256_storeu_si256((__m256i *)(slots + i), _mm256_blendv_epi8(old, filled, empty));
    next += __builtin_popcount(bits);
  }
}

AVX512 void reprise_low_bits_avx512(const uint32_t *slots, size_t k, uint64_t *words) {
  const __m512i one = _mm512_set1_epi32(1);
  for (size_t word = 0; word < k / 64; word++) {
    uint64_t packed = 0;
    for (size_t part = 0; part < 4; part++) {
      __m512i values = _mm512_loadu_si512(slots + 64 * word + 16 * part);
      packed |= (uint64_t)_mm512_test_epi32_mask(values, one) << (16 * part);
    }
    words[word] = packed;
  }
}

AVX2 void reprise_low_bits_avx2(const uint32_t *slots, size_t k, uint64_t *words) {
  for (size_t word = 0; word < k / 64; word++) {
    uint64_t packed = 0;
    for (size_t part = 0; part < 8; part++) {
      __m256i values = _mm256_loadu_si256((const __m256i *)(slots + 64 * word + 8 * part));
      __m256 signs = _mm256_castsi256_ps(_mm256_slli_epi32(values, 31));
      packed |= (uint64_t)(uint32_t)_mm256_movemask_ps(signs) << (8 * part);
    }
    words[word] = packed;
  }
}
#endif
