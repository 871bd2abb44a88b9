#ifndef REPRISE_CARGUMENTS_H
#define REPRISE_CARGUMENTS_H

/// The arguments of the process, beginning with the program's name and ending with NULL; or NULL if
/// the C library does not pass them to constructors.
const char *const *reprise_argument_vector(void);

/// The environment of the process, which ends with NULL, to be passed to a program.
char *const *reprise_environment(void);

#endif
