#ifndef REPRISE_DIVIDED_WORDS_H
#define REPRISE_DIVIDED_WORDS_H

#include <stddef.h>
#include <stdint.h>

/// A range of the text that divides a word: a hyphen, a line end, and the spaces around the line
/// end.
typedef struct {
  size_t start;
  size_t end;
} reprise_division;

/// Finds the first word in `text[at ..< end]` that a hyphen at a line end divides, as
/// `docs/scheme.md` defines it. `at` is the start of the text or the end of the division before.
/// Returns 1 and sets `*division`, or returns 0 if there is none. `text` is UTF-8; an ill-formed
/// sequence is neither a letter nor a hyphen. No byte outside the range is read.
///
/// It takes time linear in the bytes up to the end of the division.
int reprise_next_division(const uint8_t *text, size_t at, size_t end, reprise_division *division);

#endif
