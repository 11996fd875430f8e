#include <algorithm>

#include "base/text.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view names[] = {"*.lock",
                                      "package-lock.json",
                                      "npm-shrinkwrap.json",
                                      "pnpm-lock.yaml",
                                      "packages.lock.json",
                                      ".package-lock.json",
                                      "project.assets.json",
                                      "conda-lock.yml"};

}  // namespace

bool is_lock_file(std::string_view path) {
  std::string_view base = base_name(path);
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view pattern) { return glob_match(pattern, base, '/'); });
}

const TreeDialect& lock_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "lock", .example = "package-lock.json", .tells = tells::Address},
      .paths = names,
      .data = true,
  };
  return dialect;
}

}  // namespace tfcheck
