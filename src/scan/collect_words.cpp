#include "scan/collect_words.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "formats/adapters.h"
#include "pages/search_words.h"
#include "scan/secret_spellings.h"
#include "scan/word_numbers.h"

namespace tfcheck {

namespace {

// The longest plain run of a value's pattern, "" when there is none.
std::string plain_run(const WordSet& spelt_otherwise, std::string_view pattern) {
  std::string longest;
  for (WantedWord& run : value_words(spelt_otherwise, pattern)) {
    if (run.text.size() > longest.size()) longest = std::move(run.text);
  }
  return longest;
}

bool is_code_kind(FactKind kind) {
  return kind < FactKind::Process && kind != FactKind::Image && kind != FactKind::Dependency &&
         kind != FactKind::Command;
}

// Goes through the rules; what it asks for is numbered by its base.
class WordCollector : private WordNumbers {
 public:
  explicit WordCollector(const Vocabulary& vocabulary)
      : vocabulary_(vocabulary), spelt_otherwise_(vocabulary.set("spelt-otherwise")) {
    std::span<const Adapter* const> adapters = all_adapters();
    assert(adapters.size() <= 64);
    all_.environment.resize(adapters.size());
    for (size_t i = 0; i < adapters.size(); ++i) {
      if (adapters[i]->kind != AdapterKind::Code) continue;
      code_bits_.emplace(adapters[i]->name, uint64_t{1} << i);
      add_command_calls(*adapters[i], uint64_t{1} << i);
      for (std::string_view word : adapters[i]->environment_words) all_.environment[i].push_back(id_of(word, false));
    }
    all_.directive = every(id_of("tfcheck:", false));
    all_.scheme = every(id_of("://", false));
  }

  void add_secrets() {
    const WordSet* keywords = vocabulary_.find("secret-keyword");
    if (!keywords) return;
    for (const std::string& word : keywords->patterns()) all_.secrets.push_back(every(id_of(word, true)));
    for (const std::string& name : secret_spellings(vocabulary_, *keywords))
      all_.secret_names.push_back(every(id_of(name, true)));
  }

  void add_patterns(size_t first) {
    all_.first_pattern = static_cast<uint32_t>(first);
    const std::vector<TextPattern>& patterns = vocabulary_.text_patterns();
    all_.patterns = static_cast<uint32_t>(patterns.size() - first);
    for (uint32_t i = 0; i < all_.patterns; ++i) {
      const TextPattern& pattern = patterns[first + i];
      for (const std::string& keyword : pattern.keywords)
        all_.keywords.push_back({every(id_of(keyword, pattern.named)), i});
    }
    std::sort(all_.keywords.begin(), all_.keywords.end());
  }

  void add_endings() {
    for (const std::string& ending : vocabulary_.set("asked-ending").patterns())
      all_.endings.push_back(every(id_of(ending, false)));
  }

  // Takes up the triggers of a rule, one of which must hold for its facts to be there.
  void add_rule(const Rule& rule) {
    for (const TriggerWords& trigger : rule.triggers) add_own_triggers(trigger);
    for (const Match& match : rule.matches) {
      add_test(match.test, match.with);
      add_companions(match.with);
      add_companions(match.unless);
    }
    for (const Requirement& requirement : rule.requirements) {
      for (const FactTest& test : requirement.when) add_test(test, {});
      add_companions(requirement.one);
      add_companions(requirement.unless);
    }
  }

  using WordNumbers::take;

 private:
  // Triggers that a page spells out: words that stand together, or one "@set" whose names are each a trigger.
  void add_own_triggers(const TriggerWords& own) {
    Trigger frame{{}, {}, languages_of(own.formats), paths_of(own.paths), own.environment};
    if (own.environment && own.groups == decltype(own.groups){{"*"}}) return add_every_reader(frame);
    for (const std::vector<std::string>& trigger : own.groups) {
      const WordSet* set = trigger.size() == 1 && trigger[0].starts_with('@')
                               ? vocabulary_.find(std::string_view(trigger[0]).substr(1))
                               : nullptr;
      if (set) {
        for (const std::vector<uint32_t>& words : name_words({{trigger[0], false, set}})) add_trigger(words, frame);
        continue;
      }
      std::vector<uint32_t> together;
      together.reserve(trigger.size());
      for (const std::string& word : trigger) together.push_back(id_of(word, false));
      add_trigger(together, frame);
    }
  }

