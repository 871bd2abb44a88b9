#ifndef REPRISE_FILE_SYSTEM_H
#define REPRISE_FILE_SYSTEM_H

/// What to do with an entry that already has the new name.
enum reprise_rename_rule {
  /// It gets the old name, in the same step.
  REPRISE_RENAME_EXCHANGE,
  /// It is not changed, and the call fails with EEXIST.
  REPRISE_RENAME_NEW
};

/// Moves an entry of an open folder to an open folder of the same file system, in one step. Returns
/// 0 or the errno: EINVAL or ENOSYS if the system cannot do it.
int reprise_rename(int folder, const char *name, int other, const char *new_name,
                   enum reprise_rename_rule rule);

/// Waits until everything written to the file system of an open file is on the disk. Returns 0 or
/// the errno.
int reprise_synchronize_file_system(int descriptor);

/// Asks the system to start writing bytes of a file to the disk, and does not wait. Does nothing if
/// the system cannot do it.
void reprise_begin_writing(int descriptor, long long offset, long long count);

/// Opens a file without a name, to read and write, on the file system of a folder. The file is
/// deleted when its last descriptor is closed, also if the process is killed. Returns the
/// descriptor, or -1 with errno set: EOPNOTSUPP or EISDIR if the system cannot do it.
int reprise_open_unnamed(const char *folder);

#endif
