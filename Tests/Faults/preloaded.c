// Makes calls of the C library fail, fall short, or stop the process, when it is loaded before that
// library by LD_PRELOAD. Without FAULT_CALL it only counts.
//
//   FAULT_CALL     the name of the call that is disturbed, or "any" but those that allocate memory
//   FAULT_AT       the number of the disturbed call, from 1
//   FAULT_ONWARD   1: that call and all after it
//   FAULT_HOW      error    the call does nothing and gives FAULT_ERRNO
//                  short    it reads or writes half of the bytes
//                  half     it writes half of the bytes, and gives FAULT_ERRNO
//                  end      it reads nothing, as at the end of a file
//                  signal   the process gets FAULT_SIGNAL, and the call is made
//                  command  the shell runs FAULT_COMMAND, and the call is made
//   FAULT_PATH     only calls whose path holds this text are counted
//   FAULT_REPORT   a file that gets "disturbed NAME PATH" at the first disturbance, and "NAME COUNT" of
//                  every call at the exit
//
// Calls on the standard streams and on files of the system are neither counted nor disturbed: they
// are made by the libraries, and a message about the fault has to come out.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CALLS(X)                                                                                   \
  X(access) X(calloc) X(close) X(closedir) X(copy_file_range) X(dup) X(fallocate) X(fdatasync)     \
  X(fdopendir) X(flock) X(fstat) X(fstatat) X(fstatvfs) X(fsync) X(ftruncate) X(iconv_open)        \
  X(link) X(linkat) X(lseek) X(lstat) X(malloc) X(mkdir) X(mkdirat) X(mmap) X(open) X(openat)      \
  X(opendir) X(posix_memalign) X(pread) X(pthread_create) X(pwrite) X(read) X(readdir) X(realloc)  \
  X(rename) X(renameat) X(renameat2) X(rmdir) X(sendfile) X(stat) X(statvfs) X(sync_file_range)    \
  X(syncfs) X(unlink) X(unlinkat) X(write)

enum call {
#define NUMBER(name) CALL_##name,
  CALLS(NUMBER)
#undef NUMBER
  CALL_COUNT
};

static const char *const call_names[CALL_COUNT] = {
#define NAME(name) #name,
  CALLS(NAME)
#undef NAME
};

enum how { HOW_NOTHING, HOW_ERROR, HOW_SHORT, HOW_HALF, HOW_END, HOW_SIGNAL, HOW_COMMAND };

static struct {
  bool is_armed, is_onward, is_any;
  int call, error, signal;
  long at;
  enum how how;
  const char *command, *path, *report;
} fault;

static atomic_long counts[CALL_COUNT], total;
static atomic_bool has_reported;

// The next library's function of the same name and type.
#define REAL(name)                                                                                 \
  static __typeof__(&name) real;                                                                   \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

// The report is written by the bare system calls, which nothing here counts.
static long bare(long number, long a, long b, long c, long d) {
  static long (*real)(long, ...);
  if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  return real(number, a, b, c, d);
}

static void report(const char *line, size_t length) {
  if (!fault.report) return;
  const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  const long file = bare(SYS_openat, AT_FDCWD, (long)fault.report, flags, 0666);
  if (file < 0) return;
  bare(SYS_write, file, (long)line, (long)length, 0);
  bare(SYS_close, file, 0, 0, 0);
}

static int number_of(const char *name) {
  for (int call = 0; call < CALL_COUNT; call++)
    if (!strcmp(name, call_names[call])) return call;
  return -1;
}

static enum how how_of(const char *name) {
  static const char *const names[] = {"nothing", "error", "short", "half", "end", "signal", "command"};
  for (int how = 0; how < 7; how++)
    if (!strcmp(name, names[how])) return (enum how)how;
  return HOW_NOTHING;
}

static int number_in(const char *variable) {
  const char *text = getenv(variable);
  return text ? atoi(text) : 0;
}