  // Every file that reads the environment, whatever else stands in it.
  void add_every_reader(Trigger frame) {
    for (size_t i = 0; i < all_.environment.size(); ++i) {
      frame.languages = uint64_t{1} << i;
      for (uint32_t word : all_.environment[i]) add_trigger({word}, frame);
    }
  }

  // The languages among formats, as bits.
  uint64_t languages_of(const std::vector<std::string>& formats) const {
    uint64_t languages = 0;
    for (const std::string& format : formats) {
      if (auto code = code_bits_.find(format); code != code_bits_.end()) languages |= code->second;
    }
    return languages;
  }

  // Where a test can hold: nothing when it is only about configuration, which is always parsed.
  std::optional<Trigger> frame_of(const FactTest& test) {
    Trigger frame{{}, {}, 0, 0, test.kind == FactKind::EnvRead};
    frame.languages = languages_of(test.formats);
    bool config_only = !test.formats.empty() && frame.languages == 0;
    if (!is_code_kind(test.kind) || config_only) return std::nullopt;
    frame.paths = paths_of(test.paths);
    return frame;
  }

  // What stands in each file of a language in which programs are started.
  void add_command_calls(const Adapter& adapter, uint64_t bit) {
    if (adapter.command_calls.empty() && adapter.more_command_calls.empty()) return;
    Patterns calls;
    // Backticks are no word: a file is not read for them alone.
    auto take = [&](std::string_view call) {
      if (!search_words(call).empty()) calls.push_back({std::string(call), false, nullptr});
    };
    std::for_each(adapter.command_calls.begin(), adapter.command_calls.end(), take);
    std::for_each(adapter.more_command_calls.begin(), adapter.more_command_calls.end(), take);
    Shells& shells = shells_.emplace_back();
    shells.language = bit;
    add_group(name_words(calls), shells.groups);
  }

  uint32_t paths_of(const Patterns& patterns) {
    if (patterns.empty()) return 0;
    std::vector<std::string> list;
    for (const Pattern& pattern : patterns) {
      if (pattern.set)
        list.insert(list.end(), pattern.set->patterns().begin(), pattern.set->patterns().end());
      else
        list.push_back(pattern.text);
    }
    return number_of_paths(std::move(list));
  }

  // What the name's pattern asks for, one alternative for each member of a set.
  WordGroup name_words(const Patterns& names) {
    WordGroup group;
    for (const Pattern& pattern : names) {
      bool folded = pattern.set && pattern.set->ignore_case();
      for (const std::string& member : pattern.set ? pattern.set->patterns() : std::vector<std::string>{pattern.text}) {
        std::vector<uint32_t>& words = group.emplace_back();
        for (const WantedWord& word : search_words(member)) words.push_back(id_of(word.text, folded, word.whole));
      }
    }
    return group;
  }

  // Of what a value must be one of.
  void add_value_group(const Patterns& is, std::vector<uint32_t>& groups) {
    static constexpr size_t most = 128;
    WordGroup group;
    for (const Pattern& pattern : is) {
      bool folded = pattern.set && pattern.set->ignore_case();
      for (const std::string& text : pattern.set ? pattern.set->patterns() : std::vector<std::string>{pattern.text}) {
        std::vector<uint32_t>& words = group.emplace_back();
        for (const WantedWord& run : value_words(spelt_otherwise_, text))
          words.push_back(id_of(run.text, folded, run.whole || run.text == text));
        if (words.empty() || group.size() > most) return;
      }
    }
    add_group(std::move(group), groups);
  }

  void add_value(const ValueTest& value, std::vector<uint32_t>& groups) {
    add_value_group(value.is, groups);
    add_value_group(value.contains, groups);
    for (const ValueTest& more : value.all) add_value(more, groups);
  }

  // The names of a key inside an argument, each of which the file writes out.
  void add_key(std::string_view key, std::vector<uint32_t>& groups) {
    for (size_t at = 0, end; at < key.size(); at = end + 1) {
      end = std::min(key.find('.', at), key.size());
      std::string_view name = key.substr(at, end - at);
      if (name.size() + 1 >= shortest_word && name.find('*') == std::string_view::npos)
        add_group({{id_of(std::string(name), false, true)}}, groups);
    }
  }

