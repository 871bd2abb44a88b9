// The loops of alignment that compare tokens, compiled once for each instruction set.
//
// Before each inclusion:
//   TARGET       the function attribute, or nothing
//   NAME(x)      x with the suffix of the instruction set
//   NAME(equal)(tokens, count, token)   the mask of the tokens, at most 64, that equal `token`; may
//                read up to 7 tokens after them

TARGET static size_t NAME(promising_count)(const uint64_t *first, const uint64_t *second,
                                           size_t count, size_t unmatched, size_t penalty) {
  size_t missing = 0, promising = 0;
  for (size_t i = 0; i < count; i++) {
    size_t from = i > unmatched ? i - unmatched : 0;
    size_t to = i + unmatched + 1 < count ? i + unmatched + 1 : count;
    missing += NAME(equal)(second + from, to - from, first[i]) == 0;
    if (missing > unmatched) break;
    if (i + 1 > (penalty + 1) * missing) promising = i + 1;
  }
  return promising;
}

/// Finds for each token of the first span its equal tokens in `reversed`, the second span with its
/// last token first. Returns 0 if more than `unmatched` tokens of the longer side certainly have no
/// match.
TARGET static int NAME(matches)(const uint64_t *first, size_t first_count,
                                const uint64_t *reversed, size_t second_count,
                                ptrdiff_t unmatched, bits128 *matches) {
  size_t low = second_count < 64 ? second_count : 64;
  if (second_count > first_count) unmatched -= (ptrdiff_t)(second_count - first_count);
  for (size_t i = 0; i < first_count; i++) {
    bits128 equal = NAME(equal)(reversed, low, first[i]);
    if (second_count > 64) {
      equal |= (bits128)NAME(equal)(reversed + 64, second_count - 64, first[i]) << 64;
    }
    matches[i] = equal;
    unmatched -= equal == 0;
    if (unmatched < 0) return 0;
  }
  return 1;
}
