/* peak COMMAND ARG...: run it and print on standard error
 *
 *     SECONDS s, MEMORY MB, SPILL MB
 *
 * MEMORY is the highest sum, over the command and all that it started, of resident pages, shared ones counted once
 * (Pss of /proc/PID/smaps_rollup, looked at twenty times a second); SPILL the highest sum of files that were
 * deleted and are still open.  The exit status is the command's.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FILES_MAX = 4096, EVERY_MS = 50 };

typedef struct sample {
  unsigned long long memory, spill; /* KB, bytes */
  ino_t seen[FILES_MAX];            /* files that several processes have open */
  size_t count;
} sample;

static void add_memory(sample *self, pid_t pid) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
  FILE *file = fopen(path, "r");
  if (file == NULL) return;
  while (fgets(line, sizeof line, file) != NULL)
    if (strncmp(line, "Pss:", 4) == 0) self->memory += strtoull(line + 4, NULL, 10);
  fclose(file);
}

static void add_file(sample *self, int folder, const char *name) {
  char target[512];
  struct stat info;
  ssize_t len = readlinkat(folder, name, target, sizeof target - 1);
  if (len < 0) return;
  target[len] = 0;
  if (strstr(target, " (deleted)") == NULL || strncmp(target, "/memfd:", 7) == 0) return;
  if (fstatat(folder, name, &info, 0) != 0) return;
  for (size_t i = 0; i < self->count; i++)
    if (self->seen[i] == info.st_ino) return;
  if (self->count < FILES_MAX) self->seen[self->count++] = info.st_ino;
  self->spill += (unsigned long long)info.st_blocks * 512;
}

static void add_files(sample *self, pid_t pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
  DIR *folder = opendir(path);
  if (folder == NULL) return;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) add_file(self, dirfd(folder), entry->d_name);
  closedir(folder);
}

static void add_process(sample *self, pid_t pid) {
  char path[64];
  int child;
  add_memory(self, pid);
  add_files(self, pid);
  snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
  FILE *file = fopen(path, "r");
  if (file == NULL) return;
  while (fscanf(file, "%d", &child) == 1) add_process(self, (pid_t)child);
  fclose(file);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fputs("usage: peak COMMAND ARG...\n", stderr);
    return 2;
  }
  double begin = now();
  pid_t pid = fork();
  if (pid == 0) {
    execvp(argv[1], argv + 1);
    perror(argv[1]);
    _exit(127);
  }
  unsigned long long memory = 0, spill = 0;
  int status = 0;
  while (pid > 0 && waitpid(pid, &status, WNOHANG) == 0) {
    sample at = {0};
    add_process(&at, pid);
    if (at.memory > memory) memory = at.memory;
    if (at.spill > spill) spill = at.spill;
    nanosleep(&(struct timespec){.tv_nsec = EVERY_MS * 1000000}, NULL);
  }
  fprintf(stderr, "%.2f s, %llu MB, %llu MB\n", now() - begin, memory >> 10, spill >> 20);
  return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
