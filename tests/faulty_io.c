/* Lets writing under one folder fail from the n-th call on, as a dying disk does. Loaded with LD_PRELOAD by tests/faulty_io.py. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long left = -1;
static int kind = EIO;
static long met = 0;

/* Begin to fail after `after` more calls with this error number; -1 for never. */
void faulty_io_set(const char *path, long after, int error) {
    strncpy(folder, path, sizeof folder - 1);
    left = after;
    kind = error;
    met = 0;
}

/* How many calls have failed since. */
long faulty_io_met(void) { return met; }

static int fails(int fd) {
    char link[64], path[PATH_MAX];
    ssize_t length;
    if (left < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0) return 0;
    if (left > 0) { left--; return 0; }
    met++;
    errno = kind;
    return 1;
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, name))

ssize_t write(int fd, const void *data, size_t count) {
    if (fails(fd)) return -1;
    return REAL("write", ssize_t (*)(int, const void *, size_t))(fd, data, count);
}
ssize_t pwrite(int fd, const void *data, size_t count, off_t at) {
    if (fails(fd)) return -1;
    return REAL("pwrite", ssize_t (*)(int, const void *, size_t, off_t))(fd, data, count, at);
}
ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
    if (fails(fd)) return -1;
    return REAL("pwrite64", ssize_t (*)(int, const void *, size_t, off64_t))(fd, data, count, at);
}
int fsync(int fd) {
    if (fails(fd)) return -1;
    return REAL("fsync", int (*)(int))(fd);
}
int fdatasync(int fd) {
    if (fails(fd)) return -1;
    return REAL("fdatasync", int (*)(int))(fd);
}
int ftruncate(int fd, off_t size) {
    if (fails(fd)) return -1;
    return REAL("ftruncate", int (*)(int, off_t))(fd, size);
}
int ftruncate64(int fd, off64_t size) {
    if (fails(fd)) return -1;
    return REAL("ftruncate64", int (*)(int, off64_t))(fd, size);
}
