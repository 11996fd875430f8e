// Literals that count only where nothing else was given.
#pragma once

#include <span>

#include "model/secrets/secret_facts.h"
#include "vocabulary/word_set.h"

namespace tfcheck {

// The secret is the default of a declared option, or stands in a branch that is taken when what holds it is empty.
// `facts`: of its file.
bool is_fallback(std::span<const Fact> facts, const SecretFact& found);

// Before it gets to a literal, the code around a fact fails where it runs in production: by itself, or by a function of
// the same file. `fails`: what ends a program or throws.
bool is_refused_in_production(std::span<const Fact> facts, uint32_t fact, Span literal, const WordSet& fails);

}  // namespace tfcheck
