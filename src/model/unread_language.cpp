#include "model/unread_language.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace tfcheck {

namespace {

struct Row {
  std::string_view extension;
  std::string_view language;
};

constexpr Row rows[] = {{"c", "c"},
                        {"h", "c"},
                        {"cc", "c++"},
                        {"cpp", "c++"},
                        {"cxx", "c++"},
                        {"hh", "c++"},
                        {"hpp", "c++"},
                        {"hxx", "c++"},
                        {"clj", "clojure"},
                        {"cljc", "clojure"},
                        {"cob", "cobol"},
                        {"cbl", "cobol"},
                        {"cr", "crystal"},

                        {"dart", "dart"},
                        {"ex", "elixir"},
                        {"exs", "elixir"},
                        {"erl", "erlang"},
                        {"f90", "fortran"},
                        {"fs", "f#"},
                        {"fsx", "f#"},
                        {"groovy", "groovy"},
                        {"hs", "haskell"},
                        {"jl", "julia"},
                        {"kt", "kotlin"},
                        {"kts", "kotlin"},
                        {"lua", "lua"},
                        {"mm", "objective-c"},
                        {"ml", "ocaml"},
                        {"nim", "nim"},
                        {"pas", "pascal"},
                        {"pl", "perl"},
                        {"pm", "perl"},
                        {"ps1", "powershell"},
                        {"psm1", "powershell"},
                        {"r", "r"},
                        {"rkt", "racket"},
                        {"rs", "rust"},
                        {"scala", "scala"},
                        {"swift", "swift"},
                        {"tcl", "tcl"},
                        {"vb", "vb"},
                        {"coffee", "coffeescript"},
                        {"zig", "zig"}};

}  // namespace

std::string_view unread_language(std::string_view path) {
  std::string_view name = base_name(path);
  // Gradle's builds are written in Kotlin and are no source of the app.
  if (name.ends_with(".gradle.kts")) return {};
  std::string extension = lower(after_last(name, '.'));
  auto found =
      std::find_if(std::begin(rows), std::end(rows), [&](const Row& row) { return row.extension == extension; });
  return found == std::end(rows) || extension.empty() ? std::string_view{} : found->language;
}

}  // namespace tfcheck
