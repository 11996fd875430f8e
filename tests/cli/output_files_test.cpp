#include "cli/output_files.h"

#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <thread>

#include "support/tree.h"

using namespace tfcheck;

namespace {

const std::vector<std::pair<std::string, std::string>> earlier_report = {{"r.json", "earlier"}};

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

size_t names_in(const std::string& folder) {
  std::filesystem::directory_iterator names(folder);
  return static_cast<size_t>(std::distance(begin(names), end(names)));
}

}  // namespace

TEST_CASE("a signal that comes while a report is written finds the earlier one and nothing else") {
  TestTree tree(earlier_report);
  Result<OutputFiles> files = OutputFiles::open({{"json", tree.path() + "/r.json"}}, tree.path());
  REQUIRE(files);
  static volatile std::sig_atomic_t arrived;
  arrived = 0;
  auto before = std::signal(SIGTERM, [](int) { arrived = arrived + 1; });
  std::atomic<bool> done{false};
  std::thread sender([&] {
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &term, nullptr);  // so that only the writing thread could take it
    while (!done && names_in(tree.path()) == 1) {
    }
    ::kill(::getpid(), SIGTERM);
  });
  const std::string text(size_t{64} << 20, 'x');
  std::optional<Error> wrong = files->write(0, text);
  done = true;
  sender.join();
  while (arrived == 0) {
  }
  std::signal(SIGTERM, before);
  CHECK(names_in(tree.path()) == 1);
  // The signal may also come too late to interrupt anything.
  if (wrong)
    CHECK(read(tree.path() + "/r.json") == "earlier");
  else
    CHECK(read(tree.path() + "/r.json").size() == text.size());
}

TEST_CASE("a signal that the caller holds back is the caller's matter") {
  TestTree tree(earlier_report);
  Result<OutputFiles> files = OutputFiles::open({{"json", tree.path() + "/r.json"}}, tree.path());
  REQUIRE(files);
  sigset_t term, before;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &term, &before);
  auto handler = std::signal(SIGTERM, [](int) {});
  std::raise(SIGTERM);
  CHECK_FALSE(files->write(0, "new"));
  CHECK(read(tree.path() + "/r.json") == "new");
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  std::signal(SIGTERM, handler);
}

TEST_CASE("outputs by where they are") {
  TestTree tree({{"app/x.py", ""}, {"other/y.py", ""}});
  Result<OutputFiles> files = OutputFiles::open({{"json", tree.path() + "/app/../app/./r.json"},
                                                 {"sarif", tree.path() + "/other/r.sarif"},
                                                 {"text", tree.path() + "/app/*.txt"}},
                                                tree.path() + "/app");
  REQUIRE(files);
  CHECK(files->paths() == std::vector<std::string>{tree.path() + "/app/r.json", tree.path() + "/other/r.sarif",
                                                   tree.path() + "/app/*.txt"});
}
