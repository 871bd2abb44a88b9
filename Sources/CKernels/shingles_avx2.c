// Shingle ids for AVX2: XXH3-64 of four shingles at a time, one in each 64-bit lane.
//
// As in shingles_avx512.c, the first and the last 32 bytes of four shingles are loaded and
// transposed, so that word k of all four is in one vector, and the mixes that count only above 32
// bytes are masked. A 64-bit product is made of four products of 32 bits. Shingles of other lengths
// than 17 to 64 bytes are hashed again one by one.
//
// The caller guarantees that 31 bytes before `bytes` and 31 bytes after the last token are
// readable: a shingle shorter than 32 bytes is loaded with its surroundings. `ids` gets
// `count - n + 1` hashes, those of the portable kernel; nothing is written after them, because the
// last four shingles may overlap the four before.

#include "shingles_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi,bmi2")))
#define INLINE static inline __attribute__((always_inline))

/// Loads 32 bytes from each of four addresses: word k at address i becomes lane i of `words[k]`.
TARGET INLINE void load_words(const uint8_t *const from[4], __m256i words[4]) {
  __m256i rows[4];
  for (int i = 0; i < 4; i++) {
    rows[i] = _mm256_loadu_si256((const __m256i *)(const void *)from[i]);
  }
  __m256i even01 = _mm256_unpacklo_epi64(rows[0], rows[1]);
  __m256i odd01 = _mm256_unpackhi_epi64(rows[0], rows[1]);
  __m256i even23 = _mm256_unpacklo_epi64(rows[2], rows[3]);
  __m256i odd23 = _mm256_unpackhi_epi64(rows[2], rows[3]);
  words[0] = _mm256_permute2x128_si256(even01, even23, 0x20);
  words[1] = _mm256_permute2x128_si256(odd01, odd23, 0x20);
  words[2] = _mm256_permute2x128_si256(even01, even23, 0x31);
  words[3] = _mm256_permute2x128_si256(odd01, odd23, 0x31);
}

TARGET INLINE __m256i all(uint64_t value) { return _mm256_set1_epi64x((long long)value); }

/// Xors the two halves of a 128-bit product.
TARGET INLINE __m256i mix(__m256i x, __m256i y, int secret) {
  x = _mm256_xor_si256(x, all(reprise_xxh3_secret[secret]));
  y = _mm256_xor_si256(y, all(reprise_xxh3_secret[secret + 1]));
  __m256i x_high = _mm256_srli_epi64(x, 32), y_high = _mm256_srli_epi64(y, 32);
  __m256i low = _mm256_mul_epu32(x, y), high = _mm256_mul_epu32(x_high, y_high);
  // The parts of the product at bit 32; neither sum exceeds 64 bits.
  __m256i middle =
      _mm256_add_epi64(_mm256_mul_epu32(x_high, y), _mm256_srli_epi64(low, 32));
  __m256i other = _mm256_add_epi64(_mm256_mul_epu32(x, y_high),
                                   _mm256_blend_epi32(middle, _mm256_setzero_si256(), 0xAA));
  high = _mm256_add_epi64(high, _mm256_srli_epi64(middle, 32));
  high = _mm256_add_epi64(high, _mm256_srli_epi64(other, 32));
  return _mm256_xor_si256(high, _mm256_blend_epi32(low, _mm256_slli_epi64(other, 32), 0xAA));
}

/// The low 64 bits of the products with a constant.
TARGET INLINE __m256i times(__m256i x, uint64_t factor) {
  __m256i cross = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(x, 32), all(factor)),
                                   _mm256_mul_epu32(x, all(factor >> 32)));
  return _mm256_add_epi64(_mm256_mul_epu32(x, all(factor)), _mm256_slli_epi64(cross, 32));
}

/// `reprise_xxh3_17_to_64` of the four shingles that begin with token 0, 1, 2 and 3.
TARGET INLINE __m256i hash_17_to_64(const uint8_t *bytes, const uint32_t *starts, size_t n,
                                    __m256i lengths) {
  const uint8_t *first[4], *last[4];
  for (size_t lane = 0; lane < 4; lane++) {
    first[lane] = bytes + starts[lane];
    last[lane] = bytes + starts[lane + n] - 33;
  }
  __m256i head[4], tail[4];
  load_words(first, head);
  load_words(last, tail);
  __m256i inner = _mm256_add_epi64(mix(head[2], head[3], 4), mix(tail[0], tail[1], 6));
  inner = _mm256_and_si256(inner, _mm256_cmpgt_epi64(lengths, all(32)));
  // The lengths have 32 bits.
  __m256i sum = _mm256_add_epi64(
      _mm256_mul_epu32(lengths, all(0x9E3779B185EBCA87u)),
      _mm256_slli_epi64(_mm256_mul_epu32(lengths, all(0x9E3779B1u)), 32));
  sum = _mm256_add_epi64(sum, mix(head[0], head[1], 0));
  sum = _mm256_add_epi64(sum, mix(tail[2], tail[3], 2));
  sum = _mm256_add_epi64(sum, inner);
  sum = _mm256_xor_si256(sum, _mm256_srli_epi64(sum, 37));
  sum = times(sum, 0x165667919E3779F9u);
  return _mm256_xor_si256(sum, _mm256_srli_epi64(sum, 32));
}

TARGET void reprise_shingle_ids_avx2(const uint8_t *bytes, const uint32_t *starts, size_t count,
                                     size_t n, uint64_t *ids) {
  size_t shingles = count - n + 1;
  if (shingles < 4) {
    reprise_shingle_ids_of(bytes, starts, count, n, ids);
    return;
  }
  // The last four shingles may overlap the four before.
  size_t end = shingles - 4;
  for (size_t i = 0;; i = i + 4 <= end ? i + 4 : end) {
    __m128i begin = _mm_loadu_si128((const __m128i *)(const void *)(starts + i));
    __m128i after = _mm_loadu_si128((const __m128i *)(const void *)(starts + i + n));
    __m128i lengths = _mm_sub_epi32(_mm_sub_epi32(after, begin), _mm_set1_epi32(1));
    __m256i hashes = hash_17_to_64(bytes, starts + i, n, _mm256_cvtepu32_epi64(lengths));
    _mm256_storeu_si256((__m256i *)(void *)(ids + i), hashes);
    __m128i over = _mm_sub_epi32(lengths, _mm_set1_epi32(17));
    __m128i medium = _mm_cmpeq_epi32(_mm_min_epu32(over, _mm_set1_epi32(64 - 17)), over);
    uint32_t others = (uint32_t)_mm_movemask_ps(_mm_castsi128_ps(medium)) ^ 0xF;
    for (; others != 0; others &= others - 1) {
      size_t place = i + (size_t)__builtin_ctz(others);
      ids[place] =
          reprise_xxh3_medium(bytes + starts[place], starts[place + n] - 1 - starts[place]);
    }
    if (i == end) return;
  }
}
#endif
