#include "model/secrets/fallback_readers.h"

#include <algorithm>

#include "base/text.h"
#include "base/words.h"

namespace tfcheck {

namespace {

// "DB_PASSWORD", "Jwt:Key", "db.password": no sentence.
bool names_setting(std::string_view text) {
  return text.size() > 2 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
                  c == ':' || c == '-';
         });
}

}  // namespace

FallbackReaders::FallbackReaders(const ProjectView& view) : types_(view.set("secret-type")) {
  for (const ProjectFile& file : view.project.files) {
    if (!file.adapter || file.adapter->kind != AdapterKind::Code) continue;
    for (const Fact& fact : view.facts(file)) {
      bool handed = fact.kind == FactKind::EnvRead && fact.name.empty() && fact.context.has(context::InFunction) &&
                    fact.value && !fact.value.is_literal();
      std::string_view function = handed ? last_word(fact.context.scope) : std::string_view{};
      if (function.size() > 2) readers_.emplace(file.format(), function);
    }
  }
}

const Value* FallbackReaders::fallback_of(std::string_view format, const Fact& call) const {
  if (readers_.empty() || call.kind != FactKind::Call || call.args().size() != 2) return nullptr;
  const Value &key = call.args()[0].value, &fallback = call.args()[1].value;
  bool reads = key.is(ValueKind::String) && fallback.is(ValueKind::String) && names_setting(key.text);
  if (!reads || !readers_.contains(std::pair(std::string(format), std::string(last_word(call.name))))) return nullptr;
  return &fallback;
}

bool FallbackReaders::is_secret_type(std::string_view name) const {
  return types_.contains(last_word(name));
}

bool FallbackReaders::reads_secret(const Fact& call) const {
  return std::any_of(call.args().begin(), call.args().end(), [&](const Arg& arg) {
    return !arg.name.empty() && arg.value.is(ValueKind::Name) && is_secret_type(arg.value.text);
  });
}

}  // namespace tfcheck
