// The environment's variable that a finding is about, so that its fix can name it: the one that is read, or what the
// key of a setting would be called.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/span.h"
#include "facts/fact.h"

namespace tfcheck {

// "DATASOURCE_PASSWORD" of `spring.datasource.password`, "JWT_SECRET" of `jwt.secret` and of `${JWT_SECRET:-x}`; ""
// where neither a key nor a read names one. `key`: the fact's name, or what counts of it. The span is the finding's
// place in the file.
std::string variable_of(const Fact& fact, std::string_view key, std::optional<Span> place);

// "JWT_SECRET" of "JWT_SECRET falls back to a literal secret": the variable that a message begins with; "" for another.
std::string variable_in(std::string_view message);

// "SENDGRID_KEY" of "The file holds a SendGrid key.": what was found, by what it is called; "" where that says little.
std::string variable_of_kind(std::string_view message);

}  // namespace tfcheck
