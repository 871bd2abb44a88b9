// Checks and decodes one escape sequence of a JSON string. No function reads after `count` bytes.
#ifndef REPRISE_JSON_ESCAPE_H
#define REPRISE_JSON_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

#include "json_string.h"

static inline int json_hex_digit(uint8_t byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  uint8_t lower = byte | 0x20;
  if (lower >= 'a' && lower <= 'f') return lower - 'a' + 10;
  return -1;
}

/// The value of the four hexadecimal digits at `digits`, or -1 if one is not a digit.
static inline int32_t json_hex4(const uint8_t *digits) {
  int a = json_hex_digit(digits[0]), b = json_hex_digit(digits[1]);
  int c = json_hex_digit(digits[2]), d = json_hex_digit(digits[3]);
  if ((a | b | c | d) < 0) return -1;
  return (int32_t)(a << 12 | b << 8 | c << 4 | d);
}

/// The character that a one-letter escape represents, or 0 if it is not an escape.
static inline uint8_t json_simple_escape(uint8_t letter) {
  switch (letter) {
    case '"': return '"';
    case '\\': return '\\';
    case '/': return '/';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

/// The length of the escape that starts with the backslash at `bytes`; or 0, and `status` says why
/// it is not valid.
static inline size_t json_escape_length(const uint8_t *bytes, size_t count,
                                        reprise_json_string_status *status) {
  if (count < 2) {
    *status = REPRISE_JSON_STRING_UNTERMINATED;
    return 0;
  }
  if (json_simple_escape(bytes[1]) != 0) return 2;
  if (bytes[1] != 'u') {
    *status = REPRISE_JSON_STRING_BAD_ESCAPE;
    return 0;
  }
  for (size_t i = 2; i < 6; i++) {
    if (i >= count) {
      *status = REPRISE_JSON_STRING_UNTERMINATED;
      return 0;
    }
    if (json_hex_digit(bytes[i]) < 0) {
      *status = REPRISE_JSON_STRING_BAD_UNICODE_ESCAPE;
      return 0;
    }
  }
  return 6;
}

/// Whether a backslash and a `u` follow. They need not be a valid escape.
static inline int json_is_unicode_escape(const uint8_t *bytes, size_t count) {
  return count >= 2 && bytes[0] == '\\' && bytes[1] == 'u';
}

static inline size_t json_put_utf8(uint32_t scalar, uint8_t *output) {
  if (scalar < 0x80) {
    output[0] = (uint8_t)scalar;
    return 1;
  }
  if (scalar < 0x800) {
    output[0] = (uint8_t)(0xC0 | scalar >> 6);
    output[1] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 2;
  }
  if (scalar < 0x10000) {
    output[0] = (uint8_t)(0xE0 | scalar >> 12);
    output[1] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
    output[2] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 3;
  }
  output[0] = (uint8_t)(0xF0 | scalar >> 18);
  output[1] = (uint8_t)(0x80 | (scalar >> 12 & 0x3F));
  output[2] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
  output[3] = (uint8_t)(0x80 | (scalar & 0x3F));
  return 4;
}

/// Decodes the escape at `bytes`, a backslash, with `count` >= 1. Adds the bytes written to
/// `result` and returns the number of bytes read, which is never less. An invalid escape is read
/// and written as a backslash alone.
static inline size_t json_decode_escape(const uint8_t *bytes, size_t count, uint8_t *output,
                                        reprise_json_unescaped *result) {
  uint8_t simple = count >= 2 ? json_simple_escape(bytes[1]) : 0;
  if (simple != 0) {
    output[result->count++] = simple;
    return 2;
  }
  int32_t unit = count >= 6 && bytes[1] == 'u' ? json_hex4(bytes + 2) : -1;
  if (unit < 0) {
    output[result->count++] = '\\';
    return 1;
  }
  uint32_t scalar = (uint32_t)unit;
  size_t taken = 6;
  if (scalar >= 0xD800 && scalar < 0xE000) {
    int32_t low = -1;
    if (scalar < 0xDC00 && count >= 12 && bytes[6] == '\\' && bytes[7] == 'u') {
      low = json_hex4(bytes + 8);
    }
    if (low >= 0xDC00 && low < 0xE000) {
      scalar = 0x10000 + ((scalar - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
      taken = 12;
    } else {
      scalar = 0xFFFD;
      result->lone_surrogates++;
    }
  }
  result->count += json_put_utf8(scalar, output + result->count);
  return taken;
}

#endif
