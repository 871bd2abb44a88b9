#ifndef REPRISE_EXCHANGE_PATHS_H
#define REPRISE_EXCHANGE_PATHS_H

/// Makes two existing paths of one file system trade places in one step.
/// Returns 0, or the errno: EINVAL or ENOSYS where the system cannot.
int reprise_exchange_paths(const char *one, const char *other);

#endif
