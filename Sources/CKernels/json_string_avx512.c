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

/// Where a block of a string was cut.
typedef struct {
  /// A bit before each \u escape or what is no escape, before a backslash in the last byte, and if it
  /// is asked for, before what ends the string; none if the block was taken whole.
  uint64_t cut;
  /// A bit before each \u escape or what is no escape.
  uint64_t other;
  /// The bytes written.
  size_t written;
} block_end;

/// Unescapes up to 64 bytes, up to the first cut. The output never runs ahead of the input, so that a
/// whole block that is stored while one is left ends within the bytes given.
TARGET INLINE block_end unescape_block(const uint8_t *bytes, size_t left, uint8_t *output,
                                       int ends_string) {
  uint64_t valid = left >= 64 ? ~0ULL : _bzhi_u64(~0ULL, (unsigned)left);
  __m512i block = left >= 64 ? _mm512_loadu_si512(bytes) : load_tail(bytes, left);
  uint64_t starts = escape_starts(block, 0);
  uint64_t escaped = starts << 1;
  __m512i values = letters_of(block);
  block_end end;
  end.other = other_escapes(block, values, escaped) >> 1;
  end.cut = end.other | (starts & 1ULL << 63);
  if (ends_string) {
    end.cut |= _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('"')) & ~escaped;
    end.cut |= _mm512_cmplt_epu8_mask(block, _mm512_set1_epi8(0x20));
  }
  uint64_t kept = ~starts & valid;
  if (end.cut != 0) kept = _bzhi_u64(kept, (unsigned)_tzcnt_u64(end.cut));
  block = _mm512_mask_mov_epi8(block, escaped, values);
  block = _mm512_maskz_compress_epi8(kept, block);
  end.written = (size_t)__builtin_popcountll(kept);
  if (left >= 64) {
    _mm512_storeu_si512(output, block);
  } else {
    _mm512_mask_storeu_epi8(output, _bzhi_u64(~0ULL, (unsigned)end.written), block);
  }
  return end;
}

TARGET reprise_json_unescaped reprise_json_unescape_avx512(const uint8_t *bytes, size_t count,
                                                           uint8_t *output) {
  reprise_json_unescaped result = {0, 0};
  for (size_t at = 0; at < count;) {
    block_end end = unescape_block(bytes + at, count - at, output + result.count, 0);
    result.count += end.written;
    // A branch, so that the next block waits for nothing.
    if (__builtin_expect(end.cut == 0, 1)) {
      at += 64;
      continue;
    }
    at += (size_t)_tzcnt_u64(end.cut);
    if (end.other != 0) at += json_decode_escape(bytes + at, count - at, output, &result);
  }
  return result;
}

TARGET reprise_json_string_text reprise_json_unescaped_string_avx512(const uint8_t *bytes,
                                                                     size_t count,
                                                                     uint8_t *output) {
  reprise_json_string_text result = {{count, REPRISE_JSON_STRING_UNTERMINATED, 0}, {0, 0}};
  // Many strings have no escapes, and need no copy.
  size_t at = plain_length_avx512(bytes, count);
  if (at < count && bytes[at] == '\\') {
    result.string.has_escapes = 1;
    result.text.count = at;
    memcpy(output, bytes, at);
  }
  while (at < count) {
    uint64_t other = 0;
    if (result.string.has_escapes) {
      block_end end = unescape_block(bytes + at, count - at, output + result.text.count, 1);
      result.text.count += end.written;
      if (__builtin_expect(end.cut == 0, 1)) {
        at += 64;
        continue;
      }
      at += (size_t)_tzcnt_u64(end.cut);
      other = end.other >> _tzcnt_u64(end.cut) & 1;
    }
    if (bytes[at] != '\\') {
      result.string.length = at;
      result.string.status =
          bytes[at] == '"' ? REPRISE_JSON_STRING_CLOSED : REPRISE_JSON_STRING_CONTROL;
      return result;
    }
    if (other == 0) continue;
    if (json_escape_length(bytes + at, count - at, &result.string.status) == 0) {
      if (result.string.status != REPRISE_JSON_STRING_UNTERMINATED) result.string.length = at;
      return result;
    }
    at += json_decode_escape(bytes + at, count - at, output, &result.text);
  }
  return result;
}
#endif
