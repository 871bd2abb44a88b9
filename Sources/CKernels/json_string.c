#include "json_string.h"

#include <string.h>

#include "bytes16.h"
#include "json_escape.h"

#define INLINE static inline __attribute__((always_inline))

INLINE uint64_t backslashes_plain(const uint8_t *bytes) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i += 16) {
    mask |= reprise_mask16((reprise_bytes16)(reprise_load16(bytes + i) == '\\')) << i;
  }
  return mask;
}

INLINE uint64_t specials_plain(const uint8_t *bytes) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i += 16) {
    reprise_bytes16 block = reprise_load16(bytes + i);
    reprise_bytes16 special = (reprise_bytes16)(block == '"') | (reprise_bytes16)(block == '\\') |
                              (reprise_bytes16)(block < reprise_all16(0x20));
    mask |= reprise_mask16(special) << i;
  }
  return mask;
}

#define TAIL_BY_COPY(kind)                                       \
  uint8_t block[64];                                             \
  memset(block, 'x', sizeof block);                              \
  memcpy(block, bytes, count);                                   \
  return kind(block)

INLINE uint64_t tail_specials_plain(const uint8_t *bytes, size_t count) {
  TAIL_BY_COPY(specials_plain);
}

INLINE uint64_t tail_backslashes_plain(const uint8_t *bytes, size_t count) {
  TAIL_BY_COPY(backslashes_plain);
}

#define TARGET
#define NAME(x) x##_plain
#include "json_string_loops.h"
#undef TARGET
#undef NAME

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi,bmi2")))

// Keeps the compiler from seeing that a mask is made of comparisons: it would otherwise turn
// arithmetic on the mask into work on 64 single bits (clang 21: a third of the speed).
INLINE uint64_t opaque(uint64_t mask) {
  __asm__("" : "+r"(mask));
  return mask;
}

TARGET INLINE uint64_t backslashes_avx2(const uint8_t *bytes) {
  __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
  __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32));
  __m256i backslash = _mm256_set1_epi8('\\');
  uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, backslash));
  uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, backslash));
  return opaque((uint64_t)second << 32 | first);
}

TARGET INLINE uint32_t half_specials_avx2(__m256i bytes) {
  __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
  __m256i backslash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
  __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes);
  __m256i any = _mm256_or_si256(_mm256_or_si256(quote, backslash), control);
  return (uint32_t)_mm256_movemask_epi8(any);
}

TARGET INLINE uint64_t specials_avx2(const uint8_t *bytes) {
  uint32_t low = half_specials_avx2(_mm256_loadu_si256((const __m256i *)(const void *)bytes));
  uint32_t high =
      half_specials_avx2(_mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32)));
  return opaque((uint64_t)high << 32 | low);
}

TARGET INLINE uint64_t tail_specials_avx2(const uint8_t *bytes, size_t count) {
  TAIL_BY_COPY(specials_avx2);
}

TARGET INLINE uint64_t tail_backslashes_avx2(const uint8_t *bytes, size_t count) {
  TAIL_BY_COPY(backslashes_avx2);
}

#define NAME(x) x##_avx2
#include "json_string_loops.h"
#undef TARGET
#undef NAME

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,bmi,bmi2")))

TARGET INLINE uint64_t specials_of_avx512(__m512i bytes) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')) |
         _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\')) |
         _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20));
}

TARGET INLINE uint64_t specials_avx512(const uint8_t *bytes) {
  return specials_of_avx512(_mm512_loadu_si512(bytes));
}

TARGET INLINE uint64_t backslashes_avx512(const uint8_t *bytes) {
  return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(bytes), _mm512_set1_epi8('\\'));
}

// A masked load touches no byte whose mask bit is 0.
TARGET INLINE __m512i tail_avx512(const uint8_t *bytes, size_t count) {
  return _mm512_mask_loadu_epi8(_mm512_set1_epi8('x'), _bzhi_u64(~0ULL, (unsigned)count), bytes);
}

TARGET INLINE uint64_t tail_specials_avx512(const uint8_t *bytes, size_t count) {
  return specials_of_avx512(tail_avx512(bytes, count));
}

TARGET INLINE uint64_t tail_backslashes_avx512(const uint8_t *bytes, size_t count) {
  return _mm512_cmpeq_epi8_mask(tail_avx512(bytes, count), _mm512_set1_epi8('\\'));
}

#define NAME(x) x##_avx512
#include "json_string_loops.h"

