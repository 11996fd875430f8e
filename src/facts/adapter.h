// An adapter turns the text of one language or configuration format into facts. Each lives in its own folder
// (languages/<l>/, formats/<f>/), and the lists of them are made from the folders; nothing else knows it exists.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "facts/file_facts.h"

namespace tfcheck {

// One file as an adapter sees it: path relative to the audit's root, text decoded to UTF-8 (at most a few MB).
struct SourceFile {
  std::string_view path;
  std::string_view text;
  bool embedded = false;  // it stands in another file as a text: no files are looked for in it
};

enum class AdapterKind : uint8_t {
  Code,    // parsed only when the literal pass finds words that a rule needs
  Config,  // always parsed: a deploy's configuration is small
};

// What the files of a format tell of a deploy; bits of Format::tells.
namespace tells {
enum : uint32_t {
  Deploy = 1u << 0,       // how processes of the app are started, or what they are built into
  Release = 1u << 1,      // which release of the app runs
  Environment = 1u << 2,  // the environment that a release gets: a secret there is baked into a build or a manifest
  Address = 1u << 3,      // where services are: an address there is config that the deploy provides
  Version = 1u << 4,      // the version of a runtime or a service
  Ci = 1u << 5,           // what continuous integration does
  OthersStart = 1u << 6,  // a start command that deploys replace as they like: an image's own, a manifest's arguments
};
}  // namespace tells

// A format or dialect: a name that facts.format() may get, and what everybody but its adapter asks of it.
struct Format {
  std::string_view name;
  std::string_view example;     // what a file of it is called where nothing else is said: "docker-compose.yml"
  std::string_view alias = {};  // that the fence of a page may use, too
  uint32_t tells = 0;           // bits of tells::
};

struct Adapter {
  std::string_view name;  // "python", "dockerfile": what rules call it and `tfcheck files` prints
  AdapterKind kind = AdapterKind::Code;
  uint32_t version = 1;  // raised with every change of the facts: part of the cache key
  // File names that belong to it, as path globs ("*.py", "Dockerfile", "Dockerfile.*", ".github/workflows/*.yml"). The
  // adapter whose pattern is most specific wins: an exact name, then the longest glob.
  std::span<const std::string_view> patterns;
  // Programs of a `#!` line that mark a file without a telling name ("python", "bash").
  std::span<const std::string_view> interpreters = {};
  // Names of its files that test others ("*_test.go").
  std::span<const std::string_view> test_files = {};
  // Fills the empty `facts`, under the work that `facts.parsing()` allows; callers use extract_facts(). Never throws,
  // never recurses deeper than its own limit; what cannot be understood is left out, and a notice says so when a whole
  // file is lost.
  void (*extract)(const SourceFile& file, FileFacts& facts) = nullptr;
  // Writes only the Import facts, by a line scan without a parse; null where imports mean nothing.
  void (*scan_imports)(const SourceFile& file, FileFacts& facts) = nullptr;
  // Code only: words of which a file that reads the environment contains at least one ("getenv", "environ").
  std::span<const std::string_view> environment_words = {};
  // Code only: calls that hand a command to the system, two lists of qualified names.
  std::span<const std::string_view> command_calls = {}, more_command_calls = {};
  // What facts.format() may be; the adapter's own name is among them.
  std::span<const Format> formats = {};
};

// The adapter's format of that name; null when no file of the adapter can have it.
const Format* find_format(const Adapter& adapter, std::string_view name);
// The facts of one file, under the limits that its size sets; sealed.
FileFacts extract_facts(const Adapter& adapter, const SourceFile& file);

}  // namespace tfcheck
