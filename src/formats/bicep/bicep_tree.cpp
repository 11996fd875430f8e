#include "formats/bicep/bicep_tree.h"

#include <string>
#include <unordered_map>

#include "base/ascii.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/bicep/scanner.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr int deepest = 100;
constexpr Escapes escapes{.letters = "nrt", .meanings = "\n\r\t"};

// What a value is put into: an entry of a map, or the next element of a list.
struct Slot {
  NodeId parent = no_node;
  std::string_view key = {};
  Span key_span = {};
};

class BicepReader {
 public:
  BicepReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts), scan_(text), tree_(text) {}

  ConfigTree read() {
    top_ = tree_.add(no_node);
    tree_[top_].kind = NodeKind::Map;
    for (scan_.skip_space(); !scan_.done(); scan_.skip_space()) statement(top_, 0);
    if (too_deep_) facts_.lose(Unread::TooDeep, "nested too deeply; what lies below is left out");
    return std::move(tree_);
  }

 private:
  Span span_of(std::string_view part) const {
    auto begin = static_cast<uint32_t>(part.data() - text_.data());
    return {begin, begin + static_cast<uint32_t>(part.size())};
  }

  NodeId add(const Slot& slot, NodeKind kind, Span span) {
    NodeId id = tree_.add(slot.parent);
    ConfigNode& node = tree_[id];
    node.kind = kind;
    node.key = slot.key;
    node.key_span = slot.key_span;
    node.span = span;
    return id;
  }

  NodeId add_text(const Slot& slot, std::string_view text, Span span) {
    NodeId id = add(slot, NodeKind::Scalar, span);
    tree_[id].type = ValueKind::String;
    tree_[id].quoted = true;
    tree_[id].text = text;
    return id;
  }

  // "parameters", "resources": one map for all of them.
  NodeId section(NodeId map, std::string_view key, Span span) {
    auto [known, fresh] = sections_.try_emplace(std::string(key) + std::to_string(map), no_node);
    if (fresh) known->second = add({map, key, span}, NodeKind::Map, span);
    return known->second;
  }

  // `@secure()`, `param …`, `resource …`; what else stands on a line says nothing.
  void statement(NodeId map, int depth) {
    if (scan_.peek() == '@') return decorator();
    std::string_view word = scan_.word();
    bool secure = std::exchange(secure_, false);
    if (word == "param") return parameter(map, secure);
    if (word == "var") return variable(map);
    if (word == "resource" || word == "module") return declaration(map, word, depth);
    scan_.skip_expression();
    if (!word.empty() || scan_.peek() == '\n') return;
    scan_.go();
  }

  void decorator() {
    scan_.go();
    std::string_view name = scan_.word();
    while (scan_.peek() == '.') {
      scan_.go();
      name = scan_.word();
    }
    secure_ |= name == "secure";
    if (scan_.peek() == '(') scan_.skip_brackets();
  }

  // Up to the sign that gives a value; false where there is none.
  bool go_to_value() {
    while (!scan_.done() && scan_.peek() != '\n' && scan_.peek() != '=') {
      char c = scan_.peek();
      if (c == '\'')
        scan_.skip_text();
      else
        c == '{' || c == '(' || c == '[' ? scan_.skip_brackets() : scan_.go();
    }
    if (scan_.peek() != '=') return false;
    scan_.go();
    scan_.skip_blanks();
    return true;
  }

  void parameter(NodeId map, bool secure) {
    scan_.skip_blanks();
    std::string_view name = scan_.word();
    if (name.empty()) return scan_.skip_expression();
    NodeId one = add({section(map, "parameters", span_of(name)), name, span_of(name)}, NodeKind::Map, span_of(name));
    scan_.skip_blanks();
    std::string_view type = scan_.word();
    bool typed = scan_.peek() != '=';
    if (!type.empty()) {
      bool secret = secure && (type == "string" || type == "object");
      add_text({one, "type", span_of(type)}, secret ? tree_.keep("secure" + std::string(type)) : type, span_of(type));
    }
    if (go_to_value()) value({one, !type.empty() || typed ? "defaultValue" : "value", span_of(name)}, 1);
  }

  void variable(NodeId map) {
    scan_.skip_blanks();
    std::string_view name = scan_.word();
    if (go_to_value()) value({section(map, "variables", span_of(name)), name, span_of(name)}, 1);
  }

  // `resource web 'Microsoft.Web/sites@2023-01-01' = if (x) { … }`
  void declaration(NodeId map, std::string_view word, int depth) {
    scan_.skip_blanks();
    std::string_view name = scan_.word();
    scan_.skip_blanks();
    size_t begin = scan_.at();
    if (scan_.peek() == '\'') scan_.skip_text();
    std::string_view written = scan_.from(begin);
    if (!go_to_value() || name.empty()) return scan_.skip_expression();
    std::string_view all = word == "module" ? "modules" : "resources";
    Slot slot{section(map, all, span_of(name)), name, span_of(name)};
    std::string_view what = written.size() > 2 ? written.substr(1, written.size() - 2) : std::string_view{};
    source_ = what.substr(0, word == "module" ? none : what.find('@'));
    source_key_ = word == "module" ? "source" : "type";
    value(slot, depth + 1);
    source_key_ = {};
  }

  bool goes_deeper(int depth) {
    too_deep_ = too_deep_ || depth >= deepest;
    return depth < deepest;
  }

  void value(const Slot& slot, int depth) {
    if (scan_.ahead("if ") || scan_.ahead("if(")) {
      scan_.go(2);
      scan_.skip_blanks();
      scan_.skip_brackets();
      scan_.skip_blanks();
    }
    bool nested = scan_.peek() == '{' || scan_.peek() == '[';
    if (nested && !goes_deeper(depth)) return scan_.skip_brackets();
    if (scan_.peek() == '{') return object(slot, depth);
    if (scan_.peek() == '[') return list(slot, depth);
    size_t begin = scan_.at();
    scan_.skip_expression();
    scalar(slot, trim(scan_.from(begin)), begin);
  }

  void object(const Slot& slot, int depth) {
    NodeId map = add(slot, NodeKind::Map, slot.key_span);
    if (std::string_view key = std::exchange(source_key_, {}); !key.empty() && !source_.empty())
      add_text({map, key, span_of(source_)}, source_, span_of(source_));
    scan_.go();
    for (scan_.skip_space(); !scan_.done() && scan_.peek() != '}'; scan_.skip_space()) entry(map, depth);
    scan_.go();
  }

  // `key: value`, `'key': value`, a resource inside of another; `...x` and what goes on over lines say nothing.
  void entry(NodeId map, int depth) {
    size_t begin = scan_.at();
    if (scan_.peek() == '@') return decorator();
    bool quoted = scan_.peek() == '\'';
    if (quoted)
      scan_.skip_text();
    else
      scan_.word();
    std::string_view key = scan_.from(begin);
    scan_.skip_blanks();
    if (scan_.peek() != ':') {
      if (key == "resource") return declaration(map, key, depth);
      return skip_rest();
    }
    scan_.go();
    scan_.skip_blanks();
    if (quoted) key = key.size() > 2 ? key.substr(1, key.size() - 2) : std::string_view{};
    if (key.empty()) return skip_rest();
    value({map, key, span_of(key)}, depth + 1);
    skip_rest();
  }

  // Over what is left of an expression, and over the comma behind it.
  void skip_rest() {
    scan_.skip_expression();
    if (scan_.peek() == ',' || scan_.peek() == ')' || scan_.peek() == ']') scan_.go();
  }

  void list(const Slot& slot, int depth) {
    NodeId id = add(slot, NodeKind::List, slot.key_span);
    scan_.go();
    scan_.skip_space();
    if (scan_.ahead("for ")) {
      while (!scan_.done() && scan_.peek() != ':' && scan_.peek() != ']')
        scan_.peek() == '(' ? scan_.skip_brackets() : scan_.peek() == '\'' ? scan_.skip_text() : scan_.go();
      if (scan_.peek() == ':') scan_.go();
    }
    for (scan_.skip_space(); !scan_.done() && scan_.peek() != ']'; scan_.skip_space()) {
      value({id}, depth + 1);
      scan_.skip_expression();
      if (scan_.peek() == ',' || scan_.peek() == ')' || scan_.peek() == '}') scan_.go();
    }
    scan_.go();
  }

  static bool is_reference(std::string_view text) {
    bool name = !text.empty() && is_letter(text[0]);
    for (char c : text) name = name && (is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '!');
    return name;
  }

  void scalar(const Slot& slot, std::string_view written, size_t begin) {
    Span span{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + written.size())};
    if (written.starts_with('\'') && is_one_text(written)) return text(slot, written, span);
    NodeId id = add(slot, written == "null" ? NodeKind::Null : NodeKind::Scalar, span);
    ConfigNode& node = tree_[id];
    bool truth = written == "true" || written == "false";
    node.type = truth                   ? ValueKind::Bool
                : is_number(written)    ? ValueKind::Number
                : is_reference(written) ? ValueKind::Name
                                        : ValueKind::Unknown;
    if (node.type != ValueKind::Unknown) node.text = written;
  }

  static bool is_one_text(std::string_view written) {
    bicep::Scanner whole(written);
    whole.skip_text();
    return whole.done() && written.size() > 1 && written.ends_with('\'');
  }

  void text(const Slot& slot, std::string_view written, Span span) {
    bool lines = written.starts_with("'''") && written.size() > 5;
    size_t marks = lines ? 3 : 1;
    std::string_view inside = written.substr(marks, written.size() - 2 * marks);
    bool refers = !lines && refers_to(inside);
    std::string plain = lines || refers ? std::string(inside) : unescape(inside, escapes);
    bool same = plain == inside;
    NodeId id = add_text(slot, same ? inside : tree_.keep(plain), span);
    ConfigNode& node = tree_[id];
    node.verbatim = same;
    if (same) node.text_begin = static_cast<uint32_t>(inside.data() - text_.data());
    if (!refers) return;
    bool only = inside.starts_with("${") && inside.find('}') == inside.size() - 1;
    node.type = only ? ValueKind::Name : ValueKind::Template;
    if (only) node.text = trim(inside.substr(2, inside.size() - 3));
    node.quoted = !only;
    node.verbatim = false;
  }

  static bool refers_to(std::string_view inside) {
    for (size_t at = inside.find("${"); at != none; at = inside.find("${", at + 1)) {
      if (at == 0 || inside[at - 1] != '\\') return true;
    }
    return false;
  }

  std::string_view text_;
  FileFacts& facts_;
  bicep::Scanner scan_;
  ConfigTree tree_;
  NodeId top_ = no_node;
  std::unordered_map<std::string, NodeId> sections_;
  std::string_view source_, source_key_;  // of the declaration whose body comes next
  bool secure_ = false;
  bool too_deep_ = false;
};

}  // namespace

ConfigTree read_bicep(std::string_view text, FileFacts& facts) {
  return BicepReader(text, facts).read();
}

}  // namespace tfcheck