/// The positions of backslashes that start an escape, in a block that starts outside of one: in
/// each run of backslashes the first, third, fifth... (A run's parity comes from a subtraction that
/// carries through it.)
TARGET INLINE uint64_t escape_starts(uint64_t backslashes) {
  const uint64_t odd = 0xAAAAAAAAAAAAAAAAULL;
  uint64_t series = ((backslashes << 1) | odd) - backslashes;
  return (series ^ odd) & backslashes;
}

TARGET INLINE __m512i unescaped_letters(__m512i bytes, uint64_t escaped) {
  static const uint8_t letters[5][2] = {
      {'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'b', '\b'}, {'f', '\f'}};
  __m512i result = bytes;
  for (int i = 0; i < 5; i++) {
    uint64_t hits =
        _mm512_mask_cmpeq_epi8_mask(escaped, bytes, _mm512_set1_epi8((char)letters[i][0]));
    result = _mm512_mask_blend_epi8(hits, result, _mm512_set1_epi8((char)letters[i][1]));
  }
  return result;
}

/// One-letter escapes by compressing whole blocks; a block is cut before its first \u escape or
/// anything that is no escape, and before a backslash in its last byte.
TARGET static reprise_json_unescaped unescape_avx512(const uint8_t *bytes, size_t count,
                                                     uint8_t *output) {
  reprise_json_unescaped result = {0, 0};
  size_t at = 0;
  while (count - at >= 64) {
    __m512i block = _mm512_loadu_si512(bytes + at);
    uint64_t backslashes = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('\\'));
    if (backslashes == 0) {
      _mm512_storeu_si512(output + result.count, block);
      at += 64;
      result.count += 64;
      continue;
    }
    uint64_t starts = escape_starts(backslashes);
    uint64_t escaped = starts << 1;
    __m512i letters = unescaped_letters(block, escaped);
    uint64_t literal = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('"')) |
                       _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('/')) | backslashes;
    uint64_t other = escaped & ~literal & ~_mm512_cmpneq_epi8_mask(block, letters);
    uint64_t cut = other >> 1 | (starts & 1ULL << 63);
    if (cut == 0) {
      _mm512_storeu_si512(output + result.count, _mm512_maskz_compress_epi8(~starts, letters));
      result.count += 64 - (size_t)__builtin_popcountll(starts);
      at += 64;
      continue;
    }
    unsigned limit = (unsigned)__builtin_ctzll(cut);
    uint64_t kept = _bzhi_u64(~starts, limit);
    _mm512_storeu_si512(output + result.count, _mm512_maskz_compress_epi8(kept, letters));
    result.count += (size_t)__builtin_popcountll(kept);
    at += limit;
    if (other != 0) at += json_decode_escape(bytes + at, count - at, output, &result);
  }
  reprise_json_unescaped rest = unescape_runs_avx512(bytes + at, count - at, output + result.count);
  result.count += rest.count;
  result.lone_surrogates += rest.lone_surrogates;
  return result;
}
#endif

#if defined(__x86_64__)
#define DISPATCH(function, ...)                                          \
  if (set >= REPRISE_AVX512) return function##_avx512(__VA_ARGS__);      \
  if (set == REPRISE_AVX2) return function##_avx2(__VA_ARGS__)
#else
#define DISPATCH(function, ...) (void)set
#endif

size_t reprise_json_plain_length(const uint8_t *bytes, size_t count, reprise_instruction_set set) {
  DISPATCH(plain_length, bytes, count);
  return plain_length_plain(bytes, count);
}

size_t reprise_json_copy_plain(const uint8_t *bytes, size_t count, uint8_t *output,
                               reprise_instruction_set set) {
  DISPATCH(copy_plain, bytes, count, output);
  return copy_plain_plain(bytes, count, output);
}

reprise_json_string reprise_json_string_end(const uint8_t *bytes, size_t count,
                                            reprise_instruction_set set) {
  DISPATCH(string_end, bytes, count);
  return string_end_plain(bytes, count);
}

reprise_json_unescaped reprise_json_unescape(const uint8_t *bytes, size_t count, uint8_t *output,
                                             reprise_instruction_set set) {
#if defined(__x86_64__)
  if (set >= REPRISE_AVX512) return unescape_avx512(bytes, count, output);
  if (set == REPRISE_AVX2) return unescape_runs_avx2(bytes, count, output);
#endif
  (void)set;
  return unescape_runs_plain(bytes, count, output);
}
