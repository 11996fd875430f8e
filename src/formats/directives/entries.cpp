#include "formats/directives/entries.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t deepest_block = 100;
constexpr size_t most_directives = 20'000;
constexpr size_t longest_name = 500;

class EntryWriter {
 public:
  EntryWriter(FileFacts& facts, std::string_view text, const DirectiveDialect& dialect)
      : scanner_(text, dialect.style), dialect_(dialect), facts_(facts) {}

  void run() {
    std::vector<DirectiveWord> words;
    while (facts_.facts().size() < most_directives && !facts_.full()) {
      switch (scanner_.read(words)) {
        case DirectiveEnd::File:
          return;
        case DirectiveEnd::Directive:
          directive(words);
          break;
        case DirectiveEnd::Open:
          open(words);
          break;
        case DirectiveEnd::Close:
          close();
          break;
      }
    }
    facts_.lose(Unread::TooManyFacts, "more than 20,000 directives; the rest is left out");
  }

 private:
  bool is_one_of(std::span<const std::string_view> words, std::string_view word) const {
    return std::any_of(words.begin(), words.end(), [&](std::string_view known) {
      return dialect_.lower_case ? iequals(known, word) : known == word;
    });
  }

  void open(const std::vector<DirectiveWord>& words) {
    if (ends_.size() >= deepest_block) {
      ++beyond_;
      return;
    }
    std::string_view name = words.empty() ? std::string_view("_") : std::string_view(words[0].text);
    auto length = path_.size();
    append(name);
    opaque_.push_back((!opaque_.empty() && opaque_.back()) || (dialect_.is_foreign && dialect_.is_foreign(name)));
    if (words.size() > 1) {
      bool named = is_one_of(dialect_.named, name) || is_one_of(dialect_.sections, name);
      if (named)
        append(words[1].text);
      else
        add(path_, std::string_view(path_).substr(0, length), words, 1);
    }
    ends_.push_back(length);
    blocks_.push_back(++opened_);
  }

  void close() {
    if (beyond_ > 0) {
      --beyond_;
      return;
    }
    if (ends_.empty()) return;
    path_.resize(ends_.back());
    ends_.pop_back();
    opaque_.pop_back();
    blocks_.pop_back();
  }

  void append(std::string_view segment) {
    if (!path_.empty()) path_ += '.';
    segment = segment.substr(0, longest_name);
    path_ += dialect_.lower_case ? lower(segment) : segment;
  }

  void directive(const std::vector<DirectiveWord>& words) {
    if (words.empty() || beyond_ > 0 || (!opaque_.empty() && opaque_.back())) return;
    if (is_one_of(dialect_.sections, words[0].text)) {
      close();
      return open(words);
    }
    auto length = path_.size();
    append(words[0].text);
    add(path_, std::string_view(path_).substr(0, length), words, 1);
    bool sets = words.size() > 2 && is_one_of(dialect_.setters, words[0].text);
    if (sets) {
      std::string_view name = words[1].text;
      path_ += '.';
      path_ += name.substr(name.starts_with('$') ? 1 : 0, longest_name);
      add(path_, std::string_view(path_).substr(0, length), words, 2);
    }
    path_.resize(length);
  }

  void add(std::string_view path, std::string_view scope, const std::vector<DirectiveWord>& words, size_t first) {
    Span span{words[0].span.begin, words.back().span.end};
    Context context;
    context.scope = scope;
    context.index = blocks_.empty() ? 0 : blocks_.back();
    facts_.add(FactKind::Entry, path, span, value(words, first, span), {}, context);
  }

  // A directive without arguments is a switch.
  Value value(const std::vector<DirectiveWord>& words, size_t first, Span whole) {
    if (words.size() <= first) return facts_.value(ValueKind::Bool, "true", whole);
    Span span{words[first].span.begin, words.back().span.end};
    bool quoted = words.size() == first + 1 && words[first].quoted;
    if (quoted && span.end - span.begin >= 2) ++span.begin, --span.end;
    std::string text = words[first].text;
    for (size_t i = first + 1; i < words.size(); ++i) text.append(" ").append(words[i].text);
    return dialect_.read(facts_, text, span, quoted);
  }

  DirectiveScanner scanner_;
  const DirectiveDialect& dialect_;
  FileFacts& facts_;
  std::string path_;
  std::vector<size_t> ends_;      // length of the path outside of each open block
  std::vector<uint32_t> blocks_;  // number of each open block: siblings share Context.index
  uint32_t opened_ = 0;
  std::vector<bool> opaque_;  // inside a block of another language
  size_t beyond_ = 0;         // open blocks below the depth limit
};

}  // namespace

void add_directives(FileFacts& facts, std::string_view text, const DirectiveDialect& dialect) {
  EntryWriter(facts, text, dialect).run();
}

}  // namespace tfcheck
