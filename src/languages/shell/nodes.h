// The nodes of the bash grammar that the adapter knows, as an enum to switch on, and their children as values.
#pragma once

#include <cstdint>
#include <vector>

#include "syntax/tree.h"

extern "C" const TSLanguage* tree_sitter_bash();

namespace tfcheck::shell {

inline constexpr Grammar grammar = guarded<tree_sitter_bash>;

enum class Kind : uint8_t {
  Other,
  Error,
  Comment,
  // statements
  Program,
  List,
  Pipeline,
  Redirected,
  Command,
  Declaration,
  Unset,
  Test,
  Negated,
  For,
  CFor,
  While,
  If,
  Elif,
  Else,
  Case,
  CaseItem,
  Function,
  Compound,
  Subshell,
  DoGroup,
  Assignment,
  Assignments,
  // parts of commands
  CommandName,
  FileRedirect,
  HeredocRedirect,
  HereString,
  HeredocStart,
  HeredocBody,
  Descriptor,
  // words
  Word,
  String,
  RawString,
  AnsiString,
  TranslatedString,
  Number,
  Expansion,
  SimpleExpansion,
  CommandSubstitution,
  ProcessSubstitution,
  Arithmetic,
  Concatenation,
  Array,
  Subscript,
  VariableName,
  SpecialVariable,
  // test expressions
  Binary,
  Unary,
  Parenthesized,
};

Kind kind(Node node);

enum class Field : uint8_t {
  None,
  Name,
  Argument,
  Redirect,
  Condition,
  Body,
  Value,
  Destination,
  Right,
  Operator,
  Descriptor
};

struct Child {
  Node node;
  Field field = Field::None;
};

// All children in order, comments left out. One pass, so that a node with a hundred thousand children stays linear.
std::vector<Child> children(Node node);

}  // namespace tfcheck::shell
