#ifndef REPRISE_LINE_FACTS_H
#define REPRISE_LINE_FACTS_H

#include <stddef.h>
#include <stdint.h>

enum { REPRISE_LINE_LIMIT = 80 };

/// The kinds of bytes in a line of UTF-8.
typedef struct {
  /// ASCII letters, and bytes of scalars that are not ASCII.
  uint32_t letters;
  /// The same without ASCII capitals.
  uint32_t small;
  /// The letters that follow no letter: the number of words in spaced scripts.
  uint32_t words;
  /// Bytes that begin Han, kana, Hangul, Thai and other scalars from U+0E00 to U+0EFF and from
  /// U+3000 to U+DFFF.
  uint32_t wide;
} reprise_line;

/// Counts the bytes of a line of at most `REPRISE_LINE_LIMIT` bytes. Reads no other byte.
reprise_line reprise_line_facts(const uint8_t *line, size_t count);

#endif
