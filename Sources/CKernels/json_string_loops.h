// Checks and unescapes JSON strings, for instruction sets that cannot compress bytes in a register.
// Compiled once for each of them.
//
// Both loops take the mask of a block of 64 bytes and visit its set bits, the escapes; the bytes
// between them are plain. Unescaping copies them 64 at a time. No byte outside `bytes[0, count)` is
// read. json_string.h describes the results.
//
// Before each inclusion:
//   TARGET        the function attribute, or nothing
//   NAME(x)       x with the suffix of the instruction set
//   NAME(specials)(p), NAME(backslashes)(p)       the 64-bit masks of a whole block
//   NAME(tail_specials)(p, n), NAME(tail_backslashes)(p, n)   the masks of n < 64 bytes

TARGET static reprise_json_string NAME(string_end)(const uint8_t *bytes, size_t count) {
  reprise_json_string result = {0, REPRISE_JSON_STRING_UNTERMINATED, 0};
  size_t at = 0;
  while (at < count) {
    size_t left = count - at;
    uint64_t mask =
        left >= 64 ? NAME(specials)(bytes + at) : NAME(tail_specials)(bytes + at, left);
    size_t next = at + (left < 64 ? left : 64);
    while (mask != 0) {
      size_t here = at + (size_t)__builtin_ctzll(mask);
      if (bytes[here] != '\\') {
        result.length = here;
        result.status =
            bytes[here] == '"' ? REPRISE_JSON_STRING_CLOSED : REPRISE_JSON_STRING_CONTROL;
        return result;
      }
      size_t length = json_escape_length(bytes + here, count - here, &result.status);
      if (length == 0) {
        result.length = result.status == REPRISE_JSON_STRING_UNTERMINATED ? count : here;
        return result;
      }
      result.has_escapes = 1;
      size_t after = here + length;
      if (after - at >= 64) {
        next = after;
        break;
      }
      mask &= ~(uint64_t)0 << (after - at);
    }
    at = next;
  }
  result.length = count;
  return result;
}

// A whole block is stored only while 64 bytes of input are left. The output is never ahead of the
// input, so the store ends within `count` bytes.
TARGET static reprise_json_unescaped NAME(unescape_runs)(const uint8_t *bytes, size_t count,
                                                         uint8_t *output) {
  reprise_json_unescaped result = {0, 0};
  size_t at = 0;
  while (at < count) {
    size_t left = count - at;
    size_t run;
    if (left >= 64) {
      memcpy(output + result.count, bytes + at, 64);
      uint64_t mask = NAME(backslashes)(bytes + at);
      run = mask != 0 ? (size_t)__builtin_ctzll(mask) : 64;
    } else {
      uint64_t mask = NAME(tail_backslashes)(bytes + at, left);
      run = mask != 0 ? (size_t)__builtin_ctzll(mask) : left;
      memcpy(output + result.count, bytes + at, run);
    }
    at += run;
    result.count += run;
    if (at < count && bytes[at] == '\\') {
      at += json_decode_escape(bytes + at, count - at, output, &result);
    }
  }
  return result;
}
