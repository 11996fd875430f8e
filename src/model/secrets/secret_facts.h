// Every place of one file where a fact hands a literal to something that holds a secret: assignments, keys, arguments
// by name and by position, options of commands, and passwords inside URLs and connection strings.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/secrets/facts_beside.h"
#include "model/secrets/secret_calls.h"
#include "model/secrets/secrets.h"

namespace tfcheck {

enum class SecretSource : uint8_t {
  Assigned,  // a variable or property
  Entry,     // a key of a file or of a map literal
  Argument,  // an argument by name
  Setter,    // setPassword("…"), put("password", "…")
  Position,  // a well-known call's argument by position
  Option,    // of a command
  Embedded,  // inside a URL or a connection string
};

struct SecretFact {
  uint32_t fact = 0;      // index into the file's facts
  Span span;              // the literal
  Span secret;            // the part of it that no output may show
  std::string name;       // what holds it
  std::string_view text;  // the secret
  SecretName kind = SecretName::None;
  Strength strength = Strength::None;
  SecretSource source = SecretSource::Assigned;
  bool connection = false;  // a user, a host or their like stands beside it
  bool local = false;       // for a service on the same machine
  bool embedded = false;    // for a database inside of the process
};

class SecretFacts {
 public:
  SecretFacts(const ProjectView& view, const Secrets& secrets);
  // In the file's order; one for each literal, by the place that is surest of it.
  std::vector<SecretFact> of(const ProjectFile& file);

 private:
  void set_part(std::string_view path, std::string_view format, const Adapter* adapter);
  void visit(const Fact& fact);
  SecretName kind_for(std::string_view name, const Value& value) const;
  void take(std::string_view name, const Value& value, SecretSource source, bool connection);
  void take_assigned(const Fact& fact);
  void take_entry(const Fact& fact);
  void take_as(SecretName kind, std::string_view name, const Value& value, SecretSource source, bool connection);
  std::string_view name_of(const Fact& fact) const;
  void take_key(const Fact& fact);
  void take_arguments(const Fact& fact);
  void take_setter(const Fact& fact);
  const Value* literal_in(const Value& value) const;
  void take_positions(const Fact& fact);
  void take_position(const SecretCall& call, const Fact& fact);
  bool has_attached(const WordTable::Row& program, std::string_view word) const;
  bool is_followed(const WordTable::Row& program, std::string_view word, const Fact& command) const;
  void take_command(const Fact& fact);
  void take_word(const Fact& fact, size_t at, const WordTable::Row* program);
  void take_pair(const WordTable::Row& program, const Value& word, const Value* next);
  void take_behind(const WordTable::Row& program, const Fact& fact, size_t at);
  bool take_request(std::string_view option, const Value& next);
  void take_fields(const Value& value, size_t begin, SecretSource source);
  bool take_set(const Value& word, bool behind_option);
  void take_written(const Fact& fact);
  void take_option(std::string_view name, const Value& value, size_t offset);
  void look_inside(std::string_view name, const Value& value, int depth);
  void add(SecretFact found);
  bool is_only_named(const Value& literal, Strength strength) const;
  bool is_label(std::string_view name);
  bool is_below_label(std::string_view parent) const;
  bool is_record(const Fact& fact) const;
  void take_returned(const Fact& fact);
  void take_account(const Fact& fact);
  void take_compared(const Value& condition, int depth);
  void take_pair_text(const Value& value);
  void take_lines(const Value& value);
  void take_words(const Value& value);
  bool has_sibling(std::string_view name) const;
  bool is_held_as_id(Span literal);
  void take_if_drawn(std::string_view name, const Value& value);
  bool logs_in(const Fact& fact) const;
  bool makes_account(const Fact& fact) const;
  void take_method(const Fact& fact);
  bool is_read_by_line(const Fact& fact) const;

  const Secrets& secrets_;
  FactsBeside beside_;
  const WordSet &label_parents_, &reference_parents_, &account_sections_, &account_maps_, &login_pairs_;
  const WordSet &conversions_, &own_conversions_, &encodings_, &setters_, &login_calls_, &pair_names_,
      &credential_lists_, &pair_values_, &shown_;
  std::vector<SecretCall> calls_;
  std::unordered_map<std::string_view, std::vector<size_t>> calls_by_last_;  // of those whose name ends in a plain word
  struct OtherCall {
    size_t call;  // of calls_
    LetterSet letters;
  };
  std::vector<OtherCall> other_calls_;
  const WordTable &options_, &readers_;
  size_t option_, attached_, verb_, pair_, separator_, behind_, reader_option_, reader_pair_;  // columns
  const WordSet &headers_, &fields_;                                                           // options of requests
  const FileFacts* facts_ = nullptr;
  std::string_view path_;
  bool code_ = false;
  bool live_ = false;  // variables have their values from here
  uint32_t index_ = 0;
  std::string_view label_parent_;  // that was asked about last, and the answer
  bool below_label_ = false;
  bool resources_ = false;  // of Azure: `properties` are what one is set to
  std::vector<SecretFact> found_;
  std::map<Span, size_t> seen_;        // of found_
  std::optional<std::set<Span>> ids_;  // what constants hold that are called an id, once asked for
};

// The span of `part` of a string literal, quotes and prefixes left out; the whole literal when escapes hide where it
// is.
Span span_of_part(const Value& literal, TextPart part);

}  // namespace tfcheck
