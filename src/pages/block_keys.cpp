#include "pages/block_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <stdexcept>

#include "formats/adapters.h"
#include "model/derived_kinds.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr std::array severity_words = {"note"sv, "warning"sv, "error"sv};
constexpr std::array confidence_words = {"low"sv, "medium"sv, "high"sv};
constexpr std::array kind_words = {"app"sv, "client"sv, "library"sv, "tool"sv, "infrastructure"sv};
constexpr std::array development_words = {"note"sv, "exempt"sv, "same"sv};
constexpr std::array reach_words = {"same"sv, "siblings"sv, "function"sv,  "file"sv,
                                    "unit"sv, "entry"sv,    "component"sv, "project"sv};
constexpr std::array once_words = {"function"sv, "file"sv, "unit"sv, "component"sv, "project"sv, "same"sv};
constexpr std::array per_words = {"language"sv};
constexpr std::array value_words = {"absent"sv, "null"sv,     "bool"sv, "number"sv, "string"sv,   "env"sv,    "call"sv,
                                    "name"sv,   "template"sv, "list"sv, "map"sv,    "function"sv, "unknown"sv};
constexpr std::array role_words = {"other"sv, "start"sv, "release"sv, "build"sv, "ci"sv, "cron"sv, "health"sv};
constexpr std::array flag_words = {"function"sv,     "loop"sv,       "condition"sv,    "try"sv,         "main"sv,
                                   "dev-guard"sv,    "annotation"sv, "development"sv,  "background"sv,  "pipe-out"sv,
                                   "pipe-in"sv,      "exec"sv,       "shell-form"sv,   "final-stage"sv, "and-next"sv,
                                   "substitution"sv, "nohup"sv,      "setsid"sv,       "sudo"sv,        "negated"sv,
                                   "locked"sv,       "sourced"sv,    "loop-forever"sv, "cli-guard"sv};
constexpr std::array scope_words = {"test"sv,     "documentation"sv, "example"sv,     "generated"sv,
                                    "vendored"sv, "minified"sv,      "development"sv, "ci"sv,
                                    "editor"sv,   "translation"sv,   "retired"sv};
constexpr std::array practice_scope_words = {"ci"sv};
constexpr std::array engine_words = {"native"sv};

constexpr BlockKey rule_keys[] = {
    {"since", KeyType::Edition, "the edition that the rule came with: before it, its findings are notes"},
    {"severity", KeyType::Choice, "of a finding; \"warning\" when not given", severity_words},
    {"confidence", KeyType::Choice, "how sure a finding is; \"high\" when not given", confidence_words},
    {"message", KeyType::Text, "one sentence with {name}, {value}, {argument}, {path}, {scope} or {command}"},
    {"applies", KeyType::Choices, "kinds of component that are looked at; \"app\" when not given", kind_words},
    {"development", KeyType::Choice, "what becomes of a finding in development files; \"note\" when not given",
     development_words},
    {"asked-for", KeyType::Choice,
     "of a finding at what only an option, a setting that is delivered empty, or a run by hand asks for",
     severity_words},
    {"scopes", KeyType::Choices, "files that are looked at although they are out of scope by default", scope_words},
    {"yields-to", KeyType::Words, "ids of rules that own a construct which both report"},
    {"aliases", KeyType::Words, "ids that the rule had before: suppressions and configurations may still use them"},
    {"security-severity", KeyType::Number, "0 to 10, of rules about secrets"},
    {"stand-in", KeyType::Text, "a variable in \"What to do\": the one that a finding is about takes its place"},
    {"engine", KeyType::Choice, "the rule is also C++ beside its page", engine_words},
    {"once", KeyType::Choice,
     "all findings within it are one: function, file, unit, component or project; same: those that say the same",
     once_words},
    {"per", KeyType::Choice, "what must be there is asked of every language of a component by itself", per_words},
    {"companion",
     KeyType::Named,
     "companions by name: [[companion.NAME]], several of one name are any of them",
     {},
     "companion"},
    {"triggers", KeyType::Triggers,
     "of what C++ asks for: words, or lists of words, that make a file of code worth parsing"},
    {"environment-triggers", KeyType::Triggers, "the same, of files that read the environment; \"*\": of all of them"},
    {"trigger", KeyType::Tables, "the same, of files of some languages", {}, "trigger"},
    {"match", KeyType::Tables, "what the rule finds: any of them", {}, "match"},
    {"require", KeyType::Tables, "what must be there", {}, "require"},
    {"practice", KeyType::Tables, "what is seen as right: shown with its place, never counted", {}, "practice"},
};

