// Secrets among the words of commands: behind options, glued to them, and in variables for one command.
#include "base/text.h"
#include "model/secrets/secret_facts.h"

namespace tfcheck {

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

void SecretFacts::take_command(const Fact& fact) {
  const WordTable::Row* program = options_.find(fact.name);
  for (size_t i = 0; i < fact.args().size(); ++i) {
    const Arg& arg = fact.args()[i];
    if (arg.name.ends_with('=')) {
      take(arg.name.substr(0, arg.name.size() - 1), arg.value, SecretSource::Option, true);
      continue;
    }
    if (!arg.name.empty() || !arg.value.is(ValueKind::String)) continue;
    look_inside(fact.name, arg.value, 0);
    std::string_view word = arg.value.text;
    const Value* next =
        i + 1 < fact.args().size() && fact.args()[i + 1].name.empty() ? &fact.args()[i + 1].value : nullptr;
    size_t equals = word.find('=');
    if (word.starts_with("--") && equals != std::string_view::npos)
      take_option(word.substr(2, equals - 2), arg.value, equals + 1);
    else if (word.starts_with("--") && next && !next->text.starts_with('-'))
      take_option(word.substr(2), *next, 0);
    else if (program && has_attached(*program, word))
      take_option("password", arg.value, program->one(attached_).size());
    else if (program && is_followed(*program, word, fact) && next)
      take_option("password", *next, 0);
    else if (fact.name == "curl" && (word == "-u" || word == "--user") && next &&
             next->text.find(':') != std::string_view::npos)
      take_option("password", *next, next->text.find(':') + 1);
  }
}

}  // namespace tfcheck
