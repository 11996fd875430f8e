// A list of languages and formats of this program's own, linked in the place of those that the build makes from the
// folders of src/: whatever stands in a list is audited, and nothing below src/ knows it.
#include <catch2/catch.hpp>

#include "formats/registry.h"
#include "formats/tree_entries/dialect.h"
#include "languages/registry.h"
#include "registry/toy.h"
#include "support/memory_audit.h"
#include "support/rule_files.h"

namespace tfcheck {

std::span<const Adapter* const> code_adapters() {
  static const Adapter* const adapters[] = {&toy_adapter()};
  return adapters;
}

std::span<const Adapter* const> format_adapters() {
  static const Adapter* const adapters[] = {&toy_settings_adapter()};
  return adapters;
}

std::span<const TreeDialect* const> tree_dialects() {
  return {};
}

}  // namespace tfcheck

using namespace tfcheck;

namespace {

constexpr std::string_view page = R"(# Toys
S.
## Why it matters
W.
## What to do
D.
```toml rule
message = "{name}"

[[match]]
call = "disk.write"
format = "toy"

[[match]]
env-read = "PORT"

[[match]]
command = { run = "rm" }

[[match]]
entry = "debug"
value = "on"
format = "toy-settings"
```
)";

std::vector<std::string> found(const TestFiles& files) {
  Result<RuleSet> rules = RuleSet::load(with_vocabulary({{"logs/toys.md", page}}), {}, {});
  INFO((rules ? std::string() : to_string(rules.error())));
  REQUIRE(rules);
  AuditResult result = audit(files, *rules);
  std::vector<std::string> lines;
  for (const Finding& finding : result.judgement.findings)
    lines.push_back(result.project.files[finding.file].path + ": " + finding.message);
  return lines;
}

}  // namespace

TEST_CASE("registry: a language and a format of a list of its own are audited") {
  std::string_view program = "import disk\nname = env.read(\"PORT\")\ndisk.write(name)\nhost.start(\"rm -r x\")\n";
  CHECK(found({{"app.toy", std::string(program)}, {"deploy.toys", "debug is on\n"}}) ==
        std::vector<std::string>{"app.toy: PORT", "app.toy: disk.write", "app.toy: rm", "deploy.toys: debug"});
}

TEST_CASE("registry: files are known by name, by their first line, and as tests") {
  CHECK(found({{"bin/job", "#!/usr/bin/toyrun\ndisk.write(\"x\")\n"}}) ==
        std::vector<std::string>{"bin/job: disk.write"});
  CHECK(found({{"app_check.toy", "disk.write(\"x\")\n"}}).empty());
  CHECK(found({{"app.py", "disk.write(\"x\")\n"}}).empty());
}
