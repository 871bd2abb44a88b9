// Checks and unescapes JSON strings in blocks of 64 bytes, compiled once for each instruction set
// that can compress bytes.
//
// In text with many escapes a branch per escape is mispredicted, so escapes of one letter take no
// branch. A comparison gives the mask of backslashes, and `escape_starts` finds in it those that
// start an escape, also in sequences of several. A lookup gives the character that each byte
// represents after a backslash, and a selection replaces the escaped bytes. `compress` then removes
// the backslashes. Only \u escapes, and sequences that are not valid, go to the scalar functions of
// json_escape.h.
//
// The caller guarantees that `output` has `count` bytes and does not overlap `bytes`. No byte
// outside `bytes[0, count)` is read: the last block is copied first. 64 bytes of output are written
// only while 64 bytes of input are left; the output is never ahead of the input, so they end within
// `count` bytes. The results are those of json_string.h.
//
// Before the inclusion: NAME(x), x with the suffix of the instruction set, and its blocks.

#include "json_escape.h"
#include "json_string.h"

TARGET INLINE bytes64 control_bytes(bytes64 block) { return bytes_from(block, 0, 0x1F); }

TARGET INLINE uint64_t specials_of(bytes64 block) {
  bytes64 marks = or_bytes(equal_bytes(block, '"'), equal_bytes(block, '\\'));
  return mask_bits(or_bytes(marks, control_bytes(block)));
}

/// Loads `count` bytes, below 64, and fills the rest with letters.
TARGET INLINE bytes64 load_tail(const uint8_t *bytes, size_t count) {
  return load_some(bytes, count, 'x');
}

TARGET INLINE uint64_t NAME(specials)(const uint8_t *bytes) { return specials_of(load(bytes)); }

TARGET INLINE uint64_t NAME(tail_specials)(const uint8_t *bytes, size_t count) {
  return specials_of(load_tail(bytes, count));
}

#include "json_plain_loops.h"

/// The backslashes in a block that start an escape: in each sequence of backslashes the first,
/// third, fifth... If `carry` is 1, the first byte of the block is escaped by the block before. The
/// parity within a sequence comes from a subtraction whose borrow runs through it.
TARGET INLINE uint64_t escape_starts(bytes64 block, uint64_t carry) {
  const uint64_t odd = 0xAAAAAAAAAAAAAAAAULL;
  uint64_t backslashes = mask_bits(equal_bytes(block, '\\')) & ~carry;
  uint64_t series = ((backslashes << 1) | odd) - backslashes;
  return (series ^ odd) & backslashes;
}

/// The letters of escapes, and the characters that they represent, at the place that bits 1 to 4
/// of each letter give.
static const uint8_t escape_letters[16] = {
    [1] = 'b', [3] = 'f', [7] = 'n', [9] = 'r', [10] = 't'};
static const uint8_t escape_values[16] = {
    [1] = '\b', [3] = '\f', [7] = '\n', [9] = '\r', [10] = '\t'};

/// The characters that the bytes of a block represent after a backslash, as in
/// `json_simple_escape`. `simple` gets the bits of those that are the letter of a simple escape.
TARGET INLINE bytes64 letters_of(bytes64 block, uint64_t *simple) {
  bytes64 place = bits_1_to_4(block);
  bytes64 letter = same_bytes(look_up_16(escape_letters, place), block);
  bytes64 itself = or_bytes(equal_bytes(block, '"'), equal_bytes(block, '\\'));
  itself = or_bytes(itself, equal_bytes(block, '/'));
  *simple = mask_bits(or_bytes(letter, itself)) & ~mask_bits(equal_bytes(block, 0));
  return or_bytes(and_bytes(itself, block), and_bytes(letter, look_up_16(escape_values, place)));
}

TARGET size_t NAME(reprise_json_plain_length)(const uint8_t *bytes, size_t count) {
  return NAME(plain_length)(bytes, count);
}

