#include "formats/shared/references.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/quoted.h"
#include "base/text.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr size_t longest_reference = 4'000;  // without an end so near there is no reference
constexpr std::string_view openings = "$%#{<";

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

bool is_variable(std::string_view name, uint32_t syntax) {
  if (!(syntax & references::AnyCase)) return env_like(name);
  return !name.empty() && !is_digit(name[0]) && std::all_of(name.begin(), name.end(), is_word);
}

// "a.b-c", ".Values.x": a name rather than an expression.
bool is_plain(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_word(c) || c == '.' || c == '-'; });
}

std::optional<Reference> found(Reference reference, size_t begin, size_t end) {
  reference.begin = begin;
  reference.end = end;
  return reference;
}

void set_default(Reference& reference, std::string_view text) {
  reference.has = Reference::Default::Text;
  reference.fallback = text;
}

// Names that stand before a colon for who looks the rest up: log4j2, Spring Cloud, serverless.
bool is_lookup(std::string_view name) {
  static constexpr std::array<std::string_view, 18> lookups = {"sys",  "ctx",    "date",  "bundle", "main", "map",
                                                               "java", "spring", "log4j", "jndi",   "sd",   "self",
                                                               "opt",  "param",  "cf",    "ssm",    "s3",   "sls"};
  return std::find(lookups.begin(), lookups.end(), name) != lookups.end();
}

// The default that stands behind the name of `${NAME…}`.
void read_default(Reference& reference, std::string_view rest) {
  if (rest.starts_with(":-") || rest.starts_with(":=")) return set_default(reference, rest.substr(2));
  if (rest.starts_with(":?") || rest.starts_with(":+") || rest.starts_with("?") || rest.starts_with("+")) return;
  if (rest.starts_with(":") || rest.starts_with("-") || rest.starts_with("="))
    return set_default(reference, rest.substr(1));
  if (rest.starts_with(",")) set_default(reference, unquoted(trim(rest.substr(1))));  // ${env:X, 'd'} of serverless
}

// The inside of `${…}`: X, X:default, X:-default, env.X, env:X, some.property:default.
Reference braced(std::string_view inner, uint32_t syntax) {
  Reference reference;
  bool env = inner.starts_with("env:") || inner.starts_with("env.") || inner.starts_with("ENV:");
  if (env) inner.remove_prefix(4);
  auto run = [&](size_t from, std::string_view more) {
    while (from < inner.size() && (is_word(inner[from]) || more.find(inner[from]) != none)) ++from;
    return from;
  };
  size_t end = run(0, ".[]");
  bool variable = is_variable(inner.substr(0, end), syntax);
  // A property's name may hold dashes; `-` is a default only behind that of a variable.
  if (!variable && !env) end = run(end, ".[]-/ ");
  reference.name = inner.substr(0, end);
  std::string_view rest = inner.substr(end);
  bool expression = !variable && !env && !rest.empty() && rest[0] != ':';
  if (reference.name.empty() || expression) return {.kind = ValueKind::Unknown, .name = reference.name};
  if (!variable && !env && rest.starts_with(':') && is_lookup(reference.name)) {
    reference.name = inner.substr(0, std::min(inner.find(":-"), inner.find(',')));
    rest = inner.substr(reference.name.size());
  }
  reference.kind = variable || env ? ValueKind::Env : ValueKind::Name;
  read_default(reference, rest);
  return reference;
}

// Where a script reads the environment: what stands before the name.
struct Opener {
  std::string_view text;
  std::string_view behind = {};  // what must follow before the quote
};
constexpr Opener openers[] = {{"ENV["}, {"ENV.fetch("},     {"systemEnvironment["},
                              {"env["}, {"lookup(", "env"}, {"env "},
                              {"env("}, {"getenv"},         {"env_var("}};

