#include "engine/fact_test.h"

#include <algorithm>

#include "base/text.h"
#include "model/words.h"

namespace tfcheck {

namespace {

bool any_name(const Patterns& patterns, std::string_view name) {
  return patterns.empty() || std::any_of(patterns.begin(), patterns.end(),
                                         [&](const Pattern& pattern) { return pattern.matches_name(name); });
}

// Words of a command that count for `run` and `option`: the positional ones.
std::string_view word_of(const Arg& arg) {
  return arg.name.empty() ? arg.value.text : std::string_view{};
}

// The program and then the words in order, others in between allowed: "manage.py migrate" in `python -u manage.py
// migrate`.
bool runs(const std::vector<Pattern>& words, bool interprets, const Fact& fact) {
  size_t next = 0;
  if (!words.empty() && words[0].matches_text(fact.name))
    next = 1;
  else if (words.empty() || fact.kind != FactKind::Command)
    return false;
  // An interpreter in front of a script: the script is the program.
  if (next == 0 && !interprets) return false;
  for (const Arg& arg : fact.args()) {
    if (next == words.size()) break;
    std::string_view word = word_of(arg);
    if (word.empty()) continue;
    bool hit = words[next].matches_text(word) || (next == 0 && words[0].matches_text(base_name(word)));
    if (hit)
      ++next;
    else if (next == 0 && !word.starts_with('-'))
      return false;
    else if (next == 1 && words.size() > 1 && !word.starts_with('-')) {
      // a subcommand must be the first word that is no option or option's value
      const bool option_value = &arg != fact.args().data() && word_of(*(&arg - 1)).starts_with('-');
      if (!option_value) return false;
    }
  }
  return next == words.size();
}

bool has_option(const Patterns& options, const Fact& fact) {
  for (const Arg& arg : fact.args()) {
    std::string_view word = word_of(arg);
    for (const Pattern& option : options) {
      if (option.matches_text(word)) return true;
      if (option.text.starts_with("--") && word.starts_with(option.text) && word.size() > option.text.size() &&
          word[option.text.size()] == '=')
        return true;
    }
  }
  return false;
}

// Program and words, and what is glued to an option: "--env=production" has "production", too.
bool has_word(const Patterns& patterns, const Fact& fact) {
  auto is_wanted = [&](std::string_view word) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& p) { return p.matches_text(word); });
  };
  if (is_wanted(fact.name)) return true;
  for (const Arg& arg : fact.args()) {
    std::string_view word = word_of(arg);
    if (word.empty()) continue;
    size_t sign = word.find('=');
    if (is_wanted(word) || (sign != std::string_view::npos && is_wanted(word.substr(sign + 1)))) return true;
  }
  return false;
}

bool redirects(const Patterns& targets, const Fact& fact) {
  for (const Arg& arg : fact.args()) {
    if (arg.name.find('>') == std::string_view::npos) continue;
    for (const Pattern& target : targets) {
      if (target.matches_text(arg.value.text)) return true;
    }
  }
  return false;
}

// The value below a dotted key of a map, or index of a list; Absent when there is none.
Value dig(const Value& value, std::string_view key) {
  if (key.empty()) return value;
  if (value.is(ValueKind::List) && key[0] >= '0' && key[0] <= '9' && (key.size() == 1 || key[1] == '.')) {
    auto index = static_cast<size_t>(key[0] - '0');
    bool there = index < value.items().size();
    return there ? dig(value.items()[index].value, key.substr(std::min<size_t>(key.size(), 2))) : Value{};
  }
  for (const Arg& item : value.items()) {
    if (item.name == key) return item.value;
    if (key.starts_with(item.name) && !item.name.empty() && key.size() > item.name.size() &&
        key[item.name.size()] == '.')
      return dig(item.value, key.substr(item.name.size() + 1));
  }
  return {};
}