constexpr BlockKey fact_keys[] = {
    {"call", KeyType::PatternList, "selects calls by their name"},
    {"assign", KeyType::PatternList, "selects assignments by what they assign to"},
    {"entry", KeyType::PatternList, "selects entries of configuration files by their dotted key"},
    {"env-read", KeyType::PatternList, "selects reads of environment variables by their name"},
    {"image", KeyType::Value, "selects container images by their repository, or by their columns", {}, "image"},
    {"dependency", KeyType::PatternList, "selects declared packages by their name"},
    {"import", KeyType::PatternList, "selects imports by their module"},
    {"branch", KeyType::PatternList, "selects conditions by what they ask for"},
    {"command", KeyType::Table, "selects commands", {}, "command"},
    {"process", KeyType::Value, "selects what processes run, by their type or columns", {}, "process"},
    {"server", KeyType::Value, "selects calls that start a server, by product or columns", {}, "server"},
    {"signal", KeyType::Value, "selects code that handles a signal, by its name or columns", {}, "signal"},
    {"loop", KeyType::Value, "selects loops without an end, by their columns", {}, "loop"},
    {"manifest", KeyType::Value, "selects lists of dependencies, by file name or columns", {}, "manifest"},
    {"package", KeyType::Value, "selects packages that are open or undeclared, by name or columns", {}, "package"},
    {"install", KeyType::Value, "selects commands that install by name, by manager or columns", {}, "install"},
    {"schema-change", KeyType::Value, "selects code that changes a schema, by its columns", {}, "schema-change"},
    {"variable", KeyType::Value, "selects variables of the environment, by their columns", {}, "variable"},
    {"service",
     KeyType::Value,
     "selects places that say which backing service is meant, by their columns",
     {},
     "service"},
    {"version", KeyType::Value, "selects places that name a version, by product or columns", {}, "version"},
    {"log-sink",
     KeyType::Value,
     "selects log files of a logging configuration by its format, or by their columns",
     {},
     "log-sink"},
    {"repository", KeyType::Value, "selects the repository by its state", {}, "repository"},
    {"format", KeyType::Format, "of its file: a language, a format or a dialect of one"},
    {"path", KeyType::PatternList, "of its file, as in .gitignore"},
    {"value", KeyType::Value, "what its value must be", {}, "value"},
    {"default", KeyType::Value, "what an environment variable's default must be", {}, "value"},
    {"argument", KeyType::Tables, "what its arguments must be: all of them", {}, "argument"},
    {"flags", KeyType::Choices, "that it has", flag_words},
    {"not-flags", KeyType::Choices, "that it does not have", flag_words},
    {"in", KeyType::PatternList, "where it stands: enclosing function, parent key, \"CMD\""},
    {"development", KeyType::Boolean, "does it belong to development?"},
};

constexpr BlockKey trigger_keys[] = {
    {"format", KeyType::Format, "languages in which these words make a file worth parsing"},
    {"words", KeyType::Triggers, "words, or lists of words that stand together"},
    {"path", KeyType::PatternList, "of the file, as in .gitignore"},
};

constexpr BlockKey command_keys[] = {
    {"role", KeyType::Choices, "what makes it run", role_words},
    {"run", KeyType::Words, "a program and words behind it, in this order with options in between"},
    {"option", KeyType::PatternList, "one of these words is there; \"--x\" also as \"--x=\""},
    {"not-option", KeyType::PatternList, "none of these words is there"},
    {"redirect", KeyType::PatternList, "the target of an output redirect"},
    {"word", KeyType::PatternList, "any word of it, the program included"},
};

constexpr BlockKey value_keys[] = {
    {"is", KeyType::PatternList, "one of these"},
    {"not", KeyType::PatternList, "none of these"},
    {"kind", KeyType::Choices, "what sort of value", value_words},
    {"literal", KeyType::Boolean, "does it stand in the file?"},
    {"path", KeyType::Boolean, "it looks like a file's path"},
    {"nonempty", KeyType::Boolean, "it has a text"},
    {"given", KeyType::Boolean, "is it there?"},
    {"contains", KeyType::PatternList, "one of these stands somewhere inside: an argument, a part, an element"},
    {"effective", KeyType::Boolean, "of an environment variable its default is meant"},
    {"below", KeyType::Text, "a version lower than this one"},
};

constexpr BlockKey argument_keys[] = {
    {"name", KeyType::Words, "the keyword; without name and position any argument is meant"},
    {"position", KeyType::Numbers, "counted from 0 among those without a keyword"},
    {"key", KeyType::Text, "the dotted key inside a map, or the index (0 to 9) inside a list"},
};

constexpr BlockKey companion_keys[] = {
    {"reach", KeyType::Choice, "where it is looked for: \"file\" when not given", reach_words},
    {"sibling", KeyType::Words, "an entry beside this one, by the last part of its key"},
    {"file", KeyType::PatternList, "a file of the component or project instead of a fact"},
    {"label", KeyType::Text, "shows its place beside the finding, under these few words"},
};