// The quoted name behind the first opener of a script; empty when it reads no environment.
std::string_view variable_of(std::string_view script) {
  for (const Opener& opener : openers) {
    size_t at = script.find(opener.text);
    if (at == none || (at > 0 && (is_word(script[at - 1]) || script[at - 1] == '.'))) continue;
    size_t begin = at + opener.text.size();
    if (!opener.behind.empty()) {
      if (!icontains(script.substr(begin, 8), opener.behind)) continue;
      begin = std::min(script.find(',', begin), script.size());
    }
    size_t open = script.find_first_not_of("( ,", begin);
    if (open == none || (script[open] != '"' && script[open] != '\'')) continue;
    size_t close = closing_quote(script, open, QuoteEscapes::None);
    if (close != none && close > open + 1) return script.substr(open + 1, close - open - 1);
  }
  return {};
}

// What a script falls back to behind the name: `) { "d" }`, `, "d")`, `] || "d"`, `?: "d"`, `| default("d")`, ` "d"`.
void read_script_default(Reference& reference, std::string_view tail) {
  size_t mark = trim(tail).starts_with('"') ? 0 : tail.find_first_of("{,|?");
  if (mark == none) return;
  std::string_view text = tail.substr(std::min(tail.find_first_not_of("{,|?:", mark), tail.size()));
  text = trim(text);
  if (text.starts_with("default")) text = trim(text.substr(7)), text = trim(text.substr(text.starts_with('(') ? 1 : 0));
  if (text.empty() || text.starts_with("nil")) return;
  if (text[0] == '"' || text[0] == '\'') {
    size_t close = closing_quote(text, 0, QuoteEscapes::None);
    reference.has = Reference::Default::String;
    reference.fallback = close == none ? std::string_view{} : text.substr(1, close - 1);
    return;
  }
  size_t end = 0;
  while (end < text.size() && is_word(text[end])) ++end;
  reference.has = Reference::Default::Code;
  reference.fallback = text.substr(0, end);
}

// Ruby, Jinja or SpEL text between `begin` and `end` that stands in the fences from `open` to `close`.
Reference scripted(std::string_view text, size_t open, size_t begin, size_t end, size_t close) {
  Reference reference;
  std::string_view inner = trim(text.substr(begin, end - begin));
  if (std::string_view name = variable_of(inner); !name.empty()) {
    reference.kind = ValueKind::Env;
    reference.name = name;
    auto behind = static_cast<size_t>(name.data() - inner.data()) + name.size() + 1;
    read_script_default(reference, inner.substr(std::min(behind, inner.size())));
  } else if (is_plain(inner)) {
    reference.name = inner;
  } else {
    reference.kind = ValueKind::Template;
    reference.name = text.substr(open, close - open);
  }
  return reference;
}

// The script between two marks at `at`; `=` and `-` belong to the opening one.
std::optional<Reference> fenced(std::string_view text, size_t at, std::string_view open, std::string_view close) {
  if (text.substr(at, open.size()) != open) return std::nullopt;
  size_t begin = at + open.size();
  size_t end = text.substr(0, at + longest_reference).find(close, begin);
  if (end == none) return std::nullopt;
  size_t behind = end + close.size();
  if (begin < end && text[begin] == '=') ++begin;
  return found(scripted(text, at, begin, end, behind), at, behind);
}

size_t matching_brace(std::string_view text, size_t open) {
  int depth = 0;
  for (size_t i = open; i < text.size() && i - open < longest_reference; ++i) {
    if (text[i] == '\n') return none;
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i;
  }
  return none;
}

// $__env{X}, $__file{path} of Grafana.
std::optional<Reference> provided(std::string_view text, size_t at) {
  size_t open = text.substr(0, at + longest_reference).find('{', at);
  size_t close = open == none ? none : matching_brace(text, open);
  if (close == none) return std::nullopt;
  Reference reference;
  std::string_view provider = text.substr(at + 3, open - at - 3);
  if (provider.empty() || !std::all_of(provider.begin(), provider.end(), is_word)) return std::nullopt;
  reference.name = trim(text.substr(open + 1, close - open - 1));
  if (provider == "env") reference.kind = ValueKind::Env;
  return found(reference, at, close + 1);
}

