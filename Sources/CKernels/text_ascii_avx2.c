#include "text_stream.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))

TARGET static inline __m256i below(__m256i value, char from, char count) {
  // Unsigned comparison by saturating subtraction: 0 where value - from < count.
  __m256i shifted = _mm256_sub_epi8(value, _mm256_set1_epi8(from));
  __m256i over = _mm256_subs_epu8(shifted, _mm256_set1_epi8((char)(count - 1)));
  return _mm256_cmpeq_epi8(over, _mm256_setzero_si256());
}

/// Lower-cases 32 bytes into `lower`; returns which are letters or digits.
TARGET static inline uint32_t classify(__m256i block, uint8_t *lower) {
  __m256i capital = below(block, 'A', 26);
  __m256i folded = _mm256_add_epi8(block, _mm256_and_si256(capital, _mm256_set1_epi8(0x20)));
  _mm256_storeu_si256((__m256i *)lower, folded);
  return (uint32_t)_mm256_movemask_epi8(
      _mm256_or_si256(below(folded, 'a', 26), below(block, '0', 10)));
}

TARGET size_t reprise_tokenize_ascii_avx2(reprise_token_stream *stream, const uint8_t *text,
                                          size_t at, size_t end) {
  uint8_t lower[64 + 32];
  uint8_t tail[64];
  memset(lower + 64, 0, 32);
  uint8_t *bytes = stream->bytes;
  size_t length = stream->length, count = stream->count;
  int open = stream->open != REPRISE_NO_TOKEN;
  while (at < end) {
    size_t step = end - at >= 64 ? 64 : end - at;
    const uint8_t *from = text + at;
    if (step < 64) {
      memset(tail, 0, sizeof tail);
      memcpy(tail, from, step);
      from = tail;
    }
    __m256i low = _mm256_loadu_si256((const __m256i *)from);
    __m256i high = _mm256_loadu_si256((const __m256i *)(from + 32));
    uint64_t beyond = (uint32_t)_mm256_movemask_epi8(low) |
                      (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
    int stops = beyond != 0 || (end - at > 64 && text[at + 64] >= 0x80);
    if (stops) {
      // The first byte >= 0x80 is in the block or right behind it (tzcnt of 0 is 64).
      size_t first = (size_t)_tzcnt_u64(beyond);
      if (first <= 1) break;
      step = first - 1;
    }
    uint64_t inside = classify(low, lower) | (uint64_t)classify(high, lower + 32) << 32;
    if (step < 64) inside = _bzhi_u64(inside, (unsigned)step);
    size_t position = 0;
    // Run by run; a run that reaches the block's end stays open.
    for (;;) {
      if (!open) {
        uint64_t rest = position < 64 ? inside >> position : 0;
        if (rest == 0) break;
        position += (size_t)_tzcnt_u64(rest);
        stream->starts[count] = (uint32_t)length;
        if (stream->source_starts != NULL) stream->source_starts[count] = (uint32_t)(at + position);
        count++;
        open = 1;
      }
      uint64_t gaps = position < 64 ? ~inside >> position : 0;
      size_t stop = gaps != 0 ? position + (size_t)_tzcnt_u64(gaps) : 64;
      if (stop > step) stop = step;
      for (size_t i = position; i < stop; i += 16) {
        _mm_storeu_si128((__m128i *)(bytes + length + (i - position)),
                         _mm_loadu_si128((const __m128i *)(lower + i)));
      }
      length += stop - position;
      position = stop;
      if (stop == step) break;
      bytes[length++] = ' ';
      if (stream->source_ends != NULL) stream->source_ends[count - 1] = (uint32_t)(at + stop);
      open = 0;
    }
    at += step;
    if (stops) break;
  }
  stream->length = length;
  stream->count = count;
  stream->open = open ? REPRISE_WORD_TOKEN : REPRISE_NO_TOKEN;
  return at;
}
#endif
