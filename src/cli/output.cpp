#include "cli/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "cli/cli.h"
#include "cli/commands.h"
#include "repo/descriptor.h"

namespace tfcheck {

void prepare_writing() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  // A descriptor that only names a folder takes the place of a closed one: reading and writing fail as on a closed one.
  for (int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(standard, F_GETFD) < 0 && errno == EBADF) ::open("/", O_PATH);
  }
}

std::optional<std::string> write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd ready{descriptor, POLLOUT, 0};
      ::poll(&ready, 1, -1);
    } else if (errno == EPIPE) {
      return std::nullopt;
    } else if (errno != EINTR) {
      return system_message(errno);
    }
  }
  return std::nullopt;
}

std::optional<Error> print(std::string_view text) {
  std::optional<std::string> trouble = write_all(STDOUT_FILENO, text);
  // Some file systems say only when a descriptor is closed that there was no room.
  int copy = trouble || text.empty() ? -1 : ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (copy >= 0 && ::close(copy) != 0 && errno != EINTR) trouble = system_message(errno);
  if (!trouble) return std::nullopt;
  return Error{fmt::format("standard output cannot be written: {}", *trouble), "", 0, ""};
}

int print_and_exit(std::string_view text, int code) {
  if (std::optional<Error> wrong = print(text)) return fail(*wrong);
  return code;
}

void tell(std::string_view text) {
  write_all(STDERR_FILENO, text);
}

}  // namespace tfcheck