bool argument_passes(const ArgumentTest& test, std::span<const Arg> args) {
  bool anywhere = test.names.empty() && test.positions.empty();
  auto check = [&](const Value& value) { return test.test(test.key.empty() ? value : dig(value, test.key)); };
  if (!anywhere) {
    for (const std::string& name : test.names) {
      if (const Value& value = argument(args, name)) return check(value);
    }
    for (int position : test.positions) {
      if (const Value& value = argument(args, {}, position)) return check(value);
    }
    return check({});
  }
  if (test.test.given == false) {  // no argument has the key
    return std::all_of(args.begin(), args.end(), [&](const Arg& arg) { return check(arg.value); });
  }
  return std::any_of(args.begin(), args.end(), [&](const Arg& arg) { return check(arg.value); });
}

bool command_passes(const FactTest& test, const Project& project, FactRef ref, const Fact& fact) {
  if (!test.runs.empty()) {
    bool interprets = project.words().interpreters.contains(fact.name);
    bool run = std::any_of(test.runs.begin(), test.runs.end(),
                           [&](const auto& words) { return runs(words, interprets, fact); });
    if (!run) return false;
  }
  if (!test.options.empty() && !has_option(test.options, fact)) return false;
  if (!test.not_options.empty() && has_option(test.not_options, fact)) return false;
  if (!test.redirect.empty() && !redirects(test.redirect, fact)) return false;
  if (!test.words.empty() && !has_word(test.words, fact)) return false;
  if (test.roles.empty() && !test.development) return true;
  CommandInfo info = project.command(ref);
  if (test.development && *test.development != info.development) return false;
  return test.roles.empty() || std::find(test.roles.begin(), test.roles.end(), info.role) != test.roles.end();
}

bool has_format(const FactTest& test, std::string_view own, const Adapter* adapter) {
  return test.formats.empty() || std::any_of(test.formats.begin(), test.formats.end(), [&](const std::string& format) {
           return own == format || (adapter && adapter->name == format);
         });
}

bool lies_in(const FactTest& test, std::string_view path) {
  return test.paths.empty() || std::any_of(test.paths.begin(), test.paths.end(),
                                           [&](const Pattern& pattern) { return pattern.matches_path(path); });
}

// The file inside of its file that a fact is of. What the model adds is of the file around it.
const EmbeddedFile* inner_file(const Project& project, FactRef ref) {
  const ProjectFile& file = project.files[ref.file];
  bool any = file.facts && !file.facts->embedded().empty() && ref.fact < project.own_facts(ref.file);
  return any ? file.facts->embedded_of(ref.fact) : nullptr;
}

}  // namespace

bool fits_file(const FactTest& test, const ProjectFile& file) {
  bool own = has_format(test, file.format(), file.adapter) && lies_in(test, file.path);
  if (own || !file.facts) return own;
  std::span<const EmbeddedFile> embedded = file.facts->embedded();
  return std::any_of(embedded.begin(), embedded.end(), [&](const EmbeddedFile& inner) {
    return has_format(test, inner.format, inner.adapter) && lies_in(test, inner.path);
  });
}

// A file inside of another is looked at as what it becomes, wherever the other lies.
bool passes(const FactTest& test, const Project& project, FactRef ref) {
  const ProjectFile& file = project.files[ref.file];
  const Fact& fact = project.fact(ref);
  if (fact.kind != test.kind) return false;
  const EmbeddedFile* inner = inner_file(project, ref);
  auto own = [&](std::string_view name) { return inner ? inner->own(name) : name; };
  if (!any_name(test.name, fact.kind == FactKind::Entry ? own(fact.name) : fact.name)) return false;
  if ((fact.context.flags & test.flags) != test.flags || (fact.context.flags & test.not_flags)) return false;
  if (!has_format(test, inner ? inner->format : file.format(), inner ? inner->adapter : file.adapter)) return false;
  if (!test.scope.empty() && !any_name(test.scope, own(fact.context.scope))) return false;
  if (!test.value(fact.value)) return false;
  for (const ArgumentTest& argument : test.arguments) {
    if (!argument_passes(argument, fact.args())) return false;
  }
  if (!lies_in(test, inner ? inner->path : std::string_view(file.path))) return false;  // costs the most
  if (test.kind == FactKind::Command) return command_passes(test, project, ref, fact);
  if (test.kind == FactKind::Process) {
    FactRef command = project.anchor(ref);
    return command_passes(test, project, command, project.fact(command));
  }
  return !test.development || *test.development == fact.context.has(context::Development);
}

}  // namespace tfcheck
