#include "report/suppression.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "report/comments.h"

namespace tfcheck {

namespace {

constexpr std::string_view marker = "tfcheck:";
constexpr uint32_t head_lines = 10;  // where ignore-file may stand
// How far before a directive its comment opener is looked for, and how far behind it its end: a line may be megabytes.
constexpr size_t prefix_window = 500;
constexpr size_t body_window = 2'000;
constexpr size_t longest_reason = 500;

std::string_view trim_left(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

bool is_rule_id(std::string_view id) {
  size_t slash = id.find('/');
  auto is_name = [](std::string_view name) {
    return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
  };
  return slash != std::string_view::npos && is_name(id.substr(0, slash)) && is_name(id.substr(slash + 1));
}

// Walks over the directives of one text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), index_(text) {}

  SuppressionScan run() {
    for (size_t at = text_.find(marker); at != std::string_view::npos;) {
      directive(at);
      at = text_.find(marker, at + marker.size());
    }
    return std::move(scan_);
  }

 private:
  void enter_line(uint32_t line) {
    if (line == line_) return;
    line_ = line;
    line_begin_ = index_.line_begin(line);
    line_text_ = index_.line_text(line);
    own_line_ = begins_comment(trim_left(line_text_));
  }

  void directive(size_t at) {
    enter_line(index_.line(static_cast<uint32_t>(at)));
    size_t column = at - line_begin_;
    size_t from = column > prefix_window ? column - prefix_window : 0;
    CommentStart comment = comment_before(line_text_.substr(from, column - from));
    if (!comment.found) return;
    std::string_view rest = line_text_.substr(column, body_window);
    size_t close = comment.close.empty() ? std::string_view::npos : rest.find(comment.close);
    std::string_view behind =
        close == std::string_view::npos ? std::string_view{} : rest.substr(close + comment.close.size());
    if (behind.starts_with("}}")) behind.remove_prefix(2);
    if (behind.starts_with(" -}}") || behind.starts_with("-}}")) behind = {};
    parse(at, rest.substr(0, close), own_line_ && trim(behind).empty());
  }

  void parse(size_t at, std::string_view body, bool own_line) {
    std::string_view after = trim_left(body.substr(marker.size()));
    std::string_view verb = after.substr(0, std::min(after.find_first_of(" \t[]:,"), after.size()));
    std::string_view list = trim_left(after.substr(verb.size()));
    if (verb != "ignore" && verb != "ignore-file") return unknown_verb(verb, list);
    if (!list.starts_with('[')) {
      return notice(fmt::format("'tfcheck: {0}' names no rule: write tfcheck: {0}[factor/rule] reason", verb));
    }
    size_t end = list.find(']');
    if (end == std::string_view::npos) return notice(fmt::format("'tfcheck: {}[' has no closing bracket", verb));
    Suppression found;
    found.line = line_;
    found.rules = rule_ids(list.substr(1, end - 1));
    found.reason = printable(trim(list.substr(end + 1)).substr(0, longest_reason));
    found.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(list.data() + end + 1 - text_.data())};
    if (found.rules.empty()) return;
    if (verb == "ignore-file" && line_ > head_lines) {
      return notice("'tfcheck: ignore-file' works only in the first ten lines of a file");
    }
    cover(found, verb == "ignore-file", own_line);
    scan_.suppressions.push_back(std::move(found));
  }

  // `tfcheck: …` in prose is nobody's mistake; a misspelt directive with a bracket is.
  void unknown_verb(std::string_view verb, std::string_view list) {
    if (!list.starts_with('[') && !verb.starts_with("ignore")) return;
    notice(fmt::format("unknown directive 'tfcheck: {}': expected ignore[factor/rule] or ignore-file[factor/rule]",
                       printable(verb.substr(0, 40))));
  }

  std::vector<std::string> rule_ids(std::string_view list) {
    std::vector<std::string> ids;
    for (std::string_view part : split(list, ',')) {
      std::string_view id = trim(part);
      if (is_rule_id(id)) {
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.emplace_back(id);
      } else {
        notice(fmt::format("'{}' is no rule id: a suppression names each rule as factor/rule",
                           printable(id.substr(0, 60))));
      }
    }
    return ids;
  }

  void cover(Suppression& found, bool whole_file, bool own_line) {
    if (whole_file) {
      found.covers = {0, UINT32_MAX};
      found.last_line = UINT32_MAX;
      return;
    }
    found.last_line = own_line ? next_code_line() : line_;
    // One past the text, so that a finding at the very end of the file is inside its last line.
    uint32_t end = found.last_line < index_.line_count() ? index_.line_begin(found.last_line + 1)
                                                         : static_cast<uint32_t>(text_.size() + 1);
    found.covers = {line_begin_, end};
  }

