// Which members of a rule's structs are written to bytes and read from them: all but what is only known when it is
// loaded. A member more or less does not compile until it is named here.
#pragma once

#include <tuple>

#include "base/archive.h"
#include "pages/rule.h"

namespace tfcheck {

inline auto fields(Pattern& pattern) {
  auto& [text, glob, set] = pattern;
  return std::tie(text, glob, set);
}

inline auto fields(ValueTest& test) {
  auto& [all, contains, effective, below, flag, literal, kinds, is, is_not, path, nonempty, given, joiners] = test;
  return std::tie(all, contains, effective, below, flag, literal, kinds, is, is_not, path, nonempty, given, joiners);
}

inline auto fields(ArgumentTest& argument) {
  auto& [names, positions, key, test] = argument;
  return std::tie(names, positions, key, test);
}

inline auto fields(FactTest& fact) {
  auto& [kind, name, formats, paths, value, arguments, flags, not_flags, scope, roles, runs, options, not_options,
         redirect, words, development] = fact;
  return std::tie(kind, name, formats, paths, value, arguments, flags, not_flags, scope, roles, runs, options,
                  not_options, redirect, words, development);
}

inline auto fields(Companion& companion) {
  auto& [reach, test, files, label, or_else] = companion;
  return std::tie(reach, test, files, label, or_else);
}

inline auto fields(FixExample& example) {
  auto& [formats, text] = example;
  return std::tie(formats, text);
}

inline auto fields(TriggerWords& trigger) {
  auto& [groups, formats, environment, paths] = trigger;
  return std::tie(groups, formats, environment, paths);
}

inline auto fields(Match& match) {
  auto& [test, files, with, unless, once, since, severity, confidence, message, fix, fix_examples, line] = match;
  return std::tie(test, files, with, unless, once, since, severity, confidence, message, fix, fix_examples, line);
}

inline auto fields(Practice& practice) {
  auto& [name, message, match, in_ci] = practice;
  return std::tie(name, message, match, in_ci);
}

inline auto fields(Requirement& requirement) {
  auto& [when_files, when, one_files, one, unless, since, severity, confidence, message, fix, fix_examples, line] =
      requirement;
  return std::tie(when_files, when, one_files, one, unless, since, severity, confidence, message, fix, fix_examples,
                  line);
}

// The page's text is embedded as it is.
inline auto fields(Rule& rule) {
  auto& [id, factor, file, title, summary, why, fix, fix_examples, page, block_line, severity, confidence, applies,
         development, asked_for, once, per_language, scopes, message, security_severity, stand_in, yields_to, aliases,
         since, matches, requirements, practices, triggers, native, pack, pattern_count] = rule;
  return std::tie(id, factor, file, title, summary, why, fix, fix_examples, block_line, severity, confidence, applies,
                  development, asked_for, once, per_language, scopes, message, security_severity, stand_in, yields_to,
                  aliases, since, matches, requirements, practices, triggers, native, pack, pattern_count);
}

}  // namespace tfcheck
