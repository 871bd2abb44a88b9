#include "text_stream.h"

#if defined(__x86_64__)
#include "text_pairs_avx512.h"

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

// Three loops, so that the most common one is short.
TARGET size_t reprise_tokenize_ascii_avx512(reprise_token_stream *stream, const uint8_t *text,
                                            size_t at, size_t end) {
  at = tokenize_blocks(stream, text, at, end, 0);
  if (at < end) at = tokenize_blocks(stream, text, at, end, 1);
  return at < end ? reprise_tokenize_wide_avx512(stream, text, at, end) : at;
}
#endif
