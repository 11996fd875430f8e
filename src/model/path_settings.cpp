#include "model/path_settings.h"

#include <algorithm>

#include "base/text.h"
#include "base/words.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

// "logfile" of "--log-file <path>", "LOG_FILE", "opts.logFile".
std::string letters_of(std::string_view name) {
  while (name.starts_with('-')) name.remove_prefix(1);
  name = name.substr(0, name.find_first_of(" =<[?"));
  name = name.substr(name.rfind('.') + 1);
  std::string letters;
  for (char c : name) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
    if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
  }
  return letters;
}

bool is_default(std::string_view name) {
  return icontains(name, "default");
}

}  // namespace

PathSettings::PathSettings(const ProjectView& view)
    : view_(view),
      off_(view.set("off-value")),
      streams_(view.set("std-stream")),
      words_(view.set("path-setting")),
      joiners_(view.set("path-join")),
      declares_(view.set("option-call")) {}

bool PathSettings::is_empty(std::string_view name) {
  const Known* known = find(name);
  return known && known->empty && !known->given;
}

bool PathSettings::is_given(std::string_view name) {
  const Known* known = find(name);
  return known && known->given;
}

bool PathSettings::is_path_name(std::string_view name) const {
  return words_.contains(letters_of(name));
}

const PathSettings::Known* PathSettings::find(std::string_view name) {
  if (!known_) read();
  auto found = known_->find(letters_of(name));
  return found == known_->end() ? nullptr : &found->second;
}

void PathSettings::read() {
  known_.emplace();
  for (const ProjectFile& file : view_.project.files) {
    if (file.scope & scope::Outside) continue;
    for (const Fact& fact : view_.facts(file)) note(fact);
  }
}

void PathSettings::note(const Fact& fact) {
  if (fact.kind == FactKind::EnvRead) return note_value(fact.name, fact.value, true);
  if (fact.kind == FactKind::Assign || fact.kind == FactKind::Entry) return note_value(fact.name, fact.value, false);
  if (fact.kind != FactKind::Call) return;
  if (declares_.contains(last_word(fact.name))) return note_option(fact);
  bool empty = false;  // flag.StringVar(&opts.PidFile, "pid", "", …)
  for (const Arg& arg : fact.args()) {
    if (!arg.name.empty()) note_value(arg.name, arg.value, false);
    empty |= arg.value.is(ValueKind::Env) && arg.value.item_count && arg.value.items()[0].value.text.empty();
  }
  if (!empty || !fact.args()[0].value.is(ValueKind::Name)) return;
  note_value(fact.args()[0].value.text, Value{ValueKind::Null, {}, nullptr, 0, {}}, true);
}

void PathSettings::note_value(std::string_view name, const Value& value, bool option) {
  if (value.is(ValueKind::Env)) {
    if (value.item_count) note_value(name, value.items()[0].value, true);
    return;
  }
  bool nothing = value.is(ValueKind::Null) || (value.is_literal() && off_.contains(value.text));
  bool given = !nothing && is_path(value);
  bool empty = option && (nothing || !value);
  if (!given && !empty) return;
  std::string letters = letters_of(name);
  if (!words_.contains(letters)) return;
  Known& known = (*known_)[letters];
  known.given |= given;
  known.empty |= empty;
}

// parser.add_argument("--pid-file", default=None), .option("--log-file <path>")
void PathSettings::note_option(const Fact& call) {
  std::string_view name;
  Value preset;
  for (const Arg& arg : call.args()) {
    bool list = arg.value.is(ValueKind::List) && arg.value.item_count;
    const Value& said = list ? arg.value.items()[arg.value.item_count - 1].value : arg.value;
    if (said.is(ValueKind::String) && said.text.starts_with("--")) name = said.text;
    if (is_default(arg.name)) preset = arg.value;
    if (arg.value.is(ValueKind::Env)) return;  // the option is a fact of its own
  }
  if (name.empty() && !call.args().empty() && last_word(call.name) == "addOption") name = call.args()[0].value.text;
  if (!name.empty()) note_value(name, preset, true);
}

bool PathSettings::is_path(const Value& value) const {
  if (value.is(ValueKind::String) || value.is(ValueKind::Template)) return !streams_.contains(value.text);
  if (!value.is(ValueKind::Call) || !joiners_.contains(value.text)) return false;
  std::span<const Arg> parts = value.items();
  return std::any_of(parts.begin(), parts.end(), [](const Arg& part) { return part.value.is(ValueKind::String); });
}

}  // namespace tfcheck