  // Memoised: in a block of directives all of them end at the same line.
  uint32_t next_code_line() {
    if (next_code_ > line_) return next_code_;
    next_code_ = line_ + 1;
    while (next_code_ < index_.line_count()) {
      std::string_view text = trim_left(index_.line_text(next_code_));
      if (!text.empty() && !begins_comment(text)) break;
      ++next_code_;
    }
    return next_code_ = std::min(next_code_, std::max(index_.line_count(), line_));
  }

  void notice(std::string message) { scan_.notices.push_back({"", std::move(message), line_}); }

  std::string_view text_;
  LineIndex index_;
  SuppressionScan scan_;
  uint32_t line_ = 0;
  uint32_t line_begin_ = 0;
  std::string_view line_text_;
  bool own_line_ = false;
  uint32_t next_code_ = 0;
};

// The directives that name one rule in one file, in text order. Those of a place begin ever later, and the farthest end
// up to each is kept: so the first that covers a place is found without going through all of them.
class RuleDirectives {
 public:
  void add(const Suppression& suppression) {
    size_t place = all_.size();
    all_.push_back(&suppression);
    if (suppression.last_line == UINT32_MAX) {
      whole_file_ = std::min(whole_file_, place);
      return;
    }
    by_place_.push_back(place);
    farthest_.push_back(std::max(suppression.covers.end, farthest_.empty() ? 0 : farthest_.back()));
  }

  // The reason of the first directive that covers the place.
  std::optional<std::string> cover(uint32_t at) {
    asked_.push_back(at);
    size_t first = std::min(whole_file_, first_by_place(at));
    return first == none ? std::nullopt : std::optional(all_[first]->reason);
  }

  // Those that cover no place that was asked for.
  std::vector<const Suppression*> unused() {
    std::sort(asked_.begin(), asked_.end());
    std::vector<const Suppression*> found;
    for (const Suppression* suppression : all_) {
      auto place = std::lower_bound(asked_.begin(), asked_.end(), suppression->covers.begin);
      if (place == asked_.end() || *place >= suppression->covers.end) found.push_back(suppression);
    }
    return found;
  }

 private:
  static constexpr size_t none = SIZE_MAX;

  size_t first_by_place(uint32_t at) const {
    auto found = std::upper_bound(farthest_.begin(), farthest_.end(), at);
    if (found == farthest_.end()) return none;
    size_t first = by_place_[static_cast<size_t>(found - farthest_.begin())];
    return all_[first]->covers.begin <= at ? first : none;
  }

  std::vector<const Suppression*> all_;
  std::vector<size_t> by_place_;    // all but those of the whole file, as indices of all_
  std::vector<uint32_t> farthest_;  // the farthest end up to each of them
  size_t whole_file_ = none;        // the first of the whole file
  std::vector<uint32_t> asked_;
};

// The directives of one file by the rule they name.
class FileUse {
 public:
  explicit FileUse(const FileSuppressions& file) : file_(file) {
    for (const Suppression& suppression : file.suppressions) {
      for (const std::string& rule : suppression.rules) by_rule_[rule].add(suppression);
    }
  }

  std::optional<std::string> cover(const Finding& finding, std::string_view rule) {
    auto entry = by_rule_.find(rule);
    return entry == by_rule_.end() ? std::nullopt : entry->second.cover(finding.span.value_or(Span{}).begin);
  }

  void append_unused(std::vector<UnusedSuppression>& out) {
    size_t first = out.size();
    for (auto& [rule, directives] : by_rule_) {
      for (const Suppression* suppression : directives.unused())
        out.push_back({file_.file, suppression->line, suppression->span, rule});
    }
    std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                     [](const auto& a, const auto& b) { return a.span < b.span; });
  }

 private:
  const FileSuppressions& file_;
  std::map<std::string, RuleDirectives, std::less<>> by_rule_;
};

}  // namespace

SuppressionScan find_suppressions(std::string_view text) {
  if (text.find(marker) == std::string_view::npos) return {};
  return Scanner(text).run();
}

AppliedSuppressions apply_suppressions(std::span<const Finding> findings, std::span<const FileSuppressions> files,
                                       const std::function<std::string_view(uint32_t)>& rule_id) {
  AppliedSuppressions applied;
  std::map<uint32_t, FileUse> uses;
  for (const FileSuppressions& file : files) uses.emplace(file.file, file);
  for (const Finding& finding : findings) {
    auto use = uses.find(finding.file);
    applied.reasons.push_back(use == uses.end() ? std::nullopt : use->second.cover(finding, rule_id(finding.rule)));
  }
  for (auto& [file, use] : uses) use.append_unused(applied.unused);
  return applied;
}

}  // namespace tfcheck
