#ifndef REPRISE_JSON_STRING_KERNELS_H
#define REPRISE_JSON_STRING_KERNELS_H

#include "json_string.h"

// The functions of json_string.h for one instruction set, with the same conditions and results.
#define REPRISE_JSON_STRING_KERNELS(suffix)                                                      \
  size_t reprise_json_plain_length_##suffix(const uint8_t *bytes, size_t count);                 \
  size_t reprise_json_copy_plain_##suffix(const uint8_t *bytes, size_t count, uint8_t *output);  \
  reprise_json_string reprise_json_string_end_##suffix(const uint8_t *bytes, size_t count);      \
  reprise_json_unescaped reprise_json_unescape_##suffix(const uint8_t *bytes, size_t count,      \
                                                        uint8_t *output);                        \
  reprise_json_string_text reprise_json_unescaped_string_##suffix(const uint8_t *bytes,          \
                                                                  size_t count, uint8_t *output)

#if defined(__x86_64__)
REPRISE_JSON_STRING_KERNELS(avx2);
REPRISE_JSON_STRING_KERNELS(avx512);
#elif defined(__aarch64__)
REPRISE_JSON_STRING_KERNELS(neon);
#endif

#endif
