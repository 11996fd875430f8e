#include "engine/message.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/text.h"
#include "masking/sensitive_facts.h"
#include "masking/sensitive_name.h"
#include "masking/sensitive_text.h"
#include "model/derived_kinds.h"
#include "model/units.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t longest = 72;
constexpr size_t longest_read = 4096;  // of a value: what lies behind cannot come into view

// The argument that a test asks for, and what it is called.
Arg meant_argument(const Fact& fact, const FactTest* test) {
  if (test) {
    for (const ArgumentTest& wanted : test->arguments) {
      for (const std::string& name : wanted.names) {
        if (const Value& value = argument(fact.args(), name)) return {name, value};
      }
      for (int position : wanted.positions) {
        if (const Value& value = argument(fact.args(), {}, position)) return {{}, value};
      }
    }
  }
  return fact.arg_count ? fact.args()[0] : Arg{};
}

// A value under its name, which may announce a secret.
std::string display_named(const MaskWords& words, std::string_view name, const Value& value) {
  bool literal = value.is(ValueKind::String) || value.is(ValueKind::Template) || value.is(ValueKind::Number);
  if (!literal || sense_of(words, name) != NameSense::Secret || is_harmless(words, value.text))
    return display(words, value);
  return value.is(ValueKind::Number) ? mask(value.text) : "'" + mask(value.text) + "'";
}

std::string fill(std::string_view message, auto&& value_of) {
  std::string out;
  for (size_t at = 0; at < message.size();) {
    size_t open = message.find('{', at);
    size_t close = open == std::string_view::npos ? open : message.find('}', open);
    if (close == std::string_view::npos) return out.append(message.substr(at));
    out.append(message.substr(at, open - at)).append(value_of(message.substr(open + 1, close - open - 1)));
    at = close + 1;
  }
  return out;
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// A long text keeps its end, where a path has its file and a command its last option; a command keeps its first words,
// too.
std::string shortened(const std::string& text, size_t limit) {
  constexpr size_t longest_head = 32, longest_piece = 20;
  if (text.size() <= limit) return text;
  size_t blank = text.rfind(' ', longest_head);
  std::string head = blank == std::string::npos ? "" : text.substr(0, blank + 1);
  size_t begin = text.size() - std::min(text.size(), limit - std::min(limit, head.size() + 4));
  size_t piece = text.find_first_of(head.empty() ? "/ " : " ", begin);
  if (piece < begin + longest_piece && piece + 1 < text.size()) begin = piece;
  while (begin < text.size() && continues_character(text[begin])) ++begin;
  return head + "…" + text.substr(begin);
}

// Words that end in what they quote keep their quotes.
std::string shortened_words(const std::string& text) {
  size_t open = text.find('\'');
  bool quotes = text.size() > longest && text.ends_with('\'') && open + 1 < text.size() && open < longest / 2;
  if (!quotes) return shortened(text, longest);
  std::string inner = text.substr(open + 1, text.size() - open - 2);
  return text.substr(0, open + 1) + shortened(inner, longest - open - 2) + "'";
}

}  // namespace

std::string display(const MaskWords& words, std::string_view text) {
  std::string out = printable(mask_sensitive(words, text.substr(0, longest_read), TextKind::Prose));
  if (text.size() <= longest_read) return shortened_words(out);
  size_t cut = std::min(longest, out.size());
  while (cut > 0 && cut < out.size() && continues_character(out[cut])) --cut;
  return out.substr(0, cut) + "…";
}

std::string display(const MaskWords& words, const Value& value) {
  switch (value.kind) {
    case ValueKind::String:
    case ValueKind::Template:
      return "'" + display(words, value.text) + "'";
    case ValueKind::Env:
      return "$" + display(words, value.text);
    case ValueKind::Call:
      return display(words, value.text) + "(…)";
    case ValueKind::Absent:
      return "";
    case ValueKind::Unknown:
      return "a computed value";
    case ValueKind::Null:
      return "null";
    case ValueKind::List:
      return "a list";
    case ValueKind::Map:
      return "a map";
    case ValueKind::Function:
      return "a function";
    default:
      return display(words, value.text);
  }
}

