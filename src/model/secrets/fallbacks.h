// Literals that count only where nothing else was given.
#pragma once

#include <span>

#include "model/secrets/secret_facts.h"

namespace tfcheck {

// The secret is the default of a declared option, or stands in a branch that is taken when what holds it is empty.
// `facts`: of its file.
bool is_fallback(std::span<const Fact> facts, const SecretFact& found);

}  // namespace tfcheck
