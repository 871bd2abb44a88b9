// Shingle ids for AVX-512: XXH3-64 of eight shingles at a time, one in each 64-bit lane.
//
// Most shingles have 17 to 64 bytes, and XXH3 of such a length depends on the first and the last 32
// bytes only. These are loaded for eight shingles, and unpacks and permutations transpose them, so
// that word k of all eight is in one vector. A 64-bit product has its low half from `vpmullq`; the
// high half is made of the 52-bit products of AVX-512 IFMA. The mixes that count only above 32
// bytes are masked. Shingles of other lengths are hashed again one by one.
//
// The caller guarantees that 31 bytes before `bytes` and 31 bytes after the last token are
// readable: a shingle shorter than 32 bytes is loaded with its surroundings. `ids` gets
// `count - n + 1` hashes, those of the portable kernel; nothing is written after them, because the
// last eight shingles may overlap the eight before.

#include "shingles_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include "xxh3_medium.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512ifma,avx2,bmi2")))
#define INLINE static inline __attribute__((always_inline))

/// Loads 32 bytes from each of eight addresses: word k at address i becomes lane i of `words[k]`.
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

/// Eight shingles: the words of their first and last 32 bytes, and their lengths in bytes.
typedef struct {
  __m512i head[4], tail[4], lengths;
} shingle_words;

TARGET INLINE shingle_words load_shingles(const uint8_t *bytes, const uint32_t *starts, size_t n) {
  shingle_words words;
  const uint8_t *first[8], *last[8];
  for (size_t lane = 0; lane < 8; lane++) {
    first[lane] = bytes + starts[lane];
    last[lane] = bytes + starts[lane + n] - 33;
  }
  load_words(first, words.head);
  load_words(last, words.tail);
  __m256i begin = _mm256_loadu_si256((const __m256i *)starts);
  __m256i end = _mm256_loadu_si256((const __m256i *)(starts + n));
  __m256i lengths = _mm256_sub_epi32(_mm256_sub_epi32(end, begin), _mm256_set1_epi32(1));
  words.lengths = _mm512_cvtepu32_epi64(lengths);
  return words;
}

/// Xors the two halves of a 128-bit product. The low half is one multiplication; the high half is
/// made of products of the low 52 and the high 12 bits.
TARGET INLINE __m512i mix(__m512i x, __m512i y, int secret) {
  x = _mm512_xor_si512(x, _mm512_set1_epi64((long long)reprise_xxh3_secret[secret]));
  y = _mm512_xor_si512(y, _mm512_set1_epi64((long long)reprise_xxh3_secret[secret + 1]));
  __m512i x_high = _mm512_srli_epi64(x, 52), y_high = _mm512_srli_epi64(y, 52);
  // The parts of the product at bit 52 and above, and at bit 104 and above.
  __m512i middle = _mm512_madd52hi_epu64(_mm512_setzero_si512(), x, y);
  __m512i top = _mm512_madd52hi_epu64(_mm512_setzero_si512(), x_high, y);
  middle = _mm512_madd52lo_epu64(middle, x, y_high);
  top = _mm512_madd52hi_epu64(top, x, y_high);
  middle = _mm512_madd52lo_epu64(middle, x_high, y);
  top = _mm512_madd52lo_epu64(top, x_high, y_high);
  __m512i high = _mm512_add_epi64(_mm512_srli_epi64(middle, 12), _mm512_slli_epi64(top, 40));
  return _mm512_xor_si512(_mm512_mullo_epi64(x, y), high);
}

/// `reprise_xxh3_17_to_64` of eight shingles.
TARGET INLINE __m512i hash_17_to_64(const shingle_words *words) {
  const __m512i *head = words->head, *tail = words->tail;
  __mmask8 is_long = _mm512_cmpgt_epu64_mask(words->lengths, _mm512_set1_epi64(32));
  __m512i sum =
      _mm512_mullo_epi64(words->lengths, _mm512_set1_epi64((long long)0x9E3779B185EBCA87u));
  sum = _mm512_add_epi64(sum, mix(head[0], head[1], 0));
  sum = _mm512_add_epi64(sum, mix(tail[2], tail[3], 2));
  __m512i inner = _mm512_add_epi64(mix(head[2], head[3], 4), mix(tail[0], tail[1], 6));
  sum = _mm512_mask_add_epi64(sum, is_long, sum, inner);
  sum = _mm512_xor_si512(sum, _mm512_srli_epi64(sum, 37));
  sum = _mm512_mullo_epi64(sum, _mm512_set1_epi64((long long)0x165667919E3779F9u));
  return _mm512_xor_si512(sum, _mm512_srli_epi64(sum, 32));
}

// The next eight shingles are loaded before these are hashed, so that no hash waits for its words.
TARGET void reprise_shingle_ids_avx512(const uint8_t *bytes, const uint32_t *starts, size_t count,
                                       size_t n, uint64_t *ids) {
  size_t shingles = count - n + 1;
  if (shingles < 8) {
    reprise_shingle_ids_of(bytes, starts, count, n, ids);
    return;
  }
  // The last eight shingles may overlap the eight before.
  size_t end = shingles - 8, i = 0;
  shingle_words words = load_shingles(bytes, starts, n);
  for (;;) {
    size_t next = i + 8 <= end ? i + 8 : end;
    shingle_words following = load_shingles(bytes, starts + next, n);
    // Keeps the compiler from moving these loads to where they are used.
    __asm__ volatile("" ::: "memory");
    _mm512_storeu_si512(ids + i, hash_17_to_64(&words));
    uint32_t others = _mm512_cmpgt_epu64_mask(
        _mm512_sub_epi64(words.lengths, _mm512_set1_epi64(17)), _mm512_set1_epi64(64 - 17));
    for (; others != 0; others &= others - 1) {
      size_t place = i + (size_t)__builtin_ctz(others);
      ids[place] =
          reprise_xxh3_medium(bytes + starts[place], starts[place + n] - 1 - starts[place]);
    }
    if (i == end) return;
    i = next;
    words = following;
  }
}
#endif