namespace {

// What a fact of the model says in a column, nothing when it has none.
std::optional<std::string> column_of(const MaskWords& words, const Fact& fact, std::string_view key) {
  const DerivedKind* kind = derived_kind(fact.kind);
  if (!kind || !kind->find(key)) return std::nullopt;
  if (key == kind->columns[0].name) return display(words, fact.name);
  if (kind->columns.size() > 1 && key == kind->columns[1].name) return display(words, fact.value.text);
  return display(words, argument(fact.args(), key).text);
}

// "ENV" of $ENV['APP_KEY']: a map's name, no class.
bool is_loud(std::string_view name) {
  return name.size() > 1 && std::none_of(name.begin(), name.end(), [](unsigned char c) { return std::islower(c); });
}

// Puts `between` where facts write a dot in front of a constant.
std::string with_constants(std::string name, std::string_view between) {
  for (size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
    bool constant = dot > 0 && dot + 1 < name.size() && std::isupper(static_cast<unsigned char>(name[dot + 1])) &&
                    std::isalnum(static_cast<unsigned char>(name[dot - 1]));
    if (constant && !is_loud(before_first(name, '.'))) name.replace(dot, 1, between), dot += between.size() - 1;
  }
  return name;
}

// "tokio::net::TcpListener::bind": a type's path and its first member as Rust writes them.
std::string with_paths(std::string name) {
  size_t end = 0;
  for (size_t dot = 0; dot != std::string::npos; dot = name.find('.', dot + 1)) {
    size_t begin = dot == 0 ? 0 : dot + 1;
    bool type = begin < name.size() && std::isupper(static_cast<unsigned char>(name[begin]));
    if (type) end = std::min(name.find('.', begin), name.size() - 1) + 1;
  }
  for (size_t dot = name.find('.'); dot < end; dot = name.find('.', dot + 1)) name.replace(dot, 1, "::"), ++end;
  return name;
}

// A module's own file, "../api/request.js.Request.post": by what it gives.
std::string without_module(std::string name) {
  size_t slash = name.rfind('/');
  if (slash == std::string::npos) return name;
  bool relative = name.starts_with('.');
  name.erase(0, slash + 1);
  for (std::string_view ending : {".js.", ".mjs.", ".cjs.", ".ts.", ".jsx.", ".tsx.", ".vue."}) {
    if (size_t at = name.find(ending); at != std::string::npos) return name.substr(at + ending.size());
  }
  size_t dot = name.find('.');
  return relative && dot != std::string::npos ? name.substr(dot + 1) : name;
}

// "Artisan::call" of a class and what it has.
std::string with_members(std::string name) {
  for (size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 2)) {
    size_t begin = name.find_last_of("\\.:", dot - 1);
    begin = begin == std::string::npos || dot == 0 ? 0 : begin + 1;
    // "DB::statement" is a class's, "ENV.APP_KEY" an element of a map.
    bool element = is_loud(name.substr(begin, dot - begin)) && is_loud(name.substr(dot + 1));
    bool type = std::isupper(static_cast<unsigned char>(name[begin])) && !element;
    if (type) name.replace(dot, 1, "::");
  }
  return name;
}

// "WebAttributes.KEY" of a class of Java with its package in front.
std::string without_package(std::string name) {
  for (size_t at = 0; at < name.size();) {
    if (std::isupper(static_cast<unsigned char>(name[at]))) return name.substr(at);
    size_t end = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at);
    if (end == std::string::npos || name[end] != '.') return name;
    at = end + 1;
  }
  return name;
}

// "data[0].password" of a list's element, "api_key" of what a file of settings gives back.
std::string with_elements(std::string name) {
  constexpr std::string_view given_back = "return.";
  if (name.starts_with(given_back) && name.size() > given_back.size()) name.erase(0, given_back.size());
  for (size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
    size_t end = name.find_first_not_of("0123456789", dot + 1);
    bool number = end != dot + 1 && dot > 0 && dot + 1 < name.size() && (end == std::string::npos || name[end] == '.');
    if (!number) continue;
    name.insert(std::min(end, name.size()), "]");
    name[dot] = '[';
  }
  return name;
}

}  // namespace

