// The files of the page that `reprise report` fills in, as bytes of the library.
//
// Each function gives the first byte of a file, and its size. The bytes are constant and live as long as
// the process.

#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include <stddef.h>

// The page, with a name in double braces for each value.
const unsigned char *report_page_html(size_t *count);
// The style sheet.
const unsigned char *report_page_style(size_t *count);
// The script.
const unsigned char *report_page_script(size_t *count);
// The SHA-256 of style sheet and script as a Content-Security-Policy names them, one a line.
const unsigned char *report_page_hashes(size_t *count);

#endif
