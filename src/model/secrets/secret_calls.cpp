#include "model/secrets/secret_calls.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/text.h"

namespace tfcheck {

namespace {

SecretName kind_named(std::string_view name) {
  if (name == "password") return SecretName::Password;
  if (name == "signing") return SecretName::Signing;
  return name == "credential" ? SecretName::Credential : SecretName::None;
}

}  // namespace

std::vector<SecretCall> secret_calls(const WordTable& rows) {
  size_t position = rows.column("position"), kind = rows.column("kind");
  size_t arguments = rows.column("arguments"), drawn = rows.column("drawn");
  std::vector<SecretCall> calls;
  for (const WordTable::Row& row : rows.rows()) {
    std::string_view place = row.one(position);
    SecretName what = kind_named(row.one(kind));
    if (place.size() != 1 || !is_digits(place) || what == SecretName::None)
      throw std::logic_error(fmt::format("{}:{}: a secret call needs a position and a kind", rows.file(), row.line));
    std::string_view count = row.one(arguments);
    int of = count.size() == 1 && is_digits(count) ? count[0] - '0' : 0;
    bool sure = row.one(drawn) == "true";
    for (const std::string& callee : row.all(0)) calls.push_back({callee, place[0] - '0', what, of, sure});
  }
  return calls;
}

}  // namespace tfcheck
