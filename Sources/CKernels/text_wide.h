// The tokenizer for scripts of three bytes per scalar: Han, kana, Hangul and their punctuation, with
// ASCII and Latin-1 between them.
//
// It works on blocks of 64 bytes like text_loops.h, with the same masks and conditions. Scalars are
// recognized at their third bytes: moved copies of the block have the first and second byte of each
// at the same index, and comparisons with ranges, or a table lookup, decide. Hangul syllables are
// bytes of words. Han and kana are graphemes: each is a token of its own, followed by a space.
//
// These spaces make the output longer than the input. A block is therefore written in two halves of
// 32 bytes: a space is put after every byte, and `compress` removes the bytes and the spaces that
// are not needed. The masks are interleaved in the same way.

#ifndef REPRISE_TEXT_WIDE_H
#define REPRISE_TEXT_WIDE_H

#include "text_pairs.h"

/// The scalars of three bytes in a block that are known.
typedef struct {
  /// The last bytes of graphemes.
  uint64_t graphemes;
  /// The bytes of Hangul syllables, which are words.
  uint64_t words;
  /// The bytes of scalars that are known and end in the block.
  uint64_t known;
} wide_block;

/// The values of `reprise_unicode_wide` in two rows for the bytes that follow `second` or
/// `second | 1`, and 0 for all others. `thirds` are the candidates; `second` is even.
TARGET INLINE bytes64 look_up_wide(bytes64 block, bytes64 before, bytes64 thirds, int row,
                                   uint8_t second) {
  bytes64 here = and_bytes(thirds, equal_bytes(and_bytes(before, all(0xFE)), second));
  return and_bytes(here, look_up_pair(reprise_unicode_wide + row, block, before));
}

/// Finds the scalars of three bytes that `reprise_is_known` knows, except for those of
/// `fold_latin`.
TARGET INLINE wide_block find_wide(bytes64 block) {
  bytes64 before = moved_up(block, 1), lead = moved_up(block, 2);
  bytes64 tails = tail_bytes(block);
  bytes64 thirds = and_bytes(tails, tail_bytes(before));
  // Han: extension A up to U+3FFF, its rest without the hexagrams at the end, and the main block.
  bytes64 kana = and_bytes(equal_bytes(lead, 0xE3), thirds);
  uint64_t han = mask_bits(and_bytes(kana, bytes_from(before, 0x90, 0xBF)));
  bytes64 rest = equal_bytes(lead, 0xE4);
  uint64_t hexagrams = mask_bits(and_bytes(rest, equal_bytes(before, 0xB7)));
  rest = or_bytes(rest, bytes_from(lead, 0xE5, 0xE9));
  han |= mask_bits(and_bytes(rest, thirds)) & ~hexagrams;
  bytes64 syllables = bytes_from(lead, 0xEB, 0xEC);
  syllables = or_bytes(syllables,
                       and_bytes(equal_bytes(lead, 0xEA), bytes_from(before, 0xB0, 0xBF)));
  syllables = or_bytes(syllables,
                       and_bytes(equal_bytes(lead, 0xED), bytes_from(before, 0x80, 0x9D)));
  uint64_t hangul = mask_bits(and_bytes(syllables, thirds));
  bytes64 values = or_bytes(look_up_wide(block, before, kana, 0, 0x80),
                            look_up_wide(block, before, kana, 2, 0x82));
  bytes64 full = and_bytes(equal_bytes(lead, 0xEF), thirds);
  values = or_bytes(values, look_up_wide(block, before, full, 4, 0xBC));
  uint64_t graphemes = han | bits_of(values, 1);
  uint64_t known = bits_of(values, 0xFF) | han | hangul;
  return (wide_block){graphemes, hangul | hangul >> 1 | hangul >> 2,
                      known | known >> 1 | known >> 2};
}

/// Writes half of a block after `length` bytes of output: the bytes of `keep`, a space after each
/// byte of `gaps`, and the offsets at which tokens begin. Bit 0 of the masks is the first byte of
/// the half. Returns the number of bytes.
TARGET INLINE size_t write_half(uint8_t *output, size_t length, token_starts *starts, bytes64 bytes,
                                int half, uint32_t keep, uint32_t gaps, uint32_t begin) {
  uint64_t kept = interleaved(keep, gaps);
  size_t written = compress(output + length, spaced_half(bytes, half), kept);
  add_starts(starts, interleaved(begin, 0), kept, length, written);
  return written;
}

// A grapheme is closed at once, because the next scalar is known and is not a mark.
TARGET static __attribute__((noinline)) size_t tokenize_wide(reprise_token_stream *stream,
                                                             const uint8_t *text, size_t at,
                                                             size_t end) {
  uint8_t *bytes = stream->bytes;
  size_t length = stream->length, source_count = stream->count;
  uint64_t carry = stream->open != REPRISE_NO_TOKEN;
  token_starts starts = open_starts(stream);
  while (at < end) {
    text_block block = load_block(text, at, end, 0);
    known_block latin = fold_latin(block.bytes, fold_ascii(block.bytes));
    wide_block wide = find_wide(block.bytes);
    uint64_t high = high_bits(block.bytes) & block.valid;
    uint64_t other = high & ~latin.known & ~wide.known;
    if (other != 0) cut_before(&block, other);
    if (block.step == 0) break;
    uint64_t words = (latin.words | wide.words) & block.valid;
    uint64_t last = wide.graphemes & block.valid;
    uint64_t graphemes = last | last >> 1 | last >> 2;
    uint64_t after = words << 1 | carry;
    // A word is followed by a separator, which becomes the space, or by a grapheme, which needs
    // one.
    uint64_t finish = ~words & after & block.valid;
    uint64_t separators = finish & ~graphemes;
    uint64_t gaps = last | (finish & graphemes) >> 1;
    uint64_t begin = (words & ~after) | last >> 2;
    uint64_t keep = words | graphemes | separators;
    bytes64 out = select_bytes(separators, all(' '), latin.folded);
    if (stream->source_starts != NULL) {
      // A grapheme ends after its last byte.
      size_t ends = source_count - carry;
      ends += store_indices(stream->source_ends + ends, finish | last << 1, at);
      stream->source_ends[ends] = (uint32_t)(at + 64);
      source_count += store_indices(stream->source_starts + source_count, begin, at);
    }
    bytes[length] = ' ';
    length += carry & finish & graphemes & 1;
    length += write_half(bytes, length, &starts, out, 0, (uint32_t)keep, (uint32_t)gaps,
                         (uint32_t)begin);
    length += write_half(bytes, length, &starts, out, 1, (uint32_t)(keep >> 32),
                         (uint32_t)(gaps >> 32), (uint32_t)(begin >> 32));
    carry = words >> (block.step - 1) & 1;
    at += block.step;
    if (other != 0) break;
  }
  stream->count = close_starts(&starts, length, carry != 0);
  stream->length = length;
  stream->open = carry ? REPRISE_WORD_TOKEN : REPRISE_NO_TOKEN;
  return at;
}

#endif
