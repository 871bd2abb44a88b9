// The ASCII tokenizer for AVX2.
//
// It classifies 64 bytes as two vectors of 32. Bit 0x20 turns capitals into lower case; a
// subtraction and an unsigned minimum then test for a range, and `vpmovmskb` turns the result into
// one bit per byte. `pext` gives the offsets at which tokens begin in the output. The loop over
// blocks is in text_ascii_tiles.h, with the conditions that callers must meet.

#include "text_stream.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))

/// 0xFF in each byte where `from <= value < from + count`, unsigned; 0 in the others.
TARGET static inline __m256i in_range(__m256i value, char from, char count) {
  __m256i shifted = _mm256_sub_epi8(value, _mm256_set1_epi8(from));
  __m256i last = _mm256_set1_epi8((char)(count - 1));
  return _mm256_cmpeq_epi8(_mm256_min_epu8(shifted, last), shifted);
}

TARGET static inline uint32_t classify_half(__m256i block, uint8_t *lower) {
  // Letters differ from their capitals in one bit. The other bytes that this maps to letters are
  // not ASCII.
  __m256i folded = _mm256_or_si256(block, _mm256_set1_epi8(0x20));
  __m256i letter = in_range(folded, 'a', 26), digit = in_range(block, '0', 10);
  __m256i word = _mm256_or_si256(letter, digit);
  __m256i out = _mm256_blendv_epi8(_mm256_set1_epi8(' '), folded, word);
  _mm256_storeu_si256((__m256i *)lower, out);
  return (uint32_t)_mm256_movemask_epi8(word);
}

// Hides from the compiler that a mask comes from comparisons. Otherwise it turns arithmetic on the
// mask into work on 64 single bits (clang 21: a third of the speed).
static inline uint64_t opaque(uint32_t low, uint32_t high) {
  uint64_t mask = low | (uint64_t)high << 32;
  __asm__("" : "+r"(mask));
  return mask;
}

TARGET static inline uint64_t classify_avx2(const uint8_t *from, uint8_t *lower, uint64_t *high) {
  __m256i first = _mm256_loadu_si256((const __m256i *)from);
  __m256i second = _mm256_loadu_si256((const __m256i *)(from + 32));
  *high = opaque((uint32_t)_mm256_movemask_epi8(first), (uint32_t)_mm256_movemask_epi8(second));
  return opaque(classify_half(first, lower), classify_half(second, lower + 32));
}

TARGET static inline uint64_t output_indices_avx2(uint64_t begin, uint64_t keep) {
  return _pext_u64(begin, keep);
}

#define NAME(x) x##_avx2
#include "text_ascii_tiles.h"
#endif