constexpr BlockKey match_keys[] = {
    {"file", KeyType::PatternList, "selects files by their path, each as a whole"},
    {"with",
     KeyType::Companions,
     "all of these are there, too; a string names a companion of the page",
     {},
     "companion"},
    {"unless", KeyType::Companions, "none of these is there; a string names a companion of the page", {}, "companion"},
    {"once", KeyType::Choice, "repeats within it are one finding", once_words},
    {"since", KeyType::Edition, "a later edition than the page's, which widens the rule by this match"},
    {"severity", KeyType::Choice, "in place of the page's", severity_words},
    {"confidence", KeyType::Choice, "in place of the page's", confidence_words},
    {"message", KeyType::Text, "in place of the page's"},
    {"fix", KeyType::Text, "one sentence in place of the first of \"What to do\""},
    {"example", KeyType::ByFormat, "what to write instead, by language, format or dialect; before the page's"},
};

constexpr BlockKey practice_keys[] = {
    {"name", KeyType::Text, "what reports and the page's list call it: lower-case words with hyphens"},
    {"file", KeyType::PatternList, "selects files by their path, each as a whole"},
    {"with",
     KeyType::Companions,
     "all of these are there, too; a string names a companion of the page",
     {},
     "companion"},
    {"unless", KeyType::Companions, "none of these is there; a string names a companion of the page", {}, "companion"},
    {"scopes", KeyType::Choices, "files that are looked at beside those of the app and its deploy",
     practice_scope_words},
};

constexpr BlockKey when_keys[] = {
    {"file", KeyType::PatternList, "a file in the component's root"},
};

constexpr BlockKey require_keys[] = {
    {"when", KeyType::Tables, "where this holds", {}, "when"},
    {"one", KeyType::Any, "one of these files, or of these, must be there", {}, "companion"},
    {"unless", KeyType::Companions, "none of these is there; a string names a companion of the page", {}, "companion"},
    {"since", KeyType::Edition, "a later edition than the page's, which widens the rule by this requirement"},
    {"severity", KeyType::Choice, "in place of the page's", severity_words},
    {"confidence", KeyType::Choice, "in place of the page's", confidence_words},
    {"message", KeyType::Text, "in place of the page's"},
    {"fix", KeyType::Text, "one sentence in place of the first of \"What to do\""},
    {"example", KeyType::ByFormat, "what to write instead, by language, format or dialect; before the page's"},
};

constexpr BlockTable fact_table{"fact", "a fact", fact_keys};
constexpr BlockTable value_table{"value", "a value test", value_keys};
constexpr BlockTable command_table{"command", "a command test", command_keys};
constexpr BlockTable fixed_tables[] = {
    {"rule", "the rule block", rule_keys},
    {"match", "a match", match_keys, &fact_table},
    {"require", "a requirement", require_keys},
    {"practice", "a practice", practice_keys, &fact_table},
    {"companion", "a companion", companion_keys, &fact_table},
    {"trigger", "a trigger", trigger_keys},
    {"when", "'when'", when_keys, &fact_table},
    command_table,
    {"argument", "an argument test", argument_keys, &value_table},
    fact_table,
    value_table,
};

// The tables of the facts that the model adds, made of their columns.
std::vector<BlockTable> all_tables() {
  static std::deque<std::vector<BlockKey>> keys;
  static std::deque<std::string> texts;
  std::vector<BlockTable> all(std::begin(fixed_tables), std::end(fixed_tables));
  for (const DerivedKind& kind : derived_kinds()) {
    std::vector<BlockKey>& columns = keys.emplace_back();
    for (const DerivedColumn& column : kind.columns) {
      if (column.name.empty()) continue;
      columns.push_back({column.name,
                         column.flag ? KeyType::Boolean : KeyType::Value,
                         column.meaning,
                         {},
                         column.flag ? std::string_view{} : std::string_view("value")});
    }
    std::string& what = texts.emplace_back("a test of '" + std::string(kind.word) + "'");
    bool runs = kind.kind == FactKind::Process;  // its command is asked like any other
    all.push_back({kind.word, what, columns, runs ? &command_table : nullptr});
  }
  return all;
}

}  // namespace

const BlockKey* BlockTable::find(std::string_view key) const {
  auto found = std::find_if(keys.begin(), keys.end(), [&](const BlockKey& known) { return known.name == key; });
  if (found != keys.end()) return &*found;
  return base ? base->find(key) : nullptr;
}

std::span<const BlockTable> block_tables() {
  static const std::vector<BlockTable> tables = all_tables();
  return tables;
}

const BlockTable& block_table(std::string_view name) {
  for (const BlockTable& table : block_tables()) {
    if (table.name == name) return table;
  }
  throw std::logic_error(fmt::format("there is no table '{}' of a rule block", name));
}

const std::vector<std::string>& format_words() {
  static const std::vector<std::string> words = [] {
    std::set<std::string> all;
    for (const Adapter* adapter : all_adapters()) {
      all.emplace(adapter->name);
      for (const Format& format : adapter->formats) all.emplace(format.name);
    }
    return std::vector<std::string>(all.begin(), all.end());
  }();
  return words;
}

}  // namespace tfcheck