// ${{ secrets.X }} of GitHub and its like.
std::optional<Reference> expression(std::string_view text, size_t at) {
  size_t end = text.substr(0, at + longest_reference).find("}}", at + 3);
  if (end == none) return std::nullopt;
  Reference reference;
  reference.name = trim(text.substr(at + 3, end - at - 3));
  if (!is_plain(reference.name)) reference.kind = ValueKind::Unknown;
  return found(reference, at, end + 2);
}

std::optional<Reference> dollar_reference(std::string_view text, size_t at, uint32_t syntax) {
  std::string_view rest = text.substr(at);
  if (rest.size() < 2) return std::nullopt;
  if (rest.starts_with("${{")) return expression(text, at);
  if (rest.starts_with("$__")) {
    if (auto reference = provided(text, at)) return reference;
  }
  if (rest[1] == '{') {
    size_t close = matching_brace(text, at + 1);
    if (close == none) return std::nullopt;
    return found(braced(text.substr(at + 2, close - at - 2), syntax), at, close + 1);
  }
  bool paren = rest[1] == '(';
  size_t begin = at + (paren ? 2 : 1), end = begin;
  while (end < text.size() && end - begin < longest_reference && (is_word(text[end]) || (paren && text[end] == '.')))
    ++end;
  Reference reference;
  reference.name = text.substr(begin, end - begin);
  if (reference.name.empty()) return std::nullopt;
  bool variable = is_variable(reference.name, syntax);
  if (paren) {
    if (end >= text.size() || text[end] != ')') return std::nullopt;
    if (reference.name.starts_with("circus.env.")) reference.name.remove_prefix(11), variable = true;
    variable = variable || (syntax & references::Parens && is_variable(reference.name, references::AnyCase));
    reference.kind = variable ? ValueKind::Env : ValueKind::Name;
    return found(reference, at, end + 1);
  }
  bool whole = at == 0 && end == text.size() && reference.name.size() > 1;
  bool glued = syntax & references::Apart && at > 0 && is_word(text[at - 1]) && !env_like(reference.name);
  if (!variable || glued || !(whole || syntax & references::Inside)) return std::nullopt;
  reference.kind = ValueKind::Env;
  return found(reference, at, end);
}

