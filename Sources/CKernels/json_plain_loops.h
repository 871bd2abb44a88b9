// The loops over 64-byte blocks that stop at a quote, a backslash or a control character, compiled
// once for each instruction set. Before each inclusion:
//   TARGET        the function attribute, or nothing
//   NAME(x)       x with the set's suffix
//   NAME(specials)(p)             64-bit mask of a whole block
//   NAME(tail_specials)(p, n)     mask of n < 64 bytes

TARGET static size_t NAME(plain_length)(const uint8_t *bytes, size_t count) {
  size_t at = 0;
  for (; count - at >= 64; at += 64) {
    uint64_t mask = NAME(specials)(bytes + at);
    if (mask != 0) return at + (size_t)__builtin_ctzll(mask);
  }
  if (at == count) return count;
  uint64_t mask = NAME(tail_specials)(bytes + at, count - at);
  return mask != 0 ? at + (size_t)__builtin_ctzll(mask) : count;
}

TARGET static size_t NAME(copy_plain)(const uint8_t *bytes, size_t count, uint8_t *output) {
  size_t at = 0;
  for (; count - at >= 64; at += 64) {
    memcpy(output + at, bytes + at, 64);
    uint64_t mask = NAME(specials)(bytes + at);
    if (mask != 0) return at + (size_t)__builtin_ctzll(mask);
  }
  if (at == count) return count;
  uint64_t mask = NAME(tail_specials)(bytes + at, count - at);
  size_t length = mask != 0 ? (size_t)__builtin_ctzll(mask) : count - at;
  memcpy(output + at, bytes + at, length);
  return at + length;
}
