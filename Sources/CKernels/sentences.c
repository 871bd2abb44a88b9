// The ends of sentences (UAX 29, Unicode Text Segmentation, revision 41, section 5): the rules SB3
// to SB11 as a state machine. Plain C on every instruction set; sentences.h says what callers must
// guarantee.

#include "sentences.h"

#include "text.h"
#include "unicode_sentences.h"

/// What the current sentence ends with so far.
enum state {
  /// Neither a terminator nor what may follow one.
  IN_TEXT,
  /// A terminator, and maybe closing punctuation.
  AFTER_TERMINATOR,
  /// A terminator, maybe closing punctuation, and a space.
  AFTER_SPACE,
};

static inline size_t read_break(const uint8_t *text, size_t at, size_t end, uint8_t *value) {
  if (text[at] < 0x80) {
    *value = reprise_unicode_sentence_stage2[text[at]];
    return at + 1;
  }
  uint32_t scalar;
  int valid;
  size_t width = reprise_decode_scalar(text, at, end, &scalar, &valid);
  *value = valid ? reprise_sentence_break(scalar) : REPRISE_SENTENCE_OTHER;
  return at + width;
}

static inline int is_paragraph_end(uint8_t value) {
  return value == REPRISE_SENTENCE_CR || value == REPRISE_SENTENCE_LF ||
         value == REPRISE_SENTENCE_SEP;
}

static inline int is_terminator(uint8_t value) {
  return value == REPRISE_SENTENCE_ATERM || value == REPRISE_SENTENCE_STERM;
}

/// Whether a byte is ASCII and neither a terminator nor a line end, by 64 bytes each.
static const uint64_t plain_bytes[4] = {
    ~(1ull << '\n' | 1ull << 0x0B | 1ull << '\f' | 1ull << '\r' | 1ull << '!' | 1ull << '.' |
      1ull << '?'),
    ~0ull, 0, 0};

static inline int is_plain(uint8_t byte) { return plain_bytes[byte >> 6] >> (byte & 63) & 1; }

static inline int is_attached(uint8_t value) {
  return value == REPRISE_SENTENCE_EXTEND || value == REPRISE_SENTENCE_FORMAT;
}

/// SB8: whether the next letter is a lower-case one, before a terminator or a line end.
static int continues_in_lower_case(const uint8_t *text, size_t at, size_t end) {
  while (at < end) {
    uint8_t value;
    at = read_break(text, at, end, &value);
    if (value == REPRISE_SENTENCE_LOWER) return 1;
    if (value == REPRISE_SENTENCE_UPPER || value == REPRISE_SENTENCE_OLETTER ||
        is_paragraph_end(value) || is_terminator(value)) {
      return 0;
    }
  }
  return 0;
}

size_t reprise_sentence_end(const uint8_t *text, size_t start, size_t end, int *is_line) {
  enum state state = IN_TEXT;
  uint8_t before = REPRISE_SENTENCE_OTHER;           // the scalar before, without attached ones
  uint8_t before_terminator = REPRISE_SENTENCE_OTHER;  // the scalar before the last terminator
  uint8_t terminator = REPRISE_SENTENCE_OTHER;
  *is_line = 0;
  for (size_t at = start; at < end;) {
    if (state == IN_TEXT && is_plain(text[at])) {
      do at++;
      while (at < end && is_plain(text[at]));
      before = reprise_unicode_sentence_stage2[text[at - 1]];
      continue;
    }
    uint8_t value;
    size_t next = read_break(text, at, end, &value);
    // SB5. The first scalar of a sentence stands for itself.
    if (is_attached(value) && at > start) {
      at = next;
      continue;
    }
    if (is_paragraph_end(value)) {
      // SB3 and SB4. SB9 and SB10 keep a line end with the sentence before it.
      if (value == REPRISE_SENTENCE_CR && next < end && text[next] == '\n') next++;
      *is_line = 1;
      return next;
    }
    if (state != IN_TEXT) {
      int closes = value == REPRISE_SENTENCE_CLOSE && state == AFTER_TERMINATOR;
      int is_joined = before == REPRISE_SENTENCE_ATERM &&
                      (value == REPRISE_SENTENCE_NUMERIC ||
                       (value == REPRISE_SENTENCE_UPPER &&
                        (before_terminator == REPRISE_SENTENCE_UPPER ||
                         before_terminator == REPRISE_SENTENCE_LOWER)));
      int continues = closes || is_joined || value == REPRISE_SENTENCE_SP ||
                      value == REPRISE_SENTENCE_SCONTINUE || is_terminator(value) ||
                      (terminator == REPRISE_SENTENCE_ATERM &&
                       continues_in_lower_case(text, at, end));
      if (!continues) return at;
      if (value == REPRISE_SENTENCE_SP) {
        state = AFTER_SPACE;
      } else if (!closes) {
        state = IN_TEXT;
      }
    }
    if (is_terminator(value)) {
      state = AFTER_TERMINATOR;
      terminator = value;
      before_terminator = before;
    }
    before = value;
    at = next;
  }
  return end;
}
