#ifndef REPRISE_FILE_SYSTEM_H
#define REPRISE_FILE_SYSTEM_H

/// Makes two existing paths of one file system trade places in one step.
/// Returns 0, or the errno: EINVAL or ENOSYS where the system cannot.
int reprise_exchange_paths(const char *one, const char *other);

/// Waits until the disk has everything of the file system that holds an open file.
/// Returns 0, or the errno.
int reprise_synchronize_file_system(int descriptor);

/// Opens a file without a name on the disk of a folder, to read and write; it is gone with its last
/// descriptor, whenever the process ends. Returns the descriptor, or -1 with errno set: EOPNOTSUPP or
/// EISDIR where the system cannot.
int reprise_open_unnamed(const char *folder);

#endif
