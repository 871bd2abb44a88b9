// The ASCII tokenizer for AVX2 with symbols or case kept.
//
// It works on blocks of 64 bytes, with masks of one bit per byte:
//
//     after  = words << 1 | carry     bytes that follow a byte of a word; carry: of the last block
//     begin  = words & ~after | symbols
//     finish = ~words & after         the bytes after words; white space becomes the separating space
//     gaps                            the bytes after which a space is inserted: symbols, and the
//                                     last byte of a word before a symbol
//
// A symbol is closed at once, because no byte of ASCII continues it. The output is longer than the
// input, so four bytes at a time are spread by `pdep` to every second byte of a word of spaces, and
// `pext` removes the bytes and spaces that are not needed.
//
// The caller guarantees the capacities that text.h requires: up to 8 bytes after the tokens and 7
// entries after the offsets are overwritten. No byte outside `text[at ..< end]` is read; the last
// block is copied to a buffer first. Returned is the offset at which the kernel stopped: `end`, or
// the offset of the last byte before one >= 0x80, because a mark may still change it.

#include "text_stream.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define INLINE static inline __attribute__((always_inline))

typedef struct {
  uint64_t words;
  uint64_t spaces;
  uint64_t high;
} byte_classes;

/// 0xFF in each byte where `from <= value < from + count`, unsigned; 0 in the others.
TARGET INLINE __m256i in_range(__m256i value, char from, char count) {
  __m256i shifted = _mm256_sub_epi8(value, _mm256_set1_epi8(from));
  __m256i last = _mm256_set1_epi8((char)(count - 1));
  return _mm256_cmpeq_epi8(_mm256_min_epu8(shifted, last), shifted);
}

/// Classifies 32 bytes and writes them to `out`, with a space for white space.
TARGET INLINE byte_classes classify_half(const uint8_t *from, uint8_t *out, uint32_t style) {
  __m256i block = _mm256_loadu_si256((const __m256i *)from);
  __m256i lower = _mm256_or_si256(block, _mm256_set1_epi8(0x20));
  __m256i letter = in_range(lower, 'a', 26), digit = in_range(block, '0', 10);
  __m256i space = _mm256_or_si256(_mm256_cmpeq_epi8(block, _mm256_set1_epi8(' ')),
                                  in_range(block, 0x09, 5));
  __m256i word = _mm256_or_si256(letter, digit);
  __m256i kept = block;
  if ((style & REPRISE_KEEPS_CASE) == 0) kept = _mm256_blendv_epi8(kept, lower, letter);
  // Without symbols, everything outside words is white space.
  __m256i blank = (style & REPRISE_SYMBOLS) != 0 ? space
                                                 : _mm256_xor_si256(word, _mm256_set1_epi8(-1));
  kept = _mm256_blendv_epi8(kept, _mm256_set1_epi8(' '), blank);
  _mm256_storeu_si256((__m256i *)out, kept);
  return (byte_classes){(uint32_t)_mm256_movemask_epi8(word), (uint32_t)_mm256_movemask_epi8(blank),
                        (uint32_t)_mm256_movemask_epi8(block)};
}

TARGET INLINE byte_classes classify(const uint8_t *from, uint8_t *out, uint32_t style) {
  byte_classes low = classify_half(from, out, style);
  byte_classes high = classify_half(from + 32, out + 32, style);
  byte_classes all = {low.words | high.words << 32, low.spaces | high.spaces << 32,
                      low.high | high.high << 32};
  // Hides from the compiler that the masks come from comparisons, as in text_ascii_avx2.c.
  __asm__("" : "+r"(all.words), "+r"(all.spaces), "+r"(all.high));
  return all;
}

/// Writes `base` + the index of each set bit, ascending, in groups of 8; returns their number.
TARGET INLINE size_t store_indices(uint32_t *to, uint64_t bits, uint32_t base) {
  size_t count = (size_t)__builtin_popcountll(bits);
  for (size_t done = 0; done < count; done += 8) {
    for (size_t i = done; i < done + 8; i++) {
      to[i] = base + (uint32_t)__builtin_ctzll(bits | 1ull << 63);
      bits &= bits - 1;
    }
  }
  return count;
}