std::string spelled_name(const ProjectFile& file, std::string name) {
  std::string_view format = file.format();
  if (file.adapter && file.adapter->kind == AdapterKind::Code) name = with_elements(std::move(name));
  if (format == "ruby") return with_constants(std::move(name), "::");
  if (format == "rust") return with_paths(std::move(name));
  if (format == "php") return with_members(with_constants(std::move(name), "\\"));
  if (format == "java") return without_package(std::move(name));
  // By its package's name, not by where that comes from.
  if (format == "go") return name.substr(name.rfind('/') + 1);
  if (format == "javascript" || format == "typescript") return without_module(std::move(name));
  if (format == "dockerfile" && (name.starts_with("ENV.") || name.starts_with("ARG."))) return name.substr(4);
  return name;
}

namespace {

// A text with references as the language writes it: facts write `${x}` for all, and `${?}` for what has no name.
std::string spelled_text(const ProjectFile& file, std::string text) {
  constexpr std::string_view nameless = "${?}";
  for (size_t at = text.find(nameless); at != std::string::npos; at = text.find(nameless, at))
    text.replace(at, nameless.size(), "…");
  if (file.format() != "ruby") return text;
  for (size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 1)) text[at] = '#';
  return text;
}

// What nothing is known of is left open.
std::string without_unknown(std::string text) {
  constexpr std::string_view unknown = "${?}", open = "…";
  for (size_t at = text.find(unknown); at != std::string::npos; at = text.find(unknown, at + open.size()))
    text.replace(at, unknown.size(), open);
  return text;
}

// What a fact says under a placeholder, nothing when it has no such thing.
std::optional<std::string> written_word_of(std::string_view key, const Project& project, FactRef ref,
                                           const FactTest* test) {
  const Fact& fact = project.fact(ref);
  const MaskWords& words = project.words().masking;
  const ProjectFile& file = project.files[ref.file];
  const EmbeddedFile* inside = fact.kind == FactKind::Entry ? project.embedded_of(ref) : nullptr;
  if (key == "name") return spelled_name(file, display(words, inside ? inside->own(fact.name) : fact.name));
  if (key == "value") return spelled_text(file, display_named(words, fact.name, fact.value));
  if (key == "argument") {
    Arg meant = meant_argument(fact, test);
    std::string shown = display_named(words, meant.name, meant.value);
    return meant.value.is(ValueKind::Name) ? spelled_name(file, shown) : spelled_text(file, shown);
  }
  if (key == "path") return display(words, file.path);
  if (key == "scope") return display(words, fact.context.scope);
  if (key == "command") return display(words, masked_command(words, project.fact(project.anchor(ref))));
  if (std::optional<std::string> column = column_of(words, fact, key)) return column;
  if (key == "unit") return display(words, unit_of(file, fact));
  return std::nullopt;
}

std::optional<std::string> word_of(std::string_view key, const Project& project, FactRef ref, const FactTest* test) {
  std::optional<std::string> word = written_word_of(key, project, ref, test);
  return word ? std::optional(without_unknown(std::move(*word))) : std::nullopt;
}

}  // namespace

std::string fill_message(std::string_view message, const Project& project, const MessageSubject& subject) {
  constexpr std::string_view of_companion = "with.";
  return fill(message, [&](std::string_view key) -> std::string {
    if (key == "count") return std::to_string(subject.count);
    if (key == "more") return subject.count > 1 ? " and " + std::to_string(subject.count - 1) + " more" : "";
    if (key == "others")
      return subject.count > 1 ? ", like " + std::to_string(subject.count - 1) + " more in this file" : "";
    if (!key.starts_with(of_companion))
      return word_of(key, project, subject.fact, subject.test).value_or("{" + std::string(key) + "}");
    for (FactRef companion : subject.with) {
      if (std::optional<std::string> word = word_of(key.substr(of_companion.size()), project, companion, nullptr))
        return *word;
    }
    return "{" + std::string(key) + "}";
  });
}

std::string fill_message(std::string_view message, const Project& project, uint32_t file) {
  const MaskWords& words = project.words().masking;
  return fill(message, [&](std::string_view key) {
    return key == "path" ? display(words, project.files[file].path) : "{" + std::string(key) + "}";
  });
}

}  // namespace tfcheck
