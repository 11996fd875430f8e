// Names that an XML file defines for itself (`<properties>`, `<property name= value=>`, `<PropertyGroup>`) and the
// `${name}` or `$(name)` that refer to them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace tfcheck {

class XmlProperties {
 public:
  // The first definition of a name counts; the name must outlive this.
  void define(std::string_view name, std::string_view value) { values_.try_emplace(name, value); }
  bool empty() const { return values_.empty(); }
  // The text with the references that are known replaced, also in what replaces them; others stay.
  std::string resolve(std::string_view text) const;

 private:
  std::string resolve_once(std::string_view text) const;

  std::unordered_map<std::string_view, std::string> values_;
};

}  // namespace tfcheck
