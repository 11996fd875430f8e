// A rule as data: what its page says, compiled. Immutable after loading; shared by all threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/severity.h"
#include "facts/fact.h"
#include "model/project.h"
#include "pages/page_source.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

// A string of a rule block: exact, a glob (`*` within a segment, `**` across), a vocabulary set (@name), or a glob that
// holds one: `**.@file-write` is a name whose last part is in the set, `**/config/@deploy-name.json` a path.
struct Pattern {
  std::string text;
  bool glob = false;
  const WordSet* set = nullptr;

  // Names are dotted: '.' separates segments.
  bool matches_name(std::string_view name) const;
  // Values are free text: `*` crosses everything.
  bool matches_text(std::string_view text) const;
  // Paths, like .gitignore.
  bool matches_path(std::string_view path) const;
};

using Patterns = std::vector<Pattern>;  // any of

// What a value must be. Empty patterns do not restrict.
struct ValueTest {
  std::vector<ValueTest> all;    // all of these, too
  Patterns contains;             // any of, as a whole value or word anywhere inside
  bool effective = false;        // of an environment variable its default is meant
  std::string below;             // a version lower than this one
  std::optional<bool> flag;      // of a derived fact: a flag that is there or not
  std::optional<bool> literal;   // true: stands in the file; false: does not
  std::vector<ValueKind> kinds;  // any of
  Patterns is;                   // any of
  Patterns is_not;               // none of
  bool path = false;             // a literal that looks like a file path, or a template that ends like one
  bool nonempty = false;
  std::optional<bool> given;         // false: must be absent
  const WordSet* joiners = nullptr;  // calls that join a path from parts, known by its last one

  bool operator()(const Value& value) const;
};

struct ArgumentTest {
  std::vector<std::string> names;  // any of these keywords
  std::vector<int> positions;      // or any of these 0-based positions; neither: any argument
  std::string key;                 // inside a map argument: the dotted key
  ValueTest test;
};

// Where a companion is looked for: the same fact, keys below the same parent, the same function, file, unit of a deploy
// (model/units.h), from a process to the file that it runs and back, component, repository.
enum class Reach : uint8_t { Same, Siblings, Function, File, Unit, Entry, Component, Project };

// Selects facts and asks things of them.
struct FactTest {
  FactKind kind = FactKind::Call;
  Patterns name;
  std::vector<std::string> formats;  // any of: dialects, formats or languages
  Patterns paths;
  ValueTest value;
  std::vector<ArgumentTest> arguments;  // all of
  uint32_t flags = 0;                   // all of
  uint32_t not_flags = 0;               // none of
  Patterns scope;                       // of the context
  // Commands.
  std::vector<CommandRole> roles;
  std::vector<std::vector<Pattern>> runs;  // any of: each a sequence of words, the first the program
  Patterns options;                        // any of: words among the arguments, "--x" also as "--x=…"
  Patterns not_options;                    // none of
  Patterns redirect;                       // any of: target of an output redirect
  Patterns words;                          // any of: a word of the command, its program included
  std::optional<bool> development;
};

struct Companion {
  Reach reach = Reach::File;
  FactTest test;
  Patterns files;                  // instead of a fact: these files exist in the reach (Component, Project)
  std::string label;               // what its place is called beside the finding; "": it is not shown
  std::vector<Companion> or_else;  // or one of these
};

// What to write instead, in the notation of some languages, formats or dialects.
struct FixExample {
  std::vector<std::string> formats;
  std::string text;
};

struct Match {
  FactTest test;
  Patterns files;                 // instead of a fact: files of these paths, each as a whole
  std::vector<Companion> with;    // all of
  std::vector<Companion> unless;  // none of
  std::optional<Reach> once;      // repeats within it are one finding; Same: those that say the same
  std::optional<uint32_t> since;  // the edition that widened the rule by it, later than the rule's
  std::optional<Severity> severity;
  std::optional<Confidence> confidence;
  std::string message;
  std::string fix;                       // one sentence in place of the page's; "": the page's
  std::vector<FixExample> fix_examples;  // before the page's
  uint32_t line = 0;                     // of the page, for messages
};

// Something done right, shown with its place beside the findings and never counted. It makes no file worth parsing.
struct Practice {
  std::string name;     // "lock-file", within its page
  std::string message;  // how people are told of it, from the page's list
  Match match;          // of which only the test, `files`, `with` and `unless` are used
  bool in_ci = false;   // CI is looked at, too
};

// Absence, judged per component: where `when` holds, one of `one` must be there.
struct Requirement {
  Patterns when_files;         // in the component's root
  std::vector<FactTest> when;  // or: a fact of the component, any of; the finding sits at the first
  Patterns one_files;          // in the component's root or any folder above it
  std::vector<Companion> one;  // or: something in the component or the repository
  std::vector<Companion> unless;
  std::optional<uint32_t> since;  // as of a match
  std::optional<Severity> severity;
  std::optional<Confidence> confidence;
  std::string message;
  std::string fix;
  std::vector<FixExample> fix_examples;
  uint32_t line = 0;
};

enum class DevelopmentPolicy : uint8_t { Note, Exempt, Same };

// Words that make a file of code worth parsing: those of any group, all of the group.
struct TriggerWords {
  std::vector<std::vector<std::string>> groups;
  std::vector<std::string> formats;  // in these languages; in all where there is none
  bool environment = false;          // in files that read the environment
  Patterns paths;                    // in files at these places; at all where there is none
};

struct Rule {
  std::string id;      // "logs/log-file"
  std::string factor;  // "logs"
  std::string file;    // where the page came from, for messages
  std::string title, summary, why, fix;
  std::vector<FixExample> fix_examples;
  PageSource page;          // as it was written
  uint32_t block_line = 1;  // of the rule block's fence
  Severity severity = Severity::Warning;
  Confidence confidence = Confidence::High;
  std::vector<ComponentKind> applies;  // kinds of component
  DevelopmentPolicy development = DevelopmentPolicy::Note;
  std::optional<Severity> asked_for;  // of what only a setting asks for that is delivered empty or off
  std::optional<Reach> once;          // all its findings within it are one; Same: those that say the same
  bool per_language = false;          // what must be there is asked of every language of a component by itself
  uint32_t scopes = 0;                // scope bits that are in scope although they are not by default
  std::string message;
  std::optional<double> security_severity;
  std::string stand_in;                // variable of the fixes that a finding's own takes the place of; "" for none
  std::vector<std::string> yields_to;  // rules that own a construct that both report
  std::vector<std::string> aliases;    // ids that it had before
  std::optional<uint32_t> since;       // the edition that it came with (vocabulary/editions.h); none: of the first
  std::vector<Match> matches;
  std::vector<Requirement> requirements;
  std::vector<Practice> practices;
  std::vector<TriggerWords> triggers;  // what makes a file worth parsing beyond the words of the matches
  bool native = false;
  bool pack = false;         // of a user's pack
  size_t pattern_count = 0;  // of the tests and their patterns, sets by their size: what a page costs
};

}  // namespace tfcheck
