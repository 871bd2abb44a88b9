// The vector kernels against their plain forms: the same bytes for random texts of every length up
// to a few blocks, for longer ones, and for the files that are named.
//
// usage: twins [FILE...]
//
// Every text ends at a protected page, and begins after one, so a read outside it ends the program.
// Prints how much was compared, or what differs, with exit code 1.

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "json_string.h"
#include "shingles.h"
#include "signature.h"
#include "text.h"
#include "xxh3.h"

static uint64_t state = 20;
static size_t compared;

static uint64_t next_random(void) {
  state += 0x9E3779B97F4A7C15u;
  uint64_t z = state;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

static size_t below(size_t bound) { return (size_t)(next_random() % bound); }

static void *memory(size_t count) {
  void *bytes = calloc(count, 1);
  if (bytes == NULL) exit(2);
  return bytes;
}

/// Memory between two protected pages.
typedef struct {
  uint8_t *first, *last;
} guarded;

static guarded make_guarded(size_t capacity) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t size = (capacity + page - 1) / page * page;
  uint8_t *all =
      mmap(NULL, size + 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED || mprotect(all, page, PROT_NONE) != 0 ||
      mprotect(all + page + size, page, PROT_NONE) != 0) {
    exit(2);
  }
  return (guarded){all + page, all + page + size};
}

static void fail(const char *what, reprise_instruction_set set, const uint8_t *text,
                 size_t count) {
  printf("%s differs, instruction set %d, %zu bytes:", what, (int)set, count);
  for (size_t i = 0; i < count && i < 400; i++) printf(" %02x", text[i]);
  printf("\n");
  exit(1);
}

typedef struct {
  reprise_token_stream stream;
  uint8_t *bytes;
  uint32_t *starts, *source_starts, *source_ends;
} tokens;

static tokens make_tokens(size_t capacity) {
  tokens made = {{0}, NULL, NULL, NULL, NULL};
  size_t count = reprise_token_count_capacity(capacity, REPRISE_SYMBOLS);
  // 64 bytes before, which the shingle kernels may read.
  made.bytes = memory(64 + reprise_token_bytes_capacity(capacity) + 64);
  made.starts = memory(4 * count);
  made.source_starts = memory(4 * count);
  made.source_ends = memory(4 * count);
  return made;
}

/// Tokenizes with segments appended as they are: composition is not the kernels' part.
static void tokenize(tokens *to, const uint8_t *text, size_t count, int has_sources,
                     uint32_t style, reprise_instruction_set set) {
  reprise_token_stream *stream = &to->stream;
  *stream = (reprise_token_stream){.bytes = to->bytes + 64, .starts = to->starts, .style = style};
  if (has_sources) {
    stream->source_starts = to->source_starts;
    stream->source_ends = to->source_ends;
  }
  for (size_t at = 0; at < count;) {
    reprise_segment segment;
    at = reprise_tokenize(stream, text, at, count, &segment, set);
    for (size_t from = segment.start; from < segment.end;) {
      uint32_t scalar;
      int valid;
      size_t width = reprise_decode_scalar(text, from, segment.end, &scalar, &valid);
      reprise_segment one = {from, from + width};
      reprise_token_stream_append(stream, &scalar, 1, one);
      from += width;
    }
  }
  reprise_token_stream_finish(stream, count);
}

static int same_tokens(const tokens *a, const tokens *b, int has_sources) {
  const reprise_token_stream *x = &a->stream, *y = &b->stream;
  return x->count == y->count && x->length == y->length && x->invalid == y->invalid &&
         memcmp(x->bytes, y->bytes, x->length) == 0 &&
         memcmp(x->starts, y->starts, 4 * (x->count + 1)) == 0 &&
         (!has_sources || (memcmp(x->source_starts, y->source_starts, 4 * x->count) == 0 &&
                           memcmp(x->source_ends, y->source_ends, 4 * x->count) == 0));
}

