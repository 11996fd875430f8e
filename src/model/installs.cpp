#include "model/installs.h"

#include <algorithm>
#include <deque>

#include "base/text.h"

namespace tfcheck {

namespace {

using Words = std::vector<std::string_view>;

constexpr std::string_view unknown = "${}";  // a word that only running the command would tell

// --- what a package's word says of its version ---

bool is_path(std::string_view word) {
  return word.starts_with('.') || word.starts_with('/') || word.starts_with('~') || word.starts_with("file:") ||
         word.ends_with(".whl") || word.ends_with(".tgz") || word.ends_with(".tar.gz") || word.ends_with(".gem") ||
         word.ends_with(".zip") || word.find('*') != std::string_view::npos;
}

// https://github.com/acme/billing/archive/main.zip: whatever the branch holds by then.
bool is_branch_archive(std::string_view word) {
  if (word.find("://") == std::string_view::npos) return false;
  for (std::string_view folder : {"/archive/", "/zipball/", "/tarball/"}) {
    size_t at = word.find(folder);
    if (at == std::string_view::npos) continue;
    std::string_view branch = word.substr(at + folder.size());
    if (branch.starts_with("refs/heads/")) return true;
    branch = branch.substr(0, branch.find_first_of("./#?"));
    return branch == "main" || branch == "master" || branch == "develop" || branch == "trunk" || branch == "HEAD";
  }
  return false;
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

bool conda_open(std::string_view word) {
  return word.find_first_of("=<>") == std::string_view::npos;
}

bool pecl_open(std::string_view word) {
  return word.find('-') == std::string_view::npos;
}

// "bitnami/redis", "oci://registry.example.org/charts/shop": of a repository; not the release in front of it.
bool chart_open(std::string_view word) {
  if (word.starts_with("oci://")) return word.find(':', word.rfind('/')) == std::string_view::npos;
  return word.find("://") == std::string_view::npos && std::count(word.begin(), word.end(), '/') == 1;
}

bool plain_open(std::string_view) {
  return true;
}

// --- managers ---

// How the packages of an ecosystem spell a version.
using Spelling = bool (*)(std::string_view word);
Spelling spelling_of(std::string_view ecosystem) {
  if (ecosystem == "pypi") return pip_open;
  if (ecosystem == "npm") return npm_open;
  if (ecosystem == "rubygems") return gem_open;
  if (ecosystem == "go") return go_open;
  if (ecosystem == "packagist") return composer_open;
  if (ecosystem == "crates" || ecosystem == "cpan") return cargo_open;
  if (ecosystem == "conda") return conda_open;
  if (ecosystem == "charts") return chart_open;
  return ecosystem == "pecl" ? pecl_open : plain_open;
}

// "shop@latest" of "shop@${VERSION}" behind `ARG VERSION=latest`; the text itself where that is not all.
std::string with_arguments(std::string_view text, std::span<const Fact> beside) {
  size_t begin = text.find("${"), end = text.find('}', std::min(begin, text.size()));
  if (end == std::string_view::npos) return std::string(text);
  std::string name = "ARG." + std::string(text.substr(begin + 2, end - begin - 2));
  for (const Fact& fact : beside) {
    if (fact.kind == FactKind::Entry && fact.name == name && fact.value.is(ValueKind::String))
      return std::string(text.substr(0, begin)).append(fact.value.text).append(text.substr(end + 1));
  }
  return std::string(text);
}

Words words_of(const Fact& command) {
  Words words;
  for (const Arg& arg : command.args()) {
    if (!arg.name.empty()) continue;
    bool literal = arg.value.is_literal() || arg.value.is(ValueKind::Template);
    words.push_back(literal ? arg.value.text : unknown);
  }
  return words;
}

bool contains(std::span<const std::string> set, std::string_view word) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

}  // namespace

InstallCommands::InstallCommands(const ProjectView& view) {
  const WordTable &managers = view.table("manager"), &ecosystems = view.table("ecosystem");
  size_t program = managers.column("program"), ecosystem = managers.column("ecosystem");
  size_t install = managers.column("install"), takes = ecosystems.column("takes");
  size_t settles = ecosystems.column("settles"), switches = ecosystems.column("switches");
  for (const WordTable::Row& row : managers.rows()) {
    if (row.all(install).empty()) continue;
    Manager& made = managers_.emplace_back();
    made = {row.all(program), row.all(install), {}, {}, {}, spelling_of(row.one(ecosystem))};
    const WordTable::Row* found = ecosystems.find(row.one(ecosystem));
    if (!found) continue;
    made.takes = found->all(takes), made.settles = found->all(settles);
    made.switches = WordSet("switches", ecosystems.file(), found->cells[switches], false);
  }
}

// How many words an option stands for. One of which nothing is known may take the next: that word is no package then.
size_t InstallCommands::words_of_option(const Manager& manager, std::string_view option) {
  if (contains(manager.takes, option)) return 2;
  // -ihttps://…: the word is in the option.
  bool joined = option.size() > 2 && option[1] != '-' && contains(manager.takes, option.substr(0, 2));
  if (joined) return 1;
  bool alone = option.find('=') != std::string_view::npos || manager.switches.contains(option) ||
               manager.switches.patterns().empty();
  return alone ? 1 : 2;
}

std::vector<std::string> InstallCommands::open_packages(const Manager& manager,
                                                        std::span<const std::string_view> words) {
  std::vector<std::string> open;
  for (size_t at = 0; at < words.size(); ++at) {
    std::string_view word = words[at];
    if (word.starts_with('-')) {
      if (contains(manager.settles, before_first(word, '='))) return {};
      bool option_follows = at + 1 < words.size() && words[at + 1].starts_with('-');
      if (!option_follows) at += words_of_option(manager, word) - 1;
      continue;
    }
    if (word.empty() || is_unknown(word)) continue;
    if (!is_branch_archive(word) && (is_path(word) || !manager.open(word))) continue;
    open.emplace_back(word);
  }
  return open;
}

std::string_view InstallCommands::listed_ranges(const Fact& command) {
  Words words = words_of(command);
  auto asks = [](std::string_view word) { return word == "-r" || word == "--requirement" || word == "--requirements"; };
  for (size_t at = 0; at + 1 < words.size(); ++at) {
    std::string_view list = words[at + 1];
    if (asks(words[at]) && (base_name(list) == "pyproject.toml" || base_name(list) == "setup.cfg")) return list;
  }
  return {};
}

std::vector<std::string> InstallCommands::open_packages(const Fact& command, std::span<const Fact> beside) const {
  Words words = words_of(command);
  std::deque<std::string> filled;
  for (std::string_view& word : words) {
    if (!beside.empty() && word.find("@${") != std::string_view::npos)
      word = filled.emplace_back(with_arguments(word, beside));
  }
  std::string_view program = command.name;
  if (program.starts_with("python") && words.size() > 1 && words[0] == "-m") {
    program = words[1];
    words.erase(words.begin(), words.begin() + 2);
  }
  for (const Manager& manager : managers_) {
    if (std::none_of(manager.programs.begin(), manager.programs.end(),
                     [&](const std::string& glob) { return glob_match(glob, program, '\0'); }))
      continue;
    std::span<const std::string_view> rest = words;
    // `npm --prefix web install`
    while (!rest.empty() && rest[0].starts_with('-'))
      rest = rest.subspan(contains(manager.takes, rest[0]) ? std::min<size_t>(rest.size(), 2) : 1);
    for (std::string_view verb : manager.verbs) {
      Words parts = split_words(verb);
      if (rest.size() >= parts.size() && std::equal(parts.begin(), parts.end(), rest.begin()))
        return open_packages(manager, rest.subspan(parts.size()));
    }
  }
  return {};
}

}  // namespace tfcheck
