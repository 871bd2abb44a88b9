// Folds scalars of two bytes, and punctuation, in a block of 64 bytes.
//
// In these alphabets the last byte of a scalar, together with its lead, determines everything about
// it. For each lead there is a table of 64 values, one for each last byte: the folded last byte,
// which is >= 0x80 for a letter or a digit; a space for a separator; 0 for a scalar that is not
// known. `vpermi2b` looks up all 64 bytes of a block in the tables of two neighbouring leads at
// once: bits 0 to 5 of the index are those of the byte, and bit 6 is bit 0 of the byte before. A
// mask then removes the results for all bytes that do not follow these leads.
//
// A block must begin with a scalar. Each function returns or extends a `known_block`.

#ifndef REPRISE_TEXT_PAIRS_AVX512_H
#define REPRISE_TEXT_PAIRS_AVX512_H

#include "text_blocks_avx512.h"
#include "unicode_tables.h"

/// The bytes >= 0x80 of a block that were found in tables.
typedef struct {
  /// The block with these bytes folded, and with ASCII in lower case.
  __m512i folded;
  /// The bytes that belong to words.
  uint64_t words;
  /// The bytes of scalars that a table knows and that end in the block.
  uint64_t known;
} known_block;

/// The block with each byte moved up by `by` bytes, and 0 in the first ones.
TARGET INLINE __m512i shifted(__m512i block, int by) {
  __m512i from = _mm512_sub_epi8(places(), _mm512_set1_epi8((char)by));
  return _mm512_maskz_permutexvar_epi8(~0ull << by, from, block);
}

/// Indices into two rows of a table: bits 0 to 5 of each byte, and bit 0 of the byte before as bit
/// 6.
TARGET INLINE __m512i indices(__m512i block, __m512i before) {
  return _mm512_ternarylogic_epi32(_mm512_set1_epi8(0x3F), block, _mm512_slli_epi16(before, 6),
                                   0xCA);
}

/// The values of `reprise_unicode_pairs` for the bytes that follow `lead` or `lead | 1`, and 0 for
/// all others. `before` has the byte before each byte; `lead` is even.
TARGET INLINE __m512i look_up_tails(__m512i block, __m512i before, uint8_t lead) {
  __m512i even = _mm512_and_si512(before, _mm512_set1_epi8((char)0xFE));
  __mmask64 here =
      _mm512_mask_cmpeq_epi8_mask(tails_of(block), even, _mm512_set1_epi8((char)lead));
  const uint8_t(*rows)[64] = reprise_unicode_pairs + (lead - 0xC2);
  return _mm512_maskz_permutex2var_epi8(here, _mm512_loadu_si512(rows[0]),
                                        indices(block, before), _mm512_loadu_si512(rows[1]));
}

/// Folds Latin-1 and general punctuation. `lower` is the block with ASCII in lower case.
TARGET INLINE known_block fold_latin(__m512i block, __m512i lower) {
  __m512i before = shifted(block, 1);
  __m512i values = look_up_tails(block, before, 0xC2);
  __mmask64 third =
      _mm512_mask_cmpeq_epi8_mask(tails_of(block), before, _mm512_set1_epi8((char)0x80));
  third = _mm512_mask_cmpeq_epi8_mask(third, shifted(block, 2), _mm512_set1_epi8((char)0xE2));
  values = _mm512_mask_permutexvar_epi8(values, third, block,
                                        _mm512_loadu_si512(reprise_unicode_punctuation[0]));
  uint64_t known = _mm512_test_epi8_mask(values, values);
  uint64_t words = _mm512_movepi8_mask(values);
  return (known_block){_mm512_mask_mov_epi8(lower, words, values), words | words >> 1,
                       known | known >> 1 | (known & third) >> 2};
}

/// Folds sharp s, which becomes two letters.
TARGET INLINE void fold_sharp_s(known_block *now, __m512i block) {
  uint64_t sharp = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8((char)0xC3)) << 1 &
                   _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8((char)0x9F));
  sharp |= sharp >> 1;
  now->folded = _mm512_mask_mov_epi8(now->folded, sharp, _mm512_set1_epi8('s'));
  now->words |= sharp;
  now->known |= sharp;
}

/// Folds the scalars that begin with `lead` or `lead | 1`; `lead` is even. Bit 0x40 of a value says
/// that folding also changes the lead to the next one.
TARGET INLINE void fold_pair(known_block *now, __m512i block, uint8_t lead) {
  __m512i values = look_up_tails(block, shifted(block, 1), lead);
  uint64_t known = _mm512_test_epi8_mask(values, values);
  uint64_t words = _mm512_movepi8_mask(values);
  uint64_t next_lead = _mm512_test_epi8_mask(values, _mm512_set1_epi8(0x40));
  values = _mm512_and_si512(values, _mm512_set1_epi8((char)0xBF));
  now->folded = _mm512_mask_mov_epi8(now->folded, words, values);
  now->folded = _mm512_mask_mov_epi8(now->folded, next_lead >> 1,
                                     _mm512_or_si512(now->folded, _mm512_set1_epi8(1)));
  now->words |= words | words >> 1;
  now->known |= known | known >> 1;
}

/// Folds the scalars that `fold_latin` does not know, one pair of leads after another, up to the
/// first scalar that is not known. `bytes` is the block in memory, and `high` the mask of its bytes
/// >= 0x80.
TARGET INLINE known_block fold_pairs(known_block now, __m512i block, const uint8_t *bytes,
                                     uint64_t high) {
  for (uint64_t rest; (rest = high & ~now.known) != 0;) {
    uint8_t lead = bytes[_tzcnt_u64(rest)];
    if (lead == 0xC3) {
      fold_sharp_s(&now, block);
    } else if (lead >= 0xC4 && lead <= 0xDB) {
      fold_pair(&now, block, lead & 0xFE);
    }
    if ((now.known & rest & -rest) == 0) break;
  }
  return now;
}

#endif
