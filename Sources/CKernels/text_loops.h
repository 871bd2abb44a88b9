// The tokenizer of ASCII and of the scalars that `reprise_is_known` names, compiled once for each
// instruction set that has blocks of 64 bytes.
//
// Comparisons give a mask of the bytes of words, one bit per byte, and arithmetic on the masks
// gives everything else:
//
//     after  = words << 1 | carry     bytes that follow a byte of a word; carry: of the last block
//     begin  = words & ~after         first bytes of tokens
//     finish = ~words & after         the separators that end tokens; each becomes a space
//     keep   = words | finish         the bytes to write
//
// `compress` removes the bytes outside `keep`. Bytes >= 0x80 are folded by the tables of
// text_pairs.h, and only if the block has any. Scripts of three bytes have a loop of their own,
// text_wide.h.
//
// The caller guarantees the capacities that text.h requires, because whole vectors are written: up
// to 64 bytes after the tokens and 32 entries after the offsets. No byte outside `text[at ..< end]`
// is read. Returned is the offset at which the kernel stopped: `end`, or the offset of the last
// scalar before one that is not known, because that may be a mark that changes it.
//
// Before the inclusion: NAME(x), x with the suffix of the instruction set, and its blocks.

#include "text_pairs.h"
#include "text_wide.h"

/// Tokenizes block by block, until the text ends or a scalar is not known: without `takes_pairs`,
/// one that is neither ASCII nor known to `fold_latin`.
TARGET INLINE size_t tokenize_blocks(reprise_token_stream *stream, const uint8_t *text, size_t at,
                                     size_t end, int takes_pairs) {
  uint8_t *bytes = stream->bytes;
  size_t length = stream->length, source_count = stream->count;
  uint64_t carry = stream->open != REPRISE_NO_TOKEN;
  token_starts starts = open_starts(stream);
  while (at < end) {
    text_block block = load_block(text, at, end, !takes_pairs);
    ascii_block ascii = fold_ascii(block.bytes);
    uint64_t inside, other = 0;
    bytes64 out;
    if (!any_high_bits(block.bytes)) {
      inside = mask_bits(ascii.words);
      out = choose_bytes(ascii.words, ascii.lower, all(' '));
    } else {
      known_block now = fold_latin(block.bytes, ascii);
      uint64_t high = high_bits(block.bytes) & block.valid;
      if (takes_pairs) now = fold_pairs(now, block.bytes, text + at, high);
      inside = now.words;
      out = select_bytes(inside, now.folded, all(' '));
      other = high & ~now.known;
      if (other != 0) cut_before(&block, other);
    }
    if (block.step == 0) break;
    inside &= block.valid;
    uint64_t after = inside << 1 | carry;
    uint64_t begin = inside & ~after;
    uint64_t finish = ~inside & after & block.valid;
    uint64_t keep = inside | finish;
    size_t written = compress(bytes + length, out, keep);
    add_starts(&starts, begin, keep, length, written);
    if (stream->source_starts != NULL) {
      store_indices(stream->source_ends + (source_count - carry), finish, at);
      source_count += store_indices(stream->source_starts + source_count, begin, at);
    }
    length += written;
    carry = inside >> (block.step - 1) & 1;
    at += block.step;
    if (other != 0) break;
  }
  stream->count = close_starts(&starts, length, carry != 0);
  stream->length = length;
  stream->open = carry ? REPRISE_WORD_TOKEN : REPRISE_NO_TOKEN;
  return at;
}

// Three loops, so that the most common one is short: each continues where the one before met a
// scalar that it does not know. They are functions of their own, for the registers.
TARGET static __attribute__((noinline)) size_t tokenize_latin(reprise_token_stream *stream,
                                                              const uint8_t *text, size_t at,
                                                              size_t end) {
  return tokenize_blocks(stream, text, at, end, 0);
}

TARGET static __attribute__((noinline)) size_t tokenize_pairs(reprise_token_stream *stream,
                                                              const uint8_t *text, size_t at,
                                                              size_t end) {
  return tokenize_blocks(stream, text, at, end, 1);
}

TARGET size_t NAME(reprise_tokenize_text)(reprise_token_stream *stream, const uint8_t *text,
                                          size_t at, size_t end) {
  at = tokenize_latin(stream, text, at, end);
  if (at < end) at = tokenize_pairs(stream, text, at, end);
  return at < end ? tokenize_wide(stream, text, at, end) : at;
}
