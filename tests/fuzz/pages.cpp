// What users and audited trees configure: rule pages, vocabularies, .tfcheck.toml.
#include <memory>

#include "config/config.h"
#include "fuzz/harness.h"
#include "fuzz/rule_set.h"
#include "pages/rule_page.h"
#include "session/load.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck::fuzz {

namespace {

// A page may make sets of the vocabulary's own.
Vocabulary& words() {
  static const std::unique_ptr<Vocabulary> one = built_in_vocabulary();
  return *one;
}

}  // namespace

std::vector<Harness> page_harnesses() {
  return {
      {"rule-page", [](std::string_view bytes) { parse_rule_page("logs/x", "x.md", bytes, words()); }},
      {"vocabulary",
       [](std::string_view bytes) {
         Vocabulary vocabulary;
         vocabulary.add("vocabulary/x.toml", bytes);
       }},
      {"configuration",
       [](std::string_view bytes) {
         Result<Config> config = parse_config(".tfcheck.toml", bytes);
         if (config) check_rule_names(*config, rules().ids());
       }},
  };
}

}  // namespace tfcheck::fuzz
