#include <string>

#include "base/text.h"
#include "formats/shared/scalar.h"
#include "formats/xml/xml_dialects.h"

namespace tfcheck {

namespace {

class PairReader {
 public:
  PairReader(const XmlDocument& document, std::span<const std::string_view> paths, FileFacts& facts)
      : document_(document), paths_(paths), facts_(facts) {}

  void read(uint32_t number) {
    const XmlElement& element = document_.elements[number];
    const XmlElement* parent = document_.parent(element);
    if (!parent) return;
    std::string_view format = facts_.format();
    if (format == "dotnet-config") return read_dotnet(element, *parent);
    if (format == "persistence" && element.name == "property") return add_named("persistence.property.", element);
    if (format == "hibernate" && element.name == "property") return add_named("hibernate.property.", element);
    if (format == "spring-beans") return read_bean(element, *parent);
    if (format == "log4j" && element.name == "param") {
      std::string prefix(paths_[element.parent]);
      add_named(prefix += ".", element, element.parent + 1);
    }
  }

 private:
  uint32_t number(const XmlElement& element) const {
    return static_cast<uint32_t>(&element - document_.elements.data()) + 1;
  }

  void add(std::string_view name, std::string_view text, const XmlElement& element, uint32_t index = 0) {
    Context context;
    context.index = index ? index : number(element);
    Span span = element.tag;
    for (uint32_t i = 0; i < element.attribute_count; ++i) {
      const XmlAttribute& attribute = document_.attributes[element.first_attribute + i];
      if (attribute.value.data() == text.data() && !text.empty()) span = attribute.span;
    }
    if (element.text.data() == text.data() && !text.empty()) span = element.text_span;
    add_entry(facts_, name, span, read_scalar(facts_, text, span), context);
  }

  // <x name="NAME" value="VALUE"/> or <x name="NAME">VALUE</x>
  void add_named(std::string prefix, const XmlElement& element, uint32_t index = 0) {
    std::string_view name = document_.attribute(element, "name");
    if (name.empty()) return;
    std::string_view value = document_.attribute(element, "value");
    add(prefix += name, value.empty() ? element.text : value, element, index);
  }

  void add_keyed(std::string prefix, std::string_view key, std::string_view value, const XmlElement& element) {
    if (!key.empty()) add(prefix += key, value, element);
  }

  void read_dotnet(const XmlElement& element, const XmlElement& parent) {
    auto attribute = [&](std::string_view name) { return document_.attribute(element, name); };
    if (element.name == "add" && parent.name == "appSettings") {
      add_keyed("appSettings.", attribute("key"), attribute("value"), element);
    } else if (element.name == "add" && parent.name == "connectionStrings") {
      add_keyed("connectionStrings.", attribute("name"), attribute("connectionString"), element);
    } else if (element.name == "environmentVariable") {
      add_keyed("environmentVariables.", attribute("name"), attribute("value"), element);
    } else if (element.name == "value" && parent.name == "setting") {
      add_keyed("applicationSettings.", document_.attribute(parent, "name"), element.text, element);
    }
  }

  // A bean's property: name/value attributes, a nested <value>, <prop key> or <entry key>, or a p: attribute.
  void read_bean(const XmlElement& element, const XmlElement& parent) {
    if (element.name == "bean") return read_bean_attributes(element);
    bool value = element.name == "value", prop = element.name == "prop" || element.name == "entry";
    bool property = element.name == "property" || element.name == "constructor-arg";
    if (!value && !prop && !property) return;
    const XmlElement* bean = document_.ancestor(element, "bean");
    std::string_view type = bean ? document_.attribute(*bean, "class") : std::string_view{};
    if (type.empty()) return;
    const XmlElement* owner = property ? &element : document_.ancestor(element, "property");
    if (!owner && (value || prop)) owner = document_.ancestor(element, "constructor-arg");
    if (!owner) return;
    std::string name = "bean.";
    name.append(type).append(".");
    std::string_view key = document_.attribute(*owner, "name");
    name += key.empty() ? std::string_view("constructor-arg") : key;
    std::string_view text = document_.attribute(element, "value");
    if (text.empty()) text = element.text;
    if (prop) name.append(".").append(document_.attribute(element, "key"));
    if (!text.empty() || (value && &parent == owner)) add(name, text, element, number(*bean));
  }

  void read_bean_attributes(const XmlElement& bean) {
    std::string_view type = document_.attribute(bean, "class");
    for (uint32_t i = 0; i < bean.attribute_count && !type.empty(); ++i) {
      const XmlAttribute& attribute = document_.attributes[bean.first_attribute + i];
      if (attribute.prefix != "p") continue;
      std::string name = "bean.";
      name.append(type).append(".").append(attribute.name);
      add(name, attribute.value, bean);
    }
  }

  const XmlDocument& document_;
  std::span<const std::string_view> paths_;
  FileFacts& facts_;
};

}  // namespace

void add_pairs(const XmlDocument& document, std::span<const std::string_view> paths, FileFacts& facts) {
  PairReader reader(document, paths, facts);
  for (uint32_t i = 0; i < document.elements.size(); ++i) reader.read(i);
}

XmlProperties logging_properties(const XmlDocument& document) {
  XmlProperties properties;
  for (const XmlElement& element : document.elements) {
    std::string_view name = document.attribute(element, "name"), value = document.attribute(element, "value");
    // Spring's own element: the value is a setting of the app.
    std::string_view setting = element.name == "springProperty" ? document.attribute(element, "source") : "";
    if (!name.empty() && !setting.empty()) {
      properties.define(name, "${" + std::string(setting) + "}");
      continue;
    }
    bool defines = iequals(element.name, "property") || element.name == "variable";
    if (!defines) continue;
    if (value.empty()) value = element.text;
    if (!name.empty() && !value.empty()) properties.define(name, value);
  }
  return properties;
}

}  // namespace tfcheck
