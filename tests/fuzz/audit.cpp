// The whole way from a small tree to a report, all rules included.
#include "base/text.h"
#include "fuzz/harness.h"
#include "fuzz/rule_set.h"
#include "report/emit.h"
#include "session/load.h"
#include "session/session.h"
#include "support/memory_audit.h"

namespace tfcheck::fuzz {

namespace {

const Session& session() {
  static const Session one = [] {
    Result<RuleSet> loaded = load_rules({});
    expect(static_cast<bool>(loaded), "the built-in rules load");
    return Session(std::move(*loaded));
  }();
  return one;
}

}  // namespace

const RuleSet& rules() {
  return session().rules();
}

namespace {

// An input is files one behind the other, each headed by a line "=== path".
TestFiles files_of(std::string_view bytes) {
  TestFiles files;
  constexpr std::string_view head = "=== ";
  while (files.size() < 8 && bytes.starts_with(head)) {
    auto [name, rest] = split_input(bytes.substr(head.size()));
    size_t next = rest.starts_with(head) ? 0 : rest.find("\n=== ");
    std::string path = join_path("", name.substr(0, 100));
    bool usable = !path.empty() && path.find('\0') == std::string::npos && !path.starts_with(".git");
    if (usable) files.emplace_back(path, rest.substr(0, next));
    bytes = next == std::string_view::npos ? std::string_view{} : rest.substr(next == 0 ? 0 : next + 1);
  }
  return files;
}

void run_audit_of(std::string_view bytes) {
  TestFiles files = files_of(bytes);
  if (files.empty()) return;
  Report report = session().report(file_set(files));
  emit_text(report, {});
  emit_json(report, {});
  emit_sarif(report);
}

}  // namespace

std::vector<Harness> audit_harnesses() {
  return {{"audit", run_audit_of}};
}

}  // namespace tfcheck::fuzz
