#ifndef REPRISE_JSON_STRING_AVX512_H
#define REPRISE_JSON_STRING_AVX512_H

#include "json_string.h"

// The functions of json_string.h for AVX-512, with the same conditions and results.
#if defined(__x86_64__)
size_t reprise_json_plain_length_avx512(const uint8_t *bytes, size_t count);
size_t reprise_json_copy_plain_avx512(const uint8_t *bytes, size_t count, uint8_t *output);
reprise_json_string reprise_json_string_end_avx512(const uint8_t *bytes, size_t count);
reprise_json_unescaped reprise_json_unescape_avx512(const uint8_t *bytes, size_t count,
                                                    uint8_t *output);
reprise_json_string_text reprise_json_unescaped_string_avx512(const uint8_t *bytes, size_t count,
                                                              uint8_t *output);
#endif

#endif
