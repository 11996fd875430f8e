// The words of the vocabulary by which secrets are masked: those that rules go by, and more (masking.toml). Looked up
// once; packs add no words here and remove none.
#pragma once

#include <functional>
#include <map>
#include <string_view>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace tfcheck {

// An option of a program that a secret belongs to.
struct MaskedOption {
  enum class Form : char {
    Joined,  // "-pX"
    Next,    // "-p X"
    Pair,    // "-u user:X", of which X
    Behind,  // "add_user name X"
  };
  std::string_view option;
  Form form = Form::Next;
};

struct MaskWords {
  // Throws std::logic_error when a set or table is missing. The vocabulary outlives this.
  explicit MaskWords(const Vocabulary& vocabulary);
  MaskWords(const MaskWords&) = delete;
  MaskWords& operator=(const MaskWords&) = delete;

  // Of names, in snake case.
  const WordSet &roots, &passwords, &signing, &credentials;
  const WordSet &endings, &key_of, &neutral, &other_token, &other_pass, &beside;
  // Of calls, by a part of their name.
  const WordSet &asking, &conversions, &own_conversions;
  // Of values.
  const WordSet &shown, &no_secret, &shown_beginnings, &shown_names, &tried_first;
  // Calls that take a secret by its place: globs over their name, and the place.
  struct Call {
    std::string_view callee;
    std::string_view anywhere;  // it without the `**` in front
    std::string_view ending;    // what every callee that it matches ends with
    int position = 0;
  };
  std::vector<Call> calls;
  std::map<std::string_view, std::vector<MaskedOption>, std::less<>> options;  // by program
};

}  // namespace tfcheck
