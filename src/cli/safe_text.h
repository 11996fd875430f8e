// Texts of the audited tree outside of a report, as they may be printed: without secrets and control characters. It
// needs no rules, for errors come before those are read.
#pragma once

#include <memory>
#include <string>

#include "masking/sensitive_text.h"
#include "masking/text_patterns.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

class SafeText {
 public:
  SafeText();
  std::string operator()(const std::string& text);

 private:
  std::unique_ptr<Vocabulary> vocabulary_;
  TextPatterns patterns_;
  MaskWords words_;
};

}  // namespace tfcheck
