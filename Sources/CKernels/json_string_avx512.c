// Checks and unescapes JSON strings with AVX-512, in blocks of 64 bytes.
//
// In text with many escapes a branch per escape is mispredicted, so escapes of one letter take no
// branch. A comparison gives the mask of backslashes, and `escape_starts` finds in it those that
// start an escape, also in sequences of several. `vpermi2b` looks up the character that each byte
// represents after a backslash, and a masked move replaces the escaped bytes. `vpcompressb` then
// removes the backslashes, and one store writes the block. Only \u escapes, and sequences that are
// not valid, go to the scalar functions of json_escape.h.
//
// The caller guarantees that `output` has `count` bytes and does not overlap `bytes`. No byte
// outside `bytes[0, count)` is read, because the last block is loaded with a mask. A whole block is
// stored only while 64 bytes of input are left; the output is never ahead of the input, so it ends
// within `count` bytes. The results are those of json_string.h.

#include "json_string_kernels.h"

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

/// Loads `count` bytes, below 64, and fills the rest with letters. A masked load does not touch
/// bytes whose mask bit is 0.
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

/// The backslashes in a block that start an escape: in each sequence of backslashes the first,
/// third, fifth... If `carry` is 1, the first byte of the block is escaped by the block before. The
/// parity within a sequence comes from a subtraction whose borrow runs through it.
TARGET INLINE uint64_t escape_starts(__m512i block, uint64_t carry) {
  const uint64_t odd = 0xAAAAAAAAAAAAAAAAULL;
  uint64_t backslashes = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('\\')) & ~carry;
  uint64_t series = ((backslashes << 1) | odd) - backslashes;
  return (series ^ odd) & backslashes;
}

/// The characters that ASCII letters represent after a backslash, as in `json_simple_escape`.
static const uint8_t letters[128] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

/// The characters that the bytes of a block represent after a backslash; meaningless for bytes >=
/// 0x80.
TARGET INLINE __m512i letters_of(__m512i block) {
  return _mm512_permutex2var_epi8(_mm512_loadu_si512(letters), block,
                                  _mm512_loadu_si512(letters + 64));
}

/// The escaped bytes that are not the letter of a simple escape.
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

// Escapes of one letter are common and occur anywhere, so they take no branch.
TARGET reprise_json_string reprise_json_string_end_avx512(const uint8_t *bytes, size_t count) {
  reprise_json_string result = {count, REPRISE_JSON_STRING_UNTERMINATED, 0};
  // `carry`: whether the first byte of the next block is escaped. `seen`: the escaped bytes so far.
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

/// Where the unescaping of a block stopped.
typedef struct {
  /// The bits of the bytes at which unescaping must stop: the backslash of each \u escape or
  /// invalid escape, a backslash in the last byte, and on request a byte that ends the string. 0 if
  /// the whole block was unescaped.
  uint64_t cut;
  /// The bits of the backslashes of \u escapes and invalid escapes.
  uint64_t other;
  /// The number of bytes written.
  size_t written;
} block_end;

/// Unescapes up to 64 bytes, up to the first bit of `cut`. `left` is the number of input bytes
/// left. With 64 or more, a whole vector is stored, which ends within the output because the output
/// is never ahead of the input.
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
    // This is a branch so that the next block does not wait for the result of this one.
    if (__builtin_expect(end.cut == 0, 1)) {
      at += 64;
      continue;
    }
    at += (size_t)_tzcnt_u64(end.cut);
    if (end.other == 0) continue;
    do {
      at += json_decode_escape(bytes + at, count - at, output, &result);
    } while (json_is_unicode_escape(bytes + at, count - at));
  }
  return result;
}

TARGET reprise_json_string_text reprise_json_unescaped_string_avx512(const uint8_t *bytes,
                                                                     size_t count,
                                                                     uint8_t *output) {
  reprise_json_string_text result = {{count, REPRISE_JSON_STRING_UNTERMINATED, 0}, {0, 0}};
  // Many strings have no escapes and need no copy.
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
    // In some texts whole words are \u escapes, and a block for each would take long.
    do {
      if (json_escape_length(bytes + at, count - at, &result.string.status) == 0) {
        if (result.string.status != REPRISE_JSON_STRING_UNTERMINATED) result.string.length = at;
        return result;
      }
      at += json_decode_escape(bytes + at, count - at, output, &result.text);
    } while (json_is_unicode_escape(bytes + at, count - at));
  }
  return result;
}
#endif
