// Finds the words that a hyphen at a line end divides. Plain C on every instruction set:
// divided_words.h says what callers must guarantee, and docs/scheme.md what a division is.

#include "divided_words.h"

#include "text.h"
#include "unicode_sentences.h"

static inline int is_blank(uint8_t byte) { return byte == ' ' || byte == '\t'; }

static inline uint8_t is_line_end(uint8_t byte) { return byte == '\n' || byte == '\r'; }

/// Whether a scalar belongs to the one before it: a mark, or a format character.
static inline int is_attached(uint8_t value) {
  return value == REPRISE_SENTENCE_EXTEND || value == REPRISE_SENTENCE_FORMAT;
}

static inline int is_letter(uint8_t value) {
  return value == REPRISE_SENTENCE_LOWER || value == REPRISE_SENTENCE_UPPER ||
         value == REPRISE_SENTENCE_OLETTER;
}

/// The property of the scalar that begins at `at` and ends at or before `end`, and its length. A
/// no-break space is no letter here, although it is one for the ends of sentences.
static uint8_t read_break(const uint8_t *text, size_t at, size_t end, size_t *width) {
  uint32_t scalar;
  int valid;
  *width = reprise_decode_scalar(text, at, end, &scalar, &valid);
  return valid && scalar != 0xA0 ? reprise_sentence_break(scalar) : REPRISE_SENTENCE_OTHER;
}

/// Whether `text[start ..< end]` ends with a letter, maybe with marks.
static int ends_with_letter(const uint8_t *text, size_t start, size_t end) {
  while (end > start) {
    size_t at = end - 1;
    while (at > start && end - at < 4 && (text[at] & 0xC0) == 0x80) at--;
    size_t width;
    uint8_t value = read_break(text, at, end, &width);
    if (width != end - at) return 0;
    if (!is_attached(value)) return is_letter(value);
    end = at;
  }
  return 0;
}

/// The length of the hyphen at the end of `text[start ..< end]`, or 0. `*is_soft` says whether it
/// is U+00AD, which stands nowhere but where a word is divided.
static size_t hyphen_width(const uint8_t *text, size_t start, size_t end, int *is_soft) {
  *is_soft = 0;
  if (end - start >= 1 && text[end - 1] == '-') return 1;
  if (end - start >= 2 && text[end - 2] == 0xC2) {
    *is_soft = text[end - 1] == 0xAD;
    return *is_soft || text[end - 1] == 0xAC ? 2 : 0;
  }
  if (end - start >= 3 && text[end - 3] == 0xE2 && text[end - 2] == 0x80 && text[end - 1] == 0x90) {
    return 3;
  }
  return 0;
}

/// Whether the line end at `line_end` divides a word.
static int divides(const uint8_t *text, size_t start, size_t line_end, size_t end,
                   reprise_division *division) {
  size_t before = line_end;
  while (before > start && is_blank(text[before - 1])) before--;
  int is_soft;
  size_t width = hyphen_width(text, start, before, &is_soft);
  if (width == 0) return 0;
  size_t after = line_end + 1;
  if (text[line_end] == '\r' && after < end && text[after] == '\n') after++;
  while (after < end && is_blank(text[after])) after++;
  if (!is_soft) {
    if (after == end) return 0;
    size_t next;
    if (read_break(text, after, end, &next) != REPRISE_SENTENCE_LOWER) return 0;
    if (!ends_with_letter(text, start, before - width)) return 0;
  }
  division->start = before - width;
  division->end = after;
  return 1;
}

/// The offset of the next line feed or carriage return, or `end`.
static size_t next_line_end(const uint8_t *text, size_t at, size_t end) {
  // The compiler makes vectors of the inner loop, which has no way out.
  for (; end - at >= 32; at += 32) {
    uint8_t found = 0;
    for (size_t i = 0; i < 32; i++) found |= is_line_end(text[at + i]);
    if (found) break;
  }
  while (at < end && !is_line_end(text[at])) at++;
  return at;
}

int reprise_next_division(const uint8_t *text, size_t at, size_t end, reprise_division *division) {
  size_t start = at;
  while ((at = next_line_end(text, at, end)) < end) {
    if (divides(text, start, at, end, division)) return 1;
    at++;
  }
  return 0;
}
