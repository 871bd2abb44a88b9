#ifndef REPRISE_SENTENCES_H
#define REPRISE_SENTENCES_H

#include <stddef.h>
#include <stdint.h>

/// Returns the end of the sentence that begins at `start`, by the default rules of UAX 29: the
/// offset of the first boundary after `start`, or `end`. A line end ends a sentence. `text` is
/// UTF-8; an ill-formed sequence is one scalar without a property. `start` must be a boundary and
/// below `end`.
///
/// `*is_line` becomes 1 if a line end is before the boundary, or 0.
///
/// It takes time linear in the sentence and in what follows it up to the next letter.
size_t reprise_sentence_end(const uint8_t *text, size_t start, size_t end, int *is_line);

#endif
