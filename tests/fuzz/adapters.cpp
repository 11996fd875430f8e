// Every language and format: text → facts, under the limits of the program.
#include "formats/adapters.h"
#include "base/text.h"
#include "fuzz/harness.h"

namespace tfcheck::fuzz {

namespace {

constexpr size_t largest = size_t{1} << 20;

// A path that the pattern matches: "*.py" → "a.py", "**/config/*.yml" → "x/config/a.yml".
std::string path_for(std::string_view pattern) {
  std::string path;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.substr(i).starts_with("**/")) {
      path += "x/";
      i += 2;
    } else {
      path += pattern[i] == '*' || pattern[i] == '?' ? 'a' : pattern[i];
    }
  }
  return path;
}

void check_value(const Value& value, size_t size, int depth = 0) {
  expect(value.span.begin <= value.span.end && value.span.end <= size, "a value's span lies in its text");
  if (depth > 50) return;
  for (const Arg& item : value.items()) check_value(item.value, size, depth + 1);
}

void run_adapter(const Adapter& adapter, std::string_view bytes) {
  std::string text;
  if (bytes.size() > largest || !decode_text(bytes, text)) return;
  // A format's files differ by their paths: the input's length picks one.
  std::string path =
      adapter.patterns.empty() ? "a" : path_for(adapter.patterns[bytes.size() % adapter.patterns.size()]);
  FileFacts facts = extract_facts(adapter, {path, text});
  expect(facts.parsing().spent <= facts.parsing().limit, "parsing stays in its limit");
  for (const Fact& fact : facts.facts()) {
    expect(fact.span.begin <= fact.span.end && fact.span.end <= text.size(), "a fact's span lies in its text");
    check_value(fact.value, text.size());
    for (const Arg& arg : fact.args()) check_value(arg.value, text.size());
    to_string(fact);
  }
  if (!adapter.scan_imports) return;
  FileFacts imports;
  adapter.scan_imports({path, text}, imports);
}

}  // namespace

std::vector<Harness> adapter_harnesses() {
  std::vector<Harness> all;
  for (const Adapter* adapter : all_adapters()) {
    all.push_back({std::string(adapter->name), [adapter](std::string_view bytes) { run_adapter(*adapter, bytes); }});
  }
  return all;
}

}  // namespace tfcheck::fuzz
