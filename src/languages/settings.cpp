#include "languages/settings.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "languages/walker_parts.h"

namespace tfcheck {

namespace {

// A call that declares an option: the place of its name and of its default among the arguments, by position or, where
// a word is given, by keyword.
struct OptionCall {
  std::string_view method;  // last part of the callee
  std::string_view object;  // of which what comes before holds a part; "" for any
  int name = 0;
  int fallback = -1;
  std::string_view name_word = {}, fallback_word = {};
  std::string_view usual = {};  // the name where none is given
};

constexpr OptionCall option_calls[] = {
    // Python
    {"add_argument", "", 0, -1, "env_var", "default"},
    {"option", "click", 0, -1, "envvar", "default"},
    {"argument", "click", 0, -1, "envvar", "default"},
    {"Option", "typer", -1, 0, "envvar", "default"},
    {"Argument", "typer", -1, 0, "envvar", "default"},
    {"DEFINE_string", "flags", 0, 1},
    {"DEFINE_integer", "flags", 0, 1},
    {"define", "tornado", 0, -1, "", "default"},
    {"config", "dj_database_url", -1, -1, "env", "default", "DATABASE_URL"},
    // Go
    {"String", "flag", 0, 1},
    {"StringVar", "flag", 1, 2},
    {"StringP", "flag", 0, 2},
    {"StringVarP", "flag", 1, 3},
    {"String", "FlagSet", 0, 1},
    {"StringVar", "FlagSet", 1, 2},
    {"String", "Flags", 0, 1},
    {"StringVar", "Flags", 1, 2},
    {"StringP", "Flags", 0, 2},
    {"StringVarP", "Flags", 1, 3},
    {"String", "PersistentFlags", 0, 1},
    {"StringVar", "PersistentFlags", 1, 2},
    {"StringP", "PersistentFlags", 0, 2},
    {"StringVarP", "PersistentFlags", 1, 3},
    {"StringFlag", "cli", -1, -1, "Name", "Value"},
    // JavaScript
    {"option", "commander", 0, 2},
    {"requiredOption", "commander", 0, 2},
    {"option", "yargs", 0, -1, "", "default"},
    // Java
    {"getProperty", "System", 0, 1},
    {"getProperty", "Environment", 0, 1},
    {"getProperty", "env", 0, 1},
    {"getProperty", "environment", 0, 1},
    {"ConfigProperty", "", -1, -1, "name", "defaultValue"},
    {"Option", "picocli", -1, -1, "names", "defaultValue"},
    {"Parameters", "picocli", -1, -1, "index", "defaultValue"},
    // Ruby
    {"method_option", "", 0, -1, "", "default"},
    {"class_option", "", 0, -1, "", "default"},
};

// Classes whose fields are filled from the environment: what such a class extends or is annotated with. Fields of the
// first are variables by themselves, those of others keys of a configuration.
constexpr std::string_view settings_classes[] = {"BaseSettings", "ConfigurationProperties", "ConfigMapping"};

std::string_view last_part(std::string_view name) {
  return name.substr(name.rfind('.') + 1);
}

bool has_part(std::string_view name, std::string_view part) {
  for (size_t at = name.find(part); at != std::string_view::npos; at = name.find(part, at + 1)) {
    bool begins = at == 0 || name[at - 1] == '.' || name[at - 1] == '/';
    size_t end = at + part.size();
    if (begins && (end == name.size() || name[end] == '.')) return true;
  }
  return false;
}

// pflag's functions are those of flag.
bool is_of(std::string_view object, std::string_view wanted) {
  return wanted.empty() || has_part(object, wanted) || (wanted == "flag" && has_part(object, "pflag"));
}

const OptionCall* option_call(const Fact& fact) {
  std::string_view method = last_part(fact.name);
  std::string_view object = fact.name.substr(0, fact.name.size() - std::min(fact.name.size(), method.size() + 1));
  auto row = std::find_if(std::begin(option_calls), std::end(option_calls),
                          [&](const OptionCall& call) { return call.method == method && is_of(object, call.object); });
  return row == std::end(option_calls) ? nullptr : row;
}

// "--db-password <value>" → "db-password".
std::string_view option_name(std::string_view text) {
  size_t at = text.find("--");
  if (at != std::string_view::npos) text.remove_prefix(at + 2);
  while (text.starts_with('-')) text.remove_prefix(1);
  return text.substr(0, text.find_first_of(" =,"));
}

bool is_given(const Value& value) {
  return value.is(ValueKind::String) || value.is(ValueKind::Number) || value.is(ValueKind::Template);
}

class Settings {
 public:
  explicit Settings(FileFacts& facts) : facts_(facts) {}

