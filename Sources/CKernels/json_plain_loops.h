// Finds, or copies, the bytes before the first quote, backslash or control character of a JSON
// string. Compiled once for each instruction set.
//
// It tests blocks of 64 bytes: a mask has one bit per byte, set for the bytes at which to stop, and
// its lowest bit gives the offset. Copying stores each block before its mask is known, so up to 64
// bytes after the result may be overwritten, but always within `count` bytes. No byte after `count`
// is read. Returned is the number of bytes before the stop, or `count`.
//
// Before each inclusion:
//   TARGET        the function attribute, or nothing
//   NAME(x)       x with the suffix of the instruction set
//   NAME(specials)(p)             the 64-bit mask of a whole block
//   NAME(tail_specials)(p, n)     the mask of n < 64 bytes

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
