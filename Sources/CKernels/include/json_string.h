#ifndef REPRISE_JSON_STRING_H
#define REPRISE_JSON_STRING_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

/// Why reading a JSON string ended.
typedef enum {
  REPRISE_JSON_STRING_CLOSED = 0,
  REPRISE_JSON_STRING_UNTERMINATED = 1,
  REPRISE_JSON_STRING_CONTROL = 2,
  REPRISE_JSON_STRING_BAD_ESCAPE = 3,
  REPRISE_JSON_STRING_BAD_UNICODE_ESCAPE = 4,
} reprise_json_string_status;

/// `length` is the offset of the closing quote; of the byte that is not valid, or the backslash of
/// an invalid escape; or the number of bytes given, if the string does not end within them.
typedef struct {
  size_t length;
  reprise_json_string_status status;
  uint32_t has_escapes;
} reprise_json_string;

/// The number of bytes written, and the number of lone surrogate escapes, which became U+FFFD.
typedef struct {
  size_t count;
  size_t lone_surrogates;
} reprise_json_unescaped;

// No function here reads outside `bytes[0, count)`. All instruction sets give the same results.

/// The offset of the first byte that is a quote, a backslash or below 0x20; `count` if there is
/// none.
size_t reprise_json_plain_length(const uint8_t *bytes, size_t count, reprise_instruction_set set);

/// Copies the bytes before the first one that is a quote, a backslash or below 0x20, and returns
/// their number. `output` must have `count` bytes and not overlap `bytes`. All of it may be
/// overwritten.
size_t reprise_json_copy_plain(const uint8_t *bytes, size_t count, uint8_t *output,
                               reprise_instruction_set set);

/// Checks a string from the byte after its opening quote to its closing quote. Bytes >= 0x80 are
/// not checked.
reprise_json_string reprise_json_string_end(const uint8_t *bytes, size_t count,
                                            reprise_instruction_set set);

/// Replaces the escapes of a string that `reprise_json_string_end` accepted. A surrogate escape
/// without its other half becomes U+FFFD; a backslash that does not start a valid escape is copied.
/// `output` must have `count` bytes and not overlap `bytes`. All of it may be overwritten.
reprise_json_unescaped reprise_json_unescape(const uint8_t *bytes, size_t count, uint8_t *output,
                                             reprise_instruction_set set);

/// The result of `reprise_json_unescaped_string`. `has_escapes` is set only if the string is
/// closed, and `text` only if it also has escapes.
typedef struct {
  reprise_json_string string;
  reprise_json_unescaped text;
} reprise_json_string_text;

/// Checks a string from the byte after its opening quote to its closing quote, and if it has
/// escapes, writes it without them. The conditions for `output` are those of
/// `reprise_json_unescape`.
reprise_json_string_text reprise_json_unescaped_string(const uint8_t *bytes, size_t count,
                                                       uint8_t *output,
                                                       reprise_instruction_set set);

#endif