static void compare_hashes(const tokens *text, reprise_instruction_set set) {
  static uint64_t *plain, *vector;
  static size_t capacity;
  size_t count = text->stream.count;
  const uint8_t *bytes = text->stream.bytes;
  if (count > capacity) {
    free(plain), free(vector);
    capacity = 2 * count;
    plain = memory(8 * capacity), vector = memory(8 * capacity);
  }
  for (size_t n = 1; n <= 8 && n <= count; n++) {
    reprise_shingle_ids(bytes, text->starts, count, n, plain, REPRISE_PLAIN);
    reprise_shingle_ids(bytes, text->starts, count, n, vector, set);
    if (memcmp(plain, vector, 8 * (count - n + 1)) != 0) {
      fail("a shingle id", set, bytes, text->stream.length);
    }
    // Against XXH3 itself, which shares nothing with the kernels.
    size_t place = below(count - n + 1), from = text->starts[place];
    uint64_t hash =
        reprise_xxh3_64(bytes + from, text->starts[place + n] - 1 - from, REPRISE_PLAIN);
    if (hash != vector[place]) fail("a hash", set, bytes, text->stream.length);
    if (n != 5) continue;
    size_t ids = count - n + 1, k = (size_t)64 << below(4);
    uint32_t slots[2][1024];
    uint64_t bits[2][16];
    for (int i = 0; i < 2; i++) {
      reprise_instruction_set now = i == 0 ? REPRISE_PLAIN : set;
      memset(slots[i], 0xFF, sizeof slots[i]);
      reprise_signature_buckets(plain, ids, slots[i], (unsigned)__builtin_ctzll(k));
      reprise_signature_fill(plain, ids, slots[i], k, now);
      reprise_signature_low_bits(slots[i], k, bits[i], now);
    }
    if (memcmp(slots[0], slots[1], 4 * k) != 0 || memcmp(bits[0], bits[1], k / 8) != 0) {
      fail("a signature", set, bytes, text->stream.length);
    }
  }
}

static void compare_text(const uint8_t *text, size_t count, reprise_instruction_set set) {
  static tokens plain, vector;
  static size_t capacity;
  if (count >= capacity) {
    capacity = 2 * count + 1000;
    plain = make_tokens(capacity), vector = make_tokens(capacity);
  }
  for (uint32_t style = 0; style < 4; style++) {
    for (int has_sources = 0; has_sources < 2; has_sources++) {
      tokenize(&plain, text, count, has_sources, style, REPRISE_PLAIN);
      tokenize(&vector, text, count, has_sources, style, set);
      if (!same_tokens(&plain, &vector, has_sources)) fail("a token", set, text, count);
    }
    if (style == 0 && plain.stream.count > 0) compare_hashes(&plain, set);
  }
  compared += count;
}

static int same_text(const reprise_json_string_text *a, const reprise_json_string_text *b) {
  int closed = a->string.status == REPRISE_JSON_STRING_CLOSED;
  return a->string.length == b->string.length && a->string.status == b->string.status &&
         (!closed || a->string.has_escapes == b->string.has_escapes) &&
         (!closed || !a->string.has_escapes ||
          (a->text.count == b->text.count &&
           a->text.lone_surrogates == b->text.lone_surrogates));
}