  // What the value and the arguments must be.
  void add_value_groups(const FactTest& test, std::vector<uint32_t>& groups) {
    add_value(test.value, groups);
    for (const ArgumentTest& argument : test.arguments) {
      add_value(argument.test, groups);
      bool may_lack = argument.test.given == std::optional(false) ||
                      std::find(argument.test.kinds.begin(), argument.test.kinds.end(), ValueKind::Absent) !=
                          argument.test.kinds.end();
      if (may_lack) continue;
      if (!argument.key.empty()) add_key(argument.key, groups);
      if (!argument.positions.empty()) continue;
      WordGroup group;
      for (const std::string& name : argument.names) {
        std::vector<uint32_t>& words = group.emplace_back();
        if (name.size() + 1 >= shortest_word) words.push_back(id_of(name, false, true));
      }
      add_group(std::move(group), groups);
    }
  }

  // The runs of the names that a fact must stand in: "*Log.write" is in no file without "Log" and "write".
  void add_place_group(const Patterns& places, std::vector<uint32_t>& groups) {
    static constexpr size_t shortest = 3;
    WordGroup group;
    for (const Pattern& pattern : places) {
      for (const std::string& text : pattern.set ? pattern.set->patterns() : std::vector<std::string>{pattern.text}) {
        std::vector<uint32_t>& words = group.emplace_back();
        for (size_t at = 0, end; at < text.size(); at = end + 1) {
          end = std::min(text.find_first_of("*?.", at), text.size());
          if (end - at >= shortest)
            words.push_back(id_of(text.substr(at, end - at), pattern.set && pattern.set->ignore_case()));
        }
      }
    }
    add_group(std::move(group), groups);
  }

  // What must stand in the same file: a fact beside this one has words too. One of several is asked for in a trigger of
  // its own.
  std::vector<Trigger> with_companions(Trigger frame, const std::vector<Companion>& with) {
    std::vector<Trigger> frames = {std::move(frame)};
    for (const Companion& companion : with) {
      std::vector<Trigger> more;
      for (const Trigger& one : frames) {
        more.push_back(with_companion(one, companion));
        for (const Companion& other : companion.or_else) more.push_back(with_companion(one, other));
      }
      frames = std::move(more);
    }
    for (Trigger& one : frames) {
      std::sort(one.groups.begin(), one.groups.end());
      one.groups.erase(std::unique(one.groups.begin(), one.groups.end()), one.groups.end());
    }
    return frames;
  }

  Trigger with_companion(Trigger frame, const Companion& companion) {
    const FactTest& test = companion.test;
    if (companion.reach >= Reach::Unit) return frame;
    if (frame.paths == 0) frame.paths = paths_of(test.paths);
    if (companion.reach != Reach::Same && test.kind == FactKind::Command) {
      WordGroup programs;
      for (const Patterns& sequence : test.runs) add_sequence(sequence, programs);
      add_group(std::move(programs), frame.groups);
    } else if (companion.reach == Reach::Same || is_code_kind(test.kind)) {
      if (companion.reach != Reach::Same) add_group(name_words(test.name), frame.groups);
      add_value_groups(test, frame.groups);
    }
    return frame;
  }

  void add_test(const FactTest& test, const std::vector<Companion>& with) {
    if (test.kind == FactKind::Command) return add_command(test, with);
    std::optional<Trigger> frame = frame_of(test);
    if (!frame) return;
    add_value_groups(test, frame->groups);
    add_place_group(test.scope, frame->groups);
    WordGroup names = name_words(test.name);
    for (const Trigger& one : with_companions(*frame, with)) {
      for (const std::vector<uint32_t>& words : names) add_trigger(words, one);
    }
  }

  // The words of a program with what is behind it: as one text, or as a list of words.
  void add_sequence(const Patterns& sequence, WordGroup& group) {
    bool plain = std::none_of(sequence.begin() + 1, sequence.end(), [](const Pattern& p) { return p.set || p.glob; });
    std::string behind[3];
    std::vector<uint32_t> also;
    for (size_t i = 1; i < sequence.size(); ++i) {
      behind[0].append(" ").append(sequence[i].text);
      behind[1].append("\", \"").append(sequence[i].text);
      behind[2].append("', '").append(sequence[i].text);
      std::string run = sequence[i].set ? std::string{} : plain_run(spelt_otherwise_, sequence[i].text);
      if (!run.empty()) also.push_back(id_of(run, false));
    }
    if (!plain) behind[0] = behind[1] = behind[2] = "";
    const Pattern& first = sequence[0];
    for (const std::string& program : first.set ? first.set->patterns() : std::vector<std::string>{first.text}) {
      std::vector<std::vector<uint32_t>> forms;
      if (program.find_first_of("*?") != std::string::npos) {
        std::string run = plain_run(spelt_otherwise_, program);
        forms = {run.empty() ? std::vector<uint32_t>{} : std::vector<uint32_t>{id_of(run, false)}};
      } else {
        forms = {{id_of(program + (behind[0].empty() ? " " : behind[0]), false, true)},
                 {id_of("\"" + program + behind[1] + "\"", false)},
                 {id_of("'" + program + behind[2] + "'", false)}};
      }
      for (std::vector<uint32_t>& words : forms) {
        if (!words.empty()) words.insert(words.end(), also.begin(), also.end());
        group.push_back(std::move(words));
      }
    }
  }

