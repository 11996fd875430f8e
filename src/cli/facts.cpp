// `tfcheck facts FILE`: what the adapters see, one fact a line: place, fact, scope and flags.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/user_files.h"
#include "engine/adapters.h"
#include "engine/message.h"
#include "engine/prefilter.h"
#include "report/secrets.h"

namespace tfcheck {

namespace {

// What an audit reads of a file.
constexpr size_t most_bytes = size_t{8} << 20;

// Values that this listing must not show: of names that mean a secret, and what the text patterns recognise.
void collect(std::string_view name, const Value& value, std::span<const WordSet* const> names, SecretTexts& secrets) {
  std::string last = snake_case(name.substr(name.rfind('.') + 1));
  bool secret = std::any_of(names.begin(), names.end(), [&](const WordSet* set) { return set && set->contains(last); });
  if (value.is(ValueKind::String) && secret) secrets.add(value.text);
  for (const Arg& item : value.items()) collect(item.name.empty() ? name : item.name, item.value, names, secrets);
}

SecretTexts secrets_of(const FileFacts& facts, std::string_view text, const RuleSet& rules,
                       Prefilter::Scanner& scanner) {
  SecretTexts secrets(4);
  const Vocabulary& words = rules.vocabulary();
  const WordSet* names[] = {words.find("password-name"), words.find("signing-name"), words.find("credential-name")};
  for (const Fact& fact : facts.facts()) {
    collect(fact.name, fact.value, names, secrets);
    for (const Arg& arg : fact.args()) collect(arg.name, arg.value, names, secrets);
  }
  for (const TextHit& hit : scanner.scan(text, nullptr, {}).hits)
    secrets.add(text.substr(hit.span.begin, hit.span.end - hit.span.begin));
  return secrets;
}

}  // namespace

int run_facts(const Options& options) {
  Result<RuleSet> rules = load_rules(options, {});
  if (!rules) return fail(rules.error());
  Prefilter prefilter(*rules, all_adapters());
  Prefilter::Scanner scanner(prefilter);
  AdapterIndex adapters;
  int code = exit_clean;
  std::string shown;
  for (const std::string& path : options.arguments) {
    Result<std::string> bytes = read_user_file(path, most_bytes);
    if (!bytes) {
      code = fail(bytes.error());
      continue;
    }
    std::string text;
    if (!decode_text(*bytes, text)) {
      code = fail({"not a text file", path, 0, ""});
      continue;
    }
    const Adapter* adapter = adapters.of_path(path);
    if (!adapter) adapter = adapters.of_text(path, text);
    if (!adapter) {
      code = fail({"no language or format of ours", path, 0, ""});
      continue;
    }
    FileFacts facts = extract_facts(*adapter, {path, text});
    LineIndex lines(text);
    SecretTexts secrets = secrets_of(facts, text, *rules, scanner);
    shown +=
        fmt::format("{}: {}{}\n", printable(path), facts.format(), facts.has_errors() ? " (with syntax errors)" : "");
    for (const Fact& fact : facts.facts()) {
      Place place = lines.place(fact.span.begin);
      shown += fmt::format("{}:{}: {}  [{}; {:x}]\n", place.line, place.column,
                           mask_texts(mask_credentials(to_string(fact)), secrets), printable(fact.context.scope),
                           fact.context.flags);
    }
    for (const Notice& notice : facts.notices())
      tell(fmt::format("tfcheck: notice: {}: {}\n", printable(path), notice.message));
  }
  return print_and_exit(shown, code);
}

}  // namespace tfcheck