  void find() {
    size_t count = facts_.facts().size();  // of those that the source has
    for (const Fact& known : facts_.facts()) {
      if (known.kind == FactKind::EnvRead) known_.emplace(known.name);
      if (known.kind == FactKind::EnvRead && known.name.empty() && known.context.has(context::InFunction))
        readers_.emplace(last_part(known.context.scope));
      if (known.kind == FactKind::Entry) note_variable(known);
      note_prefix(known);
      note_part(known);
    }
    for (size_t i = 0; i < count; ++i) {
      switch (facts_.facts()[i].kind) {
        case FactKind::Call:
          look_at_call(i);
          break;
        case FactKind::Assign:
          look_at_field(i);
          break;
        case FactKind::Entry:
          look_at_entry(i);
          break;
        default:
          break;
      }
    }
  }

 private:
  Fact& fact(size_t index) { return facts_.facts()[index]; }

  // { env: "DB_HOST", default: "…" }: the variable of an option that is described so.
  void note_variable(const Fact& entry) {
    std::string_view key = last_part(entry.name);
    bool names = key == "env" || key == "envVar" || key == "env_var" || key == "envvar";
    if (names && key.size() < entry.name.size() && entry.value.is(ValueKind::String) && is_variable(entry.value.text))
      described_.emplace(entry.name.substr(0, entry.name.size() - key.size()), entry.value.text);
  }

  // model_config = SettingsConfigDict(env_prefix="SHOP_"), class Config: env_prefix = "SHOP_"
  void note_prefix(const Fact& known) {
    std::string_view scope = known.context.scope;
    Value prefix = known.kind == FactKind::Call ? argument(known.args(), "env_prefix") : Value{};
    if (known.kind == FactKind::Assign && last_part(known.name) == "env_prefix" && scope.ends_with(".Config")) {
      prefix = known.value;
      scope.remove_suffix(std::string_view(".Config").size());
    }
    if (prefix.is(ValueKind::String)) prefixes_.emplace(scope, prefix.text);
  }

  // self.db = DatabaseSettings(): what a field of settings is filled with by its own class, when that is settings too.
  void note_part(const Fact& known) {
    size_t method = known.context.scope.rfind('.');
    bool made = known.kind == FactKind::Assign && known.context.has(context::InFunction) &&
                known.value.is(ValueKind::Call) && method != std::string_view::npos;
    if (made) parts_.emplace(std::pair(known.context.scope.substr(0, method), last_part(known.name)), known.value.text);
  }

  // Settings in settings: the variables are those of their own fields.
  bool is_part(const Fact& field) const {
    auto is_settings = [&](std::string_view name) { return classes_.contains(last_part(name)); };
    const Value& made = field.value.is(ValueKind::Call) ? argument(field.value.items(), "default_factory") : Value{};
    if (field.value.is(ValueKind::Call) && (is_settings(field.value.text) || (made && is_settings(made.text))))
      return true;
    auto part = parts_.find(std::pair(std::string(field.context.scope), std::string(last_part(field.name))));
    return part != parts_.end() && is_settings(part->second);
  }

  void look_at_call(size_t index) {
    const Fact& call = fact(index);
    if (call.context.has(context::Annotation)) {
      bool settings = std::find(std::begin(settings_classes), std::end(settings_classes), last_part(call.name)) !=
                          std::end(settings_classes) ||
                      classes_.contains(call.name);
      bool variables = last_part(call.name) == settings_classes[0] || of_variables_.contains(call.name);
      if (settings && !call.context.has(context::InFunction)) {
        classes_.emplace(call.context.scope);
        if (variables) of_variables_.emplace(call.context.scope);
      }
      if (last_part(call.name) == "Value") return look_at_reference(index);
    }
    if (const OptionCall* option = option_call(call)) return look_at_option(index, *option);
    // setting_or("DB_PASSWORD", "…") of a function that reads what it is asked for, config("DB_PASSWORD", default="…"):
    // a reader of variables, whoever wrote it.
    bool variable = !call.args().empty() && call.args()[0].value.is(ValueKind::String) &&
                    is_variable(call.args()[0].value.text) &&
                    call.args()[0].value.text.find('_') != std::string_view::npos;
    bool reader = readers_.contains(last_part(call.name));
    if (variable) look_at_option(index, {"", "", 0, reader ? 1 : -1, "", "default"});
    bool plain = variable && reader && fact(index).args().size() == 1;
    if (plain && !known_.contains(fact(index).args()[0].value.text))
      add_read(index, fact(index).args()[0].value.text, {});
  }

