#ifndef REPRISE_TEXT_H
#define REPRISE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

/// What the last scalar left behind.
enum {
  REPRISE_NO_TOKEN = 0,
  REPRISE_WORD_TOKEN = 1,
  REPRISE_GRAPHEME_TOKEN = 2,
};

/// Tokens of one document, under construction. The caller owns the buffers and makes them large
/// enough before the first call: for a text of `n` bytes, `bytes` has room for
/// `reprise_token_bytes_capacity(n)` and each of the other arrays for
/// `reprise_token_count_capacity(n)`; the text itself needs no padding.
typedef struct {
  /// The tokens' normalized UTF-8, each followed by one space while it is closed.
  uint8_t *bytes;
  /// Where each token begins in `bytes`.
  uint32_t *starts;
  /// Where each token begins and ends in the text, or NULL both: not wanted. A token that begins
  /// behind the first scalar of a composed segment (a mark behind a separator) begins with it.
  uint32_t *source_starts;
  uint32_t *source_ends;
  size_t length;
  size_t count;
  /// Ill-formed sequences met, each read as U+FFFD.
  size_t invalid;
  int open;
} reprise_token_stream;

/// A run of the text that is not in normalization form C, or may not be: the caller composes it
/// and appends the scalars itself.
typedef struct {
  size_t start;
  size_t end;
} reprise_segment;

static inline size_t reprise_token_bytes_capacity(size_t byte_count) {
  return 3 * byte_count + 128;
}
static inline size_t reprise_token_count_capacity(size_t byte_count) {
  return byte_count / 2 + 80;
}

/// Normalizes and cuts `text[at ..< end]` into tokens. Returns `end`, or the end of a segment that
/// must be composed first: then `segment` says which, everything before it has been appended, and
/// the caller goes on with `reprise_token_stream_append` and a call from the segment's end.
/// `segment->start == segment->end` says that there is none.
size_t reprise_tokenize(reprise_token_stream *stream, const uint8_t *text, size_t at, size_t end,
                        reprise_segment *segment, reprise_instruction_set set);

/// Appends scalars in normalization form C that stand for `text[segment.start ..< segment.end]`.
void reprise_token_stream_append(reprise_token_stream *stream, const uint32_t *scalars,
                                 size_t count, reprise_segment segment);

/// Closes the last token and takes the last space away; `starts[count]` becomes `length + 1`, so
/// that token i is `bytes[starts[i] ..< starts[i + 1] - 1]` for every i.
void reprise_token_stream_finish(reprise_token_stream *stream, size_t text_end);

/// Decodes one scalar at `text[at]`, `at < end`. Returns its length in bytes; ill-formed: U+FFFD,
/// `*valid` 0, and the length of the maximal subpart (Unicode 15.0, section 3.9).
size_t reprise_decode_scalar(const uint8_t *text, size_t at, size_t end, uint32_t *scalar,
                             int *valid);

#endif
