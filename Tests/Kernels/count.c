// Runs one stage a number of times on a text of ASCII, so that the instructions of a run can be
// counted from outside: those of two numbers of runs, divided by their difference.
//
// usage: count json|tokens|shingles|fill SET RUNS      SET: 0 plain, 3 NEON (instruction_set.h)
// Prints the bytes and the tokens of one run.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_string.h"
#include "shingles.h"
#include "signature.h"
#include "text.h"

enum { BYTES = 4096 };

int main(int count, char **arguments) {
  if (count != 4) return 2;
  const char *stage = arguments[1];
  reprise_instruction_set set = (reprise_instruction_set)atoi(arguments[2]);
  int runs = atoi(arguments[3]);
  static const char prose[] =
      "The committee met on 14 March 2019, and (as before) found \"no reason\" to change it.\n"
      "- See section 3.2.1: `make install`, or http://example.org/a_b?c=d; then wait -- 5 minutes.\n"
      "    int main(void) { return 0; }\n\nHowever, John's answers weren't final; Mary said so.\n";
  static uint8_t text[BYTES], json[2 * BYTES], out[2 * BYTES];
  static uint8_t tokens[3 * BYTES + 256];
  static uint32_t starts[BYTES];
  static uint64_t ids[BYTES];
  size_t length = 0;
  for (size_t i = 0; i < BYTES; i++) {
    text[i] = (uint8_t)prose[i % (sizeof prose - 1)];
    if (text[i] == '"' || text[i] == '\n') json[length++] = '\\';
    json[length++] = text[i] == '\n' ? 'n' : text[i];
  }
  json[length++] = '"';
  reprise_segment segment;
  reprise_token_stream stream = {.bytes = tokens + 64, .starts = starts};
  reprise_tokenize(&stream, text, 0, BYTES, &segment, set);
  reprise_token_stream_finish(&stream, BYTES);
  reprise_shingle_ids(tokens + 64, starts, stream.count, 5, ids, set);
  for (int run = 0; run < runs; run++) {
    if (strcmp(stage, "json") == 0) {
      reprise_json_unescaped_string(json, length, out, set);
    } else if (strcmp(stage, "tokens") == 0) {
      reprise_token_stream again = {.bytes = tokens + 64, .starts = starts};
      reprise_tokenize(&again, text, 0, BYTES, &segment, set);
    } else if (strcmp(stage, "shingles") == 0) {
      reprise_shingle_ids(tokens + 64, starts, stream.count, 5, ids, set);
    } else {
      uint32_t slots[256];
      memset(slots, 0xFF, sizeof slots);
      reprise_signature_fill(ids, stream.count - 4, slots, 192, set);
    }
  }
  printf("%d %zu\n", BYTES, stream.count);
  return 0;
}
