// What the plain text of a configuration value says: a literal, a read of the environment, another reference, or a text
// made of both. All formats share it; their references are those of shared/references.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "facts/file_facts.h"
#include "formats/shared/references.h"

namespace tfcheck {

// What a format allows beyond the common forms; bits of a mask that has references:: too.
namespace scalar {
enum : uint32_t {
  Text = 1u << 0,      // quoted: never a number or a bool
  YesNo = 1u << 1,     // yes, no, on and off are bools too
  Verbatim = 1u << 2,  // no references at all (single quotes)
};
}  // namespace scalar

// The value of a text: Number, Bool, String, Env (with its default), Name (a reference that is no variable) or Template
// (`${…}` kept in the text, the Env values in it as items).
Value read_scalar(FileFacts& facts, std::string_view text, Span span, uint32_t syntax = 0);

// True for what a number looks like: digits, one point, a sign, an exponent.
bool is_number(std::string_view text);

// Adds the Entry `name`. The span is that of the value, or `key` when the value is empty; the scope is what stands
// before the last segment unless the context names one.
Fact& add_entry(FileFacts& facts, std::string_view name, Span key, const Value& value, const Context& context = {});

// True when a word of a file or profile name says that it is not for the deployed app: dev, test, local, lint, docs …
bool names_development(std::string_view name);

}  // namespace tfcheck
