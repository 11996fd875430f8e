#include "formats/versionfile/versionfile.h"

#include <array>

#include "base/lines.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

std::string_view runtime_of(std::string_view name) {
  if (name == ".nvmrc") return "node";
  if (name == "rust-toolchain") return "rust";
  // ".ruby-version"
  return name.starts_with('.') && name.ends_with("-version") ? name.substr(1, name.size() - 9) : std::string_view{};
}

std::string_view common_name(std::string_view runtime) {
  if (runtime == "nodejs") return "node";
  return runtime == "golang" ? "go" : runtime;
}

// "v18.1" and "ruby-3.1.2" without what repeats the runtime.
std::string_view bare_version(std::string_view runtime, std::string_view text) {
  if (text.starts_with(runtime) && text.substr(runtime.size()).starts_with('-')) text.remove_prefix(runtime.size() + 1);
  bool letter = text.size() > 1 && text[0] == 'v' && text[1] >= '0' && text[1] <= '9';
  return letter ? text.substr(1) : text;
}

void add_version(FileFacts& facts, std::string_view file, std::string_view runtime, std::string_view version) {
  version = bare_version(runtime, version);
  if (runtime.empty() || version.empty()) return;
  Span span = span_in(file, version);
  add_entry(facts, common_name(runtime), span, facts.string(version, span));
}

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("version-file");
  std::string_view name = base_name(file.path);
  for (Lines lines(file.text); !lines.done();) {
    std::string_view line = trim(before_first(lines.take().text, '#'));
    if (line.empty()) continue;
    size_t blank = line.find_first_of(" \t");
    if (name == ".tool-versions") {
      if (blank == std::string_view::npos) continue;
      std::string_view versions = trim(line.substr(blank));
      add_version(facts, file.text, line.substr(0, blank), versions.substr(0, versions.find_first_of(" \t")));
      continue;
    }
    std::string_view word = line.substr(0, blank);
    // runtime.txt: "python-3.9.1"
    std::string_view runtime =
        name == "runtime.txt" && word.find('-') != std::string_view::npos ? before_first(word, '-') : runtime_of(name);
    return add_version(facts, file.text, runtime, word);
  }
}

}  // namespace

const Adapter& versionfile_adapter() {
  static constexpr std::array<std::string_view, 12> patterns = {
      ".ruby-version", ".python-version", ".nvmrc",       ".node-version",    ".tool-versions",     "runtime.txt",
      ".java-version", ".go-version",     ".php-version", ".crystal-version", ".terraform-version", "rust-toolchain"};
  static constexpr Format formats[] = {
      {.name = "version-file", .example = ".tool-versions", .tells = tells::Address | tells::Version}};
  static constexpr Adapter adapter{.name = "version-file",
                                   .kind = AdapterKind::Config,
                                   .patterns = patterns,
                                   .extract = extract,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
