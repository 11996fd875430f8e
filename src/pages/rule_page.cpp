#include "pages/rule_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "formats/adapters.h"
#include "pages/block_keys.h"
#include "pages/page_items.h"
#include "pages/page_practices.h"
#include "pages/rule_block.h"

namespace tfcheck {

namespace {

struct PageLine {
  std::string_view text;
  size_t offset;
};

std::vector<PageLine> lines_of(std::string_view text) {
  std::vector<PageLine> lines;
  size_t offset = 0;
  for (std::string_view line : split(text, '\n')) {
    lines.push_back({line.ends_with('\r') ? line.substr(0, line.size() - 1) : line, offset});
    offset += line.size() + 1;
  }
  return lines;
}

// What a page may show of files that no adapter reads: they need a file=.
constexpr std::string_view other_languages[] = {"text", "markdown", "groovy"};

// "python bad=2 file=app/log.py case=x" → Example; `error` names what is wrong.
Example parse_fence(std::string_view info, uint32_t line, std::string& error) {
  Example example;
  example.fence = info;
  example.line = line;
  std::vector<std::string_view> words = split_words(info);
  example.language = words.empty() ? "" : words[0];
  for (size_t i = 1; i < words.size(); ++i) {
    std::string_view key = before_first(words[i], '=');
    std::string_view value = key.size() < words[i].size() ? words[i].substr(key.size() + 1) : std::string_view{};
    if (key == "bad") {
      example.bad = true;
      for (std::string_view number : value.empty() ? std::vector<std::string_view>{} : split(value, ',')) {
        constexpr size_t most_digits = 6;
        if (!is_digits(number) || number.size() > most_digits)
          error = "bad=… takes line numbers separated by commas";
        else
          example.lines.push_back(static_cast<uint32_t>(std::stoul(std::string(number))));
      }
    } else if (key == "good") {
      example.good = true;
    } else if (key == "seen" || key == "unseen") {
      if (value.empty()) error = std::string(key) + "=… takes names of practices separated by commas";
      for (std::string_view name : split(value, ','))
        (key == "seen" ? example.seen : example.unseen).emplace_back(name);
    } else if (key == "unversioned") {
      example.unversioned = true;
    } else if (key == "file") {
      example.file = value;
    } else if (key == "case") {
      example.group = value;
    } else {
      error = "unknown word '" + std::string(words[i]) +
              "' in the fence; an example takes bad, bad=LINES, good, seen=PRACTICE, unseen=PRACTICE, file=PATH, "
              "case=NAME, "
              "unversioned";
    }
  }
  bool is_other =
      std::find(std::begin(other_languages), std::end(other_languages), example.language) != std::end(other_languages);
  std::string usual = example_path(example.language);
  if (usual.empty() && !is_other && error.empty()) {
    std::string near = nearest(example.language, format_words());
    error = "'" + example.language + "' in the fence is no language and no format" +
            (near.empty() ? "" : "; did you mean '" + near + "'?");
  }
  if (example.file.empty()) example.file = usual.empty() ? "example." + example.language : usual;
  std::vector<std::string_view> names = split(example.file, '/');
  bool is_name = !names.empty() && !names.back().empty() && names.back() != ".";
  if (!is_name || example.file.starts_with('/') || std::find(names.begin(), names.end(), "..") != names.end())
    error = "an example's file is a path below its own folder";
  return example;
}

// What a page is made of.
struct PageParts {
  struct Section {
    std::string title;
    std::string text;
    uint32_t line = 0;  // of the first line of the text
  };

  std::string title;
  std::vector<Section> sections = {{}};  // the first is the page's beginning
  std::optional<std::string_view> block;
  uint32_t block_line = 0;
  PageText text;
};

class PageParser {
 public:
  PageParser(std::string_view file, std::string_view text) : file_(file), text_(text), lines_(lines_of(text)) {}

  Result<PageParts> run() {
    for (at_ = 0; at_ < lines_.size() && !error_; ++at_) line();
    if (error_) return *error_;
    return std::move(parts_);
  }

 private:
  void line() {
    std::string_view current = lines_[at_].text;
    if (current.starts_with("```")) return fence(current);
    if (current.starts_with("# ") && parts_.title.empty()) {
      parts_.title = trim(current.substr(2));
    } else if (current.starts_with("## ")) {
      parts_.sections.push_back({std::string(trim(current.substr(3))), {}, static_cast<uint32_t>(at_ + 2)});
    } else {
      parts_.sections.back().text.append(current).append("\n");
    }
    parts_.text.markdown.append(current).append("\n");
  }

  void fence(std::string_view opener) {
    size_t ticks = opener.find_first_not_of('`');
    std::string_view mark = opener.substr(0, ticks == std::string_view::npos ? opener.size() : ticks);
    std::string_view info = trim(opener.substr(mark.size()));
    size_t first = ++at_;
    while (at_ < lines_.size() && trim(lines_[at_].text) != mark) ++at_;
    auto opened = static_cast<uint32_t>(first);
    if (at_ == lines_.size()) return fail(opened, "the fence that opens here is never closed");
    size_t begin = first < lines_.size() ? lines_[first].offset : text_.size();
    std::string_view body = text_.substr(begin, lines_[at_].offset - begin);
    if (info == "toml rule") {
      if (parts_.block) return fail(opened, "a page has one ```toml rule block");
      parts_.block = body;
      parts_.block_line = opened;
      return;
    }
    std::string wrong;
    Example example = parse_fence(info, opened, wrong);
    if (!wrong.empty()) return fail(opened, wrong);
    example.text = body;
    bool practice = !example.seen.empty() || !example.unseen.empty();
    bool shown = example.bad || example.good || practice || !example.group.empty();
    std::string& markdown = parts_.text.markdown;
    if (shown) markdown.append(label_of(example)).append("\n");
    markdown.append(mark).append(before_first(info, ' ')).append("\n").append(body).append(mark).append("\n");
    if (shown) parts_.text.examples.push_back(std::move(example));
  }

