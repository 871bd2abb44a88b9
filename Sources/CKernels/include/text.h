#ifndef REPRISE_TEXT_H
#define REPRISE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "instruction_set.h"

/// The kind of the token that is open after the last scalar.
enum {
  REPRISE_NO_TOKEN = 0,
  REPRISE_WORD_TOKEN = 1,
  REPRISE_GRAPHEME_TOKEN = 2,
};

/// What is a token besides words and graphemes, and which differences are not folded; 0 for the
/// usual tokens.
enum {
  /// Each character that is neither of a word nor white space is a token of its own.
  REPRISE_SYMBOLS = 1,
  /// Case is not folded.
  REPRISE_KEEPS_CASE = 2,
};

/// The tokens of one document while they are written. The caller owns the buffers and allocates
/// them before the first call. For a text of `n` bytes, `bytes` must have
/// `reprise_token_bytes_capacity(n)` bytes and each of the other arrays
/// `reprise_token_count_capacity(n, style)` entries. The text needs no padding.
typedef struct {
  /// The normalized UTF-8 of the tokens; each closed token is followed by one space.
  uint8_t *bytes;
  /// The offset in `bytes` at which each token begins.
  uint32_t *starts;
  /// The offsets in the text at which each token begins and ends; both NULL if not needed. A token
  /// that begins after the first scalar of a composed segment (a mark after a separator) gets the
  /// start of the segment.
  uint32_t *source_starts;
  uint32_t *source_ends;
  size_t length;
  size_t count;
  /// The number of ill-formed sequences, whose bytes are parts of words.
  size_t invalid;
  int open;
  /// `REPRISE_SYMBOLS` and `REPRISE_KEEPS_CASE`, or 0.
  uint32_t style;
} reprise_token_stream;

/// A range of the text that is not, or may not be, in normalization form C. The caller composes it
/// and appends the scalars.
typedef struct {
  size_t start;
  size_t end;
} reprise_segment;

static inline size_t reprise_token_bytes_capacity(size_t byte_count) {
  return 3 * byte_count + 128;
}
static inline size_t reprise_token_count_capacity(size_t byte_count, uint32_t style) {
  return ((style & REPRISE_SYMBOLS) != 0 ? byte_count : byte_count / 2) + 80;
}

/// Normalizes `text[at ..< end]` and divides it into tokens. Returns `end`, or the end of a segment
/// that must be composed first. Then everything before `segment` was appended, and the caller
/// continues with `reprise_token_stream_append` and another call from the end of the segment. If
/// there is no segment, `segment->start == segment->end`.
size_t reprise_tokenize(reprise_token_stream *stream, const uint8_t *text, size_t at, size_t end,
                        reprise_segment *segment, reprise_instruction_set set);

/// Appends the scalars, in normalization form C, of `text[segment.start ..< segment.end]`.
void reprise_token_stream_append(reprise_token_stream *stream, const uint32_t *scalars,
                                 size_t count, reprise_segment segment);

/// Closes the last token and removes the last space. `starts[count]` becomes `length + 1`, so that
/// token i is `bytes[starts[i] ..< starts[i + 1] - 1]` for every i.
void reprise_token_stream_finish(reprise_token_stream *stream, size_t text_end);

/// Decodes the scalar at `text[at]`, where `at < end`. Returns its length in bytes. If it is
/// ill-formed, the scalar is U+FFFD, `*valid` is 0, and the length is that of the maximal subpart
/// (Unicode 15.0, section 3.9).
size_t reprise_decode_scalar(const uint8_t *text, size_t at, size_t end, uint32_t *scalar,
                             int *valid);

#endif
