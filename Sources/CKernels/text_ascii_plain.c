#include <string.h>

#include "text_stream.h"

#define L(c) [c] = c
#define U(c) [c] = (c) | 0x20
const uint8_t reprise_ascii_fold[256] = {
    L('0'), L('1'), L('2'), L('3'), L('4'), L('5'), L('6'), L('7'), L('8'), L('9'),
    L('a'), L('b'), L('c'), L('d'), L('e'), L('f'), L('g'), L('h'), L('i'), L('j'),
    L('k'), L('l'), L('m'), L('n'), L('o'), L('p'), L('q'), L('r'), L('s'), L('t'),
    L('u'), L('v'), L('w'), L('x'), L('y'), L('z'), U('A'), U('B'), U('C'), U('D'),
    U('E'), U('F'), U('G'), U('H'), U('I'), U('J'), U('K'), U('L'), U('M'), U('N'),
    U('O'), U('P'), U('Q'), U('R'), U('S'), U('T'), U('U'), U('V'), U('W'), U('X'),
    U('Y'), U('Z'),
};
#undef L
#undef U

static size_t ascii_end(const uint8_t *text, size_t at, size_t end) {
  while (end - at >= 8) {
    uint64_t word;
    memcpy(&word, text + at, 8);
    if (word & 0x8080808080808080u) break;
    at += 8;
  }
  while (at < end && text[at] < 0x80) at++;
  return at;
}

size_t reprise_tokenize_ascii_plain(reprise_token_stream *stream, const uint8_t *text, size_t at,
                                    size_t end) {
  size_t stop = ascii_end(text, at, end);
  if (stop < end) {
    if (stop <= at + 1) return at;
    stop -= 1;
  }
  uint8_t *bytes = stream->bytes;
  uint32_t *starts = stream->starts;
  size_t length = stream->length, count = stream->count;
  size_t previous = stream->open != REPRISE_NO_TOKEN;
  // Every byte is written, every position noted as a token's start; what is not one is
  // overwritten by the next. No branch depends on the text.
  for (; at < stop; at++) {
    uint8_t folded = reprise_ascii_fold[text[at]];
    size_t inside = folded != 0;
    bytes[length] = inside ? folded : ' ';
    starts[count] = (uint32_t)length;
    if (stream->source_starts != NULL) {
      if (inside & !previous) stream->source_starts[count] = (uint32_t)at;
      if (previous & !inside) stream->source_ends[count - 1] = (uint32_t)at;
    }
    count += inside & !previous;
    length += inside | previous;
    previous = inside;
  }
  stream->length = length;
  stream->count = count;
  stream->open = previous ? REPRISE_WORD_TOKEN : REPRISE_NO_TOKEN;
  return stop;
}
