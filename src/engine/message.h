// Putting values of the audited tree into messages: shortened, printable, and with credentials masked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "masking/mask_words.h"
#include "model/project.h"
#include "pages/rule.h"

namespace tfcheck {

// A value as a message shows it: at most 60 characters, printable, and what is a secret by its place
// (masking/sensitive_text.h) masked before anything is cut off.
std::string display(const MaskWords& words, std::string_view text);
std::string display(const MaskWords& words, const Value& value);
// A qualified name as the language of its file writes it: facts write `A.B.new` for all, and imports in full.
std::string spelled_name(const ProjectFile& file, std::string name);
// What a message speaks of.
struct MessageSubject {
  FactRef fact;
  const FactTest* test = nullptr;  // tells which argument is meant
  std::vector<FactRef> with;       // companions, in order
  size_t count = 1;                // places that the finding joins
};
// Fills {name}, {value}, {argument}, {path}, {scope}, {command}, {unit}, {count}, {more}, {others}, the columns of a
// fact of the model, and {with.X} of the first companion that has an X.
std::string fill_message(std::string_view message, const Project& project, const MessageSubject& subject);
// Fills {path} for a finding on a whole file.
std::string fill_message(std::string_view message, const Project& project, uint32_t file);

}  // namespace tfcheck