// %(ENV_X)s of supervisor; %(x)s of configparser where the format has it.
std::optional<Reference> percent_parens(std::string_view text, size_t at, uint32_t syntax) {
  size_t begin = at + 2, end = begin;
  while (end < text.size() && (is_word(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
  Reference reference;
  reference.name = text.substr(begin, end - begin);
  if (end >= text.size() || text[end] != ')' || reference.name.empty()) return std::nullopt;
  bool env = reference.name.starts_with("ENV_");
  if (!env && !(syntax & references::Percent)) return std::nullopt;
  if (env) reference.name.remove_prefix(4), reference.kind = ValueKind::Env;
  ++end;
  if (end < text.size() && (text[end] == 's' || text[end] == 'd')) ++end;
  return found(reference, at, end);
}

// Shorter names would take the %C3%A9 of an encoded URL for a variable; these are made up by who reads them. In quotes
// there stands the pattern of a LIKE.
bool is_windows_variable(std::string_view name) {
  return name.size() >= 3 && env_like(name) && name != "DATE" && name != "TIME";
}

// %env(int:X)%, %kernel.project_dir% of Symfony, %X% of Windows.
std::optional<Reference> percent_reference(std::string_view text, size_t at, uint32_t syntax) {
  std::string_view rest = text.substr(at, longest_reference);
  Reference reference;
  if (rest.starts_with("%(")) return percent_parens(text.substr(0, at + longest_reference), at, syntax);
  if (rest.starts_with("%env(")) {
    size_t end = rest.find(")%");
    if (end == none) return std::nullopt;
    std::string_view name = rest.substr(5, end - 5);  // processors stand in front: int:X
    reference.name = name.substr(name.rfind(':') + 1);
    reference.kind = ValueKind::Env;
    return found(reference, at, at + end + 2);
  }
  bool parameter = rest.starts_with("%kernel.") || rest.starts_with("%app.");
  size_t end = 1;
  while (end < rest.size() && (is_word(rest[end]) || (parameter && rest[end] == '.'))) ++end;
  if (end >= rest.size() || rest[end] != '%') return std::nullopt;
  reference.name = rest.substr(1, end - 1);
  if (!parameter && (!is_windows_variable(reference.name) || (at > 0 && text[at - 1] == '\''))) return std::nullopt;
  reference.kind = parameter ? ValueKind::Name : ValueKind::Env;
  return found(reference, at, at + end + 1);
}

std::optional<Reference> reference_at(std::string_view text, size_t at, uint32_t syntax) {
  switch (text[at]) {
    case '$':
      return dollar_reference(text, at, syntax);
    case '%':
      return percent_reference(text, at, syntax);
    case '#':
      return fenced(text, at, "#{", "}");
    case '{':
      return fenced(text, at, "{{", "}}");
    case '<':
      return fenced(text, at, "<%", "%>");
    default:
      return std::nullopt;
  }
}

// What only the whole text of a value is.
std::optional<Reference> whole_reference(std::string_view text) {
  // LiteLLM reads a variable by the path that Python has it under.
  constexpr std::string_view python_path = "os.environ/";
  if (text.starts_with(python_path)) {
    std::string_view name = text.substr(python_path.size());
    if (is_variable(name, references::AnyCase))
      return Reference{.begin = 0, .end = text.size(), .kind = ValueKind::Env, .name = name};
  }
  // Maven and Gradle filter `@name@` when the build copies a resource.
  if (text.size() > 2 && text.front() == '@' && text.back() == '@') {
    std::string_view name = text.substr(1, text.size() - 2);
    if (is_plain(name)) return Reference{.begin = 0, .end = text.size(), .name = name};
  }
  return std::nullopt;
}

bool opens(std::string_view text, size_t at) {
  static constexpr std::array<std::string_view, 5> pairs = {"${", "#{", "{{", "<%", "%e"};
  return std::find(pairs.begin(), pairs.end(), text.substr(at, 2)) != pairs.end();
}

}  // namespace

bool env_like(std::string_view name) {
  if (name.empty() || is_digit(name[0])) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; });
}

std::optional<Reference> next_reference(std::string_view text, size_t from, uint32_t syntax, size_t& budget) {
  for (size_t at = text.find_first_of(openings, from); at != none; at = text.find_first_of(openings, at + 1)) {
    if (syntax & references::Doubled && text.substr(at, 2) == "$$") {
      ++at;
      continue;
    }
    if (auto reference = reference_at(text, at, syntax)) return reference;
    if (opens(text, at) && budget-- == 0) return std::nullopt;
  }
  return from == 0 ? whole_reference(text) : std::nullopt;
}

std::optional<std::string> shell_references(std::string_view text) {
  std::string out;
  size_t from = 0, budget = most_unclosed;
  bool changed = false;
  while (auto reference = next_reference(text, from, references::Inside | references::Percent, budget)) {
    out += text.substr(from, reference->begin - from);
    std::string_view written = text.substr(reference->begin, reference->end - reference->begin);
    bool plain = written.starts_with('$') && !written.starts_with("$(");
    bool named = !plain && reference->kind != ValueKind::Template && reference->kind != ValueKind::Unknown;
    out += named ? "${" + std::string(reference->name) + "}" : std::string(written);
    changed = changed || named;
    from = reference->end;
  }
  if (!changed) return std::nullopt;
  return out += text.substr(from);
}

}  // namespace tfcheck
