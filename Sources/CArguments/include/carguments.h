#ifndef REPRISE_CARGUMENTS_H
#define REPRISE_CARGUMENTS_H

/// The arguments that the process was started with, the program's name first, or NULL where the C
/// library does not hand them to constructors. The array ends with NULL.
const char *const *reprise_argument_vector(void);

#endif
