#include "scan/prefilter_words.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

#include "base/text.h"

namespace tfcheck {

namespace {

// The longest plain run of a value's pattern, which a file that spells the value out holds; "" when there is none.
std::string plain_run(const WordSet& spelt_otherwise, std::string_view pattern) {
  static constexpr size_t shortest = 4;
  std::string longest, word;
  if (pattern.starts_with("*.")) pattern.remove_prefix(2), word = ".";
  for (size_t i = 0; i <= pattern.size(); ++i) {
    char c = i < pattern.size() ? pattern[i] : '*';
    bool part = std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '/';
    if (part)
      word += c;
    else if (word.size() > longest.size())
      longest = std::exchange(word, {});
    else
      word.clear();
  }
  return longest.size() < shortest || spelt_otherwise.contains(longest) ? std::string{} : longest;
}

struct Alternatives {
  std::vector<WantedWord> words;  // empty: some value could be spelt otherwise
  bool folded = false;
};

// Words of which a value that passes holds at least one.
Alternatives alternatives_of(const WordSet& spelt_otherwise, const Patterns& patterns) {
  static constexpr size_t most = 16;
  Alternatives found;
  for (const Pattern& pattern : patterns) {
    for (const std::string& text : pattern.set ? pattern.set->patterns() : std::vector<std::string>{pattern.text}) {
      std::string run = plain_run(spelt_otherwise, text);
      found.words.push_back({run, run == text});
      if (run.empty() || found.words.size() > most) return {};
    }
    found.folded |= pattern.set && pattern.set->ignore_case();
  }
  return found;
}

// What the value or an argument must be narrows a test whose name is a common word ("open", "process").
Alternatives narrowing(const WordSet& spelt_otherwise, const FactTest& test) {
  if (Alternatives found = alternatives_of(spelt_otherwise, test.value.is); !found.words.empty()) return found;
  for (const ArgumentTest& argument : test.arguments) {
    if (Alternatives found = alternatives_of(spelt_otherwise, argument.test.is); !found.words.empty()) return found;
  }
  return {};
}

bool is_code_kind(FactKind kind) {
  return kind != FactKind::Image && kind != FactKind::Dependency && kind != FactKind::Command;
}

}  // namespace

PrefilterWords::PrefilterWords(std::span<const Adapter* const> adapters, const Vocabulary& vocabulary)
    : spelt_otherwise_(vocabulary.set("spelt-otherwise")) {
  for (const Adapter* adapter : adapters) {
    if (adapter->kind == AdapterKind::Code) code_formats_.insert(adapter->name);
  }
}

uint32_t PrefilterWords::id_of(std::string_view text, bool folded, bool whole) {
  std::tuple key{folded ? lower(text) : std::string(text), folded, whole};
  auto [place, fresh] = ids_.try_emplace(key, static_cast<uint32_t>(words_.size()));
  if (fresh) words_.push_back({std::get<0>(place->first), folded, whole});
  return place->second;
}

// Adds a trigger of these words; what else it asks is in `frame`.
void PrefilterWords::add_trigger(const std::vector<WantedWord>& wanted, bool folded, Trigger frame) {
  if (wanted.empty()) return;
  for (const WantedWord& word : wanted) frame.words.push_back(id_of(word.text, folded, word.whole));
  std::sort(frame.words.begin(), frame.words.end());
  frame.words.erase(std::unique(frame.words.begin(), frame.words.end()), frame.words.end());
  if (known_.insert(frame).second) triggers_.push_back(std::move(frame));
}

// Triggers that a page spells out: words that stand together, or one "@set" whose names are each a trigger.
void PrefilterWords::add_own_triggers(const std::vector<std::vector<std::string>>& own, const Vocabulary& vocabulary,
                                      const Trigger& frame) {
  for (const std::vector<std::string>& trigger : own) {
    const WordSet* set = trigger.size() == 1 && trigger[0].starts_with('@')
                             ? vocabulary.find(std::string_view(trigger[0]).substr(1))
                             : nullptr;
    if (set) {
      for (const std::string& member : set->patterns()) add_trigger(search_words(member), set->ignore_case(), frame);
      continue;
    }
    std::vector<WantedWord> together;
    together.reserve(trigger.size());
    for (const std::string& word : trigger) together.push_back({word, false});
    add_trigger(together, false, frame);
  }
}

// Where a test can hold: nothing when it is only about configuration, which is always parsed.
std::optional<Trigger> PrefilterWords::frame_of(const FactTest& test) const {
  Trigger frame{{}, {}, test.paths.empty() ? nullptr : &test.paths, test.kind == FactKind::EnvRead};
  std::copy_if(test.formats.begin(), test.formats.end(), std::back_inserter(frame.languages),
               [&](const std::string& f) { return code_formats_.contains(f); });
  bool config_only = !test.formats.empty() && frame.languages.empty();
  if (!is_code_kind(test.kind) || config_only) return std::nullopt;
  return frame;
}

void PrefilterWords::add_test(const FactTest& test) {
  std::optional<Trigger> frame = frame_of(test);
  if (!frame) return;
  Alternatives narrow = narrowing(spelt_otherwise_, test);
  for (const Pattern& pattern : test.name) {
    bool folded = narrow.folded || (pattern.set && pattern.set->ignore_case());
    for (const std::string& member : pattern.set ? pattern.set->patterns() : std::vector<std::string>{pattern.text}) {
      std::vector<WantedWord> wanted = search_words(member);
      if (narrow.words.empty()) add_trigger(wanted, folded, *frame);
      for (const WantedWord& word : narrow.words) {
        std::vector<WantedWord> both = wanted;
        both.push_back(word);
        add_trigger(both, folded, *frame);
      }
    }
  }
}

// A companion in the same file needs no words of its own: the file is parsed for the fact that it accompanies.
void PrefilterWords::add_companions(const std::vector<Companion>& companions) {
  for (const Companion& companion : companions) {
    if (companion.reach >= Reach::Component) add_test(companion.test);
  }
}

void PrefilterWords::add_rule(const Rule& rule, const Vocabulary& vocabulary) {
  add_own_triggers(rule.triggers, vocabulary, {});
  add_own_triggers(rule.environment_triggers, vocabulary, {{}, {}, nullptr, true});
  for (const Match& match : rule.matches) {
    if (match.triggers.empty()) add_test(match.test);
    if (std::optional<Trigger> frame = frame_of(match.test)) add_own_triggers(match.triggers, vocabulary, *frame);
    add_companions(match.with);
    add_companions(match.unless);
  }
  for (const Requirement& requirement : rule.requirements) {
    if (requirement.when) add_test(*requirement.when);
    for (const FactTest& test : requirement.one) add_test(test);
    add_companions(requirement.unless);
  }
}

}  // namespace tfcheck
