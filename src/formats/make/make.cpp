#include "formats/make/make.h"

#include <string>
#include <vector>

#include "base/lines.h"
#include "base/text.h"
#include "formats/shared/recipes.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr size_t most_targets = 20;  // of one rule
constexpr std::string_view assigning[] = {":::=", "::=", ":=", "?=", "+=", "!=", "="};

struct Assignment {
  std::string_view name, sign, value;
};

// `NAME ?= value`; a rule has its colon in front of any sign.
Assignment assignment_of(std::string_view line) {
  for (std::string_view word : {"export ", "override "}) {
    if (line.starts_with(word)) line = trim(line.substr(word.size()));
  }
  size_t sign = line.find_first_of(":?+!=");
  if (sign == none || sign == 0) return {};
  for (std::string_view each : assigning) {
    if (!line.substr(sign).starts_with(each)) continue;
    std::string_view name = trim(line.substr(0, sign));
    bool plain = name.find_first_of(" \t$(){}") == none;
    return plain ? Assignment{name, each, trim(line.substr(sign + each.size()))} : Assignment{};
  }
  return {};
}

class MakeReader {
 public:
  MakeReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts), recipes_(text, form, facts) {}

  void read() {
    for (Lines lines(text_); !lines.done() && !facts_.full();) {
      std::string_view line = lines.take().text;
      while (line.ends_with('\\') && !lines.done()) line = through(line, lines.take().text);
      read_line(line);
    }
  }

 private:
  static constexpr Recipes::Form form = Recipes::Form::Make;

  // The text from the beginning of one line to the end of another.
  static std::string_view through(std::string_view first, std::string_view last) {
    return {first.data(), static_cast<size_t>(last.data() + last.size() - first.data())};
  }

  void read_line(std::string_view line) {
    if (line.starts_with('\t')) {
      for (std::string_view target : targets_) recipes_.add(line, target);
      return;
    }
    std::string_view body = trim(line);
    if (body.empty() || body.front() == '#') return;
    if (body == "endef" || body.starts_with("define ")) in_define_ = body != "endef";
    if (in_define_) return;
    Assignment found = assignment_of(body);
    found.name.empty() ? rule(body) : variable(found);
  }

  void variable(const Assignment& said) {
    std::string_view value = said.value.substr(0, said.value.find(" #"));
    value = trim(value.substr(0, std::min(value.find("\\\n"), value.find("\\\r"))));
    bool computed = said.sign == "!=" || value.find("$(shell") != none || value.find("$(call") != none;
    Span span = span_in(text_, value.empty() ? said.name : value);
    Value read = computed ? facts_.value(ValueKind::Unknown, {}, span)
                          : read_scalar(facts_, value, span, references::Parens | references::Inside);
    bool outside = said.sign == "?=";
    // What the environment says counts, where it says something.
    if (outside && !computed && !value.empty()) {
      Arg item{{}, read};
      read = facts_.with_items(ValueKind::Env, facts_.keep(said.name), {&item, 1}, span);
    }
    add_entry(facts_, said.name, span, read);
    if (said.sign != "+=" && !computed) recipes_.define(said.name, value, outside);
  }

  // `web worker: build migrate`: the tasks, and those that have to be done before.
  void rule(std::string_view line) {
    size_t colon = line.find(':');
    if (colon == none) return;
    targets_.clear();
    std::string_view behind = trim(
        line.substr(line.find_first_not_of(':', colon) == none ? line.size() : line.find_first_not_of(':', colon)));
    if (!assignment_of(behind).name.empty()) return;
    size_t recipe = behind.find(';');
    std::string_view needs = trim(behind.substr(0, std::min(recipe, behind.find('#'))));
    for (std::string_view target : split_words(line.substr(0, colon))) {
      bool named = target.front() != '.' && target.find_first_of("%$(){}/*") == none;
      if (!named || targets_.size() >= most_targets) continue;
      targets_.push_back(target);
      std::string name = "needs.";
      name += target;
      if (!needs.empty() && needs.find('$') == none)
        add_entry(facts_, name, span_in(text_, target), facts_.string(needs, span_in(text_, needs)));
      if (recipe != none) recipes_.add(behind.substr(recipe + 1), target);
    }
  }

  std::string_view text_;
  FileFacts& facts_;
  Recipes recipes_;
  std::vector<std::string_view> targets_;  // whose recipe is read
  bool in_define_ = false;
};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("make");
  MakeReader(file.text, facts).read();
}

}  // namespace

const Adapter& make_adapter() {
  static constexpr std::string_view patterns[] = {"Makefile", "makefile", "GNUmakefile"};
  static constexpr Format formats[] = {{.name = "make", .example = "Makefile", .tells = tells::Address}};
  static constexpr Adapter adapter{
      .name = "make", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
