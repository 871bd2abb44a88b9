#ifndef REPRISE_FILE_SYSTEM_H
#define REPRISE_FILE_SYSTEM_H

/// What becomes of the entry that has the new name already.
enum reprise_rename_rule {
  /// It gets the old name, in the same step.
  REPRISE_RENAME_EXCHANGE,
  /// It stays, and the call fails with EEXIST.
  REPRISE_RENAME_NEW
};

/// Renames an entry of an open folder into an open folder of the same file system, in one step.
/// Returns 0, or the errno: EINVAL or ENOSYS where the system cannot.
int reprise_rename(int folder, const char *name, int other, const char *new_name,
                   enum reprise_rename_rule rule);

/// Waits until the disk has everything of the file system that holds an open file.
/// Returns 0, or the errno.
int reprise_synchronize_file_system(int descriptor);

/// Has the system begin to write bytes of a file to the disk, and does not wait for it; where that
/// cannot be asked for, nothing happens.
void reprise_begin_writing(int descriptor, long long offset, long long count);

/// Opens a file without a name on the disk of a folder, to read and write; it is gone with its last
/// descriptor, whenever the process ends. Returns the descriptor, or -1 with errno set: EOPNOTSUPP or
/// EISDIR where the system cannot.
int reprise_open_unnamed(const char *folder);

#endif