  // @Value("${db.password:…}")
  void look_at_reference(size_t index) {
    if (fact(index).args().empty()) return;
    const Value text = fact(index).args()[0].value;
    std::string_view inner = text.text;
    bool reference = (text.is(ValueKind::String) || text.is(ValueKind::Template)) && inner.starts_with("${") &&
                     inner.ends_with('}') && inner.find("${", 2) == std::string_view::npos;
    size_t colon = inner.find(':');
    if (!reference || colon == std::string_view::npos || colon + 2 >= inner.size()) return;
    std::string name(inner.substr(2, colon - 2));
    if (is_variable(name)) return;  // the language knows those
    std::string fallback(inner.substr(colon + 1, inner.size() - colon - 2));
    add_read(index, name, facts_.string(fallback, text.span));
  }

  void look_at_option(size_t index, const OptionCall& option) {
    std::span<const Arg> args = fact(index).args();
    const Value& word = option.name_word.empty() ? argument(args, "", -1) : argument(args, option.name_word);
    const Value& name = word.is(ValueKind::String) || option.name < 0 ? word : argument(args, {}, option.name);
    bool usual = !option.usual.empty() && !name.is(ValueKind::String);
    std::string called(usual ? option.usual : option_name(name.text));
    if (called.empty()) return;
    std::vector<Arg> changed(args.begin(), args.end());
    int position = 0;
    for (Arg& arg : changed) {
      bool keyword = !arg.name.empty() && arg.name == option.fallback_word;
      bool placed = arg.name.empty() && position++ == option.fallback;
      if ((keyword || placed) && is_given(arg.value)) {
        arg.value = read_of(index, called, arg.value);
        return facts_.set_args(fact(index), changed);
      }
      // option("x", { default: "…" })
      if (arg.name.empty() && arg.value.is(ValueKind::Map)) {
        const Value fallback = argument(arg.value.items(), option.fallback_word);
        if (is_given(fallback)) return add_read(index, called, fallback);
      }
    }
  }

  void look_at_field(size_t index) {
    Fact& field = fact(index);
    if (field.context.has(context::InFunction) || !classes_.contains(field.context.scope) || is_part(field)) return;
    field.kind = FactKind::EnvRead;
    take_variable(field);
    if (!field.value.is(ValueKind::Call)) return;
    // Field(default="…", alias="…"), Field("…"), SecretStr("…")
    const Value& named = argument(field.value.items(), "default");
    Value fallback = named ? named : argument(field.value.items(), {}, 0);
    if (fallback.is(ValueKind::Call) && fallback.item_count) fallback = fallback.items()[0].value;
    bool demands = fallback.is(ValueKind::Unknown) && !named;  // Field(...)
    field.value = demands ? Value{} : fallback;
  }

  // The variable that fills a field: its alias, or its name in capitals behind the prefix of its class.
  void take_variable(Fact& field) {
    if (!of_variables_.contains(field.context.scope) || last_part(field.name) == "model_config") return;
    std::vector<Arg> args;
    std::string name;
    bool described = field.value.is(ValueKind::Call) && last_part(field.value.text) == "Field";
    for (std::string_view word : {"env", "validation_alias", "alias"}) {
      const Value& alias = described ? argument(field.value.items(), word) : Value{};
      if (name.empty() && alias.is(ValueKind::String)) name = alias.text;
    }
    if (name.empty()) {
      auto prefix = prefixes_.find(field.context.scope);
      if (prefix != prefixes_.end()) name = prefix->second;
      name += last_part(field.name);
    }
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    args.push_back({"variable", facts_.string(name, field.span)});
    bool given = described ? argument(field.value.items(), "default") ||
                                 argument(field.value.items(), "default_factory") || is_given_first(field.value)
                           : bool(field.value);
    if (!given) args.push_back({"required", facts_.value(ValueKind::Bool, "true", field.span)});
    facts_.set_args(field, args);
  }

