#include "support/fact_pages.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

std::string lines_of(const FileFacts& facts) {
  std::string lines;
  for (const Fact& fact : facts.facts()) lines += to_string(fact) + context_of(fact) + "\n";
  return facts.has_errors() ? lines + "errors\n" : lines;
}

bool reads_environment(const Value& value) {
  return value.is(ValueKind::Env) || std::any_of(value.items().begin(), value.items().end(),
                                                 [](const Arg& item) { return item.value.is(ValueKind::Env); });
}

uint32_t kinds_of(const FileFacts& facts) {
  uint32_t found = 0;
  for (const Fact& fact : facts.facts()) {
    if (fact.kind == FactKind::Entry) found |= kinds::Key | (fact.value.is_literal() ? kinds::Value : 0u);
    if (fact.kind == FactKind::EnvRead || reads_environment(fact.value)) found |= kinds::Environment;
    if (fact.kind == FactKind::Command) found |= kinds::Command;
    if (fact.kind == FactKind::Image) found |= kinds::Image;
    if (fact.kind == FactKind::Dependency) found |= kinds::Dependency;
  }
  return found;
}

// A source fence: who reads it, under which path, and what it says.
struct Sample {
  const Adapter* adapter = nullptr;
  std::string path;
  std::string text;
};

// An adapter by its name or another word of a fence; the path is that of the format's example.
Sample sample_of(std::span<const Adapter* const> adapters, std::string_view word) {
  for (const Adapter* adapter : adapters) {
    if (const Format* format = adapter->name == word ? find_format(*adapter, word) : nullptr)
      return {adapter, std::string(format->example), {}};
  }
  for (const Adapter* adapter : adapters) {
    for (const Format& format : adapter->formats) {
      if (format.name == word || (!format.alias.empty() && format.alias == word))
        return {adapter, std::string(format.example), {}};
    }
  }
  return {};
}

// Reads a page line by line and writes it anew, with the facts that the sources have.
class PageCheck {
 public:
  PageCheck(std::string_view page, std::span<const Adapter* const> adapters) : page_(page), adapters_(adapters) {}

  std::string run(std::string_view text) {
    for (std::string_view line : split(text, '\n')) {
      ++line_;
      if (fence_.empty() && line.starts_with("```"))
        open(line);
      else if (!fence_.empty() && line == "```")
        close();
      else if (!fence_.empty())
        body_.append(line).append("\n");
      else
        written_.append(line).append("\n");
    }
    CHECK(fence_.empty());
    CHECK(checked_ > 0);
    written_.pop_back();
    return written_;
  }

  const std::map<std::string, uint32_t>& kinds() const { return kinds_; }

 private:
  void open(std::string_view line) {
    fence_ = line.substr(3);
    body_.clear();
    begin_ = line_;
  }

  void close() {
    std::vector<std::string_view> words = split_words(fence_);
    INFO(page_ << ".md:" << begin_);
    REQUIRE_FALSE(words.empty());
    bool facts = words[0] == "facts";
    if (facts || words[0] == "imports") {
      REQUIRE(sample_.adapter);
      if (facts) check_format(std::string(words.size() > 1 ? words[1] : std::string_view{}));  // makes the fence anew
      INFO(sample_.text);
      SourceFile file{sample_.path, sample_.text};
      std::string said = facts ? fact_lines(*sample_.adapter, file) : import_lines(*sample_.adapter, file);
      CHECK(said == body_);
      body_ = said;
      ++checked_;
    } else {
      sample_ = sample_of(adapters_, words[0]);
      REQUIRE(sample_.adapter);
      if (words.size() > 1) sample_.path = words[1];
      sample_.text = body_;
    }
    written_.append("```").append(fence_).append("\n").append(body_).append("```\n");
    fence_.clear();
  }

  // The format that a file shows stands in the fence of its facts, unless it is its adapter's own.
  void check_format(const std::string& expected) {
    FileFacts facts = extract_facts(*sample_.adapter, {sample_.path, sample_.text});
    std::string format(facts.format());
    kinds_[format] |= kinds_of(facts);
    if (expected.empty() && format == sample_.adapter->name) return;
    CHECK(format == expected);
    fence_ = "facts " + format;
  }

  std::string page_;
  std::span<const Adapter* const> adapters_;
  std::string written_, fence_, body_;
  size_t line_ = 0, begin_ = 0, checked_ = 0;
  Sample sample_;
  std::map<std::string, uint32_t> kinds_;
};

}  // namespace

std::string fact_lines(const Adapter& adapter, const SourceFile& file) {
  return lines_of(extract_facts(adapter, file));
}

std::string import_lines(const Adapter& adapter, const SourceFile& file) {
  FileFacts facts;
  if (adapter.scan_imports) adapter.scan_imports(file, facts);
  return lines_of(facts);
}

std::map<std::string, uint32_t> check_fact_page(std::string_view page, std::span<const Adapter* const> adapters) {
  std::filesystem::path path = std::filesystem::path(std::getenv("TFCHECK_SOURCE")) / "tests/facts" / page;
  path += ".md";
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  INFO(path.string());
  REQUIRE_FALSE(text.str().empty());
  PageCheck check(page, adapters);
  std::string written = check.run(text.str());
  if (std::getenv("TFCHECK_UPDATE_FACTS")) std::ofstream(path) << written;
  return check.kinds();
}

}  // namespace tfcheck
