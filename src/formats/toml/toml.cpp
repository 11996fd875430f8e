#include "formats/toml/toml.h"

#include <array>

#include "base/text.h"
#include "formats/toml/toml_dependencies.h"
#include "formats/toml/toml_reader.h"

namespace tfcheck {

namespace {

bool is_lock(std::string_view name) {
  return name.ends_with(".lock");
}

void extract(const SourceFile& file, FileFacts& facts) {
  std::string_view name = base_name(file.path);
  if (is_lock(name)) return facts.set_format("lock");
  read_toml(file.text, facts);
  if (name == "pyproject.toml") {
    facts.set_format("pyproject");
    add_pyproject_dependencies(facts);
  } else if (name == "Cargo.toml") {
    facts.set_format("cargo");
    add_cargo_dependencies(facts);
  } else if (name == "Pipfile") {
    facts.set_format("pipfile");
    add_pipfile_dependencies(facts);
  } else {
    facts.set_format("toml");
  }
}

}  // namespace

const Adapter& toml_adapter() {
  static constexpr std::array<std::string_view, 7> patterns = {"*.toml",     "Pipfile",  "uv.lock",       "poetry.lock",
                                                               "Cargo.lock", "pdm.lock", "*.toml.example"};
  static constexpr Format formats[] = {{.name = "toml", .example = "config.toml"},
                                       {.name = "pyproject", .example = "pyproject.toml", .tells = tells::Address},
                                       {.name = "cargo", .example = "Cargo.toml", .tells = tells::Address},
                                       {.name = "pipfile", .example = "Pipfile", .tells = tells::Address},
                                       {.name = "lock", .example = "poetry.lock", .tells = tells::Address}};
  static constexpr Adapter adapter{
      .name = "toml", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
