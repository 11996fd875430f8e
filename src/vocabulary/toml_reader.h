// Reading a TOML table strictly: every key must be known and of the right type. The first mistake is kept with its
// line and the nearest valid spelling; later reads then return defaults.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "vocabulary/toml_library.h"

namespace tfcheck {

// The document of a TOML text that nobody has to trust: also nesting is bounded. Lines in errors begin behind
// `line_offset`.
Result<toml::table> parse_toml(std::string_view file, std::string_view text, uint32_t line_offset);

class TomlReader {
 public:
  TomlReader(const toml::table& table, std::string_view file, uint32_t line_offset, std::optional<Error>& error)
      : table_(table), file_(file), line_offset_(line_offset), error_(error) {}

  bool has(std::string_view key) {
    known_.emplace_back(key);
    return table_.contains(key);
  }
  const toml::node* node(std::string_view key) {
    known_.emplace_back(key);
    return table_.get(key);
  }
  std::string text(std::string_view key, std::string_view otherwise = {}) {
    const toml::node* found = node(key);
    if (!found) return std::string(otherwise);
    if (auto value = found->value<std::string>(); value && found->is_string()) return *value;
    fail(*found, "'" + std::string(key) + "' must be a string");
    return std::string(otherwise);
  }
  std::optional<bool> boolean(std::string_view key) {
    const toml::node* found = node(key);
    if (!found) return std::nullopt;
    if (found->is_boolean()) return found->value<bool>();
    fail(*found, "'" + std::string(key) + "' must be true or false");
    return std::nullopt;
  }
  std::optional<double> number(std::string_view key) {
    const toml::node* found = node(key);
    if (!found) return std::nullopt;
    if (found->is_number()) return found->value<double>();
    fail(*found, "'" + std::string(key) + "' must be a number");
    return std::nullopt;
  }
  // A string or a list of strings; booleans and numbers are taken as their text.
  std::vector<std::string> texts(std::string_view key) {
    const toml::node* found = node(key);
    return found ? texts_of(*found, key) : std::vector<std::string>{};
  }
  std::vector<std::string> texts_of(const toml::node& found, std::string_view key) {
    std::vector<std::string> out;
    auto take = [&](const toml::node& item) {
      if (auto value = item.value<std::string>(); item.is_string() && value)
        out.push_back(*value);
      else if (item.is_boolean())
        out.push_back(*item.value<bool>() ? "true" : "false");
      else if (item.is_integer())
        out.push_back(std::to_string(*item.value<int64_t>()));
      else
        fail(item, "'" + std::string(key) + "' must be a string or a list of strings");
    };
    if (const toml::array* list = found.as_array()) {
      for (const toml::node& item : *list) take(item);
    } else {
      take(found);
    }
    return out;
  }
  // A table or a list of tables.
  std::vector<const toml::table*> tables(std::string_view key) {
    const toml::node* found = node(key);
    std::vector<const toml::table*> out;
    if (!found) return out;
    if (const toml::table* one = found->as_table()) return {one};
    if (const toml::array* list = found->as_array()) {
      for (const toml::node& item : *list) {
        if (const toml::table* table = item.as_table())
          out.push_back(table);
        else
          fail(item, "'" + std::string(key) + "' must hold tables");
      }
      return out;
    }
    fail(*found, "'" + std::string(key) + "' must be a table or a list of tables");
    return out;
  }
  void fail(const toml::node& where, std::string message, std::string hint = {}) {
    fail_at(static_cast<uint32_t>(where.source().begin.line), std::move(message), std::move(hint));
  }
  void fail_at(uint32_t line, std::string message, std::string hint = {}) {
    if (!error_) error_ = Error{std::move(message), std::string(file_), line + line_offset_, std::move(hint)};
  }
  uint32_t line() const { return static_cast<uint32_t>(table_.source().begin.line) + line_offset_; }
  std::optional<Error>& error() { return error_; }
  // Every key that was never asked for is a mistake.
  void finish(std::string_view what) {
    for (const auto& [key, value] : table_) {
      std::string name(key.str());
      bool known = false;
      for (const std::string& candidate : known_) known |= candidate == name;
      if (known) continue;
      std::string near = nearest(name, known_);
      fail(value, "unknown key '" + name + "' in " + std::string(what),
           near.empty() ? "" : "did you mean '" + near + "'?");
    }
  }

 private:
  const toml::table& table_;
  std::string_view file_;
  uint32_t line_offset_;
  std::optional<Error>& error_;
  std::vector<std::string> known_;
};

}  // namespace tfcheck
