#ifndef REPRISE_JSON_STRING_H
#define REPRISE_JSON_STRING_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

/// How the bytes of a JSON string ended.
typedef enum {
  REPRISE_JSON_STRING_CLOSED = 0,
  REPRISE_JSON_STRING_UNTERMINATED = 1,
  REPRISE_JSON_STRING_CONTROL = 2,
  REPRISE_JSON_STRING_BAD_ESCAPE = 3,
  REPRISE_JSON_STRING_BAD_UNICODE_ESCAPE = 4,
} reprise_json_string_status;

/// `length` is the offset of the closing quote, or of the byte that breaks the rule (for an escape:
/// its backslash), or the number of bytes given if the string does not end in them.
typedef struct {
  size_t length;
  reprise_json_string_status status;
  uint32_t has_escapes;
} reprise_json_string;

/// Bytes written, and lone surrogate escapes among them that became U+FFFD.
typedef struct {
  size_t count;
  size_t lone_surrogates;
} reprise_json_unescaped;

// No function here reads outside `bytes[0, count)`. All variants give the same results.

/// Offset of the first byte that is a quote, a backslash or below 0x20; `count` if there is none.
size_t reprise_json_plain_length(const uint8_t *bytes, size_t count, reprise_instruction_set set);

/// Copies the bytes before the first one that is a quote, a backslash or below 0x20, and returns
/// their number. `output` has room for `count` bytes (what lies past the returned number may be
/// overwritten) and does not overlap `bytes`.
size_t reprise_json_copy_plain(const uint8_t *bytes, size_t count, uint8_t *output,
                               reprise_instruction_set set);

/// Checks a string from the byte after its opening quote up to its closing quote. Bytes from 0x80
/// are not looked at.
reprise_json_string reprise_json_string_end(const uint8_t *bytes, size_t count,
                                            reprise_instruction_set set);

/// Replaces the escapes of a string that `reprise_json_string_end` accepted. A surrogate escape
/// without its other half becomes U+FFFD; a backslash that starts no escape is copied. `output` has
/// room for `count` bytes (all of which may be overwritten) and does not overlap `bytes`.
reprise_json_unescaped reprise_json_unescape(const uint8_t *bytes, size_t count, uint8_t *output,
                                             reprise_instruction_set set);

/// What `reprise_json_unescaped_string` found; `text` and `has_escapes` only of a closed string, `text`
/// only of one with escapes.
typedef struct {
  reprise_json_string string;
  reprise_json_unescaped text;
} reprise_json_string_text;

/// Both at once: checks a string from the byte after its opening quote up to its closing quote, and if
/// it has escapes, writes what it stands for. `output` as for `reprise_json_unescape`.
reprise_json_string_text reprise_json_unescaped_string(const uint8_t *bytes, size_t count,
                                                       uint8_t *output,
                                                       reprise_instruction_set set);

#endif
