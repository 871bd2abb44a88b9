#ifndef REPRISE_CXXHASH_H
#define REPRISE_CXXHASH_H

// xxHash from Debian's libxxhash-dev, inlined into every caller: a call costs no jump, and nothing
// has to be linked. XXH3 is frozen since 0.8.0: any later version gives the same numbers.
#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

#endif
