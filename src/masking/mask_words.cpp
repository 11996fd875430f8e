#include "masking/mask_words.h"

#include <charconv>

namespace tfcheck {

namespace {

// Adds the options of a column.
void add_options(MaskWords& words, const WordTable& table, std::string_view column, MaskedOption::Form form) {
  size_t asked = table.column(column);
  for (const WordTable::Row& row : table.rows()) {
    for (const std::string& program : row.all(0)) {
      for (const std::string& option : row.all(asked)) words.options[program].push_back({option, form});
    }
  }
}

// What a verb has to stand before is no option of the program by itself.
void add_password_options(MaskWords& words, const WordTable& table) {
  size_t option = table.column("option"), verb = table.column("verb");
  add_options(words, table, "attached", MaskedOption::Form::Joined);
  add_options(words, table, "pair", MaskedOption::Form::Pair);
  add_options(words, table, "behind", MaskedOption::Form::Behind);
  for (const WordTable::Row& row : table.rows()) {
    for (const std::string& program : row.all(0)) {
      for (const std::string& text : row.all(verb).empty() ? row.all(option) : std::span<const std::string>{})
        words.options[program].push_back({text, MaskedOption::Form::Next});
    }
  }
}

}  // namespace

MaskWords::MaskWords(const Vocabulary& vocabulary)
    : roots(vocabulary.set("secret-root")),
      passwords(vocabulary.set("password-name")),
      signing(vocabulary.set("signing-name")),
      credentials(vocabulary.set("credential-name")),
      endings(vocabulary.set("mask-ending")),
      key_of(vocabulary.set("mask-key-of")),
      neutral(vocabulary.set("mask-neutral")),
      other_token(vocabulary.set("mask-other-token")),
      other_pass(vocabulary.set("mask-other-pass")),
      beside(vocabulary.set("mask-beside")),
      asking(vocabulary.set("mask-asking-call")),
      conversions(vocabulary.set("text-conversion")),
      own_conversions(vocabulary.set("mask-conversion")),
      shown(vocabulary.set("shown-value")),
      no_secret(vocabulary.set("no-secret-value")),
      shown_beginnings(vocabulary.set("shown-beginning")),
      shown_names(vocabulary.set("shown-name")),
      tried_first(vocabulary.set("tried-first")) {
  const WordTable& secret_calls = vocabulary.table("secret-call");
  size_t position = secret_calls.column("position");
  for (const WordTable::Row& row : secret_calls.rows()) {
    int place = 0;
    std::string_view text = row.one(position);
    std::from_chars(text.data(), text.data() + text.size(), place);
    for (std::string_view callee : row.all(0)) {
      std::string_view anywhere = callee.substr(callee.starts_with("**") ? 2 : 0);
      size_t last = anywhere.find_last_of("*./");
      calls.push_back({callee, anywhere, anywhere.substr(last == std::string_view::npos ? 0 : last + 1), place});
    }
  }
  const WordTable& own = vocabulary.table("masked-option");
  add_password_options(*this, vocabulary.table("password-option"));
  add_options(*this, own, "attached", MaskedOption::Form::Joined);
  add_options(*this, own, "option", MaskedOption::Form::Next);
  add_options(*this, own, "pair", MaskedOption::Form::Pair);
  add_options(*this, own, "behind", MaskedOption::Form::Behind);
}

}  // namespace tfcheck
