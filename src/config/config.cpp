#include "config/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/factors.h"
#include "base/text.h"
#include "vocabulary/toml_reader.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

// Every pattern is tried on every rule, path or finding.
constexpr size_t most_patterns = 200;
constexpr size_t most_exceptions = 1000;
constexpr size_t most_packs = 20;
constexpr size_t longest_glob = 200;

class ConfigParser {
 public:
  ConfigParser(std::string_view file, ConfigOrigin origin, const toml::table& document)
      : file_(file), document_(document) {
    config_.origin = origin;
  }

  Result<Config> run() {
    TomlReader reader(document_, file_, 0, error_);
    config_.file = file_;
    config_.select = patterns(reader, "select");
    config_.ignore = patterns(reader, "ignore");
    read_packs(reader);
    read_edition(reader);
    for (const toml::table* table : reader.tables("gate")) read_gate(*table);
    for (const toml::table* table : reader.tables("scope")) {
      TomlReader scope(*table, file_, 0, error_);
      config_.exclude = patterns(scope, "exclude");
      scope.finish("[scope]");
    }
    read_named(reader, "rules", [&](const std::string& name, const toml::table& table) {
      config_.rules[name] = read_rule(table, "[rules.\"" + name + "\"]");
    });
    read_named(reader, "factors", [&](const std::string& name, const toml::table& table) { read_factor(name, table); });
    read_named(reader, "components",
               [&](const std::string& name, const toml::table& table) { read_component(name, table); });
    std::vector<const toml::table*> exceptions = reader.tables("exception");
    if (exceptions.size() > most_exceptions)
      reader.fail(*reader.node("exception"), fmt::format("there are more than {} exceptions", most_exceptions));
    for (const toml::table* table : exceptions) read_exception(*table);
    reader.finish("the configuration");
    if (error_) return *error_;
    return std::move(config_);
  }

 private:
  // A list of globs, which are tried on every rule or path.
  std::vector<std::string> patterns(TomlReader& reader, std::string_view key) {
    std::vector<std::string> out = reader.texts(key);
    if (out.size() > most_patterns)
      reader.fail(*reader.node(key), fmt::format("'{}' has more than {} entries", key, most_patterns));
    for (const std::string& pattern : out) check_length(reader, key, pattern);
    return out;
  }

  void check_length(TomlReader& reader, std::string_view key, const std::string& pattern) {
    if (pattern.size() > longest_glob)
      reader.fail(*reader.node(key), fmt::format("an entry of '{}' has more than {} bytes", key, longest_glob));
  }

  void read_packs(TomlReader& reader) {
    config_.packs = reader.texts("packs");
    if (config_.packs.size() > most_packs)
      reader.fail(*reader.node("packs"), fmt::format("there are more than {} packs", most_packs));
    std::string folder(dir_name(file_));
    for (std::string& pack : config_.packs) {
      if (config_.origin == ConfigOrigin::Tree) {
        std::vector<std::string_view> names = split(pack, '/');
        if (pack.empty() || pack.starts_with('/') || std::find(names.begin(), names.end(), "..") != names.end())
          reader.fail(*reader.node("packs"), "'" + pack + "' is no folder below this file's",
                      "packs from elsewhere are the user's to name: --rules FOLDER");
      } else if (!pack.starts_with('/') && !folder.empty()) {
        pack.insert(0, folder + "/");
      }
    }
  }

  void read_edition(TomlReader& reader) {
    const toml::node* node = reader.node("edition");
    if (!node) return;
    if (!node->is_string()) return reader.fail(*node, "'edition' must be a string", "write it in quotes");
    config_.edition = reader.text("edition");
    config_.edition_line = static_cast<uint32_t>(node->source().begin.line);
    if (config_.edition.empty())
      reader.fail(*node, "'edition' is empty", "leave it out for the newest edition of the rules");
    check_length(reader, "edition", config_.edition);
  }

  void read_named(TomlReader& reader, std::string_view key, auto visit) {
    const toml::node* found = reader.node(key);
    if (!found) return;
    const toml::table* tables = found->as_table();
    if (!tables) return reader.fail(*found, "'" + std::string(key) + "' must be a table of tables");
    for (const auto& [name, node] : *tables) {
      if (const toml::table* table = node.as_table())
        visit(std::string(name.str()), *table);
      else
        reader.fail(node, "'" + std::string(key) + "." + std::string(name.str()) + "' must be a table");
    }
  }

  void read_gate(const toml::table& table) {
    TomlReader reader(table, file_, 0, error_);
    if (const toml::node* node = reader.node("fail-on")) {
      std::string word = reader.text("fail-on");
      config_.fail_on_set = true;
      if (word != "never") {
        Result<Severity> severity = parse_severity(word);
        if (severity)
          config_.fail_on = *severity;
        else
          reader.fail(*node, severity.error().message, severity.error().hint);
      }
    }
    config_.min_score = reader.number("min-score");
    reader.finish("[gate]");
  }

