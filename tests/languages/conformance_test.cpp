// One program, written once per language, must say the same facts in every language: adapters cannot drift apart.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.h"
#include "languages/registry.h"

using namespace tfcheck;

namespace {

// A line of expected.txt that a language says otherwise, and why. Without `instead` it says nothing of the kind.
struct Difference {
  std::string_view language;
  std::string_view line;
  std::string_view instead;
  std::string_view reason;
};

constexpr Difference differences[] = {
    {"c", "call lib.mod.FileHandler(\"app.log\")", "call lib_mod_FileHandler(\"app.log\")", "C has no modules"},
    {"c", "call lib.App.run(8080)", "call lib_App_run(App(), 8080)", "C has no objects"},
    {"c", "assign greeting = template", "", "C joins texts in buffers"},
    {"c", "call lib.mod.Base()  in Server  [annotation]", "", "C has no classes"},
    {"c", "assign retries = 3", "assign server.retries = 3", "C has no classes"},
    {"c", "call listen(3)  in Server.start", "call listen(Server.retries)  in Server_start", "C has no classes"},
    {"c", "call route(\"/orders\")  in Server.start  [function annotation]", "", "C has no annotations"},
    {"c", "branch if = ==(env(APP_ENV), \"development\")", "branch if = ==(!=(env(APP_ENV), \"development\"), 0)",
     "a call compares texts"},
    {"c", "call risky()  [try]", "", "C has no exceptions"},
    {"c", "call schedule(function)", "call schedule(in_lambda)", "C has no functions in functions"},
    {"c", "call in_lambda()  [function]", "", "C has no functions in functions"},
    {"c", "call tell(template\"started on ${PORT}\")", "call tell(\"started on %s\", env(PORT, \"8080\"))",
     "C joins texts in buffers"},
    {"c", "call lib.Query.where.sort.limit.page.join.group.having.tag.lock.cache.trace.first(\"g\")", "",
     "C has no objects"},
    {"c++", "branch if = ==(env(APP_ENV), \"development\")", "branch if = ==(!=(env(APP_ENV), \"development\"), 0)",
     "a call compares texts"},
    {"elixir", "call route(\"/orders\")  in Server.start  [function annotation]", "", "Elixir has no annotations"},
    {"go", "assign retries = 3", "assign s.retries = 3", "a receiver is a parameter: its fields are not followed"},
    {"go", "call listen(3)  in Server.start", "call listen(Server.retries)  in Server.start",
     "a receiver is a parameter: its fields are not followed"},
    {"go", "call route(\"/orders\")  in Server.start  [function annotation]", "", "Go has no annotations"},
    {"go", "call lib.mod.Base()  in Server  [annotation]", "", "a struct embeds, it extends nothing"},
    {"go", "call risky()  [try]", "", "Go has no exceptions"},
    {"ruby", "call route(\"/orders\")  in Server.start  [function annotation]", "", "Ruby has no annotations"},
    {"rust", "call risky()  [try]", "", "Rust has no exceptions"},
    {"shell", "call lib.mod.FileHandler(\"app.log\")", "", "the shell has no objects"},
    {"shell", "call lib.App.run(8080)", "", "the shell has no objects"},
    {"shell", "call connect(\"db.internal\", 5432)", "command connect (\"db.internal\", \"5432\")",
     "calls are commands"},
    {"shell", "call open_log(\"app.log\")", "command open_log (\"app.log\")", "calls are commands"},
    {"shell", "entry settings.handlers.file.path = \"app.log\"", "", "the shell has no maps of maps"},
    {"shell", "call lib.mod.Base()  in Server  [annotation]", "", "the shell has no classes"},
    {"shell", "assign retries = 3", "", "the shell has no classes"},
    {"shell", "call listen(3)  in Server.start", "", "the shell has no classes"},
    {"shell", "call route(\"/orders\")  in Server.start  [function annotation]", "", "the shell has no annotations"},
    {"shell", "branch if = ==(env(APP_ENV), \"development\")",
     "branch if = \"[ \"$APP_ENV\" = development ]\" (env(APP_ENV), \"=\", \"development\")", "a test is a command"},
    {"shell", "call only_in_development()  [condition dev-guard]", "command only_in_development  [condition dev-guard]",
     "calls are commands"},
    {"shell", "call risky()  [try]", "", "the shell has no exceptions"},
    {"shell", "call each_item(item)  [loop]", "command each_item (item)  [loop]", "calls are commands"},
    {"shell", "call schedule(function)", "", "the shell has no functions as values"},
    {"shell", "call in_lambda()  [function]", "", "the shell has no functions as values"},
    {"shell", "call tell(template\"started on ${PORT}\")", "command tell (template\"started on ${port}\")",
     "calls are commands, and a text keeps the names of variables"},
    {"shell", "call lib.Query.where.sort.limit.page.join.group.having.tag.lock.cache.trace.first(\"g\")", "",
     "the shell has no objects"},
    {"shell", "call inside_loop()  [loop loop-forever]", "command inside_loop  [loop loop-forever]",
     "calls are commands"},
};

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Languages differ in how they write a name: `Lib::App.new` is lib.App. Names are compared without case, and without
// the method that makes an object.
std::string comparable(std::string_view line) {
  size_t end = line.starts_with("env-read") ? 0 : std::min(line.find_first_of("(="), line.size());
  std::string out = lower(line.substr(0, end)).append(line.substr(end));
  if (size_t made = out.find(".new("); made != std::string::npos) out.erase(made, 4);
  return out;
}

// A line as `tfcheck facts` prints it, in its parts.
struct FactLine {
  std::string fact;
  std::string scope;
  std::vector<std::string_view> flags;

