// The tokenizer for AVX-512: ASCII, and the scalars that `reprise_is_known` names.
//
// It works on blocks of 64 bytes. Comparisons give a mask of the bytes of words, one bit per byte,
// and arithmetic on the masks gives everything else:
//
//     after  = words << 1 | carry     bytes that follow a byte of a word; carry: of the last block
//     begin  = words & ~after         first bytes of tokens
//     finish = ~words & after         the separators that end tokens; each becomes a space
//     keep   = words | finish         the bytes to write
//
// `vpcompressb` removes the bytes outside `keep`, and one store writes the rest. `pext` turns
// `begin` into offsets in the output. Bytes >= 0x80 are folded by the tables of
// text_pairs_avx512.h, and only if the block has any.
//
// The caller guarantees the capacities that text.h requires, because whole vectors are written: up
// to 64 bytes after the tokens and 32 entries after the offsets. No byte outside `text[at ..< end]`
// is read. Returned is the offset at which the kernel stopped: `end`, or the offset of the last
// scalar before one that is not known, because that may be a mark that changes it.

#include "text_stream.h"

#if defined(__x86_64__)
#include "text_pairs_avx512.h"

/// Tokenizes block by block, until the text ends or a scalar is not known: without `takes_pairs`,
/// one that is neither ASCII nor known to `fold_latin`.
TARGET INLINE size_t tokenize_blocks(reprise_token_stream *stream, const uint8_t *text, size_t at,
                                     size_t end, int takes_pairs) {
  uint8_t *bytes = stream->bytes;
  uint32_t *starts = stream->starts;
  size_t length = stream->length, count = stream->count;
  uint64_t carry = stream->open != REPRISE_NO_TOKEN;
  while (at < end) {
    text_block block = load_block(text, at, end, !takes_pairs);
    __mmask64 capital = is_from(block.bytes, 'A', 'Z');
    __m512i lower =
        _mm512_mask_add_epi8(block.bytes, capital, block.bytes, _mm512_set1_epi8(0x20));
    uint64_t inside = is_from(lower, 'a', 'z') | is_from(block.bytes, '0', '9');
    uint64_t high = _mm512_movepi8_mask(block.bytes) & block.valid, other = 0;
    if (high != 0) {
      known_block now = fold_latin(block.bytes, lower);
      if (takes_pairs) now = fold_pairs(now, block.bytes, text + at, high);
      lower = now.folded;
      inside |= now.words;
      other = high & ~now.known;
      if (other != 0) cut_before(&block, other);
    }
    if (block.step == 0) break;
    inside &= block.valid;
    uint64_t after = (inside << 1) | carry;
    uint64_t begin = inside & ~after;
    uint64_t finish = ~inside & after & block.valid;
    uint64_t keep = inside | finish;
    __m512i out = _mm512_mask_mov_epi8(lower, finish, _mm512_set1_epi8(' '));
    _mm512_storeu_si512(bytes + length, _mm512_maskz_compress_epi8(keep, out));
    size_t begun = (size_t)_mm_popcnt_u64(begin);
    store_indices(starts + count, _pext_u64(begin, keep), begun, length);
    if (stream->source_starts != NULL) {
      store_indices(stream->source_starts + count, begin, begun, at);
      store_indices(stream->source_ends + (count - carry), finish,
                    (size_t)_mm_popcnt_u64(finish), at);
    }
    count += begun;
    length += (size_t)_mm_popcnt_u64(keep);
    carry = inside >> (block.step - 1) & 1;
    at += block.step;
    if (other != 0) break;
  }
  stream->length = length;
  stream->count = count;
  stream->open = carry ? REPRISE_WORD_TOKEN : REPRISE_NO_TOKEN;
  return at;
}

// Three loops, so that the most common one is short: each continues where the one before met a
// scalar that it does not know.
TARGET size_t reprise_tokenize_ascii_avx512(reprise_token_stream *stream, const uint8_t *text,
                                            size_t at, size_t end) {
  at = tokenize_blocks(stream, text, at, end, 0);
  if (at < end) at = tokenize_blocks(stream, text, at, end, 1);
  return at < end ? reprise_tokenize_wide_avx512(stream, text, at, end) : at;
}
#endif
