// Secrets among the words of commands: behind options, glued to them, in what is set for one command, and in what a
// program is written.
#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "model/secrets/secret_facts.h"

namespace tfcheck {

namespace {

constexpr size_t npos = std::string_view::npos;

// What a word of a command gives a value by: "DB_PASSWORD", "db.password", "db-password".
bool is_setting(std::string_view name) {
  return name.size() > 2 && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
           return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
         });
}

}  // namespace

void SecretFacts::take_option(std::string_view name, const Value& value, size_t offset) {
  std::string_view text = value.text.substr(offset);
  SecretName kind = secrets_.kind_of(name);
  if (kind == SecretName::None || !value.is(ValueKind::String)) return;
  Strength strength = secrets_.strength_of(kind, name, text);
  add({0, value.span, span_of_part(value, {offset, text.size()}), std::string(name), text, kind, strength,
       SecretSource::Option, true, false});
}

// "-pX": the option and the password in one word.
bool SecretFacts::has_attached(const WordTable::Row& program, std::string_view word) const {
  std::string_view option = program.one(attached_);
  return !option.empty() && word.size() > option.size() && word.starts_with(option) && !word.starts_with("-port");
}

// "-p X": the password is the next word.
bool SecretFacts::is_followed(const WordTable::Row& program, std::string_view word, const Fact& command) const {
  if (!program.has(option_, word)) return false;
  std::string_view verb = program.one(verb_);
  return verb.empty() || (!command.args().empty() && command.args()[0].value.text == verb);
}

// "-u user:X", "-uuser:X", "-U user%X"
void SecretFacts::take_pair(const WordTable::Row& program, const Value& word, const Value* next) {
  std::string_view sign = program.one(separator_).empty() ? ":" : program.one(separator_);
  for (const std::string& option : program.all(pair_)) {
    bool joined = option.size() == 2 && word.text.size() > 2 && word.text.starts_with(option);
    const Value* target = joined ? &word : word.text == option ? next : nullptr;
    if (!target) continue;
    size_t at = target->text.find(sign, joined ? option.size() : 0);
    if (at != npos) take_option("password", *target, at + sign.size());
  }
}

// "-b file user X": a file may stand before name and password.
void SecretFacts::take_behind(const WordTable::Row& program, const Fact& fact, size_t at) {
  constexpr size_t farthest = 3;
  if (!program.has(behind_, fact.args()[at].value.text)) return;
  size_t last = at;
  while (last < at + farthest && last + 1 < fact.args().size() && fact.args()[last + 1].name.empty() &&
         !fact.args()[last + 1].value.text.starts_with('-'))
    ++last;
  if (last > at + 1) take_option("password", fact.args()[last].value, 0);
}

// "X-Api-Key: X", behind -H; "client_secret=X&grant_type=password", behind -d.
bool SecretFacts::take_request(std::string_view option, const Value& next) {
  if (headers_.contains(option)) {
    size_t colon = next.text.find(':'), begin = next.text.find_first_not_of(' ', colon == npos ? npos : colon + 1);
    if (begin != npos) take_option(next.text.substr(0, colon), next, begin);
    return true;
  }
  if (!fields_.contains(option)) return false;
  take_fields(next, 0, SecretSource::Option);
  return true;
}

// "a=1&password=X", from a place on.
void SecretFacts::take_fields(const Value& value, size_t begin, SecretSource source) {
  while (begin < value.text.size()) {
    size_t end = std::min(value.text.find('&', begin), value.text.size());
    std::string_view field = value.text.substr(begin, end - begin);
    size_t sign = field.find('=');
    std::string_view name = field.substr(0, sign);
    SecretName kind = sign == npos || !is_setting(name) ? SecretName::None : secrets_.kind_of(name);
    if (kind != SecretName::None) {
      std::string_view text = field.substr(sign + 1);
      Strength strength = secrets_.strength_of(kind, name, text);
      // A JSON Web Token in a link is for whom the link is.
      bool sure = strength == Strength::Strong && text.find('#') == npos && !text.starts_with("eyJ");
      if (!sure) return;
      add({0, value.span, span_of_part(value, {begin + sign + 1, text.size()}), std::string(name), text, kind, strength,
           source, true, false});
      return;
    }
    begin = end + 1;
  }
}

