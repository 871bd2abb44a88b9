// Blocks of text for the tokenizers that work on 64 bytes at a time. The operations on blocks are
// those of the instruction set, from blocks_avx2.h or blocks_neon.h, included before.
//
// A block begins with a scalar and ends after one. `load_block` reads up to 64 bytes, none of them
// after the text, and leaves an incomplete last scalar for the next block.

#ifndef REPRISE_TEXT_BLOCKS_H
#define REPRISE_TEXT_BLOCKS_H

#include "text_stream.h"

/// 0xFF for the bytes >= 0x80 that do not begin a scalar, as long as the text is well-formed.
TARGET INLINE bytes64 tail_bytes(bytes64 block) { return bytes_from(block, 0x80, 0xBF); }

TARGET INLINE uint64_t first_bits(size_t count) {
  return count < 64 ? (1ull << count) - 1 : ~0ull;
}

/// The index of the highest set bit, or 0 if there is none.
TARGET INLINE size_t highest_bit(uint64_t bits) {
  return 63 - (size_t)__builtin_clzll(bits | 1);
}

/// Up to 64 bytes of the text that begin with a scalar. `step` is the number of bytes to process,
/// and `valid` has their bits set.
typedef struct {
  bytes64 bytes;
  uint64_t valid;
  size_t step;
} text_block;

TARGET INLINE void take(text_block *block, size_t step) {
  block->step = step;
  block->valid = first_bits(step);
}

/// Loads a block. `is_hot` is for loops in which blocks seldom end within a scalar: the check for
/// that is then not inlined.
TARGET INLINE text_block load_block(const uint8_t *text, size_t at, size_t end, int is_hot) {
  size_t left = end - at;
  text_block block;
  if (left < 64) {
    block.bytes = load_some(text + at, left, 0);
    take(&block, left);
    return block;
  }
  block.bytes = load(text + at);
  block.valid = ~0ull;
  block.step = 64;
  if (left > 64 && text[at + 64] >= 0x80) {
    // The block ends within a scalar, or a mark that follows may still change the last scalar, so
    // that scalar is left for the next block. A scalar that is not known is found later, together
    // with the one that it may change.
    size_t last = highest_bit(~mask_bits(tail_bytes(block.bytes)));
    if (text[at + last] < 0x80 || (is_hot ? reprise_is_known_cold(text, at + last, end)
                                          : reprise_is_known(text, at + last, end))) {
      take(&block, last);
    }
  }
  return block;
}

/// Shortens a block so that it ends before the last scalar that precedes the first unknown one,
/// which may change it.
TARGET INLINE void cut_before(text_block *block, uint64_t unknown) {
  uint64_t scalars = ~mask_bits(tail_bytes(block->bytes));
  take(block, highest_bit(scalars & first_bits((size_t)__builtin_ctzll(unknown))));
}

/// A block with ASCII capitals in lower case, and 0xFF for ASCII letters and digits. Other bytes of
/// ASCII may be changed.
typedef struct {
  bytes64 lower, words;
} ascii_block;

TARGET INLINE ascii_block fold_ascii(bytes64 bytes) {
  // Letters differ from their capitals in one bit. The other bytes that this maps to letters are
  // not ASCII.
  bytes64 lower = or_bytes(bytes, all(0x20));
  return (ascii_block){
      lower, or_bytes(bytes_from(lower, 'a', 'z'), bytes_from(bytes, '0', '9'))};
}

#endif
