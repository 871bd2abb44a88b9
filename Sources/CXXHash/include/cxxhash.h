#ifndef REPRISE_CXXHASH_H
#define REPRISE_CXXHASH_H

// xxHash from Debian's package libxxhash-dev, inlined into every caller, so that nothing must be
// linked and a hash takes no call. XXH3 has not changed since 0.8.0: later versions give the same
// numbers.
#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

#endif
