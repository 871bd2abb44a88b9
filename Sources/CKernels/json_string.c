// Checks and unescapes JSON strings: the portable kernels, and the choice of a kernel by instruction
// set. json_string_blocks.h has the kernels for AVX2 and NEON, json_string_avx512.c those for AVX-512.
//
// The kernels here compute masks of 64 bytes, one bit per byte: of backslashes, and of the bytes
// that end a plain run (quotes, backslashes and control characters), by comparing four vectors of 16
// bytes. Fewer than 64 bytes are first copied to a block filled with letters, so that no byte after
// the string is read. json_string.h says what callers must guarantee.

#include "json_string.h"

#include <string.h>

#include "bytes16.h"
#include "json_escape.h"
#include "json_string_kernels.h"

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
#undef TARGET
#undef NAME

// The two loops below take the mask of a block of 64 bytes and visit its set bits, the escapes; the
// bytes between them are plain. Unescaping copies them 64 at a time.

static reprise_json_string string_end_plain(const uint8_t *bytes, size_t count) {
  reprise_json_string result = {0, REPRISE_JSON_STRING_UNTERMINATED, 0};
  size_t at = 0;
  while (at < count) {
    size_t left = count - at;
    uint64_t mask =
        left >= 64 ? specials_plain(bytes + at) : tail_specials_plain(bytes + at, left);
    size_t next = at + (left < 64 ? left : 64);
    while (mask != 0) {
      size_t here = at + (size_t)__builtin_ctzll(mask);
      if (bytes[here] != '\\') {
        result.length = here;
        result.status =
            bytes[here] == '"' ? REPRISE_JSON_STRING_CLOSED : REPRISE_JSON_STRING_CONTROL;
        return result;
      }
      size_t length = json_escape_length(bytes + here, count - here, &result.status);
      if (length == 0) {
        result.length = result.status == REPRISE_JSON_STRING_UNTERMINATED ? count : here;
        return result;
      }
      result.has_escapes = 1;
      size_t after = here + length;
      if (after - at >= 64) {
        next = after;
        break;
      }
      mask &= ~(uint64_t)0 << (after - at);
    }
    at = next;
  }
  result.length = count;
  return result;
}

// A whole block is stored only while 64 bytes of input are left. The output is never ahead of the
// input, so the store ends within `count` bytes.
static reprise_json_unescaped unescape_runs_plain(const uint8_t *bytes, size_t count,
                                                  uint8_t *output) {
  reprise_json_unescaped result = {0, 0};
  size_t at = 0;
  while (at < count) {
    size_t left = count - at;
    size_t run;
    if (left >= 64) {
      memcpy(output + result.count, bytes + at, 64);
      uint64_t mask = backslashes_plain(bytes + at);
      run = mask != 0 ? (size_t)__builtin_ctzll(mask) : 64;
    } else {
      uint64_t mask = tail_backslashes_plain(bytes + at, left);
      run = mask != 0 ? (size_t)__builtin_ctzll(mask) : left;
      memcpy(output + result.count, bytes + at, run);
    }
    at += run;
    result.count += run;
    if (at < count && bytes[at] == '\\') {
      at += json_decode_escape(bytes + at, count - at, output, &result);
    }
  }
  return result;
}

#if defined(__x86_64__)
#define DISPATCH(function, ...)                                                    \
  if (set == REPRISE_AVX512) return reprise_json_##function##_avx512(__VA_ARGS__); \
  if (set == REPRISE_AVX2) return reprise_json_##function##_avx2(__VA_ARGS__)
#elif defined(__aarch64__)
#define DISPATCH(function, ...) \
  if (set == REPRISE_NEON) return reprise_json_##function##_neon(__VA_ARGS__)
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
  DISPATCH(unescape, bytes, count, output);
  return unescape_runs_plain(bytes, count, output);
}

reprise_json_string_text reprise_json_unescaped_string(const uint8_t *bytes, size_t count,
                                                       uint8_t *output,
                                                       reprise_instruction_set set) {
  DISPATCH(unescaped_string, bytes, count, output);
  reprise_json_string_text result = {string_end_plain(bytes, count), {0, 0}};
  if (result.string.status == REPRISE_JSON_STRING_CLOSED && result.string.has_escapes) {
    result.text = unescape_runs_plain(bytes, result.string.length, output);
  }
  return result;
}
