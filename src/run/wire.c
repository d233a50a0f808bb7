#include "wire.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEADER = 12 };

int lode_wire_pair(int pair[2], lode_err *err) {
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) return 0;
  return lode_fail(err, LODE_E_IO, "no socket: %s", strerror(errno));
}

typedef union control_room {
  struct cmsghdr align;
  char bytes[CMSG_SPACE(sizeof(int))];
} control_room;

static int send_failed(lode_err *err) {
  if (errno == EPIPE || errno == ECONNRESET) return lode_fail(err, LODE_E_CLOSED, "the process is gone");
  return lode_fail(err, LODE_E_IO, "sending to a process failed: %s", strerror(errno));
}

int lode_wire_send(int socket, lode_message type, const void *bytes, size_t len, int fd, lode_err *err) {
  unsigned char header[HEADER];
  for (int i = 0; i < 4; i++) header[i] = (unsigned char)((uint32_t)type >> (8 * i));
  for (int i = 0; i < 8; i++) header[4 + i] = (unsigned char)((uint64_t)len >> (8 * i));
  struct iovec parts[2] = {{header, HEADER}, {(void *)(uintptr_t)bytes, len}};
  control_room control = {0};
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
  if (fd >= 0) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *item = CMSG_FIRSTHDR(&message);
    item->cmsg_level = SOL_SOCKET;
    item->cmsg_type = SCM_RIGHTS;
    item->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(item), &fd, sizeof fd);
  }
  while (parts[0].iov_len + parts[1].iov_len > 0) {
    ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return send_failed(err);
    message.msg_control = NULL;
    message.msg_controllen = 0;
    for (int i = 0; i < 2; i++) {
      size_t part = (size_t)sent < parts[i].iov_len ? (size_t)sent : parts[i].iov_len;
      if (part == 0) continue;
      parts[i].iov_base = (char *)parts[i].iov_base + part;
      parts[i].iov_len -= part;
      sent -= (ssize_t)part;
    }
  }
  return 0;
}

/* 1 when all of it came, 0 at the end of file, or an error code. */
static int receive_all(int socket, char *to, size_t len, int *fd, lode_err *err) {
  while (len > 0) {
    control_room control;
    struct iovec part = {to, len};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd != NULL) {
      message.msg_control = control.bytes;
      message.msg_controllen = sizeof control.bytes;
    }
    ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EINTR) continue;
    if (got == 0 || (got < 0 && errno == ECONNRESET)) return 0;
    if (got < 0) return lode_fail(err, LODE_E_IO, "hearing from a process failed: %s", strerror(errno));
    struct cmsghdr *item = fd == NULL ? NULL : CMSG_FIRSTHDR(&message);
    if (item != NULL && item->cmsg_type == SCM_RIGHTS) memcpy(fd, CMSG_DATA(item), sizeof *fd);
    to += got;
    len -= (size_t)got;
  }
  return 1;
}

int lode_wire_receive(int socket, lode_frame *out, lode_err *err) {
  char header[HEADER];
  out->body.len = 0;
  out->fd = -1;
  int code = receive_all(socket, header, HEADER, &out->fd, err);
  if (code != 1) return code;
  lode_reader in = lode_reader_of(header, HEADER);
  out->type = lode_read_u32(&in);
  uint64_t len = lode_read_u64(&in);
  code = lode_buf_reserve(&out->body, (size_t)len, err);
  if (code != 0) return code;
  code = len == 0 ? 1 : receive_all(socket, out->body.ptr, (size_t)len, NULL, err);
  if (code == 1) out->body.len = (size_t)len;
  return code;
}

void lode_frame_free(lode_frame *self) {
  lode_buf_free(&self->body);
  if (self->fd >= 0) close(self->fd);
  self->fd = -1;
}
