// XML text as flat arrays of elements and attributes: tolerant, iterative, no expansion of custom entities.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tfcheck {

struct XmlAttribute {
  std::string_view prefix;
  std::string_view name;
  std::string_view value;  // decoded
  Span span;               // of the value
};

struct XmlElement {
  static constexpr uint32_t none = UINT32_MAX;
  std::string_view name;  // without prefix
  uint32_t parent = none;
  uint32_t depth = 0;
  uint32_t first_attribute = 0;
  uint32_t attribute_count = 0;
  std::string_view text;  // its own text, decoded and trimmed; that of several pieces joined by blanks
  Span text_span;
  Span tag;                    // of the opening tag
  uint32_t owned_text = none;  // where text lives when it is no piece of the file
};

class XmlDocument {
 public:
  std::vector<XmlElement> elements;  // in document order: parents before children
  std::vector<XmlAttribute> attributes;
  std::deque<std::string> storage;
  bool has_errors = false;
  bool truncated = false;  // it has more elements, or one of them more attributes, than are read

  // An attribute's value, "" when the element has none of that name.
  std::string_view attribute(const XmlElement& element, std::string_view name) const;
  const XmlElement* parent(const XmlElement& element) const {
    return element.parent == XmlElement::none ? nullptr : &elements[element.parent];
  }
  // The nearest ancestor of a name, null when there is none.
  const XmlElement* ancestor(const XmlElement& element, std::string_view name) const;
};

XmlDocument read_xml(std::string_view text);
// Only the first element, with its attributes.
XmlDocument read_xml_root(std::string_view text);

}  // namespace tfcheck