  RuleConfig read_rule(const toml::table& table, const std::string& what) {
    TomlReader reader(table, file_, 0, error_);
    RuleConfig rule;
    rule.enabled = reader.boolean("enabled");
    rule.reason = reader.text("reason");
    if (const toml::node* node = reader.node("severity")) {
      Result<Severity> severity = parse_severity(reader.text("severity"));
      if (severity)
        rule.severity = *severity;
      else
        reader.fail(*node, severity.error().message, severity.error().hint);
    }
    if (rule.enabled == false && rule.reason.empty()) {
      reader.fail_at(static_cast<uint32_t>(table.source().begin.line), what + " is switched off without a reason",
                     "add reason = \"…\"");
    }
    reader.finish(what);
    return rule;
  }

  void read_factor(const std::string& name, const toml::table& table) {
    if (!is_factor(name)) {
      TomlReader reader(table, file_, 0, error_);
      std::string near = nearest(name, {factor_ids.begin(), factor_ids.end()});
      reader.fail_at(static_cast<uint32_t>(table.source().begin.line), "unknown factor '" + name + "'",
                     near.empty() ? "" : "did you mean '" + near + "'?");
    }
    config_.factors[name] = read_rule(table, "[factors." + name + "]");
  }

  void read_component(const std::string& name, const toml::table& table) {
    TomlReader reader(table, file_, 0, error_);
    static constexpr std::pair<std::string_view, ComponentKind> kinds[] = {
        {"app", ComponentKind::App},
        {"client", ComponentKind::Client},
        {"library", ComponentKind::Library},
        {"tool", ComponentKind::Tool},
        {"infrastructure", ComponentKind::Infrastructure}};
    if (const toml::node* node = reader.node("kind")) {
      std::string word = reader.text("kind");
      auto found =
          std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& kind) { return kind.first == word; });
      if (found == std::end(kinds))
        reader.fail(*node, "'" + word + "' is no kind of component", "app, library, tool or infrastructure");
      else
        config_.components[name] = found->second;
    }
    reader.finish("[components.\"" + name + "\"]");
  }

  void read_exception(const toml::table& table) {
    TomlReader reader(table, file_, 0, error_);
    IgnoreConfig exception{reader.text("rule"), reader.text("path"), reader.text("key"), reader.text("reason"),
                           static_cast<uint32_t>(table.source().begin.line)};
    for (std::string_view key : {"rule", "path", "key"}) check_length(reader, key, reader.text(key));
    if (const toml::node* node = reader.node("key"); node && exception.key.empty())
      reader.fail(*node, "'key' is empty",
                  "leave it out for the whole file, or name a key as in key = \"db.*.password\"");
    if (exception.rule.empty() || exception.path.empty() || exception.reason.empty()) {
      reader.fail_at(static_cast<uint32_t>(table.source().begin.line), "an [[exception]] needs rule, path and reason");
    }
    reader.finish("an [[exception]]");
    config_.ignores.push_back(std::move(exception));
  }

  std::string_view file_;
  const toml::table& document_;
  Config config_;
  std::optional<Error> error_;
};

}  // namespace

Result<Severity> parse_severity(std::string_view word) {
  if (word == "error") return Severity::Error;
  if (word == "warning") return Severity::Warning;
  if (word == "note") return Severity::Note;
  std::string near = nearest(word, {"error", "warning", "note", "never"});
  return Error{"'" + std::string(word) + "' is no severity", "", 0,
               near.empty() ? "error, warning, note or never" : "did you mean '" + near + "'?"};
}

Result<Config> parse_config(std::string_view file, std::string_view text, ConfigOrigin origin) {
  Result<toml::table> document = parse_toml(file, text, 0);
  if (!document) return document.error();
  return ConfigParser(file, origin, *document).run();
}

void count_paths_from(Config& config, const std::string& folder) {
  if (folder.empty()) return;
  config.folder = folder;
  ComponentKinds kinds;
  for (auto& [root, kind] : config.components) kinds[root == "." ? folder : folder + "/" + root] = kind;
  config.components = std::move(kinds);
}

std::vector<std::string> excluded_globs(const Config& config) {
  std::vector<std::string> globs;
  size_t own = config.exclude.size() - std::min(config.exclude.size(), config.flags.exclude.size());
  for (size_t i = 0; i < config.exclude.size(); ++i) {
    std::string_view glob = config.exclude[i];
    if (i >= own || config.folder.empty()) {
      globs.emplace_back(glob);
      continue;
    }
    bool anywhere = glob.starts_with("**/") || glob.substr(0, glob.size() - 1).find('/') == std::string_view::npos;
    if (glob.starts_with("**/")) glob.remove_prefix(3);
    if (glob.starts_with('/')) glob.remove_prefix(1);
    globs.push_back(config.folder + "/" + std::string(glob));
    if (anywhere) globs.push_back(config.folder + "/**/" + std::string(glob));
  }
  return globs;
}

