#include "json_string_avx512.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "json_escape.h"

#define INLINE static inline __attribute__((always_inline))
#define TARGET \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

TARGET INLINE uint64_t specials_of(__m512i bytes) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')) |
         _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\')) |
         _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20));
}

/// `count` bytes, then letters. A masked load touches no byte whose mask bit is 0.
TARGET INLINE __m512i load_tail(const uint8_t *bytes, size_t count) {
  return _mm512_mask_loadu_epi8(_mm512_set1_epi8('x'), _bzhi_u64(~0ULL, (unsigned)count), bytes);
}

TARGET INLINE uint64_t specials_avx512(const uint8_t *bytes) {
  return specials_of(_mm512_loadu_si512(bytes));
}

TARGET INLINE uint64_t tail_specials_avx512(const uint8_t *bytes, size_t count) {
  return specials_of(load_tail(bytes, count));
}

#define NAME(x) x##_avx512
#include "json_plain_loops.h"

/// The backslashes that start an escape, of a block whose first byte is part of one if `carry` is 1:
/// in each run of backslashes the first, third, fifth... (A run's parity comes from a subtraction
/// that carries through it.)
TARGET INLINE uint64_t escape_starts(__m512i block, uint64_t carry) {
  const uint64_t odd = 0xAAAAAAAAAAAAAAAAULL;
  uint64_t backslashes = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('\\')) & ~carry;
  uint64_t series = ((backslashes << 1) | odd) - backslashes;
  return (series ^ odd) & backslashes;
}

/// What ASCII letters stand for behind a backslash: `json_simple_escape`.
static const uint8_t letters[128] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

/// What the bytes of a block stand for behind a backslash; meaningless for bytes >= 0x80.
TARGET INLINE __m512i letters_of(__m512i block) {
  return _mm512_permutex2var_epi8(_mm512_loadu_si512(letters), block,
                                  _mm512_loadu_si512(letters + 64));
}

/// Of escaped bytes those that are no letter of an escape.
TARGET INLINE uint64_t other_escapes(__m512i block, __m512i values, uint64_t escaped) {
  return escaped & (_mm512_testn_epi8_mask(values, values) | _mm512_movepi8_mask(block));
}

TARGET size_t reprise_json_plain_length_avx512(const uint8_t *bytes, size_t count) {
  return plain_length_avx512(bytes, count);
}

TARGET size_t reprise_json_copy_plain_avx512(const uint8_t *bytes, size_t count,
                                             uint8_t *output) {
  return copy_plain_avx512(bytes, count, output);
}

// Escapes of one letter are common and stand anywhere: they cost no branch.
TARGET reprise_json_string reprise_json_string_end_avx512(const uint8_t *bytes, size_t count) {
  reprise_json_string result = {count, REPRISE_JSON_STRING_UNTERMINATED, 0};
  // Whether the next byte is escaped; places of escaped bytes so far.
  uint64_t carry = 0, seen = 0;
  for (size_t at = 0; at < count;) {
    size_t left = count - at;
    __m512i block = left >= 64 ? _mm512_loadu_si512(bytes + at) : load_tail(bytes + at, left);
    uint64_t starts = escape_starts(block, carry);
    uint64_t escaped = starts << 1 | carry;
    uint64_t stops = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('"')) & ~escaped;
    stops |= _mm512_cmplt_epu8_mask(block, _mm512_set1_epi8(0x20));
    stops |= other_escapes(block, letters_of(block), escaped);
    carry = starts >> 63;
    size_t next = at + 64;
    while (stops != 0) {
      size_t place = (size_t)_tzcnt_u64(stops), here = at + place;
      if ((escaped >> place & 1) == 0) {
        result.length = here;
        result.status =
            bytes[here] == '"' ? REPRISE_JSON_STRING_CLOSED : REPRISE_JSON_STRING_CONTROL;
        result.has_escapes = (seen | _bzhi_u64(escaped, (unsigned)place)) != 0;
        return result;
      }
      size_t length = json_escape_length(bytes + here - 1, count - here + 1, &result.status);
      if (length == 0) {
        if (result.status != REPRISE_JSON_STRING_UNTERMINATED) result.length = here - 1;
        result.has_escapes = (seen | _bzhi_u64(escaped, (unsigned)place)) != 0;
        return result;
      }
      size_t after = place - 1 + length;
      if (after >= 64) {
        next = at + after;
        carry = 0;
        break;
      }
      stops &= ~0ULL << after;
    }
    seen |= escaped;
    at = next;
  }
  result.has_escapes = seen != 0;
  return result;
}

// A block is cut before its first \u escape or anything that is no escape, and before a backslash
// in its last byte. The output never runs ahead of the input, so that a whole block stored while one
// is left ends within `count` bytes.
TARGET reprise_json_unescaped reprise_json_unescape_avx512(const uint8_t *bytes, size_t count,
                                                           uint8_t *output) {
  reprise_json_unescaped result = {0, 0};
  for (size_t at = 0; at < count;) {
    size_t left = count - at;
    uint64_t valid = left >= 64 ? ~0ULL : _bzhi_u64(~0ULL, (unsigned)left);
    __m512i block = left >= 64 ? _mm512_loadu_si512(bytes + at) : load_tail(bytes + at, left);
    uint64_t starts = escape_starts(block, 0);
    uint64_t escaped = starts << 1;
    __m512i values = letters_of(block);
    uint64_t other = other_escapes(block, values, escaped);
    uint64_t cut = other >> 1 | (starts & 1ULL << 63);
    uint64_t kept = ~starts & valid;
    if (cut != 0) kept = _bzhi_u64(kept, (unsigned)_tzcnt_u64(cut));
    block = _mm512_mask_mov_epi8(block, escaped, values);
    block = _mm512_maskz_compress_epi8(kept, block);
    size_t written = (size_t)__builtin_popcountll(kept);
    if (left >= 64) {
      _mm512_storeu_si512(output + result.count, block);
    } else {
      _mm512_mask_storeu_epi8(output + result.count, _bzhi_u64(~0ULL, (unsigned)written), block);
    }
    result.count += written;
    if (cut == 0) {
      at += 64;
      continue;
    }
    at += (size_t)_tzcnt_u64(cut);
    if (other != 0) at += json_decode_escape(bytes + at, count - at, output, &result);
  }
  return result;
}
#endif