/// `bytes` is what follows an opening quote. The outputs also end at protected pages.
static void compare_json(const uint8_t *bytes, size_t count, reprise_instruction_set set) {
  static guarded memories[2];
  static size_t capacity;
  if (count >= capacity) {
    capacity = 2 * count + 1000;
    for (int i = 0; i < 2; i++) memories[i] = make_guarded(capacity);
  }
  uint8_t *plain = memories[0].last - count, *vector = memories[1].last - count;
  size_t length = reprise_json_plain_length(bytes, count, REPRISE_PLAIN);
  if (length != reprise_json_plain_length(bytes, count, set)) {
    fail("a plain length", set, bytes, count);
  }
  if (reprise_json_copy_plain(bytes, count, vector, set) != length ||
      memcmp(vector, bytes, length) != 0) {
    fail("a plain copy", set, bytes, count);
  }
  reprise_json_string a = reprise_json_string_end(bytes, count, REPRISE_PLAIN);
  reprise_json_string b = reprise_json_string_end(bytes, count, set);
  if (a.length != b.length || a.status != b.status || a.has_escapes != b.has_escapes) {
    fail("an end", set, bytes, count);
  }
  reprise_json_string_text c = reprise_json_unescaped_string(bytes, count, plain, REPRISE_PLAIN);
  reprise_json_string_text d = reprise_json_unescaped_string(bytes, count, vector, set);
  int has_text = c.string.status == REPRISE_JSON_STRING_CLOSED && c.string.has_escapes;
  if (!same_text(&c, &d) || (has_text && memcmp(plain, vector, c.text.count) != 0)) {
    fail("an unescaped string", set, bytes, count);
  }
  reprise_json_unescaped e = reprise_json_unescape(bytes, count, plain, REPRISE_PLAIN);
  reprise_json_unescaped f = reprise_json_unescape(bytes, count, vector, set);
  if (e.count != f.count || e.lone_surrogates != f.lone_surrogates ||
      memcmp(plain, vector, e.count) != 0) {
    fail("unescaped bytes", set, bytes, count);
  }
  compared += count;
}

static size_t put(uint8_t *to, uint32_t scalar) {
  if (scalar < 0x80) return to[0] = (uint8_t)scalar, 1;
  if (scalar < 0x800) {
    return to[0] = (uint8_t)(0xC0 | scalar >> 6), to[1] = (uint8_t)(0x80 | (scalar & 0x3F)), 2;
  }
  if (scalar < 0x10000) {
    to[0] = (uint8_t)(0xE0 | scalar >> 12);
    to[1] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
    return to[2] = (uint8_t)(0x80 | (scalar & 0x3F)), 3;
  }
  to[0] = (uint8_t)(0xF0 | scalar >> 18);
  to[1] = (uint8_t)(0x80 | (scalar >> 12 & 0x3F));
  to[2] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
  return to[3] = (uint8_t)(0x80 | (scalar & 0x3F)), 4;
}

/// Scalars by script: first one, number of them.
static const uint32_t scripts[][2] = {
    {0x20, 95},     {0xA0, 96},     {0x100, 336},   {0x370, 144},   {0x400, 304},  {0x531, 90},
    {0x5D0, 43},    {0x600, 256},   {0x900, 128},   {0xE00, 100},   {0x2000, 112}, {0x3000, 256},
    {0x3400, 6600}, {0x4DB0, 80},   {0x4E00, 21000}, {0xAC00, 11172}, {0xFF00, 240},
    {0x300, 112},   {0x1F300, 512}, {0x20000, 500}, {0x0, 0xD800},
};
enum { SCRIPTS = sizeof scripts / sizeof scripts[0], KINDS = SCRIPTS + 3 };

/// A random text of exactly `count` bytes, which may end within a scalar.
static void random_text(uint8_t *to, size_t count, int kind) {
  size_t rare = 1 + below(60);
  for (size_t length = 0; length < count;) {
    uint8_t scalar[4];
    size_t width;
    if (kind == SCRIPTS + 2) {
      scalar[0] = (uint8_t)next_random();
      width = 1;
    } else if (kind == SCRIPTS || below(kind == SCRIPTS + 1 ? 3 : rare + 1) != 0) {
      // ASCII with words of some length.
      scalar[0] = below(6) == 0 ? (uint8_t)(0x09 + below(0x28))
                                : (uint8_t)"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
                                      [below(58)];
      width = 1;
    } else {
      const uint32_t *script = scripts[kind == SCRIPTS + 1 ? below(SCRIPTS) : (size_t)kind];
      width = put(scalar, script[0] + (uint32_t)below(script[1]));
      // A run of the script.
      for (size_t run = below(30); run > 0 && length + 4 < count; run--) {
        memcpy(to + length, scalar, width);
        length += width;
        width = put(scalar, script[0] + (uint32_t)below(script[1]));
      }
    }
    for (size_t i = 0; i < width && length < count; i++) to[length++] = scalar[i];
  }
}

