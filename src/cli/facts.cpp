// `tfcheck facts FILE`: what the adapters see, one fact a line: place, fact, scope and flags.
#include <fmt/format.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "formats/adapters.h"
#include "masking/sensitive_facts.h"
#include "model/words.h"
#include "report/audit_sources.h"
#include "report/masking.h"
#include "session/session.h"
#include "session/user_files.h"

namespace tfcheck {

namespace {

// What an audit reads of a file.
constexpr size_t most_bytes = size_t{8} << 20;

// The facts of a file, and what the text patterns recognise in it, masked.
std::string shown_facts(const std::string& path, std::string_view text, const FileFacts& facts, const Adapter& adapter,
                        const MaskWords& words, Prefilter::Scanner& scanner) {
  std::vector<Span> hits;
  for (const TextHit& hit : scanner.scan(text, nullptr, {}).hits) hits.push_back(hit.span);
  Sources sources;
  sources.words = &words;
  sources.files = 1;
  sources.text = [&](uint32_t) { return std::string(text); };
  sources.secrets = [&](uint32_t) { return std::span<const Span>(hits); };
  sources.facts = [&](uint32_t) { return &facts; };
  sources.kind = [&](uint32_t) { return text_kind(&adapter); };
  OpenFiles files(sources);
  Masker masker(sources, files, {});
  FactWriter writer(words, facts, text);
  LineIndex lines(text);
  std::string shown =
      fmt::format("{}: {}{}\n", printable(path), facts.format(), facts.has_errors() ? " (with syntax errors)" : "");
  for (size_t i = 0; i < facts.facts().size(); ++i) {
    const Fact& fact = facts.facts()[i];
    Place place = lines.place(fact.span.begin);
    shown += fmt::format("{}:{}: {}{}\n", place.line, place.column, masker.words(writer.write(i), 0),
                         masker.words(context_of(fact), 0));
  }
  for (const Notice& notice : facts.notices())
    tell(fmt::format("tfcheck: notice: {}: {}\n", printable(path), masker.words(notice.message, 0)));
  return shown;
}

}  // namespace

int run_facts(const Options& options) {
  Result<RuleSet> rules = load_rules(options.setup.packs);
  if (!rules) return fail(rules.error());
  Session session(std::move(*rules));
  Prefilter::Scanner scanner(session.prefilter());
  AdapterIndex adapters;
  int code = exit_clean;
  std::string shown;
  for (const std::string& path : options.arguments) {
    Result<std::string> bytes = read_user_file(path, most_bytes);
    if (!bytes) {
      code = fail(bytes.error());
      continue;
    }
    const Adapter* adapter = adapters.of_path(path);
    std::string text;
    if (!decode_text(*bytes, text, adapter ? Expect::Text : Expect::Anything)) {
      code = fail({"not a text file", path, 0, ""});
      continue;
    }
    if (!adapter) adapter = adapters.of_text(path, text);
    if (!adapter) {
      code = fail({"no language or format of ours", path, 0, ""});
      continue;
    }
    shown += shown_facts(path, text, extract_facts(*adapter, {path, text}), *adapter, session.rules().words().masking,
                         scanner);
  }
  return print_and_exit(shown, code);
}

}  // namespace tfcheck
