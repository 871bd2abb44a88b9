#include "report_page.h"

// `#embed` is C23, and clang has it in all modes. The compiler names the files as dependencies, so a
// change to one of them compiles this again.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char html[] = {
#embed "page.html"
};
static const unsigned char style[] = {
#embed "page.css"
};
static const unsigned char script[] = {
#embed "page.js"
};
static const unsigned char hashes[] = {
#embed "page.hashes"
};

const unsigned char *report_page_html(size_t *count) {
  *count = sizeof html;
  return html;
}

const unsigned char *report_page_style(size_t *count) {
  *count = sizeof style;
  return style;
}

const unsigned char *report_page_script(size_t *count) {
  *count = sizeof script;
  return script;
}

const unsigned char *report_page_hashes(size_t *count) {
  *count = sizeof hashes;
  return hashes;
}
