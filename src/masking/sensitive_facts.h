// Which values of a file's facts are secrets by their place: given to a name that announces one, to an option of a
// command, or holding a password in a URL. Facts see what a line of text does not: values on other lines than their
// names, pairs of name and value, continued commands, decoded literals.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/file_facts.h"
#include "masking/mask_words.h"

namespace tfcheck {

// A secret that stands nowhere as it is: evaluated from pieces, or one of these.
struct SensitiveText {
  std::string text;
  Span written;  // the expression that gives it; empty when that is not known
};

// What must not be seen of a file, by its facts.
struct SensitiveFile {
  std::vector<Span> spans;           // of its text: ascending, disjoint
  std::vector<SensitiveText> texts;  // to be masked wherever they stand
};
// One look at each fact; `text` is what the facts were made of.
SensitiveFile sensitive_file(const MaskWords& words, const FileFacts& facts, std::string_view text);

// Writes the facts of one file as facts/file_facts.h does, with their secrets masked.
class FactWriter {
 public:
  FactWriter(const MaskWords& words, const FileFacts& facts, std::string_view text);
  // `secrets` is what sensitive_file says of the same.
  FactWriter(const MaskWords& words, const FileFacts& facts, std::string_view text, SensitiveFile secrets);
  std::string write(size_t index) const;
  const SensitiveFile& secrets() const { return secrets_; }

 private:
  const MaskWords& words_;
  const FileFacts& facts_;
  std::string_view text_;
  SensitiveFile secrets_;
};

// The words of a command, with its secrets masked.
std::string masked_command(const MaskWords& words, const Fact& command);

}  // namespace tfcheck