__attribute__((constructor)) static void begin(void) {
  const char *call = getenv("FAULT_CALL"), *how = getenv("FAULT_HOW");
  fault.is_any = call && !strcmp(call, "any");
  fault.call = call ? number_of(call) : -1;
  fault.how = how ? how_of(how) : HOW_NOTHING;
  fault.at = number_in("FAULT_AT");
  fault.is_onward = number_in("FAULT_ONWARD") != 0;
  fault.error = number_in("FAULT_ERRNO");
  fault.signal = number_in("FAULT_SIGNAL");
  fault.command = getenv("FAULT_COMMAND");
  fault.path = getenv("FAULT_PATH");
  fault.report = getenv("FAULT_REPORT");
  fault.is_armed = true;
}

__attribute__((destructor)) static void end(void) {
  char text[CALL_COUNT * 40];
  size_t length = 0;
  for (int call = 0; call < CALL_COUNT; call++) {
    const long count = atomic_load(&counts[call]);
    if (count)
      length += (size_t)snprintf(text + length, sizeof text - length, "%s %ld\n", call_names[call], count);
  }
  report(text, length);
}

// The path of an open file; empty if it has none.
static const char *path_of(int file, char path[512]) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const int saved = errno;
  const long length = bare(SYS_readlinkat, AT_FDCWD, (long)link, (long)path, 511);
  errno = saved;
  path[length < 0 ? 0 : length] = 0;
  return path;
}

