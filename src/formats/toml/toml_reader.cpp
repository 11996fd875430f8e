#include "formats/toml/toml_reader.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr int deepest = 100;
constexpr size_t longest_path = 2048;

void append_code_point(std::string& out, uint32_t point) {
  auto put = [&](uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) return put(point);
  if (point < 0x800) return put(0xC0 | point >> 6), put(0x80 | (point & 0x3F));
  if (point < 0x10000) return put(0xE0 | point >> 12), put(0x80 | (point >> 6 & 0x3F)), put(0x80 | (point & 0x3F));
  put(0xF0 | (point >> 18 & 7)), put(0x80 | (point >> 12 & 0x3F)), put(0x80 | (point >> 6 & 0x3F)),
      put(0x80 | (point & 0x3F));
}

class TomlReader {
 public:
  TomlReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts) {}

  void read() {
    for (skip_space(); at_ < text_.size(); skip_space()) {
      bool good = text_[at_] == '[' ? read_header() : (path_ = table_, read_pair(0));
      if (!good) facts_.set_has_errors();
      skip_line();
    }
  }

 private:
  bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool take(char c) { return at(c) && (++at_, true); }
  void skip_blanks() {
    while (at(' ') || at('\t')) ++at_;
  }
  void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size()); }
  // Blanks, line ends and comments.
  void skip_space() {
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '#') skip_line();
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '#') return;
    }
    at_ = text_.size();
  }
  Span span_from(size_t begin) const { return {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)}; }

  bool append_segment() {
    size_t size = path_.size();
    if (size) path_ += '.';
    if (at('"') || at('\'')) {
      if (!read_string()) return false;
      path_ += string_;
    } else {
      size_t begin = at_;
      auto bare = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      };
      while (at_ < text_.size() && bare(text_[at_])) ++at_;
      if (at_ == begin) return false;
      path_ += text_.substr(begin, at_ - begin);
    }
    return path_.size() < longest_path;
  }

  void add_container(ValueKind kind, size_t begin) {
    Value value;
    value.kind = kind;
    size_t dot = std::min(path_.size(), parent_);
    Context context;
    context.scope = std::string_view(path_).substr(0, dot);
    facts_.add(FactKind::Entry, path_, span_from(begin), value, {}, context);
  }

  // A table that a header or a dotted key names: its Map is added once.
  void imply_table(size_t begin) {
    if (tables_.insert(path_).second) add_container(ValueKind::Map, begin);
  }

  bool read_header() {
    size_t begin = at_++;
    bool array = take('[');
    path_.clear();
    for (bool last = false; !last;) {
      parent_ = path_.size();
      skip_blanks();
      if (!append_segment()) return false;
      skip_blanks();
      last = !take('.');
      auto known = arrays_.find(path_);
      if (last && array) break;
      if (known != arrays_.end()) path_ += "." + std::to_string(known->second);
      if (known == arrays_.end()) imply_table(begin);
    }
    if (!take(']') || (array && !take(']'))) return false;
    if (array) {
      auto [known, first] = arrays_.try_emplace(path_, 0);
      if (first) add_container(ValueKind::List, begin);
      if (!first) ++known->second;
      parent_ = path_.size();
      path_ += "." + std::to_string(known->second);
      imply_table(begin);
    }
    table_ = path_;
    return true;
  }

  // key = value, with path_ at the table.
  bool read_pair(int depth) {
    size_t begin = at_;
    for (bool last = false; !last;) {
      parent_ = path_.size();
      if (!append_segment()) return false;
      skip_blanks();
      last = !take('.');
      if (!last) imply_table(begin), skip_blanks();
    }
    Span key = span_from(begin);
    if (!take('=')) return false;
    skip_blanks();
    return read_value(key, depth);
  }

  bool read_value(Span key, int depth) {
    if (depth > deepest || at_ >= text_.size()) return false;
    char c = text_[at_];
    if (c == '[') return read_array(depth);
    if (c == '{') return read_inline_table(depth);
    size_t begin = at_;
    if (c == '"' || c == '\'') {
      if (!read_string()) return false;
      return add_scalar(read_scalar(facts_, string_, span_from(begin), scalar::Text), key);
    }
    at_ = std::min(text_.find_first_of(",]}#\r\n", at_), text_.size());
    std::string_view raw = trim(text_.substr(begin, at_ - begin));
    Span span{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + raw.size())};
    if (raw.empty()) return false;
    if (raw == "true" || raw == "false") return add_scalar(facts_.value(ValueKind::Bool, raw, span), key);
    bool based =
        raw.starts_with("0x") || raw.starts_with("0o") || raw.starts_with("0b") || raw == "inf" || raw == "nan";
    std::string digits(raw);
    std::erase(digits, '_');
    bool number = based || is_number(digits);
    return add_scalar(facts_.value(number ? ValueKind::Number : ValueKind::String, number ? digits : raw, span), key);
  }

  bool add_scalar(const Value& value, Span key) {
    Context context;
    context.scope = std::string_view(path_).substr(0, parent_);
    facts_.add(FactKind::Entry, path_, value.text.empty() ? key : value.span, value, {}, context);
    return true;
  }

  bool read_array(int depth) {
    size_t begin = at_++, size = path_.size();
    for (uint32_t index = 0;; ++index) {
      skip_space();
      if (take(']')) break;
      if (index == 0) add_container(ValueKind::List, begin);
      parent_ = size;
      path_ += "." + std::to_string(index);
      if (path_.size() >= longest_path || !read_value(span_from(at_), depth + 1)) return false;
      path_.resize(size);
      skip_space();
      if (!take(',') && !at(']')) return false;
    }
    return true;
  }

  bool read_inline_table(int depth) {
    size_t begin = at_++, size = path_.size();
    for (bool first = true;; first = false) {
      skip_space();
      if (take('}')) break;
      if (first) add_container(ValueKind::Map, begin);
      if (!read_pair(depth + 1)) return false;
      path_.resize(size);
      skip_space();
      if (!take(',') && !at('}')) return false;
    }
    return true;
  }

  // A string of any of the four forms into string_.
  bool read_string() {
    string_.clear();
    char quote = text_[at_];
    std::string_view rest = text_.substr(at_);
    bool multiline = rest.size() >= 3 && rest[1] == quote && rest[2] == quote;
    at_ += multiline ? 3 : 1;
    if (multiline && at('\r')) ++at_;
    if (multiline && at('\n')) ++at_;
    const char stops[] = {quote, '\n', quote == '"' ? '\\' : quote, '\0'};
    while (at_ < text_.size()) {
      size_t stop = std::min(text_.find_first_of(stops, at_), text_.size());
      string_ += text_.substr(at_, stop - at_);
      at_ = stop;
      if (at('\n')) {
        if (!multiline) return false;
        string_ += text_[at_++];
      } else if (at('\\')) {
        read_escape();
      } else if (at(quote)) {
        if (!multiline) return ++at_, true;
        if (text_.substr(at_, 3) == std::string(3, quote)) return at_ += 3, true;
        string_ += text_[at_++];
      }
    }
    return false;
  }

  void read_escape() {
    static constexpr std::string_view letters = "btnfre\"\\", meanings = "\b\t\n\f\r\x1b\"\\";
    char c = ++at_ < text_.size() ? text_[at_] : '\\';
    if (size_t known = letters.find(c); known != std::string_view::npos) {
      string_ += meanings[known], ++at_;
    } else if (c == 'u' || c == 'U') {
      size_t digits = c == 'u' ? 4 : 8;
      uint32_t point = 0;
      for (++at_; digits > 0 && at_ < text_.size() && std::isxdigit(static_cast<unsigned char>(text_[at_]));
           --digits, ++at_) {
        point = point << 4 | static_cast<uint32_t>(std::stoi(std::string(1, text_[at_]), nullptr, 16));
      }
      append_code_point(string_, point > 0x10FFFF || (point >= 0xD800 && point < 0xE000) ? 0xFFFD : point);
    } else if (c == '\n' || c == '\r' || c == ' ' || c == '\t') {
      while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
    } else {
      string_ += '\\';
    }
  }

  std::string_view text_;
  FileFacts& facts_;
  size_t at_ = 0;
  std::string path_;                                  // of what is being read
  size_t parent_ = 0;                                 // how much of path_ is the parent's
  std::string table_;                                 // of the current [table]
  std::string string_;                                // the last string read
  std::unordered_map<std::string, uint32_t> arrays_;  // [[array]]: index of its last element
  std::unordered_set<std::string> tables_;            // tables that have their Map
};

}  // namespace

void read_toml(std::string_view text, FileFacts& facts) {
  TomlReader(text, facts).read();
}

}  // namespace tfcheck
