// The tokenizer for scripts of three bytes per scalar, for AVX-512: Han, kana, Hangul and their
// punctuation, with ASCII and Latin-1 between them.
//
// It works on blocks of 64 bytes like text_ascii_avx512.c, with the same masks. Scalars are
// recognized at their third bytes: shifted copies of the block have the first and second byte of
// each at the same index, and comparisons with ranges, or a table lookup, decide. Hangul syllables
// are bytes of words. Han and kana are graphemes: each is a token of its own, followed by a space.
//
// These spaces make the output longer than the input. A block is therefore written in two halves of
// 32 bytes: `vpermb` puts a space after every byte, and `vpcompressb` removes the bytes and the
// spaces that are not needed. `pdep` and `pext` bring the masks to these positions.
//
// The caller guarantees the capacities that text.h requires, because whole vectors are written. No
// byte outside `text[at ..< end]` is read. Returned is the offset at which the kernel stopped:
// `end`, or the offset of the last scalar before one that is not known.

#include "text_stream.h"

#if defined(__x86_64__)
#include "text_pairs_avx512.h"

/// The scalars of three bytes in a block that are known.
typedef struct {
  /// The last bytes of graphemes.
  uint64_t graphemes;
  /// The bytes of Hangul syllables, which are words.
  uint64_t words;
  /// The bytes of scalars that are known and end in the block.
  uint64_t known;
} wide_block;

TARGET INLINE __mmask64 equals(__m512i bytes, uint8_t byte) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)byte));
}

/// The values of `reprise_unicode_wide` in two rows for the bytes that follow `second` or
/// `second | 1`, and 0 for all others. `thirds` are the candidates; `second` is even.
TARGET INLINE __m512i look_up_wide(__m512i block, __m512i before, __mmask64 thirds, int row,
                                   uint8_t second) {
  __m512i even = _mm512_and_si512(before, _mm512_set1_epi8((char)0xFE));
  thirds = _mm512_mask_cmpeq_epi8_mask(thirds, even, _mm512_set1_epi8((char)second));
  const uint8_t(*rows)[64] = reprise_unicode_wide + row;
  return _mm512_maskz_permutex2var_epi8(thirds, _mm512_loadu_si512(rows[0]),
                                        indices(block, before), _mm512_loadu_si512(rows[1]));
}

/// Finds the scalars of three bytes that `reprise_is_known` knows, except for those of
/// `fold_latin`.
TARGET INLINE wide_block find_wide(__m512i block) {
  __m512i before = shifted(block, 1), lead = shifted(block, 2);
  uint64_t tails = tails_of(block);
  uint64_t thirds = tails & tails << 1;
  // Han: extension A up to U+3FFF, its rest without the hexagrams at the end, and the main block.
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

/// Writes half of a block, which begins at byte `first`: the bytes of `keep`, a space after each
/// byte of `gaps`, and the offsets at which tokens begin. Bit 0 of the masks is byte `first`.
TARGET INLINE void write_half(reprise_token_stream *stream, __m512i bytes, int first, uint32_t keep,
                              uint32_t gaps, uint32_t begin) {
  const uint64_t even = 0x5555555555555555u;
  // Each byte, followed by a space.
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

// A grapheme is closed at once, because the next scalar is known and is not a mark.
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
    // A word is followed by a separator, which becomes the space, or by a grapheme, which needs
    // one.
    uint64_t finish = ~words & after & block.valid;
    uint64_t separators = finish & ~graphemes;
    uint64_t gaps = last | (finish & graphemes) >> 1;
    uint64_t begin = (words & ~after) | last >> 2;
    uint64_t keep = words | graphemes | separators;
    __m512i out = _mm512_mask_mov_epi8(latin.folded, separators, _mm512_set1_epi8(' '));
    if (now.source_starts != NULL) {
      store_indices(now.source_starts + now.count, begin, (size_t)_mm_popcnt_u64(begin), at);
      // A grapheme ends after its last byte.
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
