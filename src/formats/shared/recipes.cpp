#include "formats/shared/recipes.h"

#include <algorithm>

#include "base/lines.h"
#include "base/text.h"
#include "formats/shared/commands.h"

namespace tfcheck {

namespace {

constexpr size_t longest_variable = 200;
constexpr size_t longest_name = 100;
constexpr size_t most_variables = 2'000;

bool is_name(std::string_view name) {
  auto ok = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && !is_digits(name.substr(0, 1)) && std::all_of(name.begin(), name.end(), ok);
}

}  // namespace

Recipes::Recipes(std::string_view source, Form form, FileFacts& facts)
    : source_(source), form_(form), facts_(facts), room_(source.size() * 2 + 10'000) {}

void Recipes::define(std::string_view name, std::string_view text, bool outside) {
  bool known = text.size() <= longest_variable && text.find_first_of("$`") == std::string_view::npos &&
               text.find("{{") == std::string_view::npos;
  if (!is_name(name) || name.size() > longest_name || variables_.size() >= most_variables) return;
  if (known) variables_.insert_or_assign(std::string(name), Variable{std::string(text), outside});
}

// A name that the file does not give a text is one of the environment.
void Recipes::put(std::string_view name, std::string& out) {
  auto found = variables_.find(std::string(name));
  bool fits = found != variables_.end() && found->second.text.size() <= room_;
  if (!fits) {
    out.append("${").append(name).append("}");
    return;
  }
  room_ -= found->second.text.size();
  if (found->second.outside)
    out.append("${").append(name).append(":-").append(found->second.text).append("}");
  else
    out += found->second.text;
}

// Writes what stands at `at` and gives where the text goes on.
size_t Recipes::reference(std::string_view text, size_t at, std::string& out) {
  bool make = form_ == Form::Make;
  if (make && text.substr(at).starts_with("$$")) {
    out += '$';
    return at + 2;
  }
  std::string_view close = !make ? "}}" : text.substr(at).starts_with("$(") ? ")" : "}";
  size_t end = text.find(close, at + 2);
  bool ends = end != std::string_view::npos && end - at <= longest_name;
  std::string_view name = ends ? trim(text.substr(at + 2, end - at - 2)) : std::string_view{};
  if (is_name(name)) {
    put(name, out);
    return end + close.size();
  }
  // A function, `$(shell …)`, or an expression: nobody knows what it says.
  if (ends && name.find_first_of("({") == std::string_view::npos) {
    out += "${_}";
    return end + close.size();
  }
  out += text[at];
  return at + 1;
}

std::string Recipes::filled(std::string_view text) {
  std::string_view opens = form_ == Form::Make ? "$" : "{{";
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t next = std::min(text.find(opens, at), text.size());
    out += text.substr(at, next - at);
    at = next < text.size() ? reference(text, next, out) : next;
  }
  return out;
}

void Recipes::add(std::string_view recipe, std::string_view task) {
  while (!recipe.empty() && std::string_view("@-+ \t").find(recipe.front()) != std::string_view::npos)
    recipe.remove_prefix(1);
  if (trim(recipe).empty()) return;
  std::string scope = "scripts.", text = filled(recipe);
  scope += task;
  Span span = span_in(source_, recipe);
  ShellText shell{.text = recipe, .scope = scope, .index = index_, .offset = span.begin};
  if (text != recipe) shell.text = text, shell.whole = span;
  index_ = add_commands(facts_, shell, CommandRole::Ci);
}

}  // namespace tfcheck