bool covers(const Config& config, const IgnoreConfig& exception, std::string_view rule, std::string_view file) {
  if (!config.folder.empty()) {
    bool is_in = file.starts_with(config.folder + "/");
    if (!is_in) return false;
    file.remove_prefix(config.folder.size() + 1);
  }
  return rule_glob_match(exception.rule, rule) && path_match(exception.path, file);
}

Result<Config> with_flags(Config config, ConfigFlags flags) {
  if (!flags.select.empty()) config.select = flags.select;
  config.ignore.insert(config.ignore.end(), flags.ignore.begin(), flags.ignore.end());
  config.exclude.insert(config.exclude.end(), flags.exclude.begin(), flags.exclude.end());
  if (flags.min_score) config.min_score = flags.min_score;
  if (flags.edition) {
    config.edition = *flags.edition;
    config.edition_line = 0;
  }
  if (flags.fail_on || !config.fail_on_set) {
    std::string word = flags.fail_on.value_or("warning");
    config.fail_on.reset();
    if (word != "never") {
      Result<Severity> severity = parse_severity(word);
      if (!severity) return Error{"--fail-on: " + severity.error().message, "", 0, severity.error().hint};
      config.fail_on = *severity;
    }
  }
  config.flags = std::move(flags);
  return config;
}

bool rule_glob_match(std::string_view pattern, std::string_view id) {
  if (pattern.find('/') != std::string_view::npos) return glob_match(pattern, id, '/');
  return glob_match(pattern, before_first(id, '/'), '/') || glob_match(pattern, after_last(id, '/'), '/');
}

void follow_renames(std::vector<std::string>& names, const RenamedRules& renamed) {
  for (std::string& name : names) {
    if (auto now = renamed.find(name); now != renamed.end()) name = now->second;
  }
}

void follow_renames(Config& config, const RenamedRules& renamed) {
  for (auto* names : {&config.select, &config.ignore, &config.flags.select, &config.flags.ignore})
    follow_renames(*names, renamed);
  for (IgnoreConfig& exception : config.ignores) {
    if (auto now = renamed.find(exception.rule); now != renamed.end()) exception.rule = now->second;
  }
  for (const auto& [before, now] : renamed) {
    if (auto set = config.rules.extract(before)) {
      set.key() = now;
      config.rules.insert(std::move(set));
    }
  }
}

std::optional<Error> check_rule_names(const Config& config, const std::vector<std::string>& ids) {
  std::vector<std::string> spellings = ids;
  for (const std::string& id : ids) spellings.emplace_back(after_last(id, '/'));
  spellings.insert(spellings.end(), factor_ids.begin(), factor_ids.end());
  auto known = [&](std::string_view pattern) {
    return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) { return rule_glob_match(pattern, id); });
  };
  auto unknown = [&](std::string_view pattern) {
    std::string near = nearest(pattern, spellings);
    return Error{"no rule is called '" + std::string(pattern) + "'", config.file, 0,
                 near.empty() ? "" : "did you mean '" + near + "'?"};
  };
  for (const auto* list : {&config.select, &config.ignore}) {
    for (const std::string& pattern : *list) {
      if (!known(pattern) && !is_factor(pattern)) return unknown(pattern);
    }
  }
  for (const auto& [id, rule] : config.rules) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) return unknown(id);
  }
  for (const IgnoreConfig& exception : config.ignores) {
    if (!known(exception.rule)) return unknown(exception.rule);
  }
  return std::nullopt;
}

std::optional<Error> check_edition(const Config& config, std::span<const Edition> editions) {
  bool is_by_flag = config.flags.edition.has_value();
  if (config.edition.empty() && !is_by_flag) return std::nullopt;
  if (find_edition(editions, config.edition)) return std::nullopt;
  Error wrong = no_such_edition(editions, config.edition);
  if (is_by_flag) {
    wrong.message = "--edition: " + wrong.message;
  } else {
    wrong.file = config.file;
    wrong.line = config.edition_line;
  }
  return wrong;
}

uint32_t edition_in_force(const Config& config, std::span<const Edition> editions) {
  auto newest = static_cast<uint32_t>(editions.empty() ? 0 : editions.size() - 1);
  return find_edition(editions, config.edition).value_or(newest);
}

bool rule_enabled(const Config& config, std::string_view id) {
  auto any = [&](const std::vector<std::string>& patterns) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& p) { return rule_glob_match(p, id); });
  };
  if (!config.select.empty() && !any(config.select)) return false;
  if (any(config.ignore)) return false;
  if (auto rule = config.rules.find(std::string(id)); rule != config.rules.end() && rule->second.enabled)
    return *rule->second.enabled;
  auto factor = config.factors.find(std::string(before_first(id, '/')));
  return factor == config.factors.end() || factor->second.enabled.value_or(true);
}

}  // namespace tfcheck
