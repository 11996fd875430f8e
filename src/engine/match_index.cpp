#include "engine/match_index.h"

#include <algorithm>
#include <iterator>

namespace tfcheck {

namespace {

bool is_plain(std::string_view text) {
  return text.find_first_of("*?") == std::string_view::npos;
}

// Where a name ends a fact is looked up by that part; the name of a program is one word.
std::string_view key_of(std::string_view name, FactKind kind) {
  return kind == FactKind::Command ? name : name.substr(name.rfind('.') + 1);
}

// The words that lead to what one of the patterns matches, none when one is led to by no word.
std::vector<std::string_view> words_of(std::span<const Pattern* const> patterns, FactKind kind) {
  std::vector<std::string_view> words;
  for (const Pattern* pattern : patterns) {
    if (pattern->set && pattern->set->ignore_case()) return {};
    std::span<const std::string> texts = pattern->set ? pattern->set->patterns() : std::span(&pattern->text, 1);
    for (const std::string& text : texts) {
      words.push_back(key_of(text, kind));
      if (!is_plain(words.back())) return {};
    }
  }
  return words;
}

// The words that lead to a test: of its names, or of the programs that it wants run.
std::vector<std::string_view> words_of(const FactTest& test) {
  std::vector<const Pattern*> names;
  for (const Pattern& name : test.name) names.push_back(&name);
  std::vector<std::string_view> words = words_of(names, test.kind);
  if (!words.empty() || test.kind != FactKind::Command) return words;
  std::vector<const Pattern*> programs;
  for (const std::vector<Pattern>& run : test.runs) {
    if (!run.empty()) programs.push_back(&run.front());
  }
  return words_of(programs, test.kind);
}

std::vector<PathGlob> path_globs(const Patterns& patterns) {
  std::vector<PathGlob> globs;
  for (const Pattern& pattern : patterns) {
    std::span<const std::string> texts = pattern.set ? pattern.set->patterns() : std::span(&pattern.text, 1);
    for (const std::string& text : texts) globs.emplace_back(text);
  }
  return globs;
}

// The letters of the globs that a name must match one of; none when a set that ignores case is among them.
std::vector<LetterSet> globs_of(const FactTest& test) {
  std::vector<LetterSet> globs;
  for (const Pattern& pattern : test.name) {
    if (pattern.set && pattern.set->ignore_case()) return {};
    if (!pattern.set) {
      globs.push_back(LetterSet::of_glob(pattern.text));
      continue;
    }
    for (const std::string& member : pattern.set->patterns()) globs.push_back(LetterSet::of_glob(member));
  }
  return globs;
}

}  // namespace

MatchIndex::MatchIndex(const RuleSet& rules, const WordSet& interpreters) : interpreters_(interpreters) {
  for (uint32_t r = 0; r < rules.rules().size(); ++r) {
    const Rule& rule = rules.rules()[r];
    for (uint32_t m = 0; m < rule.matches.size(); ++m) add({r, m}, rule.matches[m]);
    for (uint32_t p = 0; p < rule.practices.size(); ++p) add({r, p, true}, rule.practices[p].match);
  }
}

void MatchIndex::add(Ref ref, const Match& match) {
  if (!match.files.empty()) return files_.push_back({ref, path_globs(match.files)});
  const FactTest& test = match.test;
  Kind& kind = kinds_[static_cast<size_t>(test.kind)];
  std::vector<std::string_view> words = words_of(test);
  if (words.empty()) return kind.open.push_back({ref, &test, globs_of(test)});
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  for (std::string_view word : words) kind.by_word[word].push_back(ref);
}

void MatchIndex::take(const Kind& kind, std::string_view word, Named& named) {
  auto found = kind.by_word.find(word);
  if (found == kind.by_word.end()) return;
  std::span<const Ref> refs = found->second;
  if (!named.refs.empty()) {
    std::vector<Ref> both;
    std::set_union(named.refs.begin(), named.refs.end(), refs.begin(), refs.end(), std::back_inserter(both));
    named.merged = std::move(both);
    refs = named.merged;
  }
  named.refs = refs;
}

// What an interpreter runs is its first word that is no option; what an option is given may look like it.
void MatchIndex::find(const Fact& fact, Named& named) const {
  const Kind& kind = kinds_[static_cast<size_t>(fact.kind)];
  take(kind, key_of(fact.name, fact.kind), named);
  if (fact.kind != FactKind::Command || fact.args().empty() || !interpreters_.contains(fact.name)) return;
  for (const Arg& arg : fact.args()) {
    if (!arg.name.empty() || arg.value.text.empty()) continue;
    std::string_view word = arg.value.text, program = base_name(word);
    take(kind, word, named);
    if (program != word) take(kind, program, named);
    if (!word.starts_with('-')) return;
  }
}

}  // namespace tfcheck