// "DB_PASSWORD=X", "-Ddb.password=X", "--from-literal=password=X": what a word sets. What no option hands over may be
// anything, such as the text that a file is to hold: then only what is no word.
bool SecretFacts::take_set(const Value& word, bool behind_option) {
  std::string_view text = word.text;
  size_t begin = 0;
  bool glued = text.starts_with("-D") || text.starts_with("-P") || text.starts_with("-e");
  if (glued) begin = 2;
  size_t sign = text.find('=', begin);
  if (text.starts_with("--") && sign != npos &&
      is_setting(text.substr(sign + 1, text.find('=', sign + 1) - sign - 1)) && text.find('=', sign + 1) != npos)
    begin = sign + 1, sign = text.find('=', begin), glued = true;
  if (sign == npos || !is_setting(text.substr(begin, sign - begin))) return false;
  std::string_view name = text.substr(begin, sign - begin);
  SecretName kind = secrets_.kind_of(name);
  if (kind == SecretName::None) return false;
  Strength strength = secrets_.strength_of(kind, name, text.substr(sign + 1));
  if (strength == Strength::Strong || behind_option || glued) take_option(name, word, sign + 1);
  return true;
}

// echo X | docker login --password-stdin, chpasswd <<< user:X
void SecretFacts::take_written(const Fact& fact) {
  const WordTable::Row* reader = readers_.find(fact.name);
  if (!reader) return;
  bool reads = reader->all(reader_option_).empty();
  const Value* text = nullptr;
  for (const Arg& arg : fact.args()) {
    reads |= reader->has(reader_option_, arg.value.text);
    if (arg.name == "<<<") text = &arg.value;
  }
  const std::vector<Fact>& facts = facts_->facts();
  const Fact* before = index_ > 0 ? &facts[index_ - 1] : nullptr;
  bool piped = before && fact.context.has(context::PipeIn) && before->kind == FactKind::Command &&
               (before->name == "echo" || before->name == "printf") && !before->args().empty();
  for (const Arg& arg : !text && piped ? before->args() : std::span<const Arg>()) {
    if (arg.name.empty()) text = &arg.value;
  }
  if (!reads || !text || !text->is(ValueKind::String)) return;
  size_t colon = reader->one(reader_pair_) == "true" ? text->text.find(':') : npos;
  take_option("password", *text, colon == npos ? 0 : colon + 1);
}

void SecretFacts::take_word(const Fact& fact, size_t at, const WordTable::Row* program) {
  const Value& value = fact.args()[at].value;
  std::string_view word = value.text;
  auto plain = [&](size_t i) { return i < fact.args().size() && fact.args()[i].name.empty(); };
  const Value* next = plain(at + 1) ? &fact.args()[at + 1].value : nullptr;
  bool behind_option = at > 0 && plain(at - 1) && fact.args()[at - 1].value.text.starts_with('-');
  size_t equals = word.find('=');
  if (program) take_pair(*program, value, next), take_behind(*program, fact, at);
  if (program && has_attached(*program, word)) return take_option("password", value, program->one(attached_).size());
  if (program && next && is_followed(*program, word, fact))
    return take_option("password", *next, next->text.starts_with("pass:") ? 5 : 0);
  if (next && take_request(word, *next)) return;
  if (take_set(value, behind_option)) return;
  size_t dashes = word.starts_with("--") ? 2 : word.starts_with('-') && word.size() > 4 ? 1 : 0;
  if (dashes == 0) return;
  if (equals != npos) return take_option(word.substr(dashes, equals - dashes), value, equals + 1);
  bool given = next && !next->text.starts_with('-') && next->text.find(' ') == npos;
  if (given) take_option(word.substr(dashes), *next, next->text.starts_with("pass:") ? 5 : 0);
}

void SecretFacts::take_command(const Fact& fact) {
  const WordTable::Row* program = options_.find(fact.name);
  take_written(fact);
  // Options for the program that the image starts.
  bool given = fact.name.starts_with("--") && !fact.args().empty() && fact.args()[0].name.empty();
  if (given) take_option(fact.name.substr(2), fact.args()[0].value, 0);
  for (size_t i = 0; i < fact.args().size(); ++i) {
    const Arg& arg = fact.args()[i];
    if (arg.name.ends_with('=')) {
      take(arg.name.substr(0, arg.name.size() - 1), arg.value, SecretSource::Option, true);
      continue;
    }
    if (arg.name.starts_with("<<") && arg.value.is(ValueKind::String)) take_lines(arg.value);
    if (!arg.name.empty() || !arg.value.is(ValueKind::String)) continue;
    look_inside(fact.name, arg.value, 0);
    take_word(fact, i, program);
  }
}

}  // namespace tfcheck
