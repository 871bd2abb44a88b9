#include "shingles_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include "xxh3_medium.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,bmi2")))
#define INLINE static inline __attribute__((always_inline))

/// The four words of 32 bytes at each of eight places: word k of place i in lane i of `words[k]`.
TARGET INLINE void load_words(const uint8_t *const from[8], __m512i words[4]) {
  __m512i rows[4];
  for (int i = 0; i < 4; i++) {
    __m256i near = _mm256_loadu_si256((const __m256i *)from[i]);
    __m256i far = _mm256_loadu_si256((const __m256i *)from[i + 4]);
    rows[i] = _mm512_inserti64x4(_mm512_castsi256_si512(near), far, 1);
  }
  __m512i even01 = _mm512_unpacklo_epi64(rows[0], rows[1]);
  __m512i odd01 = _mm512_unpackhi_epi64(rows[0], rows[1]);
  __m512i even23 = _mm512_unpacklo_epi64(rows[2], rows[3]);
  __m512i odd23 = _mm512_unpackhi_epi64(rows[2], rows[3]);
  const __m512i low = _mm512_set_epi64(13, 12, 5, 4, 9, 8, 1, 0);
  const __m512i high = _mm512_set_epi64(15, 14, 7, 6, 11, 10, 3, 2);
  words[0] = _mm512_permutex2var_epi64(even01, low, even23);
  words[1] = _mm512_permutex2var_epi64(odd01, low, odd23);
  words[2] = _mm512_permutex2var_epi64(even01, high, even23);
  words[3] = _mm512_permutex2var_epi64(odd01, high, odd23);
}

/// The halves of a product of 128 bits, xored, from four products of 32 bits by 32.
TARGET INLINE __m512i mix(__m512i x, __m512i y, int secret) {
  x = _mm512_xor_si512(x, _mm512_set1_epi64((long long)reprise_xxh3_secret[secret]));
  y = _mm512_xor_si512(y, _mm512_set1_epi64((long long)reprise_xxh3_secret[secret + 1]));
  __m512i x_high = _mm512_srli_epi64(x, 32), y_high = _mm512_srli_epi64(y, 32);
  __m512i low = _mm512_mul_epu32(x, y), high = _mm512_mul_epu32(x_high, y_high);
  __m512i one = _mm512_mul_epu32(x_high, y), other = _mm512_mul_epu32(x, y_high);
  const __m512i half = _mm512_set1_epi64(0xFFFFFFFF);
  one = _mm512_add_epi64(one, _mm512_srli_epi64(low, 32));
  other = _mm512_add_epi64(other, _mm512_and_si512(one, half));
  high = _mm512_add_epi64(high, _mm512_srli_epi64(one, 32));
  high = _mm512_add_epi64(high, _mm512_srli_epi64(other, 32));
  low = _mm512_mask_blend_epi32(0xAAAA, low, _mm512_slli_epi64(other, 32));
  return _mm512_xor_si512(low, high);
}

/// `reprise_xxh3_17_to_64`, eight at once.
TARGET INLINE __m512i hash_17_to_64(const uint8_t *const first[8], const uint8_t *const last[8],
                                    __m512i length) {
  __m512i head[4], tail[4];
  load_words(first, head);
  load_words(last, tail);
  __mmask8 is_long = _mm512_cmpgt_epu64_mask(length, _mm512_set1_epi64(32));
  __m512i sum = _mm512_mullo_epi64(length, _mm512_set1_epi64((long long)0x9E3779B185EBCA87u));
  sum = _mm512_add_epi64(sum, mix(head[0], head[1], 0));
  sum = _mm512_add_epi64(sum, mix(tail[2], tail[3], 2));
  __m512i inner = _mm512_add_epi64(mix(head[2], head[3], 4), mix(tail[0], tail[1], 6));
  sum = _mm512_mask_add_epi64(sum, is_long, sum, inner);
  sum = _mm512_xor_si512(sum, _mm512_srli_epi64(sum, 37));
  sum = _mm512_mullo_epi64(sum, _mm512_set1_epi64((long long)0x165667919E3779F9u));
  return _mm512_xor_si512(sum, _mm512_srli_epi64(sum, 32));
}

TARGET void reprise_shingle_ids_avx512(const uint8_t *bytes, const uint32_t *starts, size_t count,
                                       size_t n, uint64_t *ids) {
  size_t shingles = count - n + 1;
  if (shingles < 8) {
    reprise_shingle_ids_of(bytes, starts, count, n, ids);
    return;
  }
  for (size_t next = 0; next < shingles; next += 8) {
    // The last eight may overlap the eight before.
    size_t i = next + 8 <= shingles ? next : shingles - 8;
    const uint8_t *first[8], *last[8];
    for (size_t lane = 0; lane < 8; lane++) {
      first[lane] = bytes + starts[i + lane];
      last[lane] = bytes + starts[i + lane + n] - 33;
    }
    __m256i begin = _mm256_loadu_si256((const __m256i *)(starts + i));
    __m256i end = _mm256_loadu_si256((const __m256i *)(starts + i + n));
    __m256i lengths = _mm256_sub_epi32(_mm256_sub_epi32(end, begin), _mm256_set1_epi32(1));
    _mm512_storeu_si512(ids + i, hash_17_to_64(first, last, _mm512_cvtepu32_epi64(lengths)));
    uint32_t others = _mm256_cmpgt_epu32_mask(
        _mm256_sub_epi32(lengths, _mm256_set1_epi32(17)), _mm256_set1_epi32(64 - 17));
    for (; others != 0; others &= others - 1) {
      size_t lane = (size_t)__builtin_ctz(others);
      size_t length = starts[i + lane + n] - 1 - starts[i + lane];
      ids[i + lane] = reprise_xxh3_medium(first[lane], length);
    }
  }
}
#endif