TARGET size_t NAME(reprise_json_copy_plain)(const uint8_t *bytes, size_t count,
                                            uint8_t *output) {
  return NAME(copy_plain)(bytes, count, output);
}

// Escapes of one letter are common and occur anywhere, so they take no branch.
TARGET reprise_json_string NAME(reprise_json_string_end)(const uint8_t *bytes, size_t count) {
  reprise_json_string result = {count, REPRISE_JSON_STRING_UNTERMINATED, 0};
  // `carry`: whether the first byte of the next block is escaped. `seen`: the escaped bytes so far.
  uint64_t carry = 0, seen = 0;
  for (size_t at = 0; at < count;) {
    size_t left = count - at;
    bytes64 block = left >= 64 ? load(bytes + at) : load_tail(bytes + at, left);
    uint64_t starts = escape_starts(block, carry), simple;
    uint64_t escaped = starts << 1 | carry;
    letters_of(block, &simple);
    uint64_t stops = mask_bits(equal_bytes(block, '"')) & ~escaped;
    stops |= mask_bits(control_bytes(block)) | (escaped & ~simple);
    carry = starts >> 63;
    size_t next = at + 64;
    while (stops != 0) {
      size_t place = (size_t)__builtin_ctzll(stops), here = at + place;
      uint64_t before = (1ull << place) - 1;
      if ((escaped >> place & 1) == 0) {
        result.length = here;
        result.status =
            bytes[here] == '"' ? REPRISE_JSON_STRING_CLOSED : REPRISE_JSON_STRING_CONTROL;
        result.has_escapes = (seen | (escaped & before)) != 0;
        return result;
      }
      size_t length = json_escape_length(bytes + here - 1, count - here + 1, &result.status);
      if (length == 0) {
        if (result.status != REPRISE_JSON_STRING_UNTERMINATED) result.length = here - 1;
        result.has_escapes = (seen | (escaped & before)) != 0;
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
/// left. With 64 or more, up to 64 bytes are stored.
TARGET INLINE block_end unescape_block(const uint8_t *bytes, size_t left, uint8_t *output,
                                       int ends_string) {
  uint64_t valid = left >= 64 ? ~0ULL : (1ull << left) - 1;
  bytes64 block = left >= 64 ? load(bytes) : load_tail(bytes, left);
  uint64_t starts = escape_starts(block, 0), simple;
  uint64_t escaped = starts << 1;
  bytes64 values = letters_of(block, &simple);
  block_end end;
  end.other = (escaped & ~simple) >> 1;
  end.cut = end.other | (starts & 1ULL << 63);
  if (ends_string) {
    end.cut |= mask_bits(equal_bytes(block, '"')) & ~escaped;
    end.cut |= mask_bits(control_bytes(block));
  }
  uint64_t kept = ~starts & valid;
  if (end.cut != 0) kept &= (end.cut & -end.cut) - 1;
  block = select_bytes(escaped, values, block);
  if (left >= 64) {
    end.written = compress(output, block, kept);
  } else {
    uint8_t copy[64];
    end.written = compress(copy, block, kept);
    memcpy(output, copy, end.written);
  }
  return end;
}

TARGET reprise_json_unescaped NAME(reprise_json_unescape)(const uint8_t *bytes, size_t count,
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
    at += (size_t)__builtin_ctzll(end.cut);
    if (end.other == 0) continue;
    do {
      at += json_decode_escape(bytes + at, count - at, output, &result);
    } while (json_is_unicode_escape(bytes + at, count - at));
  }
  return result;
}

TARGET reprise_json_string_text NAME(reprise_json_unescaped_string)(const uint8_t *bytes,
                                                                    size_t count,
                                                                    uint8_t *output) {
  reprise_json_string_text result = {{count, REPRISE_JSON_STRING_UNTERMINATED, 0}, {0, 0}};
  // Many strings have no escapes and need no copy.
  size_t at = NAME(plain_length)(bytes, count);
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
      size_t place = (size_t)__builtin_ctzll(end.cut);
      at += place;
      other = end.other >> place & 1;
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
