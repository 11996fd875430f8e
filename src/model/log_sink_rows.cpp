// `log-sink`: where the logging configuration of Java and .NET writes to a file, and whether a logger uses it.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/words.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

// One appender as its file declares it: an element, or the properties below its name.
struct Appender {
  uint32_t place = no_index;  // the fact that says what it is
  std::string_view name, type, target;
  std::string_view holder;  // the appender that makes this one for each of its keys: loggers name that
  bool development = false;
  bool chosen = false;  // declared below a condition
};

bool is_condition(const Fact& fact) {
  return fact.name.ends_with(".if.condition") || fact.name.ends_with(".condition.expression");
}

std::string_view parent_of(std::string_view name) {
  size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot);
}

class LogSinkRows {
 public:
  LogSinkRows(const WholeProject& view, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        files_(view.set("java-file-appender")),
        rolling_(view.set("java-rolling-appender")),
        elements_(view.set("log-file-element")),
        loggers_(view.set("logger-element")),
        references_(view.set("appender-reference")),
        profiles_(view.set("developer-profile")) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts || (owner.scope & scope::Outside)) continue;
      std::string_view format = owner.format();
      bool xml = format == "logback" || format == "log4j" || format == "log4net" || format == "xml" ||
                 format == "dotnet-config" || format == "spring-beans";
      if (xml || format == "properties") read(file, view_.facts(owner));
    }
  }

 private:
  void read(uint32_t file, std::span<const Fact> facts) {
    appenders_.clear();
    used_.clear();
    has_loggers_ = developed_ = in_production_ = false;
    silent_ = {};
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind != FactKind::Entry) continue;
      if (is_condition(facts[i])) in_production_ = facts[i].value.text.find("prod") != std::string_view::npos;
      note_logger(facts[i]);
      if (facts[i].name.find("log4j.appender.") != std::string_view::npos)
        note_property(facts[i], i);
      else
        note_element(facts[i], i);
    }
    for (const auto& [key, appender] : appenders_) row(file, appender);
  }

  void note_logger(const Fact& fact) {
    std::string_view last = last_word(fact.name), parent = last_word(parent_of(fact.name));
    has_loggers_ |=
        loggers_.contains(last) || loggers_.contains(parent) || loggers_.contains(before_first(fact.name, '.'));
    if (loggers_.contains(last)) silent_ = {};  // the next one begins
    if (last == "level") silent_ = iequals(fact.value.text, "off") ? parent_of(fact.name) : std::string_view{};
    bool refers = references_.contains(parent) || references_.contains(last_word(parent_of(parent_of(fact.name))));
    if (last == "ref" && refers && !is_silent(fact.name)) used_[fact.value.text] |= !is_chosen(fact.name);
    // log4j.rootLogger=INFO, file
    if (!fact.name.starts_with("log4j.") || fact.name.find(".appender.") != std::string_view::npos) return;
    has_loggers_ |= loggers_.contains(before_first(fact.name.substr(6), '.'));
    for (std::string_view name : split(fact.value.text, ',')) used_[trim(name)] = true;
  }

  // Below the last logger whose level lets nothing through.
  bool is_silent(std::string_view name) const {
    return !silent_.empty() && name.starts_with(silent_) && name.substr(silent_.size()).starts_with(".");
  }

  // Inside `<if><then>`; a condition that asks for production says what deploys do.
  bool is_chosen(std::string_view name) const {
    return !in_production_ && name.find(".if.then.") != std::string_view::npos;
  }

  // <appender name="F" class="…"><file>…</file>, <RollingFile name="F" fileName="…"/>, appender.F.type=File
  void note_element(const Fact& fact, uint32_t index) {
    std::string_view parent = parent_of(fact.name), element = last_word(parent), key = last_word(fact.name);
    // Elements stand in document order, so what follows lies in this profile as long as its path says so.
    if (element == "springProfile" && key == "name") developed_ = is_of_developers(fact.value.text);
    bool attribute = element == "appender" || elements_.contains(element) || parent.starts_with("appender.");
    if (!attribute) return;
    Appender& appender = appenders_[{parent, fact.context.index}];
    appender.chosen = is_chosen(fact.name);
    appender.development = developed_ && parent.find(".springProfile.") != std::string_view::npos;
    bool held = parent.find(".sift.") != std::string_view::npos;
    if (key == "name") appender.name = fact.value.text;
    if (key == "name" && !held) holder_ = fact.value.text;
    if (held) appender.holder = holder_;
    bool says_type = key == "class" || key == "type";
    if (says_type) appender.type = fact.value.text, appender.place = index;
    bool says_path = iequals(key, "file") || iequals(key, "fileName") || iequals(key, "filePattern");
    if (!says_path) return;
    if (appender.target.empty() || !iequals(key, "filePattern")) appender.target = fact.value.text;
    if (!elements_.contains(element)) return;
    appender.type = element;
    if (appender.place == no_index || iequals(key, "fileName")) appender.place = index;
  }

  // "dev", "dev, test", "!prod"
  bool is_of_developers(std::string_view profiles) const {
    std::vector<std::string_view> names = split(profiles, profiles.find('|') == std::string_view::npos ? ',' : '|');
    return std::all_of(names.begin(), names.end(),
                       [&](std::string_view name) { return profiles_.contains(trim(name)); });
  }

  // log4j.appender.F=…, log4j.appender.F.File=…
  void note_property(const Fact& fact, uint32_t index) {
    size_t begin = fact.name.find("log4j.appender.") + std::string_view("log4j.appender.").size();
    std::string_view rest = fact.name.substr(begin), name = before_first(rest, '.');
    Appender& appender = appenders_[{name, 0}];
    appender.name = name;
    if (name == rest) appender.type = fact.value.text, appender.place = index;
    if (iequals(last_word(rest), "File") && name != rest) appender.target = fact.value.text;
  }

  void row(uint32_t file, const Appender& appender) {
    bool element = elements_.contains(appender.type);
    if (appender.place == no_index || (!element && !files_.contains(appender.type))) return;
    bool held = !appender.holder.empty();
    bool computed = !held && (appender.name.empty() || appender.name.find("${") != std::string_view::npos);
    auto used = used_.find(held ? appender.holder : appender.name);
    DerivedRow(FactKind::LogSink, {file, appender.place}, project_.files[file].format())
        .value(appender.target)
        .column("type", appender.type)
        .column("name", appender.name)
        .flag("rotates", rolling_.contains(appender.type))
        .flag("development", appender.development)
        .flag("attached", !has_loggers_ || computed || used != used_.end())
        .flag("chosen", appender.chosen || (used != used_.end() && !used->second))
        .add_to(facts_, project_);
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  const WordSet &files_, &rolling_, &elements_, &loggers_, &references_, &profiles_;
  // Of the present file.
  std::map<std::pair<std::string_view, uint32_t>, Appender> appenders_;  // by the element and its number
  std::map<std::string_view, bool> used_;  // names that loggers refer to, and whether whatever is chosen
  bool has_loggers_ = false;               // else another file has them
  bool developed_ = false;                 // the last profile is the developers'
  std::string_view holder_;                // the last appender that stands by itself
  std::string_view silent_;                // the last logger, when its level is OFF
  bool in_production_ = false;             // the last condition names it
};

}  // namespace

void derive_log_sinks(const WholeProject& view, ModelFacts& facts) {
  LogSinkRows(view, facts).run();
}

}  // namespace tfcheck
