// The header, read as whoever calls the library from C reads it.
#include "reprise.h"
