#include "install_command.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "base/text.h"

namespace tfcheck {

namespace {

using Words = std::vector<std::string_view>;

constexpr std::string_view unknown = "${}";  // a word that only running the command would tell

struct Manager {
  std::string_view program;
  std::span<const std::string_view> verbs;    // any of, as the first words
  std::span<const std::string_view> takes;    // options that take the next word
  std::span<const std::string_view> settles;  // options that settle the versions
  bool (*open)(std::string_view word);
};

// --- what a package's word says of its version ---

bool is_path(std::string_view word) {
  return word.starts_with('.') || word.starts_with('/') || word.starts_with('~') || word.starts_with("file:") ||
         word.ends_with(".whl") || word.ends_with(".tgz") || word.ends_with(".tar.gz") || word.ends_with(".gem") ||
         word.ends_with(".zip") || word.find('*') != std::string_view::npos;
}

bool is_unknown(std::string_view word) {
  return word.find('$') != std::string_view::npos || word.find('%') != std::string_view::npos;
}

bool has_reference(std::string_view url) {
  size_t scheme = url.find("://");
  size_t at = url.find('@', scheme == std::string_view::npos ? 0 : url.find('/', scheme + 3));
  return at != std::string_view::npos && url.substr(at + 1) != "master" && url.substr(at + 1) != "main";
}

bool pip_open(std::string_view word) {
  if (word.find("git+") != std::string_view::npos) return !has_reference(word.substr(word.find("git+")));
  if (word.find("://") != std::string_view::npos) return false;
  if (word.find("==") != std::string_view::npos || word.find("~=") != std::string_view::npos) return false;
  return word.find('<') == std::string_view::npos;
}

bool npm_open(std::string_view word) {
  if (word.find("://") != std::string_view::npos || word.find(':') != std::string_view::npos) return false;
  size_t at = word.find('@', 1);
  if (at == std::string_view::npos) return word.starts_with('@') || word.find('/') == std::string_view::npos;
  std::string_view version = word.substr(at + 1);
  return version.empty() || version == "*" || version == "latest" || version == "next";
}

bool gem_open(std::string_view word) {
  return word.find(':') == std::string_view::npos;
}

bool go_open(std::string_view word) {
  size_t at = word.find('@');
  std::string_view version = at == std::string_view::npos ? std::string_view{} : word.substr(at + 1);
  std::string_view host = before_first(word, '/');
  if (host.find('.') == std::string_view::npos || word.find("...") == 0) return false;
  return version.empty() || version == "latest" || version == "master" || version == "main";
}

bool composer_open(std::string_view word) {
  return word.find('/') != std::string_view::npos && word.find(':') == std::string_view::npos &&
         word.find('=') == std::string_view::npos;
}

bool cargo_open(std::string_view word) {
  return word.find('@') == std::string_view::npos;
}

bool pecl_open(std::string_view word) {
  return word.find('-') == std::string_view::npos;
}

bool plain_open(std::string_view) {
  return true;
}

// --- managers ---

constexpr std::string_view install[] = {"install"};
constexpr std::string_view npm_verbs[] = {"install", "i", "add"};
constexpr std::string_view add_verbs[] = {"add", "global add"};
constexpr std::string_view go_verbs[] = {"install", "get"};
constexpr std::string_view composer_verbs[] = {"require", "global require"};
constexpr std::string_view dotnet_verbs[] = {"tool install"};
constexpr std::string_view uv_verbs[] = {"pip install", "tool install"};
constexpr std::string_view pip_takes[] = {"-r",
                                          "--requirement",
                                          "-i",
                                          "--index-url",
                                          "--extra-index-url",
                                          "-f",
                                          "--find-links",
                                          "-t",
                                          "--target",
                                          "--prefix",
                                          "--root",
                                          "--trusted-host",
                                          "--proxy",
                                          "--timeout",
                                          "--default-timeout",
                                          "--retries",
                                          "--cache-dir",
                                          "-e",
                                          "--editable",
                                          "--platform",
                                          "--python-version",
                                          "--python",
                                          "--only-binary",
                                          "--no-binary",
                                          "--progress-bar",
                                          "--src",
                                          "--log",
                                          "--cert",
                                          "--upgrade-strategy",
                                          "--global-option",
                                          "--install-option",
                                          "--config-settings",
                                          "--abi",
                                          "--implementation",
                                          "--user-agent",
                                          "-p",
                                          "--spec",
                                          "--suffix",
                                          "--constraint",
                                          "-c"};
constexpr std::string_view pip_settles[] = {"-c", "--constraint", "--require-hashes"};
constexpr std::string_view npm_takes[] = {
    "--prefix",     "--registry",      "--cache",           "--cwd",   "--loglevel",    "-C", "--dir",
    "--userconfig", "--fetch-timeout", "--network-timeout", "--mutex", "--cache-folder"};
constexpr std::string_view gem_takes[] = {"--source",
                                          "-s",
                                          "--install-dir",
                                          "-i",
                                          "--bindir",
                                          "-n",
                                          "--platform",
                                          "--http-proxy",
                                          "-P",
                                          "--trust-policy",
                                          "--clear-sources"};
constexpr std::string_view gem_settles[] = {"-v", "--version", "-g", "--file"};
constexpr std::string_view go_takes[] = {"-ldflags", "-tags", "-o", "-mod", "-p", "-gcflags", "-asmflags"};
constexpr std::string_view cargo_takes[] = {"--root",    "--features",   "-F",      "--target",   "--profile",
                                            "--jobs",    "-j",           "--bin",   "--registry", "--index",
                                            "--example", "--target-dir", "--color", "--config"};
constexpr std::string_view cargo_settles[] = {"--path", "--version", "--vers", "--tag", "--rev"};
constexpr std::string_view dotnet_takes[] = {"--add-source", "--tool-path", "--configfile",
                                             "--framework",  "--verbosity", "-v"};
constexpr std::string_view dotnet_settles[] = {"--version"};

constexpr Manager managers[] = {
    {"pip", install, pip_takes, pip_settles, pip_open},
    {"pip3", install, pip_takes, pip_settles, pip_open},
    {"pip2", install, pip_takes, pip_settles, pip_open},
    {"pip3.*", install, pip_takes, pip_settles, pip_open},
    {"pipx", install, pip_takes, pip_settles, pip_open},
    {"uv", uv_verbs, pip_takes, pip_settles, pip_open},
    {"easy_install", {}, {}, {}, pip_open},
    {"npm", npm_verbs, npm_takes, {}, npm_open},
    {"pnpm", npm_verbs, npm_takes, {}, npm_open},
    {"yarn", add_verbs, npm_takes, {}, npm_open},
    {"bun", npm_verbs, npm_takes, {}, npm_open},
    {"gem", install, gem_takes, gem_settles, gem_open},
    {"go", go_verbs, go_takes, {}, go_open},
    {"composer", composer_verbs, {}, {}, composer_open},
    {"cargo", install, cargo_takes, cargo_settles, cargo_open},
    {"pecl", install, {}, {}, pecl_open},
    {"dotnet", dotnet_verbs, dotnet_takes, dotnet_settles, plain_open},
};

Words words_of(const Fact& command) {
  Words words;
  for (const Arg& arg : command.args()) {
    if (!arg.name.empty()) continue;
    bool literal = arg.value.is_literal() || arg.value.is(ValueKind::Template);
    words.push_back(literal ? arg.value.text : unknown);
  }
  return words;
}

bool contains(std::span<const std::string_view> set, std::string_view word) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

// Where the words behind the verb begin; 0 when the command is not that one.
size_t behind_verb(const Words& words, std::span<const std::string_view> verbs) {
  size_t first = 0;
  while (first < words.size() && words[first].starts_with('-')) ++first;  // `npm --quiet install`
  for (std::string_view verb : verbs) {
    std::vector<std::string_view> parts = split_words(verb);
    if (words.size() < first + parts.size()) continue;
    if (std::equal(parts.begin(), parts.end(), words.begin() + static_cast<std::ptrdiff_t>(first)))
      return first + parts.size();
  }
  return 0;
}

std::vector<std::string> open_packages(const Manager& manager, const Words& words, size_t at) {
  std::vector<std::string> open;
  for (; at < words.size(); ++at) {
    std::string_view word = words[at];
    std::string_view option = before_first(word, '=');
    if (word.starts_with('-')) {
      if (contains(manager.settles, option)) return {};
      if (contains(manager.takes, word)) ++at;
      continue;
    }
    if (word.empty() || is_path(word) || is_unknown(word) || !manager.open(word)) continue;
    open.emplace_back(word);
  }
  return open;
}

}  // namespace

std::vector<std::string> open_installs(const Fact& command) {
  Words words = words_of(command);
  std::string_view program = command.name;
  if (program.starts_with("python") && words.size() > 1 && words[0] == "-m") {
    program = words[1];
    words.erase(words.begin(), words.begin() + 2);
  }
  for (const Manager& manager : managers) {
    if (!glob_match(manager.program, program, '\0')) continue;
    if (manager.verbs.empty()) return open_packages(manager, words, 0);
    if (size_t at = behind_verb(words, manager.verbs)) return open_packages(manager, words, at);
  }
  return {};
}

}  // namespace tfcheck