static void report_disturbance(enum call call, const char *path, int file) {
  if (atomic_exchange(&has_reported, true)) return;
  char line[640], room[512];
  if (!path) path = file >= 0 ? path_of(file, room) : "";
  const int length = snprintf(line, sizeof line, "disturbed %s %s\n", call_names[call], path);
  report(line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}

// A process that a command starts is not disturbed.
static void run_command(void) {
  unsetenv("LD_PRELOAD");
  if (fault.command && system(fault.command) != 0) _exit(99);
}

// Memory is asked for so often that these would be nearly all of any calls.
static bool allocates(enum call call) {
  return call == CALL_malloc || call == CALL_calloc || call == CALL_realloc || call == CALL_posix_memalign;
}

// Counts a call; how it is disturbed, if it is.
static enum how disturbance(enum call call, const char *path, int file) {
  if (!fault.is_armed) return HOW_NOTHING;
  const bool is_of_any = fault.is_any && !allocates(call);
  const long same = atomic_fetch_add(&counts[call], 1) + 1;
  const long number = is_of_any ? atomic_fetch_add(&total, 1) + 1 : same;
  if (fault.how == HOW_NOTHING || !(is_of_any || fault.call == (int)call)) return HOW_NOTHING;
  if (number != fault.at && !(fault.is_onward && number > fault.at)) return HOW_NOTHING;
  report_disturbance(call, path, file);
  const int saved = errno;
  if (fault.how == HOW_SIGNAL) kill(getpid(), fault.signal);
  if (fault.how == HOW_COMMAND) run_command();
  errno = saved;
  return fault.how == HOW_SIGNAL || fault.how == HOW_COMMAND ? HOW_NOTHING : fault.how;
}

static bool is_of_system(const char *path) {
  static const char *const starts[] = {"/proc/", "/sys/", "/etc/", "/usr/", "/lib"};
  for (int start = 0; start < 5; start++)
    if (!strncmp(path, starts[start], strlen(starts[start]))) return true;
  return false;
}

// How a call that names a path is disturbed.
static enum how of_path(enum call call, const char *path) {
  if (!path || is_of_system(path) || (fault.path && !strstr(path, fault.path))) return HOW_NOTHING;
  return disturbance(call, path, -1);
}

// How a call on an open file is disturbed.
static enum how of_file(enum call call, int file) {
  char path[512];
  if (file <= 2 || (fault.path && !strstr(path_of(file, path), fault.path))) return HOW_NOTHING;
  return disturbance(call, NULL, file);
}

// How a call on no file is disturbed.
static enum how of_nothing(enum call call) {
  return fault.path ? HOW_NOTHING : disturbance(call, "", -1);
}

static int fails(void) {
  errno = fault.error;
  return -1;
}

#define PATH_CALL(name, parameters, arguments, path)                                               \
  int name parameters {                                                                            \
    REAL(name);                                                                                    \
    return of_path(CALL_##name, path) ? fails() : real arguments;                                  \
  }

#define FILE_CALL(name, parameters, arguments)                                                     \
  int name parameters {                                                                            \
    REAL(name);                                                                                    \
    return of_file(CALL_##name, file) ? fails() : real arguments;                                  \
  }

PATH_CALL(access, (const char *path, int mode), (path, mode), path)
PATH_CALL(link, (const char *old, const char *path), (old, path), path)
PATH_CALL(linkat, (int a, const char *old, int b, const char *path, int f), (a, old, b, path, f), path)
PATH_CALL(lstat, (const char *path, struct stat *s), (path, s), path)
PATH_CALL(mkdir, (const char *path, mode_t mode), (path, mode), path)
PATH_CALL(mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode), path)
PATH_CALL(rename, (const char *old, const char *path), (old, path), path)
PATH_CALL(renameat, (int a, const char *old, int b, const char *path), (a, old, b, path), path)
PATH_CALL(
  renameat2, (int a, const char *old, int b, const char *path, unsigned f), (a, old, b, path, f), path)
PATH_CALL(rmdir, (const char *path), (path), path)
PATH_CALL(stat, (const char *path, struct stat *s), (path, s), path)
PATH_CALL(fstatat, (int folder, const char *path, struct stat *s, int f), (folder, path, s, f), path)
PATH_CALL(statvfs, (const char *path, struct statvfs *s), (path, s), path)
PATH_CALL(unlink, (const char *path), (path), path)
PATH_CALL(unlinkat, (int folder, const char *path, int f), (folder, path, f), path)

FILE_CALL(dup, (int file), (file))
FILE_CALL(fallocate, (int file, int mode, off_t start, off_t count), (file, mode, start, count))
FILE_CALL(fdatasync, (int file), (file))
FILE_CALL(flock, (int file, int operation), (file, operation))
FILE_CALL(fstat, (int file, struct stat *s), (file, s))
FILE_CALL(fstatvfs, (int file, struct statvfs *s), (file, s))
FILE_CALL(fsync, (int file), (file))
FILE_CALL(ftruncate, (int file, off_t count), (file, count))
FILE_CALL(sync_file_range, (int file, off_t start, off_t count, unsigned f), (file, start, count, f))
FILE_CALL(syncfs, (int file), (file))

// The file is closed even so, as Linux has it.
int close(int file) {
  REAL(close);
  const enum how how = of_file(CALL_close, file);
  const int result = real(file);
  return how ? fails() : result;
}

off_t lseek(int file, off_t offset, int whence) {
  REAL(lseek);
  return of_file(CALL_lseek, file) ? fails() : real(file, offset, whence);
}

int open(const char *path, int flags, ...) {
  static int (*real)(const char *, int, ...);
  if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return of_path(CALL_open, path) ? fails() : real(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  static int (*real)(int, const char *, int, ...);
  if (!real) real = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat");
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return of_path(CALL_openat, path) ? fails() : real(folder, path, flags, mode);
}

// Calls that move bytes. `MADE` makes the call for a number of bytes.
#define TRANSFER(call, file, count, MADE)                                                          \
  switch (of_file(call, file)) {                                                                   \
  case HOW_NOTHING: return MADE(count);                                                            \
  case HOW_SHORT: return MADE(count > 1 ? count / 2 : count);                                      \
  case HOW_END: return 0;                                                                          \
  case HOW_HALF: if (count > 1) (void)!MADE(count / 2); return fails();                            \
  default: return fails();                                                                         \
  }

ssize_t read(int file, void *bytes, size_t count) {
  REAL(read);
#define MADE(count) real(file, bytes, count)
  TRANSFER(CALL_read, file, count, MADE)
#undef MADE
}

ssize_t pread(int file, void *bytes, size_t count, off_t offset) {
  REAL(pread);
#define MADE(count) real(file, bytes, count, offset)
  TRANSFER(CALL_pread, file, count, MADE)
#undef MADE
}

ssize_t write(int file, const void *bytes, size_t count) {
  REAL(write);
#define MADE(count) real(file, bytes, count)
  TRANSFER(CALL_write, file, count, MADE)
#undef MADE
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
#define MADE(count) real(file, bytes, count, offset)
  TRANSFER(CALL_pwrite, file, count, MADE)
#undef MADE
}

ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
  REAL(sendfile);
#define MADE(count) real(to, from, offset, count)
  TRANSFER(CALL_sendfile, from, count, MADE)
#undef MADE
}

ssize_t copy_file_range(int from, off_t *a, int to, off_t *b, size_t count, unsigned flags) {
  REAL(copy_file_range);
#define MADE(count) real(from, a, to, b, count, flags)
  TRANSFER(CALL_copy_file_range, from, count, MADE)
#undef MADE
}

DIR *opendir(const char *path) {
  REAL(opendir);
  return of_path(CALL_opendir, path) ? (fails(), NULL) : real(path);
}

DIR *fdopendir(int file) {
  REAL(fdopendir);
  return of_file(CALL_fdopendir, file) ? (fails(), NULL) : real(file);
}

struct dirent *readdir(DIR *folder) {
  REAL(readdir);
  return of_file(CALL_readdir, dirfd(folder)) ? (fails(), NULL) : real(folder);
}

int closedir(DIR *folder) {
  REAL(closedir);
  const enum how how = of_file(CALL_closedir, dirfd(folder));
  const int result = real(folder);
  return how ? fails() : result;
}

void *mmap(void *address, size_t count, int protection, int flags, int file, off_t offset) {
  REAL(mmap);
  return of_nothing(CALL_mmap) ? (fails(), MAP_FAILED)
                               : real(address, count, protection, flags, file, offset);
}

int pthread_create(
  pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
  REAL(pthread_create);
  return of_nothing(CALL_pthread_create) ? fault.error : real(thread, attributes, body, argument);
}

iconv_t iconv_open(const char *to, const char *from) {
  REAL(iconv_open);
  return of_nothing(CALL_iconv_open) ? (fails(), (iconv_t)-1) : real(to, from);
}

// The C library's own names for these: looking them up by dlsym would allocate.
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

void *malloc(size_t count) {
  return of_nothing(CALL_malloc) ? (fails(), NULL) : __libc_malloc(count);
}

void *calloc(size_t count, size_t size) {
  return of_nothing(CALL_calloc) ? (fails(), NULL) : __libc_calloc(count, size);
}

void *realloc(void *old, size_t count) {
  return of_nothing(CALL_realloc) ? (fails(), NULL) : __libc_realloc(old, count);
}

int posix_memalign(void **result, size_t alignment, size_t count) {
  if (of_nothing(CALL_posix_memalign)) return fault.error;
  void *bytes = __libc_memalign(alignment, count);
  if (!bytes) return ENOMEM;
  *result = bytes;
  return 0;
}

// A program that calls the kernel by number, past the C library.
long syscall(long number, ...) {
  static long (*real)(long, ...);
  if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  long a[6];
  va_list arguments;
  va_start(arguments, number);
  for (int place = 0; place < 6; place++) a[place] = va_arg(arguments, long);
  va_end(arguments);
  if (number == SYS_renameat2 && of_path(CALL_renameat2, (const char *)a[3])) return fails();
  if (number == SYS_fsync && of_file(CALL_fsync, (int)a[0])) return fails();
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

// Names of the same calls with offsets of 64 bits, which all have here.
#define SAME(name, other) extern __typeof__(other) name __attribute__((alias(#other)))
SAME(open64, open);
SAME(openat64, openat);
SAME(pread64, pread);
SAME(pwrite64, pwrite);
SAME(lseek64, lseek);
SAME(ftruncate64, ftruncate);
SAME(fallocate64, fallocate);
SAME(mmap64, mmap);
int stat64(const char *, struct stat64 *) __attribute__((alias("stat")));
int lstat64(const char *, struct stat64 *) __attribute__((alias("lstat")));
int fstat64(int, struct stat64 *) __attribute__((alias("fstat")));
int fstatat64(int, const char *, struct stat64 *, int) __attribute__((alias("fstatat")));
struct dirent64 *readdir64(DIR *) __attribute__((alias("readdir")));
