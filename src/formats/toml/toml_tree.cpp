#include "formats/toml/toml_tree.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr int deepest = 100;
constexpr Escapes escapes{.letters = "btnfre\"\\",
                          .meanings = "\b\t\n\f\r\x1b\"\\",
                          .hex = escape_hex::X | escape_hex::U | escape_hex::LongU,
                          .joins = "\n\r \t",
                          .blanks = " \t\r\n",
                          .keeps_unknown = true};

// A table by the one that it stands in and its name.
using TableKey = std::pair<NodeId, std::string_view>;
struct TableHash {
  size_t operator()(const TableKey& key) const {
    return std::hash<std::string_view>{}(key.second) ^ (size_t{key.first} * 0x9E3779B97F4A7C15u);
  }
};

class TomlReader {
 public:
  TomlReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts), tree_(text) {
    root_ = tree_.add(no_node);
    tree_[root_].kind = NodeKind::Map;
    table_ = root_;
  }

  ConfigTree read() {
    for (skip_space(); at_ < text_.size(); skip_space()) {
      bool good = text_[at_] == '[' ? read_header() : read_pair(table_, 0);
      if (!good) facts_.set_has_errors();
      skip_line();
    }
    return std::move(tree_);
  }

 private:
  struct Key {
    std::string_view text;
    Span span;
  };

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

  bool read_key(Key& key) {
    size_t begin = at_;
    if (at('"') || at('\'')) {
      if (!read_string()) return false;
      key.text = tree_.keep(string_);
    } else {
      auto bare = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      };
      while (at_ < text_.size() && bare(text_[at_])) ++at_;
      if (at_ == begin) return false;
      key.text = text_.substr(begin, at_ - begin);
    }
    key.span = span_from(begin);
    return true;
  }

  NodeId add(NodeId parent, const Key& key, NodeKind kind) {
    NodeId id = tree_.add(parent);
    ConfigNode& node = tree_[id];
    node.kind = kind;
    node.key = key.text;
    node.key_span = node.span = key.span;
    return id;
  }

  // The table below one, or the last of a list of them; it is made when there is none yet.
  NodeId below(NodeId table, const Key& key) {
    auto [known, fresh] = tables_.try_emplace({table, key.text}, no_node);
    if (fresh) known->second = add(table, key, NodeKind::Map);
    return tree_.is(known->second, NodeKind::List) ? tree_.own(known->second).last : known->second;
  }

  // Another element of the list that `[[…key]]` names; none when a table has that name.
  NodeId add_element(NodeId table, const Key& key) {
    auto [list, fresh] = tables_.try_emplace({table, key.text}, no_node);
    if (fresh) list->second = add(table, key, NodeKind::List);
    if (!tree_.is(list->second, NodeKind::List)) return no_node;
    NodeId element = add(list->second, {}, NodeKind::Map);
    tree_[element].span = key.span;
    return element;
  }

  bool read_header() {
    ++at_;
    bool array = take('[');
    NodeId table = root_;
    Key key;
    for (bool last = false; !last;) {
      skip_blanks();
      if (!read_key(key)) return false;
      skip_blanks();
      last = !take('.');
      table = last && array ? add_element(table, key) : below(table, key);
      if (table == no_node) return false;
    }
    table_ = table;
    return take(']') && (!array || take(']'));
  }

  // key = value, in a table.
  bool read_pair(NodeId table, int depth) {
    Key key;
    while (true) {
      if (!read_key(key)) return false;
      skip_blanks();
      if (!take('.')) break;
      table = below(table, key);
      skip_blanks();
    }
    if (!take('=')) return false;
    skip_blanks();
    return read_value(table, key, depth);
  }

  bool read_value(NodeId parent, const Key& key, int depth) {
    if (depth > deepest || at_ >= text_.size()) return false;
    char c = text_[at_];
    if (c == '[') return read_array(add(parent, key, NodeKind::List), depth);
    if (c == '{') return read_inline_table(add(parent, key, NodeKind::Map), depth);
    size_t begin = at_;
    if (c == '"' || c == '\'') {
      if (!read_string()) return false;
      add_string(add(parent, key, NodeKind::Scalar), begin);
      return true;
    }
    at_ = std::min(text_.find_first_of(",]}#\r\n", at_), text_.size());
    std::string_view raw = trim(text_.substr(begin, at_ - begin));
    if (raw.empty()) return false;
    add_bare(add(parent, key, NodeKind::Scalar), raw);
    return true;
  }

  void add_string(NodeId id, size_t begin) {
    ConfigNode& node = tree_[id];
    node.span = span_from(begin);
    node.span.begin += static_cast<uint32_t>(only_line(text_.substr(begin, at_ - begin)));
    node.quoted = true;
    std::string_view inside = text_.substr(begin + 1, at_ - begin - 2);
    node.verbatim = inside == string_;
    node.text = node.verbatim ? inside : tree_.keep(string_);
    if (node.verbatim) node.text_begin = static_cast<uint32_t>(begin + 1);
  }

  void add_bare(NodeId id, std::string_view raw) {
    ConfigNode& node = tree_[id];
    auto begin = static_cast<uint32_t>(raw.data() - text_.data());
    node.span = {begin, begin + static_cast<uint32_t>(raw.size())};
    node.text = raw;
    if (raw == "true" || raw == "false") {
      node.type = ValueKind::Bool;
      return;
    }
    std::string digits(raw);
    std::erase(digits, '_');
    bool based = raw.starts_with("0x") || raw.starts_with("0o") || raw.starts_with("0b");
    bool number = based || raw == "inf" || raw == "nan" || is_number(digits);
    node.type = number ? ValueKind::Number : ValueKind::String;
    if (number && digits.size() < raw.size()) node.text = tree_.keep(digits);
  }

  bool read_array(NodeId list, int depth) {
    size_t begin = at_++;
    while (true) {
      skip_space();
      if (take(']')) break;
      if (!read_value(list, {}, depth + 1)) return false;
      skip_space();
      if (!take(',') && !at(']')) return false;
    }
    tree_[list].span = span_from(begin);
    return true;
  }

  bool read_inline_table(NodeId map, int depth) {
    size_t begin = at_++;
    while (true) {
      skip_space();
      if (take('}')) break;
      if (!read_pair(map, depth + 1)) return false;
      skip_space();
      if (!take(',') && !at('}')) return false;
    }
    tree_[map].span = span_from(begin);
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
        at_ = append_escape(string_, text_, at_, escapes);
      } else if (at(quote)) {
        if (!multiline) return ++at_, true;
        if (text_.substr(at_, 3) == std::string(3, quote)) return at_ += 3, true;
        string_ += text_[at_++];
      }
    }
    return false;
  }

  std::string_view text_;
  FileFacts& facts_;
  ConfigTree tree_;
  size_t at_ = 0;
  NodeId root_ = no_node;
  NodeId table_ = no_node;                                  // the current [table]
  std::string string_;                                      // the last string read
  std::unordered_map<TableKey, NodeId, TableHash> tables_;  // and lists of tables
};

}  // namespace

ConfigTree read_toml(std::string_view text, FileFacts& facts) {
  return TomlReader(text, facts).read();
}

}  // namespace tfcheck
