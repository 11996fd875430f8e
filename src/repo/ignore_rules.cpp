#include "repo/ignore_rules.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

// What matching may cost: so much at once, and so much for each path that was asked for. A rule that does not match
// costs one or two steps, so a path may ask some thousand of them.
constexpr uint64_t free_work = 50'000'000;
constexpr uint64_t work_per_path = 20'000;

constexpr std::string_view special = "*?[\\";

// Blanks at the end do not count, unless a backslash stands before the first of them.
std::string_view without_blanks(std::string_view line) {
  size_t end = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ') continue;
    if (line[i] == '\\') ++i;
    end = i + 1;
  }
  return line.substr(0, std::min(end, line.size()));
}

}  // namespace

IgnoreFile::IgnoreFile(std::string_view text, std::string base, Letters letters)
    : base_(std::move(base)), letters_(letters) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  uint32_t number = 0;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    read_line(text.substr(0, end), ++number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void IgnoreFile::read_line(std::string_view line, uint32_t number) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  line = without_blanks(before_first(line, '\0'));
  if (line.empty() || line[0] == '#') return;
  Rule rule;
  if (line[0] == '!') {
    rule.keeps = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    rule.folders_only = true;
    line.remove_suffix(1);
  }
  rules_.push_back(rule);
  bool of_name = line.find('/') == std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return;
  if (line.find_first_of(special) != std::string_view::npos) return add_pattern(line, of_name, number);
  Table& table = of_name ? names_ : paths_;
  Last& last = table[letters_ == Letters::Folded ? lower(line) : std::string(line)];
  last.any = static_cast<int64_t>(rules_.size()) - 1;
  if (!rule.folders_only) last.of_files = last.any;
}

void IgnoreFile::add_pattern(std::string_view pattern, bool of_name, uint32_t number) {
  if (pattern.size() > Wildcard::longest) {
    refused_.push_back(number);
    return;
  }
  bool is_suffix = of_name && pattern[0] == '*' && pattern.find_first_of(special, 1) == std::string_view::npos;
  // As git does: what comes before the first wildcard of a path is compared and taken off.
  size_t plain = is_suffix || of_name ? 0 : pattern.find_first_of(special);
  std::string literal(is_suffix ? pattern.substr(1) : pattern.substr(0, plain));
  patterns_.push_back({rules_.size() - 1, of_name, is_suffix, letters_ == Letters::Folded ? lower(literal) : literal,
                       Wildcard(is_suffix ? "" : pattern.substr(plain), letters_)});
}

int64_t IgnoreFile::last_of(const Table& table, const std::string& literal, Named named) {
  auto found = table.empty() ? table.end() : table.find(literal);
  if (found == table.end()) return -1;
  return named == Named::Folder ? found->second.any : found->second.of_files;
}

Wildcard::Outcome IgnoreFile::match(const Pattern& pattern, std::string_view name, std::string_view below) {
  if (pattern.is_suffix) return {name.ends_with(pattern.literal), 1};
  if (pattern.of_name) return pattern.wildcard.match(name);
  if (!below.starts_with(pattern.literal)) return {false, 1};
  return pattern.wildcard.match(below.substr(pattern.literal.size()));
}

IgnoreFile::Answer IgnoreFile::ask(const std::string& path, Named named) const {
  std::string below = path.substr(base_.size());
  if (letters_ == Letters::Folded) below = lower(below);
  std::string name(base_name(below));
  int64_t best = std::max(last_of(names_, name, named), last_of(paths_, below, named));
  Answer answer{Verdict::Silent, 2};
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
    auto rule = static_cast<int64_t>(pattern->rule);
    if (rule < best) break;
    ++answer.work;
    if (rules_[pattern->rule].folders_only && named != Named::Folder) continue;
    Wildcard::Outcome outcome = match(*pattern, name, below);
    answer.work += outcome.work;
    if (!outcome.matches) continue;
    best = rule;
    break;
  }
  if (best >= 0) answer.verdict = rules_[static_cast<size_t>(best)].keeps ? Verdict::Kept : Verdict::Ignored;
  return answer;
}

bool IgnoreJudge::is_ignored(const IgnoreChain* chain, const std::string& path, Named named) {
  if (is_exhausted_) return false;
  ++asked_;
  IgnoreFile::Answer answer;
  for (; chain && answer.verdict == IgnoreFile::Verdict::Silent; chain = chain->above.get()) {
    answer = chain->file.ask(path, named);
    work_ += answer.work;
  }
  is_exhausted_ = work_ > free_work + work_per_path * asked_;
  return answer.verdict == IgnoreFile::Verdict::Ignored;
}

}  // namespace tfcheck
