#ifndef REPRISE_TEXT_PAIRS_AVX512_H
#define REPRISE_TEXT_PAIRS_AVX512_H

#include "text_blocks_avx512.h"
#include "unicode_tables.h"

/// What is known of a block's bytes >= 0x80.
typedef struct {
  /// The block with these folded, too.
  __m512i folded;
  /// All bytes of words among them.
  uint64_t words;
  /// All bytes of scalars that a table knows and that end in the block.
  uint64_t known;
} known_block;

/// The bytes `by` places before, 0 before the first.
TARGET INLINE __m512i shifted(__m512i block, int by) {
  __m512i from = _mm512_sub_epi8(places(), _mm512_set1_epi8((char)by));
  return _mm512_maskz_permutexvar_epi8(~0ull << by, from, block);
}

/// Indices into two rows of a table: bits 0 to 5 of the byte, bit 0 of the one before.
TARGET INLINE __m512i indices(__m512i block, __m512i before) {
  return _mm512_ternarylogic_epi32(_mm512_set1_epi8(0x3F), block, _mm512_slli_epi16(before, 6),
                                   0xCA);
}

/// What `reprise_unicode_pairs` says of the bytes behind `lead` and `lead | 1`, and 0 for all others.
/// `before` are the bytes before each.
TARGET INLINE __m512i look_up_tails(__m512i block, __m512i before, uint8_t lead) {
  __m512i even = _mm512_and_si512(before, _mm512_set1_epi8((char)0xFE));
  __mmask64 here =
      _mm512_mask_cmpeq_epi8_mask(tails_of(block), even, _mm512_set1_epi8((char)lead));
  const uint8_t(*rows)[64] = reprise_unicode_pairs + (lead - 0xC2);
  return _mm512_maskz_permutex2var_epi8(here, _mm512_loadu_si512(rows[0]),
                                        indices(block, before), _mm512_loadu_si512(rows[1]));
}

/// Latin-1 and punctuation. `block` begins with a scalar; `lower` is the same with ASCII folded.
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

/// Sharp s, which becomes two letters.
TARGET INLINE void fold_sharp_s(known_block *now, __m512i block) {
  uint64_t sharp = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8((char)0xC3)) << 1 &
                   _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8((char)0x9F));
  sharp |= sharp >> 1;
  now->folded = _mm512_mask_mov_epi8(now->folded, sharp, _mm512_set1_epi8('s'));
  now->words |= sharp;
  now->known |= sharp;
}

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

/// What `fold_latin` left, lead by lead as they come, until the first is not known. `bytes` are those
/// of the block, `high` says which are >= 0x80.
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