  // Field("x"), not Field(...)
  static bool is_given_first(const Value& call) {
    const Value& first = argument(call.items(), {}, 0);
    return first && !first.is(ValueKind::Unknown);
  }

  // A schema's variable, z.string().default("…"); nconf's defaults, which everything else overrides.
  void look_at_entry(size_t index) {
    Fact& entry = fact(index);
    if (entry.name.starts_with("nconf.") && has_part(entry.name, "defaults")) {
      entry.kind = FactKind::EnvRead;
      entry.name = last_part(entry.name);
      return;
    }
    if (is_declared_default(entry)) return take_declared(entry);
    if (last_part(entry.name) == "default" && is_given(entry.value)) {
      auto described = described_.find(entry.name.substr(0, entry.name.size() - std::string_view("default").size()));
      if (described == described_.end() || known_.contains(described->second)) return;
      entry.kind = FactKind::EnvRead;
      entry.name = facts_.keep(described->second);
      return;
    }
    if (!entry.value.is(ValueKind::Call) || last_part(entry.value.text) != "default" || entry.value.item_count == 0)
      return;
    const Value fallback = entry.value.items()[0].value;
    std::string name(last_part(entry.name));
    if (!is_variable(name) || !is_given(fallback) || known_.contains(name)) return;
    Value read = read_of(index, name, fallback);
    fact(index).value = read;  // the facts have moved
  }

  // A table of options by variable: options.DATABASE_URL.default, flags.DB_HOST.rawValue.
  static bool is_declared_default(const Fact& entry) {
    std::vector<std::string_view> parts = split(entry.name, '.');
    if (parts.size() < 2 || !entry.value.is_literal()) return false;
    std::string_view variable = parts[parts.size() - 2];
    if (!is_variable(variable) || variable.find('_') == std::string_view::npos) return false;
    std::string leaf = lower(parts.back());
    if (leaf == "default" || leaf == "defaultvalue" || leaf == "fallback") return true;
    if (!leaf.ends_with("value") || leaf == "value") return false;
    return std::any_of(parts.begin(), parts.end() - 2, [](std::string_view part) {
      return icontains(part, "options") || icontains(part, "flags") || icontains(part, "variables");
    });
  }

  static void take_declared(Fact& entry) {
    std::string_view path = entry.name.substr(0, entry.name.rfind('.'));
    entry.kind = FactKind::EnvRead;
    entry.name = last_part(path);
  }

  // A read that is no variable of the environment: an option of the command line, a key of a configuration.
  void add_read(size_t index, std::string_view name, const Value& fallback) {
    Context where = fact(index).context;
    Span span = fact(index).span;
    Arg option{"option", facts_.value(ValueKind::Bool, "true", span)};
    facts_.add(FactKind::EnvRead, name, span, fallback, {&option, is_variable(name) ? 0u : 1u}, where);
  }

  Value read_of(size_t index, std::string_view name, const Value& fallback) {
    add_read(index, name, fallback);
    return facts_.with_items(ValueKind::Env, facts_.keep(name), std::vector<Arg>{Arg{{}, fallback}}, fallback.span);
  }

  FileFacts& facts_;
  std::set<std::string, std::less<>> known_;                  // variables that the language itself has found
  std::set<std::string, std::less<>> readers_;                // functions that read the variable that they are given
  std::set<std::string, std::less<>> classes_;                // scopes of settings classes …
  std::set<std::string, std::less<>> of_variables_;           // … and of those whose fields are variables
  std::map<std::string, std::string, std::less<>> prefixes_;  // of their variables, by scope
  std::map<std::pair<std::string, std::string>, std::string> parts_;  // what makes a field, by its class and name
  std::map<std::string, std::string, std::less<>> described_;  // variables by the path of what describes their option
};

}  // namespace

void find_settings(FileFacts& facts) {
  Settings(facts).find();
}

}  // namespace tfcheck
