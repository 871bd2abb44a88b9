// The C interface of Reprise.
//
// Options are a JSON object with the names of the command's options, without the two hyphens. Tables
// come and go through the Arrow C stream interface. A function that takes a stream releases it, also
// if it fails. A result of 0 means success; otherwise *error is a sentence that the caller gives to
// reprise_free. All functions may be called from several threads at once.
#pragma once
#include <stdint.h>

// The Arrow C data and stream interfaces, whose layout their specification fixes:
// https://arrow.apache.org/docs/format/CDataInterface.html
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};
struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};
#endif

// The kinds of errors.
enum {
  REPRISE_INVALID_OPTION = 1,
  REPRISE_INVALID_DATA = 2,
  REPRISE_INPUT_OUTPUT = 3,
  REPRISE_STOPPED = 4,
};

// The number of tables that a scan gives: rows, clusters, pairs, passages, problems.
enum { REPRISE_TABLES = 5 };

// Called on the thread that called the function, about 50 times a second: the phase, how much of it is
// completed, and the total, or -1 if it is unknown. Another result than 0 stops the run.
typedef int32_t (*reprise_progress)(
    void *context, const char *phase, int64_t completed, int64_t total);

// The functions below are written in Swift, in Sources/RepriseC.
#ifndef REPRISE_IN_SWIFT
#ifdef __cplusplus
extern "C" {
#endif

// The version of this interface, 1.
int32_t reprise_abi(void);

// Releases a string that a function gave.
void reprise_free(char *text);

// Finds what repeats in a table. *against may be null, or have reference documents. Opens no file.
int32_t reprise_scan(
    const char *options, struct ArrowArrayStream *table, struct ArrowArrayStream *against,
    reprise_progress progress, void *context, struct ArrowArrayStream out[REPRISE_TABLES],
    char **summary, char **error);

// Finds what repeats in files, and writes a results folder.
int32_t reprise_scan_files(
    const char *options, reprise_progress progress, void *context, char **summary, char **error);

// Reads the results folder in the option "results".
int32_t reprise_open(
    const char *options, reprise_progress progress, void *context,
    struct ArrowArrayStream out[REPRISE_TABLES], char **summary, char **error);

// Reads texts again from the files of the scan in the option "results". A row of the table is the
// location of a document: source, offset and length, as the manifest has them; the length is -1 if it is
// unknown. The result has the column text. Each file is read up to the last of its documents, so ask for
// all texts at once.
int32_t reprise_texts(
    const char *options, struct ArrowArrayStream *locations, reprise_progress progress, void *context,
    struct ArrowArrayStream *out, char **error);

// Writes a cleaned copy of the files of a results folder.
int32_t reprise_clean(
    const char *options, reprise_progress progress, void *context, char **report, char **error);

// Writes one HTML file that shows the results folder in the option "results".
int32_t reprise_report(
    const char *options, reprise_progress progress, void *context, char **report, char **error);

// Computes content hashes, band keys and signatures of a table's texts.
int32_t reprise_sign(
    const char *options, struct ArrowArrayStream *table, reprise_progress progress, void *context,
    struct ArrowArrayStream *out, char **error);

// Compares two texts in UTF-8.
int32_t reprise_compare(
    const char *options, const char *first, int64_t first_bytes, const char *second,
    int64_t second_bytes, char **report, char **error);

// Finds the connected components of a graph. The first two columns of the table are int64; each row
// is an edge. The result has each node once, with the smallest node of its component.
int32_t reprise_components(
    struct ArrowArrayStream *edges, struct ArrowArrayStream *out, char **error);

// Gives another stream of a table that one of these functions gave, without copying it.
int32_t reprise_share(
    struct ArrowArrayStream *table, struct ArrowArrayStream *out, char **error);

#ifdef __cplusplus
}
#endif
#endif
