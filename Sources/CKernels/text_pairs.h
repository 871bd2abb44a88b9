// Folds scalars of two bytes, and punctuation, in a block of 64 bytes.
//
// In these alphabets the last byte of a scalar, together with its lead, determines everything about
// it. For each lead there is a table of 64 values, one for each last byte: the folded last byte,
// which is >= 0x80 for a letter or a digit; a space for a separator; 0 for a scalar that is not
// known. `look_up_pair` looks up all 64 bytes of a block in the tables of two neighbouring leads at
// once: bits 0 to 5 of the index are those of the byte, and bit 0 of the byte before chooses the
// table. A mask then removes the results for all bytes that do not follow these leads.
//
// A block must begin with a scalar. Each function returns or extends a `known_block`.

#ifndef REPRISE_TEXT_PAIRS_H
#define REPRISE_TEXT_PAIRS_H

#include "text_blocks.h"
#include "unicode_tables.h"

/// The bytes >= 0x80 of a block that were found in tables.
typedef struct {
  /// The block with these bytes folded, and with ASCII in lower case.
  bytes64 folded;
  /// The bytes that belong to words, those of ASCII included.
  uint64_t words;
  /// The bytes of scalars that a table knows and that end in the block.
  uint64_t known;
} known_block;

/// The values of `reprise_unicode_pairs` for the bytes that follow `lead` or `lead | 1`, and 0 for
/// all others. `before` has the byte before each byte; `lead` is even.
TARGET INLINE bytes64 look_up_tails(bytes64 block, bytes64 before, uint8_t lead) {
  bytes64 here = and_bytes(tail_bytes(block), equal_bytes(and_bytes(before, all(0xFE)), lead));
  return and_bytes(here, look_up_pair(reprise_unicode_pairs + (lead - 0xC2), block, before));
}

/// Folds ASCII, Latin-1 and general punctuation.
TARGET INLINE known_block fold_latin(bytes64 block, ascii_block ascii) {
  bytes64 before = moved_up(block, 1);
  bytes64 values = look_up_tails(block, before, 0xC2);
  bytes64 third = and_bytes(tail_bytes(block), equal_bytes(before, 0x80));
  third = and_bytes(third, equal_bytes(moved_up(block, 2), 0xE2));
  values = or_bytes(values, and_bytes(third, look_up(reprise_unicode_punctuation[0], block)));
  uint64_t known = bits_of(values, 0xFF), words = high_bits(values);
  // The leads stay as they are; a tail that is a letter has the top bit.
  bytes64 folded = choose_bytes(ascii.words, ascii.lower, block);
  return (known_block){select_bytes(words, values, folded),
                       words | words >> 1 | mask_bits(ascii.words),
                       known | known >> 1 | (known & mask_bits(third)) >> 2};
}

/// Folds sharp s, which becomes two letters.
TARGET INLINE void fold_sharp_s(known_block *now, bytes64 block) {
  uint64_t sharp = mask_bits(equal_bytes(block, 0xC3)) << 1 & mask_bits(equal_bytes(block, 0x9F));
  sharp |= sharp >> 1;
  now->folded = select_bytes(sharp, all('s'), now->folded);
  now->words |= sharp;
  now->known |= sharp;
}

/// Folds the scalars that begin with `lead` or `lead | 1`; `lead` is even. Bit 0x40 of a value says
/// that folding also changes the lead to the next one.
TARGET INLINE void fold_pair(known_block *now, bytes64 block, uint8_t lead) {
  bytes64 values = look_up_tails(block, moved_up(block, 1), lead);
  uint64_t known = bits_of(values, 0xFF), words = high_bits(values);
  uint64_t next_lead = bits_of(values, 0x40);
  now->folded = select_bytes(words, and_bytes(values, all(0xBF)), now->folded);
  now->folded = select_bytes(next_lead >> 1, or_bytes(now->folded, all(1)), now->folded);
  now->words |= words | words >> 1;
  now->known |= known | known >> 1;
}

/// Folds the scalars that `fold_latin` does not know, one pair of leads after another, up to the
/// first scalar that is not known. `bytes` is the block in memory, and `high` the mask of its bytes
/// >= 0x80.
TARGET INLINE known_block fold_pairs(known_block now, bytes64 block, const uint8_t *bytes,
                                     uint64_t high) {
  for (uint64_t rest; (rest = high & ~now.known) != 0;) {
    uint8_t lead = bytes[__builtin_ctzll(rest)];
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
