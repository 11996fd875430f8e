#include "report/foreign_marks.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/text.h"
#include "report/comments.h"

namespace tfcheck {

namespace {

constexpr size_t prefix_window = 500;  // before a mark, where its comment begins
constexpr size_t list_window = 200;    // behind it, where it names checks
constexpr size_t most_marks = 10'000;  // of a text

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// "B105", "ds173237", "no-secrets/no-secrets": what a list of checks is made of, and prose is not.
bool is_check(std::string_view word) {
  if (word.find_first_of("/_") != std::string_view::npos) return true;
  size_t digits = word.find_first_of("0123456789");
  return digits != std::string_view::npos && digits > 0 && digits <= 3 && is_digits(word.substr(digits));
}

std::string_view line_before(std::string_view text, size_t at) {
  size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  begin = std::max(begin, at > prefix_window ? at - prefix_window : 0);
  return text.substr(begin, at - begin);
}

uint32_t next_code_line(const LineIndex& lines, uint32_t line) {
  uint32_t next = line + 1;
  while (next < lines.line_count()) {
    std::string_view text = trim(lines.line_text(next));
    if (!text.empty() && !begins_comment(text)) break;
    ++next;
  }
  return next;
}

}  // namespace

ForeignMarks::Covers ForeignMarks::covers_of(std::string_view word) {
  if (word == "line") return Covers::Line;
  if (word == "next-line") return Covers::NextLine;
  if (word == "statement") return Covers::Statement;
  if (word == "begin") return Covers::Begin;
  if (word == "end") return Covers::End;
  throw std::logic_error("a row of foreign-mark covers '" + std::string(word) + "'");
}

ForeignMarks::ForeignMarks(const Vocabulary& vocabulary) {
  const WordTable& table = vocabulary.table("foreign-mark");
  size_t mark = table.column("mark"), tool = table.column("tool"), covers = table.column("covers");
  size_t ids = table.column("ids"), named = table.column("named");
  for (const WordTable::Row& row : table.rows()) {
    rows_.push_back({{row.all(mark).begin(), row.all(mark).end()},
                     std::string(row.one(tool)),
                     covers_of(row.one(covers)),
                     {row.all(ids).begin(), row.all(ids).end()},
                     !row.one(named).empty()});
  }
}

// Of a mark that names checks one must be about secrets.
bool ForeignMarks::is_about_secrets(const Row& row, std::string_view behind) {
  if (row.ids.empty()) return true;
  size_t checks = 0;
  for (size_t at = 0; at < behind.size();) {
    size_t begin = behind.find_first_not_of(" \t,:;", at);
    if (begin == std::string_view::npos) break;
    size_t end = std::min(behind.find_first_of(" \t,:;", begin), behind.size());
    std::string_view word = behind.substr(begin, end - begin);
    if (!is_check(word)) break;
    if (std::find(row.ids.begin(), row.ids.end(), word) != row.ids.end()) return true;
    ++checks;
    at = end;
  }
  return checks == 0 && !row.must_name;
}

// In the order of the text; where two begin at one place the longer.
std::vector<ForeignMarks::Place> ForeignMarks::places_in(std::string_view text) const {
  std::vector<Place> places;
  for (const Row& row : rows_) {
    for (const std::string& mark : row.marks) {
      for (size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + mark.size())) {
        size_t end = at + mark.size();
        bool is_whole = (at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]));
        if (!is_whole || !comment_before(line_before(text, at)).found) continue;
        std::string_view behind = text.substr(end, list_window);
        if (is_about_secrets(row, behind.substr(0, behind.find_first_of("\r\n")))) places.push_back({at, &row, &mark});
        if (places.size() == most_marks) return places;
      }
    }
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.at < b.at; });
  return places;
}

MarkedLines ForeignMarks::find_in(std::string_view text) const {
  std::string folded = lower(text);
  LineIndex lines(folded);
  MarkedLines marked;
  std::map<std::string_view, std::pair<uint32_t, ForeignMark>> open;  // blocks by tool
  auto close = [&](std::string_view tool, uint32_t last) {
    auto block = open.find(tool);
    if (block == open.end()) return;
    marked.add_block(block->second.first, last, block->second.second);
    open.erase(block);
  };
  uint32_t code_line = 0;
  for (const Place& place : places_in(folded)) {
    uint32_t line = lines.line(static_cast<uint32_t>(place.at));
    ForeignMark mark{*place.mark, place.row->tool};
    switch (place.row->covers) {
      case Covers::Statement:
        if (begins_comment(trim(lines.line_text(line)))) {
          if (code_line <= line) code_line = next_code_line(lines, line);
          marked.add(code_line, mark);
        }
        [[fallthrough]];
      case Covers::Line:
        marked.add(line, mark);
        break;
      case Covers::NextLine:
        marked.add(line + 1, mark);
        break;
      case Covers::Begin:
        open.try_emplace(place.row->tool, line, mark);
        break;
      case Covers::End:
        close(place.row->tool, line);
        break;
    }
  }
  while (!open.empty()) close(open.begin()->first, UINT32_MAX);
  return marked;
}

void MarkedLines::add_block(uint32_t first, uint32_t last, const ForeignMark& mark) {
  size_t farthest = blocks_.size();
  if (!blocks_.empty() && blocks_[blocks_.back().farthest].last >= last) farthest = blocks_.back().farthest;
  blocks_.push_back({first, last, mark, farthest});
}

const ForeignMark* MarkedLines::covering(uint32_t first, uint32_t last) const {
  auto line = lines_.lower_bound(first);
  if (line != lines_.end() && line->first <= last) return &line->second;
  auto behind = std::upper_bound(blocks_.begin(), blocks_.end(), last,
                                 [](uint32_t end, const Block& block) { return end < block.first; });
  if (behind == blocks_.begin()) return nullptr;
  const Block& farthest = blocks_[std::prev(behind)->farthest];
  return farthest.last >= first ? &farthest.mark : nullptr;
}

const ForeignMark* mark_of_all(const MarkedLines& marked, const LineIndex& lines, std::span<const Span> spans) {
  const ForeignMark* first = nullptr;
  for (Span span : spans) {
    uint32_t end = lines.line(std::max(span.begin, span.end > 0 ? span.end - 1 : 0));
    const ForeignMark* mark = marked.covering(lines.line(span.begin), end);
    if (!mark) return nullptr;
    if (!first) first = mark;
  }
  return first;
}

}  // namespace tfcheck