  // One of the plain runs of words of a command.
  void add_word_group(const Patterns& patterns, std::vector<uint32_t>& groups) {
    WordGroup group;
    for (const Pattern& pattern : patterns) {
      for (const std::string& text : pattern.set ? pattern.set->patterns() : std::vector<std::string>{pattern.text}) {
        std::string run = plain_run(spelt_otherwise_, text);
        std::vector<uint32_t>& words = group.emplace_back();
        if (!run.empty()) words.push_back(id_of(run, pattern.set && pattern.set->ignore_case()));
      }
    }
    add_group(std::move(group), groups);
  }

  void add_plain_group(std::initializer_list<std::string_view> words, std::vector<uint32_t>& groups) {
    WordGroup group;
    for (std::string_view word : words) group.push_back({id_of(word, false)});
    add_group(std::move(group), groups);
  }

  // Commands that code starts.
  void add_command(const FactTest& test, const std::vector<Companion>& with) {
    bool other =
        test.roles.empty() || std::find(test.roles.begin(), test.roles.end(), CommandRole::Other) != test.roles.end();
    if (!other) return;
    Trigger frame;
    frame.paths = paths_of(test.paths);
    add_word_group(test.options, frame.groups);
    add_word_group(test.redirect, frame.groups);
    add_word_group(test.words, frame.groups);
    if (test.flags & context::Nohup) add_plain_group({"nohup"}, frame.groups);
    if (test.flags & context::Setsid) add_plain_group({"setsid"}, frame.groups);
    if (test.flags & context::LoopForever)
      add_plain_group({"while true", "while True", "while 1", "while (true", "while(true", "while (1", "while(1",
                       "loop do", "loop {", "for (;;", "for(;;", "for {", "until false"},
                      frame.groups);
    WordGroup programs;
    for (const Patterns& sequence : test.runs) add_sequence(sequence, programs);
    for (const Trigger& one : with_companions(frame, with)) add_command(test, one, programs);
  }

  void add_command(const FactTest& test, const Trigger& frame, const WordGroup& programs) {
    for (const Shells& shells : shells_) {
      bool meant = test.formats.empty() || std::any_of(test.formats.begin(), test.formats.end(), [&](const auto& name) {
                     auto code = code_bits_.find(name);
                     return code != code_bits_.end() && code->second == shells.language;
                   });
      if (!meant) continue;
      Trigger own = frame;
      own.languages = shells.language;
      own.groups.insert(own.groups.end(), shells.groups.begin(), shells.groups.end());
      if (programs.empty()) add_trigger({}, own);
      for (const std::vector<uint32_t>& words : programs) add_trigger(words, own);
    }
  }

  // A companion in the same file needs no words of its own: the file is parsed for the fact that it accompanies.
  void add_companions(const std::vector<Companion>& companions) {
    for (const Companion& companion : companions) {
      if (companion.reach >= Reach::Unit) add_test(companion.test, {});
      add_companions(companion.or_else);
    }
  }

  const Vocabulary& vocabulary_;
  const WordSet& spelt_otherwise_;                  // values that code may spell in another way
  std::map<std::string_view, uint64_t> code_bits_;  // by name of a language
  struct Shells {
    uint64_t language = 0;
    std::vector<uint32_t> groups;  // none when a call of it has no word
  };
  std::vector<Shells> shells_;
};

}  // namespace

ScanWords collect_words(const RuleSet& rules, WordOrigin origin, size_t embedded_patterns) {
  WordCollector collector(rules.vocabulary());
  for (const Rule& rule : rules.rules()) {
    if (origin == WordOrigin::All || rule.pack == (origin == WordOrigin::Packs)) collector.add_rule(rule);
  }
  if (origin != WordOrigin::Packs) collector.add_secrets(), collector.add_endings();
  collector.add_patterns(origin == WordOrigin::Packs ? embedded_patterns : 0);
  return collector.take();
}

}  // namespace tfcheck
