// Temporary folders and git repositories for tests. Git runs from the command line with a configuration of its own, and
// the environment that a hook round the tests may have set is dropped.
#pragma once

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace tfcheck {

// A folder that goes when its owner does.
class TempDirectory {
 public:
  TempDirectory() {
    isolate();
    std::string name = (std::filesystem::temp_directory_path() / "tfcheck-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = std::filesystem::canonical(name).string();
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  ~TempDirectory() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }

  const std::string& path() const { return path_; }
  std::string at(std::string_view name) const { return path_ + "/" + std::string(name); }

  void write(std::string_view name, std::string_view content = "x\n") const {
    std::filesystem::create_directories(std::filesystem::path(at(name)).parent_path());
    std::ofstream(at(name), std::ios::binary) << content;
  }
  void make_folder(std::string_view name) const { std::filesystem::create_directories(at(name)); }
  void link(std::string_view name, const std::string& target) const {
    REQUIRE(::symlink(target.c_str(), at(name).c_str()) == 0);
  }
  void fifo(std::string_view name) const { REQUIRE(::mkfifo(at(name).c_str(), 0600) == 0); }
  void remove(std::string_view name) const { std::filesystem::remove_all(at(name)); }

  // Runs a shell command in this folder, which must succeed.
  void run(const std::string& command) const {
    std::string whole = "cd '" + path_ + "' && ( " + command + " ) >'" + path_ + ".log' 2>&1";
    int status = std::system(whole.c_str());
    std::ifstream log(path_ + ".log");
    std::stringstream said;
    said << log.rdbuf();
    std::filesystem::remove(path_ + ".log");
    INFO(command << "\n" << said.str());
    REQUIRE(status == 0);
  }
  void git(const std::string& arguments) const { run("git " + arguments); }
  void init() const { git("init -q -b main ."); }
  void commit_all(const std::string& message = "all") const { git("add -A && git commit -q -m " + message); }

  // The home of the whole test run: whoever writes a .gitconfig there removes it again.
  static const char* home() {
    struct Home {
      std::string path = (std::filesystem::temp_directory_path() / "tfcheck-home-XXXXXX").string();
      Home() {
        if (!::mkdtemp(path.data()) || ::chmod(path.c_str(), 0755) != 0) std::abort();
      }
      ~Home() { std::filesystem::remove_all(path); }
    };
    static const Home made;
    return made.path.c_str();
  }

 private:
  // libgit2 looks for a home once, so this comes before its first use. The configuration is a file that is not there
  // and not /dev/null: git would rename over a device that root asks it to write.
  static void isolate() {
    static const std::string none = std::string(home()) + "/no-configuration";
    for (const char* name : {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
                             "GIT_COMMON_DIR", "XDG_CONFIG_HOME"}) {
      ::unsetenv(name);
    }
    for (auto [name, value] :
         {std::pair("HOME", home()), std::pair("GIT_CONFIG_GLOBAL", none.c_str()),
          std::pair("GIT_CONFIG_SYSTEM", none.c_str()), std::pair("GIT_AUTHOR_NAME", "Ann"),
          std::pair("GIT_AUTHOR_EMAIL", "ann@example.org"), std::pair("GIT_COMMITTER_NAME", "Ann"),
          std::pair("GIT_COMMITTER_EMAIL", "ann@example.org"), std::pair("GIT_CONFIG_COUNT", "1"),
          std::pair("GIT_CONFIG_KEY_0", "protocol.file.allow"), std::pair("GIT_CONFIG_VALUE_0", "always")}) {
      ::setenv(name, value, 1);
    }
  }

  std::string path_;
};

// Acts as an ordinary user who owns nothing until the end of a scope, when root runs the tests.
class OrdinaryUser {
 public:
  OrdinaryUser() : user_(::geteuid()) {
    if (user_ == 0) REQUIRE(::seteuid(65534) == 0);
  }
  OrdinaryUser(const OrdinaryUser&) = delete;
  OrdinaryUser& operator=(const OrdinaryUser&) = delete;
  ~OrdinaryUser() {
    if (::seteuid(user_) != 0) std::abort();
  }

 private:
  uid_t user_;
};

// Sets an environment variable until the end of a scope.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const std::string& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;
  ~ScopedVariable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

}  // namespace tfcheck
