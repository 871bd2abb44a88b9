// Aligns short spans of tokens by a longest common subsequence, bit-parallel.
//
// A comparison of one token with all tokens of the second span gives a mask, one bit per token;
// AVX2 compares 4 tokens at once, AVX-512 8. The table of lengths has a row of 128 bits for each
// token of the first span, and one addition, one subtraction and a bitwise or make a row from the
// row below. A walk through the table from the start then collects the runs of matching tokens.
//
// Whole vectors are read: in `reprise_align` from a copy that has space after the tokens, in
// `reprise_promising_count` from the caller's buffer, where 7 tokens after the span must be
// readable.

#include "alignment.h"

#include <string.h>

typedef unsigned __int128 bits128;

#define TARGET
#define NAME(x) x##_plain
static inline uint64_t equal_plain(const uint64_t *tokens, size_t count, uint64_t token) {
  uint64_t mask = 0;
  for (size_t i = 0; i < count; i++) mask |= (uint64_t)(tokens[i] == token) << i;
  return mask;
}
#include "alignment_loops.h"
#undef TARGET
#undef NAME

#if defined(__x86_64__)
#include <immintrin.h>

/// The lowest `count` bits of a mask; `count` is at most 64.
static inline uint64_t low_bits(uint64_t mask, size_t count) {
  return count < 64 ? mask & ((1ull << count) - 1) : mask;
}

#define TARGET __attribute__((target("avx2")))
#define NAME(x) x##_avx2
TARGET static inline uint64_t equal_avx2(const uint64_t *tokens, size_t count, uint64_t token) {
  uint64_t mask = 0;
  __m256i wanted = _mm256_set1_epi64x((long long)token);
  for (size_t i = 0; i < count; i += 4) {
    __m256i four = _mm256_loadu_si256((const __m256i *)(tokens + i));
    __m256d equal = _mm256_castsi256_pd(_mm256_cmpeq_epi64(four, wanted));
    mask |= (uint64_t)(uint32_t)_mm256_movemask_pd(equal) << i;
  }
  return low_bits(mask, count);
}
#include "alignment_loops.h"
#undef TARGET
#undef NAME

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#define NAME(x) x##_avx512
TARGET static inline uint64_t equal_avx512(const uint64_t *tokens, size_t count, uint64_t token) {
  uint64_t mask = 0;
  __m512i wanted = _mm512_set1_epi64((long long)token);
  for (size_t i = 0; i < count; i += 8) {
    __m512i eight = _mm512_loadu_si512(tokens + i);
    mask |= (uint64_t)_mm512_cmpeq_epi64_mask(eight, wanted) << i;
  }
  return low_bits(mask, count);
}
#include "alignment_loops.h"
#endif

#if defined(__x86_64__)
#define DISPATCH(function, ...)                                            \
  (set == REPRISE_AVX512 ? function##_avx512(__VA_ARGS__)                  \
                         : set == REPRISE_AVX2 ? function##_avx2(__VA_ARGS__) \
                                               : function##_plain(__VA_ARGS__))
#else
#define DISPATCH(function, ...) ((void)set, function##_plain(__VA_ARGS__))
#endif

size_t reprise_promising_count(const uint64_t *first, const uint64_t *second, size_t count,
                               size_t unmatched, size_t penalty, reprise_instruction_set set) {
  return DISPATCH(promising_count, first, second, count, unmatched, penalty);
}

static inline bits128 lowest(size_t count) {
  return count < 128 ? ((bits128)1 << count) - 1 : ~(bits128)0;
}

static inline unsigned population(bits128 bits) {
  return (unsigned)(__builtin_popcountll((uint64_t)bits) +
                    __builtin_popcountll((uint64_t)(bits >> 64)));
}

/// Fills the table of lengths. The entry in row i and column j is the length of the longest common
/// subsequence of the tokens from i and from j to the ends. A row is stored as one bit per column,
/// set where the length grows, with the last column in the lowest bit. One addition makes a row
/// from the one below (Hyyro, Bit-parallel LCS-length computation revisited, 2004).
static void fill(const bits128 *matches, size_t first_count, bits128 *grows) {
  bits128 same = ~(bits128)0;
  grows[first_count] = 0;
  for (size_t i = first_count; i-- > 0;) {
    bits128 used = same & matches[i];
    same = (same + used) | (same - used);
    grows[i] = ~same;
  }
}

/// Follows the table from its start and writes the runs of matching tokens; returns their number.
static size_t trace(const bits128 *matches, const bits128 *grows, size_t first_count,
                    size_t second_count, reprise_aligned_run *runs) {
  size_t count = 0, i = 0, j = 0;
  while (i < first_count && j < second_count) {
    bits128 behind = lowest(second_count - j);
    unsigned length = population(grows[i] & behind);
    if (length == 0) break;
    if (matches[i] >> (second_count - 1 - j) & 1) {
      reprise_aligned_run *last = runs + count - 1;
      if (count > 0 && last->first + last->count == i && last->second + last->count == j) {
        last->count++;
      } else {
        runs[count++] = (reprise_aligned_run){(uint32_t)i, (uint32_t)j, 1};
      }
      i++, j++;
    } else if (population(grows[i + 1] & behind) >= population(grows[i] & behind >> 1)) {
      i++;
    } else {
      j++;
    }
  }
  return count;
}

size_t reprise_align(const uint64_t *first, size_t first_count, const uint64_t *second,
                     size_t second_count, size_t unmatched, int is_whole,
                     reprise_aligned_run *runs, reprise_instruction_set set) {
  // With space after the tokens for the vectors, which are read whole.
  uint64_t reversed[REPRISE_ALIGNMENT_LIMIT + 8];
  for (size_t j = 0; j < second_count; j++) reversed[j] = second[second_count - 1 - j];
  memset(reversed + second_count, 0, 64);
  bits128 matches[REPRISE_ALIGNMENT_LIMIT], grows[REPRISE_ALIGNMENT_LIMIT + 1];
  ptrdiff_t limit = is_whole ? (ptrdiff_t)unmatched : 2 * REPRISE_ALIGNMENT_LIMIT;
  if (!DISPATCH(matches, first, first_count, reversed, second_count, limit, matches)) return 0;
  fill(matches, first_count, grows);
  return trace(matches, grows, first_count, second_count, runs);
}
