#include "formats/xml/xml_reader.h"

#include <algorithm>
#include <charconv>

#include "base/lines.h"
#include "base/text.h"
#include "base/utf8.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr uint32_t most_elements = 20000;
constexpr uint32_t deepest = 100;
constexpr int farthest_close = 64;  // how many unclosed elements an end tag may close
constexpr size_t longest_text = size_t{64} * 1024;
constexpr size_t longest_name = 200;
constexpr uint32_t most_attributes = 500;  // of one element

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// The character of "amp", "#38" or "#x26" at the end of `out`; false for an entity that only its DTD knows.
bool append_entity(std::string& out, std::string_view name) {
  struct Known {
    std::string_view name;
    char c;
  };
  for (Known known : {Known{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}) {
    if (name == known.name) return out += known.c, true;
  }
  if (!name.starts_with('#') || name.size() < 2) return false;
  bool hex = name[1] == 'x' || name[1] == 'X';
  name.remove_prefix(hex ? 2 : 1);
  uint32_t point = 0;
  auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), point, hex ? 16 : 10);
  if (error != std::errc{} || end != name.data() + name.size()) return false;
  append_utf8(out, point == 0 ? no_character : point);
  return true;
}

std::string decode(std::string_view raw) {
  std::string out;
  for (size_t at = 0; at < raw.size();) {
    size_t amp = std::min(raw.find('&', at), raw.size());
    out += raw.substr(at, amp - at);
    if (amp == raw.size()) break;
    size_t semicolon = raw.substr(0, amp + 12).find(';', amp);
    bool known = semicolon != none && append_entity(out, raw.substr(amp + 1, semicolon - amp - 1));
    if (!known) out += '&';
    at = known ? semicolon + 1 : amp + 1;
  }
  return out;
}

class XmlReader {
 public:
  XmlReader(std::string_view text, uint32_t limit) : text_(text), limit_(limit) {}

  XmlDocument read() {
    while (at_ < text_.size() && !done_) {
      size_t open = std::min(text_.find('<', at_), text_.size());
      add_text(text_.substr(at_, open - at_), false);
      at_ = open;
      if (open < text_.size()) read_markup();
    }
    if (current_ != XmlElement::none && !done_) document_.has_errors = true;
    return std::move(document_);
  }

 private:
  bool ahead(std::string_view mark) const { return text_.substr(at_, mark.size()) == mark; }

  void skip_behind(std::string_view mark, size_t from) {
    size_t end = text_.find(mark, from);
    at_ = end == none ? text_.size() : end + mark.size();
  }

  void read_markup() {
    char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (ahead("<!--")) return skip_behind("-->", at_ + 4);
    if (ahead("<![CDATA[")) return read_cdata();
    if (next == '!') return skip_doctype();
    if (next == '?') return skip_behind("?>", at_ + 2);
    if (next == '/') return read_close();
    bool name = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '_' || (next & 0x80);
    if (name) return read_open();
    document_.has_errors = true;
    ++at_;
  }

  void read_cdata() {
    size_t begin = at_ + 9;
    skip_behind("]]>", begin);
    size_t end = at_ >= begin + 3 && text_.substr(at_ - 3, 3) == "]]>" ? at_ - 3 : at_;
    add_text(text_.substr(begin, end - begin), true);
  }