  // What a reader of the page must know of an example: is this how it is wrong, and where?
  static std::string label_of(const Example& example) {
    std::string label = example.bad                             ? "*Wrong"
                        : example.good || !example.seen.empty() ? "*Right"
                        : !example.unseen.empty()               ? "*Not seen as right"
                                                                : "*Beside it";
    if (example.lines.size() == 1) label += fmt::format(", line {}", example.lines[0]);
    if (example.lines.size() > 1) label += fmt::format(", lines {}", fmt::join(example.lines, ", "));
    return label + (example.file.empty() ? "*:" : "*, `" + example.file + "`:");
  }

  void fail(uint32_t line, std::string message) { error_ = Error{std::move(message), std::string(file_), line, ""}; }

  std::string_view file_;
  std::string_view text_;
  std::vector<PageLine> lines_;
  PageParts parts_;
  size_t at_ = 0;
  std::optional<Error> error_;
};

// The first paragraph of a section, on one line.
std::string paragraph(const PageParts::Section& section) {
  std::string out;
  for (std::string_view text : split(section.text, '\n')) {
    if ((text.empty() || is_page_item(text)) && !out.empty()) break;
    text = trim(text);
    if (!text.empty()) out += (out.empty() ? "" : " ") + std::string(text);
  }
  return out;
}

// The list of "What to do": `- python, ruby: what to write there`, each language, format or dialect once.
Result<std::vector<FixExample>> fix_examples(const PageParts::Section& section, std::string_view file) {
  Result<std::vector<PageItem>> items =
      page_items(section.text, section.line, file,
                 "an item of \"What to do\" says for which languages or formats it is: `- python, ruby: …`");
  if (!items) return items.error();
  std::vector<FixExample> examples;
  std::set<std::string> seen;
  for (PageItem& item : *items) {
    for (const std::string& name : item.names) {
      if (std::optional<Error> wrong = unknown_format(name, file, item.line)) return *wrong;
      if (!seen.insert(name).second)
        return Error{"'" + name + "' has an item already", std::string(file), item.line, ""};
    }
    examples.push_back({std::move(item.names), std::move(item.text)});
  }
  return examples;
}

Result<PageCoverage> coverage_in(const PageParts::Section& section, std::string_view file) {
  return section.title == "Coverage" ? page_coverage(section.text, section.line, file) : PageCoverage{};
}

}  // namespace

Result<Rule> parse_rule_page(std::string_view id, std::string_view file, std::string_view text,
                             Vocabulary& vocabulary) {
  Result<PageParts> parts = PageParser(file, text).run();
  if (!parts) return parts.error();
  auto lacks = [&](const std::string& what) { return Error{"the page " + what, std::string(file), 1, ""}; };
  if (parts->title.empty()) return lacks("has no title: its first line must be `# …`");
  if (!parts->block) return lacks("has no ```toml rule block");
  Rule rule;
  rule.id = id;
  rule.factor = before_first(id, '/');
  rule.file = file;
  rule.page = text;
  rule.title = parts->title;
  rule.summary = paragraph(parts->sections[0]);
  for (const PageParts::Section& section : parts->sections) {
    if (section.title == "Why it matters") rule.why = paragraph(section);
    if (Result<PageCoverage> coverage = coverage_in(section, file); !coverage) return coverage.error();
    if (section.title != "What to do") continue;
    rule.fix = paragraph(section);
    Result<std::vector<FixExample>> examples = fix_examples(section, file);
    if (!examples) return examples.error();
    rule.fix_examples = std::move(*examples);
  }
  if (rule.why.empty()) return lacks("needs a section `## Why it matters`");
  if (rule.fix.empty()) return lacks("needs a section `## What to do`");
  if (std::optional<Error> wrong = parse_rule_block(file, parts->block_line, *parts->block, vocabulary, rule))
    return *wrong;
  rule.block_line = parts->block_line;
  for (const PageParts::Section& section : parts->sections) {
    if (section.title != practice_section) continue;
    if (std::optional<Error> wrong = take_practice_words(section.text, section.line, file, rule.practices))
      return *wrong;
  }
  if (std::optional<Error> wrong = check_practices(rule.practices, parts->text.examples, file)) return *wrong;
  return rule;
}

PageText page_text(std::string_view page) {
  Result<PageParts> parts = PageParser({}, page).run();
  if (!parts) return {};
  for (const PageParts::Section& section : parts->sections) {
    if (Result<PageCoverage> coverage = coverage_in(section, {}); coverage && coverage->line > 0)
      parts->text.coverage = std::move(*coverage);
  }
  return std::move(parts->text);
}

}  // namespace tfcheck