/// Writes 32 bytes: those of `keep`, a space after each byte of `gaps`, and the offsets in the
/// output at which tokens begin.
TARGET INLINE void write_half(reprise_token_stream *now, const uint8_t *from, uint32_t keep,
                              uint32_t gaps, uint32_t begin) {
  const uint64_t even = 0x5555555555555555u;
  uint64_t kept = _pdep_u64(keep, even) | _pdep_u64(gaps, ~even);
  now->count += store_indices(now->starts + now->count, _pext_u64(_pdep_u64(begin, even), kept),
                              (uint32_t)now->length);
  uint8_t *to = now->bytes + now->length;
  for (size_t i = 0; i < 32; i += 4) {
    uint32_t four;
    memcpy(&four, from + i, 4);
    uint64_t spread = _pdep_u64(four, 0x00FF00FF00FF00FFu) | 0x2000200020002000u;
    uint64_t bits = kept >> 2 * i & 0xFF;
    uint64_t out = _pext_u64(spread, _pdep_u64(bits, 0x0101010101010101u) * 0xFF);
    memcpy(to, &out, 8);
    to += __builtin_popcountll(bits);
  }
  now->length = (size_t)(to - now->bytes);
}

TARGET INLINE size_t tokenize(reprise_token_stream *stream, const uint8_t *text, size_t at,
                              size_t end, uint32_t style) {
  reprise_token_stream now = *stream;
  uint64_t carry = now.open != REPRISE_NO_TOKEN;
  uint8_t out[64], tail[64];
  while (at < end) {
    size_t left = end - at < 64 ? end - at : 64;
    const uint8_t *bytes = text + at;
    if (left < 64) {
      memset(tail, 0, sizeof tail);
      memcpy(tail, bytes, left);
      bytes = tail;
    }
    byte_classes classes = classify(bytes, out, style);
    size_t step = left;
    if (classes.high != 0) {
      step = (size_t)__builtin_ctzll(classes.high);
      if (step <= 1) break;
      step -= 1;
    } else if (at + left < end && text[at + left] >= 0x80) {
      // A mark after the block may still change its last byte.
      step -= 1;
    }
    uint64_t valid = _bzhi_u64(~0ull, (unsigned)step);
    uint64_t words = classes.words & valid;
    uint64_t symbols = ~(classes.words | classes.spaces) & valid;
    uint64_t after = words << 1 | carry;
    uint64_t finish = ~words & after & valid;
    uint64_t begin = (words & ~after) | symbols;
    uint64_t keep = words | symbols | finish;
    uint64_t gaps = symbols | (finish & symbols) >> 1;
    if (now.source_starts != NULL) {
      store_indices(now.source_starts + now.count, begin, (uint32_t)at);
      // A symbol ends after its byte.
      uint64_t ends = finish | symbols << 1;
      size_t first = now.count - carry;
      size_t count = store_indices(now.source_ends + first, ends, (uint32_t)at);
      now.source_ends[first + count] = (uint32_t)(at + 64);
    }
    // A symbol that begins the block ends a word of the block before.
    now.bytes[now.length] = ' ';
    now.length += carry & finish & symbols & 1;
    write_half(&now, out, (uint32_t)keep, (uint32_t)gaps, (uint32_t)begin);
    write_half(&now, out + 32, (uint32_t)(keep >> 32), (uint32_t)(gaps >> 32),
               (uint32_t)(begin >> 32));
    carry = words >> (step - 1) & 1;
    at += step;
    if (step < left) break;
  }
  now.open = carry ? REPRISE_WORD_TOKEN : REPRISE_NO_TOKEN;
  *stream = now;
  return at;
}

TARGET size_t reprise_tokenize_styled_avx2(reprise_token_stream *stream, const uint8_t *text,
                                           size_t at, size_t end) {
  switch (stream->style) {
    case REPRISE_SYMBOLS: return tokenize(stream, text, at, end, REPRISE_SYMBOLS);
    case REPRISE_KEEPS_CASE: return tokenize(stream, text, at, end, REPRISE_KEEPS_CASE);
    default: return tokenize(stream, text, at, end, REPRISE_SYMBOLS | REPRISE_KEEPS_CASE);
  }
}
#endif