static void random_json(uint8_t *to, size_t count) {
  static const char *const parts[] = {
      "\\n", "\\\"", "\\\\", "\\/", "\\t", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\udc00",
      "\\x", "\\u12g4", "\"",  "\n",  "\\",  "\\b\\f\\r", "\\\\\\\\\\\\", "\\\\\"", "\\0",
  };
  size_t good = below(4) != 0 ? 9 : sizeof parts / sizeof parts[0];
  size_t plain = 1 + below(80);
  for (size_t length = 0; length < count;) {
    if (below(plain + 1) != 0) {
      to[length++] = (uint8_t)("abc de,f\xC3\xA9""bfnrt/"[below(16)]);
      continue;
    }
    const char *part = parts[below(good)];
    for (; *part != 0 && length < count; part++) to[length++] = (uint8_t)*part;
  }
  if (count > 0 && below(2) == 0) to[count - 1] = '"';
}

static void compare_file(const char *name, const reprise_instruction_set *sets, int set_count) {
  FILE *file = fopen(name, "rb");
  if (file == NULL) exit(2);
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  uint8_t *all = memory(size + 1);
  if (fread(all, 1, size, file) != size) exit(2);
  fclose(file);
  // Pieces of many lengths, of the raw bytes: as a text, and as the inside of a string.
  guarded text = make_guarded(70000);
  for (size_t at = 0; at < size;) {
    size_t count = 1 + below(below(8) == 0 ? 60000 : 3000);
    if (count > size - at) count = size - at;
    uint8_t *piece = text.last - count;
    memcpy(piece, all + at, count);
    for (int i = 0; i < set_count; i++) {
      compare_text(piece, count, sets[i]);
      compare_json(piece, count, sets[i]);
    }
    at += count;
  }
  free(all);
}

int main(int count, char **arguments) {
  reprise_instruction_set best = reprise_best_instruction_set(), sets[2];
  int set_count = 0;
  if (best == REPRISE_NEON) {
    sets[set_count++] = REPRISE_NEON;
  } else {
    for (int set = REPRISE_AVX2; set <= (int)best; set++) {
      sets[set_count++] = (reprise_instruction_set)set;
    }
  }
  if (set_count == 0) {
    printf("twins: this processor has no vector kernels\n");
    return 2;
  }
  guarded memories[2] = {make_guarded(4096 * 4), make_guarded(4096)};
  const char *given = getenv("TWINS_ROUNDS");
  int rounds = given != NULL ? atoi(given) : 4;
  for (int round = 0; round < rounds; round++) {
    for (int kind = 0; kind < KINDS; kind++) {
      for (size_t length = 0; length <= 300; length++) {
        // At the end of readable memory, and at its beginning.
        uint8_t *text = (length + (size_t)round) % 2 == 0 ? memories[0].last - length
                                                          : memories[1].first;
        random_text(text, length, kind);
        for (int i = 0; i < set_count; i++) compare_text(text, length, sets[i]);
        random_json(text, length);
        for (int i = 0; i < set_count; i++) compare_json(text, length, sets[i]);
      }
      for (int i = 0; i < 3; i++) {
        size_t length = 300 + below(15000);
        uint8_t *text = memories[0].last - length;
        random_text(text, length, kind);
        for (int s = 0; s < set_count; s++) compare_text(text, length, sets[s]);
        random_json(text, length);
        for (int s = 0; s < set_count; s++) compare_json(text, length, sets[s]);
      }
    }
  }
  for (int i = 1; i < count; i++) compare_file(arguments[i], sets, set_count);
  printf("twins: %.1f MB compared, all equal, best instruction set %d\n", (double)compared / 1e6,
         (int)best);
  return 0;
}
