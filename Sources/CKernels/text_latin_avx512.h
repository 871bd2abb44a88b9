#ifndef REPRISE_TEXT_LATIN_AVX512_H
#define REPRISE_TEXT_LATIN_AVX512_H

#include <immintrin.h>

#include "unicode_tables.h"

#define TARGET                                                                              \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,avx2,bmi," \
                        "bmi2,popcnt,lzcnt")))
#define INLINE static inline __attribute__((always_inline))

/// What `reprise_unicode_latin` knows of a block's bytes >= 0x80.
typedef struct {
  /// The block with these folded, too.
  __m512i folded;
  /// All bytes of words among them.
  uint64_t words;
  /// All bytes of scalars that the table knows and that end in the block.
  uint64_t known;
  /// Continuation bytes, known or not.
  uint64_t tails;
} latin_block;

/// `block` are the bytes at `at` whose bit of `valid` is set, the first of a scalar first; `lower`
/// the same with ASCII folded.
TARGET INLINE latin_block fold_latin(const uint8_t *at, uint64_t valid, __m512i block,
                                     __m512i lower) {
  __m512i before = _mm512_maskz_loadu_epi8(valid << 1, at - 1);
  __m512i before2 = _mm512_maskz_loadu_epi8(valid << 2, at - 2);
  uint64_t tails = _mm512_cmplt_epi8_mask(block, _mm512_set1_epi8((char)0xC0));
  // Bits 0 to 5 of the tail, bit 0 of the lead.
  __m512i index = _mm512_ternarylogic_epi32(_mm512_set1_epi8(0x3F), block,
                                            _mm512_slli_epi16(before, 6), 0xCA);
  __m512i pair = _mm512_and_si512(before, _mm512_set1_epi8((char)0xFE));
  __mmask64 latin1 = _mm512_mask_cmpeq_epi8_mask(tails, pair, _mm512_set1_epi8((char)0xC2));
  __mmask64 extended = _mm512_mask_cmpeq_epi8_mask(tails, pair, _mm512_set1_epi8((char)0xC4));
  __mmask64 third = _mm512_mask_cmpeq_epi8_mask(tails, before, _mm512_set1_epi8((char)0x80));
  third = _mm512_mask_cmpeq_epi8_mask(third, before2, _mm512_set1_epi8((char)0xE2));
  const uint8_t(*table)[64] = reprise_unicode_latin;
  __m512i values = _mm512_maskz_permutex2var_epi8(latin1, _mm512_loadu_si512(table[0]), index,
                                                  _mm512_loadu_si512(table[1]));
  values = _mm512_mask_mov_epi8(
      values, extended,
      _mm512_permutex2var_epi8(_mm512_loadu_si512(table[2]), index, _mm512_loadu_si512(table[3])));
  values = _mm512_mask_permutexvar_epi8(values, third, block, _mm512_loadu_si512(table[4]));
  uint64_t known = _mm512_test_epi8_mask(values, values);
  uint64_t words = _mm512_movepi8_mask(values);
  uint64_t both = _mm512_cmpeq_epi8_mask(values, _mm512_set1_epi8('s'));
  both |= both >> 1;
  __m512i folded = _mm512_mask_mov_epi8(lower, words, values);
  folded = _mm512_mask_mov_epi8(folded, both, _mm512_set1_epi8('s'));
  return (latin_block){folded, words | words >> 1 | both,
                       known | known >> 1 | (known & third) >> 2, tails};
}

#endif