  void skip_doctype() {
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '[') ++depth;
      if (c == ']') --depth;
      if (c == '>' && depth <= 0) {
        ++at_;
        return;
      }
    }
  }

  void read_close() {
    size_t end = std::min(text_.find('>', at_), text_.size());
    std::string_view name = local(trim(text_.substr(at_ + 2, end - std::min(end, at_ + 2))));
    at_ = std::min(end + 1, text_.size());
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    uint32_t open = current_;
    for (int i = 0; i < farthest_close && open != XmlElement::none; ++i, open = document_.elements[open].parent) {
      if (document_.elements[open].name != name) continue;
      current_ = document_.elements[open].parent;
      return;
    }
    document_.has_errors = true;
  }

  static std::string_view local(std::string_view name) {
    return name.substr(name.find(':') == none ? 0 : name.find(':') + 1);
  }

  std::string_view read_name() {
    size_t begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) && std::string_view("=/><\"'").find(text_[at_]) == none) ++at_;
    return text_.substr(begin, std::min(at_ - begin, longest_name));
  }

  void read_open() {
    auto begin = static_cast<uint32_t>(at_++);
    XmlElement element;
    element.name = local(read_name());
    element.parent = current_;
    element.depth = current_ == XmlElement::none ? 0 : document_.elements[current_].depth + 1;
    element.first_attribute = first_attribute_ = static_cast<uint32_t>(document_.attributes.size());
    bool kept = element.depth < deepest && skipped_ == 0;
    bool closed = read_attributes();
    if (!kept) {
      document_.attributes.resize(element.first_attribute);
      if (!closed) ++skipped_;
      return;
    }
    element.attribute_count = static_cast<uint32_t>(document_.attributes.size()) - element.first_attribute;
    element.tag = {begin, static_cast<uint32_t>(at_)};
    document_.elements.push_back(element);
    if (!closed) current_ = static_cast<uint32_t>(document_.elements.size()) - 1;
    if (document_.elements.size() < limit_) return;
    done_ = true;
    document_.truncated = document_.truncated || at_ < text_.size();
  }

  // The attributes up to the tag's end; true for `/>`.
  bool read_attributes() {
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '<') return document_.has_errors = true, false;
      if (c == '>') return ++at_, false;
      if (c == '/' && at_ + 1 < text_.size() && text_[at_ + 1] == '>') return at_ += 2, true;
      if (is_space(c) || c == '/' || c == '=' || c == '"' || c == '\'') {
        ++at_;
        continue;
      }
      read_attribute();
    }
    document_.has_errors = true;
    return false;
  }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  void read_attribute() {
    std::string_view name = read_name();
    skip_space();
    if (at_ >= text_.size() || text_[at_] != '=') return;
    ++at_;
    skip_space();
    if (at_ >= text_.size()) return;
    char quote = text_[at_];
    size_t begin = at_, end = 0;
    if (quote == '"' || quote == '\'') {
      ++begin;
      end = std::min(text_.find(quote, begin), text_.size());
      at_ = std::min(end + 1, text_.size());
    } else {
      while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '>') ++at_;
      end = at_;
    }
    XmlAttribute attribute;
    size_t colon = name.find(':');
    attribute.prefix = colon == none ? std::string_view{} : name.substr(0, colon);
    attribute.name = local(name);
    if (attribute.prefix == "xmlns" || attribute.prefix == "xsi" || name == "xmlns") return;
    if (document_.attributes.size() - first_attribute_ >= most_attributes) {
      document_.truncated = true;
      return;
    }
    attribute.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    attribute.value = decoded(text_.substr(begin, end - begin));
    document_.attributes.push_back(attribute);
  }

  std::string_view decoded(std::string_view raw) {
    return raw.find('&') == none ? raw : document_.storage.emplace_back(decode(raw));
  }

  void add_text(std::string_view raw, bool literal) {
    std::string_view body = trim(raw);
    if (body.empty() || current_ == XmlElement::none || skipped_ > 0) return;
    XmlElement& element = document_.elements[current_];
    Span span = span_in(text_, body);
    if (element.text.empty()) {
      element.text = literal ? body : decoded(body);
      element.text_span = span;
      return;
    }
    if (element.text.size() > longest_text) return;
    if (element.owned_text == XmlElement::none) {
      element.owned_text = static_cast<uint32_t>(document_.storage.size());
      document_.storage.emplace_back(element.text);
    }
    std::string& owned = document_.storage[element.owned_text];
    owned += ' ';
    owned += literal ? std::string(body) : decode(body);
    element.text = owned;
    element.text_span.end = span.end;
  }

  std::string_view text_;
  uint32_t limit_;
  size_t at_ = 0;
  bool done_ = false;
  uint32_t current_ = XmlElement::none;
  uint32_t first_attribute_ = 0;  // of the element that is read
  uint32_t skipped_ = 0;          // open elements that are too deep to keep
  XmlDocument document_;
};

}  // namespace

std::string_view XmlDocument::attribute(const XmlElement& element, std::string_view name) const {
  for (uint32_t i = 0; i < element.attribute_count; ++i) {
    const XmlAttribute& attribute = attributes[element.first_attribute + i];
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

const XmlElement* XmlDocument::ancestor(const XmlElement& element, std::string_view name) const {
  const XmlElement* above = parent(element);
  while (above && above->name != name) above = parent(*above);
  return above;
}

XmlDocument read_xml(std::string_view text) {
  return XmlReader(text, most_elements).read();
}

XmlDocument read_xml_root(std::string_view text) {
  return XmlReader(text, 1).read();
}

}  // namespace tfcheck
