#include "formats/just/just.h"

#include <string>

#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/recipes.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr std::string_view shells[] = {"sh", "bash", "zsh", "dash"};

// `#!/usr/bin/env bash` begins a script of one piece; another program's is none of a shell.
bool is_shell(std::string_view first) {
  std::vector<std::string_view> words = split_words(first.substr(2));
  for (size_t i = 0; i < words.size() && i < 3; ++i) {
    for (std::string_view shell : shells) {
      if (base_name(words[i]) == shell) return true;
    }
  }
  return false;
}

class JustReader {
 public:
  JustReader(std::string_view text, FileFacts& facts)
      : text_(text), facts_(facts), recipes_(text, Recipes::Form::Just, facts) {}

  void read() {
    for (Lines lines(text_); !lines.done() && !facts_.full();) {
      std::string_view line = lines.take().text, body = trim(line);
      if (body.empty()) continue;
      bool indented = line.front() == ' ' || line.front() == '\t';
      if (indented && !name_.empty()) {
        recipe(body, lines);
      } else if (!indented && body.front() != '#' && body.front() != '[') {
        head(body);
      }
    }
  }

 private:
  // The lines of a recipe, each a shell of its own unless the first says which program reads all of them.
  void recipe(std::string_view first, Lines& lines) {
    bool whole = first.starts_with("#!"), read = !whole || is_shell(first);
    std::string_view all = first;
    if (!whole) recipes_.add(continued(first, lines), name_);
    while (!lines.done()) {
      std::string_view line = lines.peek().text, body = trim(line);
      if (!body.empty() && line.front() != ' ' && line.front() != '\t') break;
      lines.take();
      if (body.empty()) continue;
      if (whole)
        all = {all.data(), static_cast<size_t>(body.data() + body.size() - all.data())};
      else
        recipes_.add(continued(body, lines), name_);
    }
    if (whole && read) recipes_.add(all.substr(first.size()), name_);
    name_ = {};
  }

  static std::string_view continued(std::string_view line, Lines& lines) {
    while (line.ends_with('\\') && !lines.done()) {
      std::string_view next = lines.take().text;
      line = {line.data(), static_cast<size_t>(next.data() + next.size() - line.data())};
    }
    return line;
  }

  // `name := "text"`, `export NAME := env("X", "d")`, or `name arguments: needs`.
  void head(std::string_view line) {
    name_ = {};
    size_t sign = line.find(":=");
    if (line.starts_with("set ") || line.starts_with("alias ") || line.starts_with("import ") ||
        line.starts_with("mod "))
      return;
    if (sign != none) {
      if (line.starts_with("export ")) line.remove_prefix(7), sign -= 7;
      return variable(trim(line.substr(0, sign)), trim(line.substr(sign + 2)));
    }
    size_t colon = line.find(':');
    if (colon == none) return;
    std::vector<std::string_view> words = split_words(line.substr(0, colon));
    if (words.empty()) return;
    name_ = words[0].starts_with('@') ? words[0].substr(1) : words[0];
    std::string_view needs = trim(before_first(line.substr(colon + 1), '#'));
    std::string entry = "needs.";
    entry += name_;
    if (!needs.empty()) add_entry(facts_, entry, span_in(text_, name_), facts_.string(needs, span_in(text_, needs)));
  }

  void variable(std::string_view name, std::string_view said) {
    Span span = span_in(text_, said.empty() ? name : said);
    if (is_quoted(said)) {
      recipes_.define(name, unquoted(said), false);
      add_entry(facts_, name, span, facts_.string(unquoted(said), span));
      return;
    }
    size_t open = said.find('(');
    bool reads = said.starts_with("env") && open != none && said.ends_with(')');
    if (!reads) return add_entry(facts_, name, span, facts_.value(ValueKind::Unknown, {}, span)), void();
    std::string_view inside = said.substr(open + 1, said.size() - open - 2);
    size_t comma = inside.find(',');
    std::string_view variable = unquoted(trim(inside.substr(0, comma)));
    std::string_view fallback = comma == none ? std::string_view{} : trim(inside.substr(comma + 1));
    Arg item{{}, facts_.string(unquoted(fallback), span_in(text_, fallback.empty() ? said : fallback))};
    size_t items = is_quoted(fallback) ? 1 : 0;
    add_entry(facts_, name, span,
              facts_.with_items(ValueKind::Env, facts_.keep(variable), std::span<const Arg>(&item, items), span));
  }

  std::string_view text_;
  FileFacts& facts_;
  Recipes recipes_;
  std::string_view name_;  // of the recipe whose lines follow
};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("just");
  JustReader(file.text, facts).read();
}

}  // namespace

const Adapter& just_adapter() {
  static constexpr std::string_view patterns[] = {"justfile", "Justfile", ".justfile", "*.just"};
  static constexpr Format formats[] = {{.name = "just", .example = "justfile", .tells = tells::Address}};
  static constexpr Adapter adapter{
      .name = "just", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
