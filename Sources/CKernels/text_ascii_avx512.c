#include "text_stream.h"

#if defined(__x86_64__)
#include "text_pairs_avx512.h"

/// Writes `base` + each set bit's index, ascending. Writes whole vectors of 16.
TARGET INLINE void store_indices(uint32_t *to, uint64_t bits, size_t count, size_t base) {
  const __m512i order = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
      40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
      17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  __m512i packed = _mm512_maskz_compress_epi8(bits, order);
  __m512i from = _mm512_set1_epi32((int)(uint32_t)base);
  __m512i first = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed));
  _mm512_storeu_si512(to, _mm512_add_epi32(first, from));
  if (count > 16) {
    __m512i second = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 1));
    _mm512_storeu_si512(to + 16, _mm512_add_epi32(second, from));
  }
}

TARGET INLINE size_t tokenize_blocks(reprise_token_stream *stream, const uint8_t *text, size_t at,
                                     size_t end, int takes_pairs) {
  uint8_t *bytes = stream->bytes;
  uint32_t *starts = stream->starts;
  size_t length = stream->length, count = stream->count;
  uint64_t carry = stream->open != REPRISE_NO_TOKEN;
  const __m512i a = _mm512_set1_epi8('a'), zero = _mm512_set1_epi8('0');
  const __m512i upper = _mm512_set1_epi8('A'), space = _mm512_set1_epi8(' ');
  const __m512i letters = _mm512_set1_epi8(26), digits = _mm512_set1_epi8(10);
  const __m512i bit = _mm512_set1_epi8(0x20);
  while (at < end) {
    size_t left = end - at;
    uint64_t valid = left >= 64 ? ~0ull : (1ull << left) - 1;
    size_t step = left >= 64 ? 64 : left;
    __m512i block = _mm512_maskz_loadu_epi8(valid, text + at);
    if (left > 64 && text[at + 64] >= 0x80) {
      // The last scalar is cut off, or what follows may still change it: it is left for the next.
      // One that is not known is found below, together with what it may change.
      size_t last = 63 - _lzcnt_u64(~(uint64_t)tails_of(block) | 1);
      if (text[at + last] < 0x80 || reprise_is_tabled(text, at + last, end)) {
        if (last == 0) break;
        step = last;
        valid = _bzhi_u64(~0ull, (unsigned)step);
      }
    }
    uint64_t high = _mm512_movepi8_mask(block) & valid;
    int stops = 0;
    __mmask64 capital = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(block, upper), letters);
    __m512i lower = _mm512_mask_add_epi8(block, capital, block, bit);
    uint64_t inside =
        _mm512_cmplt_epu8_mask(_mm512_sub_epi8(lower, a), letters) |
        _mm512_cmplt_epu8_mask(_mm512_sub_epi8(block, zero), digits);
    if (high != 0) {
      known_block now = fold_latin(block, lower);
      if (takes_pairs) now = fold_pairs(now, block, text + at, high);
      lower = now.folded;
      inside |= now.words;
      uint64_t other = high & ~now.known;
      if (other != 0) {
        // Up to the last scalar before what is not known, which may change it as well.
        uint64_t before = _bzhi_u64(~(uint64_t)tails_of(block), (unsigned)_tzcnt_u64(other));
        step = 63 - _lzcnt_u64(before | 1);
        if (step == 0) break;
        valid = _bzhi_u64(~0ull, (unsigned)step);
        stops = 1;
      }
    }
    inside &= valid;
    uint64_t after = (inside << 1) | carry;
    uint64_t begin = inside & ~after;
    uint64_t finish = ~inside & after & valid;
    uint64_t keep = inside | finish;
    __m512i out = _mm512_mask_mov_epi8(lower, finish, space);
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
    carry = (inside >> (step - 1)) & 1;
    at += step;
    if (stops) break;
  }
  stream->length = length;
  stream->count = count;
  stream->open = carry ? REPRISE_WORD_TOKEN : REPRISE_NO_TOKEN;
  return at;
}

// One loop without the pairs, so that it is short.
TARGET size_t reprise_tokenize_ascii_avx512(reprise_token_stream *stream, const uint8_t *text,
                                            size_t at, size_t end) {
  at = tokenize_blocks(stream, text, at, end, 0);
  return at < end ? tokenize_blocks(stream, text, at, end, 1) : at;
}
#endif
