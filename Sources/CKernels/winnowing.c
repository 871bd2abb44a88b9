// Grams, winnowing and token weights, in plain C on every instruction set. winnowing.h says what
// callers must guarantee.

#include "winnowing.h"

#include "text_stream.h"

enum { shingle = 5, gram = 8, gram_weight = 16, repeat_limit = 64 };

static inline uint64_t fold(uint64_t hash, uint64_t id) {
  __uint128_t product = (__uint128_t)(hash ^ 0xa0761d6478bd642fu) * (id ^ 0xe7037ed1a0b428dbu);
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

size_t reprise_word_grams(const uint64_t *ids, size_t tokens, uint64_t *grams) {
  if (tokens < gram) return 0;
  size_t count = tokens - gram + 1;
  for (size_t i = 0; i < count; i++) grams[i] = fold(ids[i], ids[i + gram - shingle]);
  return count;
}

/// The selection so far: its positions, and how often in a row its last hash was selected again.
typedef struct {
  uint32_t *positions;
  size_t count;
  uint64_t last;
  size_t repeats;
} selection;

static inline void select_gram(selection *selected, const uint64_t *grams, size_t at,
                               size_t window) {
  int repeats = selected->count > 0 && grams[at] == selected->last;
  selected->repeats = repeats ? selected->repeats + 1 : 0;
  if (selected->repeats >= repeat_limit &&
      at - selected->positions[selected->count - 1] < window)
    return;
  selected->last = grams[at];
  selected->positions[selected->count++] = (uint32_t)at;
}

static inline size_t rightmost_minimum(const uint64_t *grams, size_t from, size_t to) {
  size_t best = from;
  for (size_t i = from + 1; i <= to; i++) best = grams[i] <= grams[best] ? i : best;
  return best;
}

size_t reprise_winnow(const uint64_t *grams, size_t count, size_t window, uint32_t *positions) {
  if (count < window) return 0;
  selection selected = {positions, 0, 0, 0};
  size_t best = rightmost_minimum(grams, 0, window - 1);
  select_gram(&selected, grams, best, window);
  size_t next = window;
  while (next < count) {
    // Until the minimum leaves the window, only a hash that is not above it changes the selection.
    size_t leaves = best + window < count ? best + window : count;
    uint64_t minimum = grams[best];
    while (next < leaves && grams[next] > minimum) next++;
    if (next == count) break;
    best = next < leaves ? next : rightmost_minimum(grams, next - window + 1, next);
    select_gram(&selected, grams, best, window);
    next++;
  }
  return selected.count;
}

/// Whether a token is a grapheme of a script written without spaces. Tokens are well-formed UTF-8,
/// so their first scalar is decoded without checks.
static inline int is_grapheme(const uint8_t *token) {
  // These scripts begin at U+0E00.
  if (token[0] < 0xE0) return 0;
  uint32_t scalar = token[0] < 0xF0
                        ? (uint32_t)(token[0] & 0x0F) << 12 | (uint32_t)(token[1] & 0x3F) << 6 |
                              (token[2] & 0x3F)
                        : (uint32_t)(token[0] & 0x07) << 18 | (uint32_t)(token[1] & 0x3F) << 12 |
                              (uint32_t)(token[2] & 0x3F) << 6 | (token[3] & 0x3F);
  return (reprise_unicode_entry(scalar) & REPRISE_UNICODE_CLASS_MASK) == REPRISE_UNICODE_GRAPHEME;
}

int reprise_is_grapheme(const uint8_t *token) { return is_grapheme(token); }

/// Whether a token is a grapheme or a symbol. Bytes that begin no scalar are of words.
static inline int is_half_word(const uint8_t *token) {
  if (token[0] < 0x80) return reprise_ascii_fold[token[0]] == 0;
  uint32_t scalar;
  int valid;
  // In bounds: there are readable bytes after the tokens, and a token that is cut off is a word.
  reprise_decode_scalar(token, 0, 4, &scalar, &valid);
  uint32_t class = reprise_unicode_entry(scalar) & REPRISE_UNICODE_CLASS_MASK;
  return valid && (class == REPRISE_UNICODE_GRAPHEME || class == REPRISE_UNICODE_SEPARATOR);
}

/// `is_half` says whether a token counts as half a word.
static inline __attribute__((always_inline)) size_t weigh(const uint8_t *bytes,
                                                          const uint32_t *starts, size_t tokens,
                                                          uint32_t *sums,
                                                          int (*is_half)(const uint8_t *)) {
  size_t first = 0;
  while (first < tokens && !is_half(bytes + starts[first])) first++;
  if (first == tokens) return 0;
  size_t halves = 0;
  sums[0] = 0;
  for (size_t i = 0; i < tokens; i++) {
    int half = i >= first && is_half(bytes + starts[i]);
    halves += (size_t)half;
    sums[i + 1] = sums[i] + (half ? 1 : 2);
  }
  return halves;
}

size_t reprise_token_weights(const uint8_t *bytes, const uint32_t *starts, size_t tokens,
                             uint32_t style, uint32_t *sums) {
  return (style & REPRISE_SYMBOLS) != 0 ? weigh(bytes, starts, tokens, sums, is_half_word)
                                        : weigh(bytes, starts, tokens, sums, is_grapheme);
}

/// The grams of a text with symbols: eight symbols in a row say little.
static size_t weighed_grams(const uint64_t *ids, const uint32_t *sums, size_t tokens,
                            uint32_t *ends, uint64_t *grams) {
  size_t end = 0, i = 0;
  for (; i < tokens; i++) {
    while (end <= tokens && sums[end] - sums[i] < gram_weight) {
      if (++end > tokens) return i;
    }
    uint64_t hash = ids[i];
    for (size_t at = i + shingle; at + shingle < end; at += shingle) hash = fold(hash, ids[at]);
    grams[i] = fold(hash, ids[end - shingle]);
    ends[i] = (uint32_t)end;
  }
  return i;
}

size_t reprise_mixed_grams(const uint64_t *ids, const uint32_t *sums, size_t tokens, uint32_t style,
                           uint32_t *ends, uint64_t *grams) {
  if ((style & REPRISE_SYMBOLS) != 0) return weighed_grams(ids, sums, tokens, ends, grams);
  size_t count = reprise_word_grams(ids, tokens, grams);
  for (size_t i = 0; i < count; i++) ends[i] = (uint32_t)(i + gram);
  return count;
}

size_t reprise_mixed_winnow(const uint64_t *grams, const uint32_t *ends, size_t count,
                            const uint32_t *sums, size_t tokens, uint32_t weight,
                            uint32_t *positions) {
  selection selected = {positions, 0, 0, 0};
  size_t best = 0, next = 0, end = 0, last_selected = SIZE_MAX;
  for (size_t start = 0; start < count; start++) {
    while (end <= tokens && sums[end] - sums[start] < weight) {
      if (++end > tokens) return selected.count;
    }
    if (best < start) best = rightmost_minimum(grams, start, next > start ? next - 1 : start);
    if (next <= start) next = start + 1;
    while (next < count && ends[next] <= end) {
      if (grams[next] <= grams[best]) best = next;
      next++;
    }
    if (best != last_selected) select_gram(&selected, grams, best, weight);
    last_selected = best;
  }
  return selected.count;
}
