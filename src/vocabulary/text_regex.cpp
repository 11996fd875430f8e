#include "vocabulary/text_regex.h"

#include <re2/re2.h>

#include "vocabulary/vocabulary.h"

namespace tfcheck {

std::unique_ptr<re2::RE2> compile_text_regex(std::string_view regex) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(int64_t{2} << 20);
  return std::make_unique<RE2>(re2::StringPiece(regex.data(), regex.size()), options);
}

std::string text_regex_trouble(std::string_view regex) {
  if (regex.size() > longest_pattern) return "longer than a pattern may be";
  std::unique_ptr<RE2> compiled = compile_text_regex(regex);
  return compiled->ok() ? "" : compiled->error();
}

}  // namespace tfcheck
