// Checks and unescapes JSON strings: the portable and the AVX2 kernels, and the choice of a kernel
// by instruction set. json_string_avx512.c has the kernels for AVX-512.
//
// The kernels here compute masks of 64 bytes, one bit per byte: of backslashes, and of the bytes
// that end a plain run (quotes, backslashes and control characters). The portable one compares four
// vectors of 16 bytes, AVX2 two of 32. Fewer than 64 bytes are first copied to a block filled with
// letters, so that no byte after the string is read. The loops are in json_plain_loops.h and
// json_string_loops.h; json_string.h says what callers must guarantee.

#include "json_string.h"

#include <string.h>

#include "bytes16.h"
#include "json_escape.h"
#include "json_string_avx512.h"

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
#include "json_plain_loops.h"
#include "json_string_loops.h"
#undef TARGET
#undef NAME

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi,bmi2")))

// Hides from the compiler that a mask comes from comparisons. Otherwise it turns arithmetic on the
// mask into work on 64 single bits (clang 21: a third of the speed).
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
#include "json_plain_loops.h"
#include "json_string_loops.h"
#undef TARGET
#undef NAME
#endif

#if defined(__x86_64__)
#define DISPATCH(function, ...)                                                    \
  if (set >= REPRISE_AVX512) return reprise_json_##function##_avx512(__VA_ARGS__); \
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
  if (set >= REPRISE_AVX512) return reprise_json_unescape_avx512(bytes, count, output);
  if (set == REPRISE_AVX2) return unescape_runs_avx2(bytes, count, output);
#endif
  (void)set;
  return unescape_runs_plain(bytes, count, output);
}

reprise_json_string_text reprise_json_unescaped_string(const uint8_t *bytes, size_t count,
                                                       uint8_t *output,
                                                       reprise_instruction_set set) {
#if defined(__x86_64__)
  if (set >= REPRISE_AVX512) return reprise_json_unescaped_string_avx512(bytes, count, output);
#endif
  reprise_json_string_text result = {reprise_json_string_end(bytes, count, set), {0, 0}};
  if (result.string.status == REPRISE_JSON_STRING_CLOSED && result.string.has_escapes) {
    result.text = reprise_json_unescape(bytes, result.string.length, output, set);
  }
  return result;
}
