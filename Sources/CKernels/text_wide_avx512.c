#include "text_stream.h"

#if defined(__x86_64__)
#include "text_pairs_avx512.h"

// Scripts of three bytes: Han, kana, Hangul and their punctuation, with Latin-1 between them.

/// Bytes of a block that begin or continue graphemes, and whole known scalars.
typedef struct {
  /// The last bytes of graphemes.
  uint64_t graphemes;
  /// All bytes of Hangul syllables, which are words.
  uint64_t words;
  /// All bytes of scalars that are known and end in the block.
  uint64_t known;
} wide_block;

TARGET INLINE __mmask64 equals(__m512i bytes, uint8_t byte) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)byte));
}

/// What two rows of `reprise_unicode_wide` say of the bytes behind `lead` and `second` or
/// `second | 1`, and 0 for all others.
TARGET INLINE __m512i look_up_wide(__m512i block, __m512i before, __mmask64 thirds, int row,
                                   uint8_t second) {
  __m512i even = _mm512_and_si512(before, _mm512_set1_epi8((char)0xFE));
  thirds = _mm512_mask_cmpeq_epi8_mask(thirds, even, _mm512_set1_epi8((char)second));
  const uint8_t(*rows)[64] = reprise_unicode_wide + row;
  return _mm512_maskz_permutex2var_epi8(thirds, _mm512_loadu_si512(rows[0]),
                                        indices(block, before), _mm512_loadu_si512(rows[1]));
}

/// What `reprise_is_known` knows of three bytes, without what `fold_latin` does.
TARGET INLINE wide_block find_wide(__m512i block) {
  __m512i before = shifted(block, 1), lead = shifted(block, 2);
  uint64_t tails = tails_of(block);
  uint64_t thirds = tails & tails << 1;
  // Han: extension A up to U+3FFF; what has hexagrams at its end; the rest.
  uint64_t kana = equals(lead, 0xE3) & thirds;
  uint64_t han = kana & is_from(before, 0x90, 0xBF);
  han |= equals(lead, 0xE4) & thirds & ~equals(before, 0xB7);
  han |= is_from(lead, 0xE5, 0xE9) & thirds;
  uint64_t hangul = is_from(lead, 0xEB, 0xEC) | (equals(lead, 0xEA) & is_from(before, 0xB0, 0xBF)) |
                    (equals(lead, 0xED) & is_from(before, 0x80, 0x9D));
  hangul &= thirds;
  __m512i values = _mm512_or_si512(look_up_wide(block, before, kana, 0, 0x80),
                                   look_up_wide(block, before, kana, 2, 0x82));
  values = _mm512_or_si512(values,
                           look_up_wide(block, before, equals(lead, 0xEF) & thirds, 4, 0xBC));
  uint64_t tabled = _mm512_test_epi8_mask(values, values);
  uint64_t graphemes = han | _mm512_test_epi8_mask(values, _mm512_set1_epi8(1));
  uint64_t known = tabled | han | hangul;
  return (wide_block){graphemes, hangul | hangul >> 1 | hangul >> 2,
                      known | known >> 1 | known >> 2};
}

/// Writes half of a block, at most 32 bytes: those of `keep`, behind those of `gaps` a space; and
/// where tokens begin. Bit 0 is byte `first` of the block.
TARGET INLINE void write_half(reprise_token_stream *stream, __m512i bytes, int first, uint32_t keep,
                              uint32_t gaps, uint32_t begin) {
  const uint64_t even = 0x5555555555555555u;
  // Every byte, and behind each a space.
  const __m512i twice = _mm512_set_epi8(
      31, 31, 30, 30, 29, 29, 28, 28, 27, 27, 26, 26, 25, 25, 24, 24, 23, 23, 22, 22, 21, 21, 20,
      20, 19, 19, 18, 18, 17, 17, 16, 16, 15, 15, 14, 14, 13, 13, 12, 12, 11, 11, 10, 10, 9, 9, 8,
      8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0);
  __m512i order = _mm512_add_epi8(twice, _mm512_set1_epi8((char)first));
  __m512i spaced = _mm512_mask_permutexvar_epi8(_mm512_set1_epi8(' '), even, order, bytes);
  uint64_t kept = _pdep_u64(keep, even) | _pdep_u64(gaps, ~even);
  _mm512_storeu_si512(stream->bytes + stream->length, _mm512_maskz_compress_epi8(kept, spaced));
  size_t begun = (size_t)_mm_popcnt_u32(begin);
  store_indices(stream->starts + stream->count, _pext_u64(_pdep_u64(begin, even), kept), begun,
                stream->length);
  stream->count += begun;
  stream->length += (size_t)_mm_popcnt_u64(kept);
}

// A grapheme is closed at once: what follows is known, and no mark.
TARGET size_t reprise_tokenize_wide_avx512(reprise_token_stream *stream, const uint8_t *text,
                                           size_t at, size_t end) {
  reprise_token_stream now = *stream;
  uint64_t carry = now.open != REPRISE_NO_TOKEN;
  while (at < end) {
    text_block block = load_block(text, at, end, 0);
    __mmask64 capital = is_from(block.bytes, 'A', 'Z');
    __m512i lower =
        _mm512_mask_add_epi8(block.bytes, capital, block.bytes, _mm512_set1_epi8(0x20));
    known_block latin = fold_latin(block.bytes, lower);
    wide_block wide = find_wide(block.bytes);
    uint64_t high = _mm512_movepi8_mask(block.bytes) & block.valid;
    uint64_t other = high & ~latin.known & ~wide.known;
    if (other != 0) cut_before(&block, other);
    if (block.step == 0) break;
    uint64_t words = is_from(lower, 'a', 'z') | is_from(block.bytes, '0', '9');
    words = (words | latin.words | wide.words) & block.valid;
    uint64_t last = wide.graphemes & block.valid;
    uint64_t graphemes = last | last >> 1 | last >> 2;
    uint64_t after = words << 1 | carry;
    // Behind a word stands a separator, which becomes the space, or a grapheme, which needs one.
    uint64_t finish = ~words & after & block.valid;
    uint64_t separators = finish & ~graphemes;
    uint64_t gaps = last | (finish & graphemes) >> 1;
    uint64_t begin = (words & ~after) | last >> 2;
    uint64_t keep = words | graphemes | separators;
    __m512i out = _mm512_mask_mov_epi8(latin.folded, separators, _mm512_set1_epi8(' '));
    if (now.source_starts != NULL) {
      store_indices(now.source_starts + now.count, begin, (size_t)_mm_popcnt_u64(begin), at);
      // A grapheme ends behind its last byte.
      size_t ends = now.count - carry;
      uint64_t inner = finish | last << 1;
      size_t inner_count = (size_t)_mm_popcnt_u64(inner);
      store_indices(now.source_ends + ends, inner, inner_count, at);
      now.source_ends[ends + inner_count] = (uint32_t)(at + 64);
    }
    now.bytes[now.length] = ' ';
    now.length += carry & finish & graphemes & 1;
    write_half(&now, out, 0, (uint32_t)keep, (uint32_t)gaps, (uint32_t)begin);
    write_half(&now, out, 32, (uint32_t)(keep >> 32), (uint32_t)(gaps >> 32),
               (uint32_t)(begin >> 32));
    carry = words >> (block.step - 1) & 1;
    at += block.step;
    if (other != 0) break;
  }
  now.open = carry ? REPRISE_WORD_TOKEN : REPRISE_NO_TOKEN;
  *stream = now;
  return at;
}
#endif