  explicit FactLine(std::string_view line) {
    size_t flags_at = line.ends_with(']') ? line.rfind("  [") : std::string_view::npos;
    if (flags_at != std::string_view::npos) {
      flags = split_words(line.substr(flags_at + 3, line.size() - flags_at - 4));
      line = line.substr(0, flags_at);
    }
    if (size_t in = line.rfind("  in "); in != std::string_view::npos) {
      scope = lower(line.substr(in + 5));
      line = line.substr(0, in);
    }
    fact = comparable(line);
  }

  // Whether this fact is the one that is wanted: begins like it, in its scope, with its flags.
  bool says(const FactLine& wanted) const {
    return fact.starts_with(wanted.fact) && scope.ends_with(wanted.scope) &&
           std::all_of(wanted.flags.begin(), wanted.flags.end(), [&](std::string_view flag) {
             return std::find(flags.begin(), flags.end(), flag) != flags.end();
           });
  }
};

std::filesystem::path program_of(const Adapter& adapter, const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    for (std::string_view pattern : adapter.patterns) {
      if (glob_match(pattern, entry.path().filename().string(), '/')) return entry.path();
    }
  }
  return {};
}

const Difference* difference(std::string_view language, std::string_view line) {
  for (const Difference& one : differences) {
    if (one.language == language && one.line == line) return &one;
  }
  return nullptr;
}

// Checks the program of one language against the lines.
void check_language(const Adapter& adapter, std::string_view path, std::string_view text, std::string_view expected) {
  FileFacts facts;
  adapter.extract({path, text}, facts);
  CHECK_FALSE(facts.has_errors());
  std::vector<std::string> lines;
  for (const Fact& fact : facts.facts()) lines.push_back(to_string(fact) + to_string(fact.context));
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  INFO(all);
  auto said = [&](std::string_view wanted) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& line) { return FactLine(line).says(FactLine(wanted)); });
  };
  for (std::string_view wanted : split(expected, '\n')) {
    if (wanted.empty() || wanted.starts_with('#')) continue;
    const Difference* other = difference(adapter.name, wanted);
    INFO(wanted << (other ? ": " : "") << (other ? other->reason : ""));
    CHECK(said(wanted) == !other);
    if (other && !other->instead.empty()) CHECK(said(other->instead));
  }
  CHECK(all.find("commented") == std::string::npos);
}

}  // namespace

TEST_CASE("every language says the same of the conformance program") {
  std::filesystem::path folder = std::filesystem::path(std::getenv("TFCHECK_SOURCE")) / "tests/languages/conformance";
  std::string expected = read(folder / "expected.txt");
  REQUIRE_FALSE(expected.empty());
  std::set<std::string_view> languages;
  for (const Adapter* adapter : code_adapters()) {
    languages.insert(adapter->name);
    std::filesystem::path program = program_of(*adapter, folder);
    INFO(adapter->name);
    REQUIRE_FALSE(program.empty());
    check_language(*adapter, program.filename().string(), read(program), expected);
  }
  for (const Difference& one : differences) {
    INFO(one.language << ": " << one.line);
    CHECK(languages.contains(one.language));
    CHECK(("\n" + expected).find("\n" + std::string(one.line) + "\n") != std::string::npos);
  }
}
