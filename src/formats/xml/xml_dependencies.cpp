#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "formats/shared/scalar.h"
#include "formats/xml/xml_dialects.h"

namespace tfcheck {

namespace {

// A dependency as its element and that element's children say.
struct Coordinates {
  uint32_t element = 0;
  std::string group_id, name, version;
  std::string_view scope, group;
  bool development = false;
};

constexpr uint32_t none = XmlElement::none;

void add_dependency(const XmlDocument& document, const Coordinates& found, std::string_view ecosystem,
                    FileFacts& facts) {
  Span span = document.elements[found.element].tag;
  Value version;
  if (!found.version.empty()) version = read_scalar(facts, found.version, span, scalar::Text);
  std::vector<Arg> args = {{"ecosystem", facts.string(ecosystem, {})}};
  if (!found.group.empty()) args.push_back({"group", facts.string(found.group, span)});
  if (!found.scope.empty()) args.push_back({"scope", facts.string(found.scope, span)});
  Context context;
  context.flags = found.development ? context::Development : 0u;
  facts.add(FactKind::Dependency, found.name, span, version, args, context);
}

XmlProperties maven_properties(const XmlDocument& document) {
  XmlProperties properties;
  for (const XmlElement& element : document.elements) {
    const XmlElement* parent = document.parent(element);
    if (!parent || element.text.empty()) continue;
    if (parent->name == "properties") properties.define(element.name, element.text);
    bool project = parent->parent == none;
    if (project && element.name == "version") properties.define("project.version", element.text);
    if (project && element.name == "groupId") properties.define("project.groupId", element.text);
    if (parent->name == "parent" && element.name == "version")
      properties.define("project.parent.version", element.text);
    if (parent->name == "parent" && element.name == "groupId")
      properties.define("project.parent.groupId", element.text);
  }
  // A project without its own version or group has its parent's; the first definition stays.
  properties.define("project.version", "${project.parent.version}");
  properties.define("project.groupId", "${project.parent.groupId}");
  return properties;
}

// "" for an element that is no dependency at all.
std::string_view maven_kind(const XmlDocument& document, const XmlElement& element) {
  const XmlElement* parent = document.parent(element);
  if (!parent) return {};
  if (element.name == "parent" && parent->parent == none) return "parent";
  if ((element.name == "plugin" && parent->name == "plugins") ||
      (element.name == "extension" && parent->name == "extensions")) {
    return "plugin";
  }
  if (element.name != "dependency" || parent->name != "dependencies") return {};
  if (document.ancestor(element, "plugin")) return "plugin";
  return document.ancestor(element, "dependencyManagement") ? "management" : "dependency";
}

void set_maven_child(Coordinates& found, const XmlElement& child, const XmlProperties& properties) {
  if (child.name == "groupId") found.group_id = properties.resolve(child.text);
  if (child.name == "artifactId") found.name = properties.resolve(child.text);
  if (child.name == "version") found.version = properties.resolve(child.text);
  if (child.name == "scope") found.scope = child.text;
}

}  // namespace

void add_maven_dependencies(const XmlDocument& document, FileFacts& facts) {
  XmlProperties properties = maven_properties(document);
  std::vector<Coordinates> all;
  std::vector<uint32_t> slots(document.elements.size(), none);
  for (uint32_t i = 0; i < document.elements.size(); ++i) {
    const XmlElement& element = document.elements[i];
    if (element.parent != none && slots[element.parent] != none) {
      set_maven_child(all[slots[element.parent]], element, properties);
    }
    std::string_view kind = maven_kind(document, element);
    if (kind.empty()) continue;
    slots[i] = static_cast<uint32_t>(all.size());
    Coordinates& found = all.emplace_back();
    found.element = i;
    found.group = kind == "dependency" ? std::string_view{} : kind;
  }
  std::unordered_map<std::string, std::string> managed;
  for (Coordinates& found : all) {
    if (found.group_id.empty() && found.group == "plugin") found.group_id = "org.apache.maven.plugins";
    found.name = found.group_id + ":" + found.name;
    found.development = found.scope == "test";
    if (found.group == "management") managed.try_emplace(found.name, found.version);
  }
  for (Coordinates& found : all) {
    if (found.name.size() < 2 || found.name.ends_with(':')) continue;
    auto known = managed.find(found.name);
    if (found.version.empty() && found.group.empty() && known != managed.end()) found.version = known->second;
    add_dependency(document, found, "maven", facts);
  }
}

void add_nuget_dependencies(const XmlDocument& document, FileFacts& facts) {
  XmlProperties properties;
  for (const XmlElement& element : document.elements) {
    const XmlElement* parent = document.parent(element);
    if (parent && parent->name == "PropertyGroup") properties.define(element.name, element.text);
  }
  std::vector<Coordinates> all;
  std::vector<uint32_t> slots(document.elements.size(), none);
  for (uint32_t i = 0; i < document.elements.size(); ++i) {
    const XmlElement& element = document.elements[i];
    if (element.parent != none && slots[element.parent] != none) {
      Coordinates& above = all[slots[element.parent]];
      if (element.name == "Version" || element.name == "VersionOverride")
        above.version = properties.resolve(element.text);
      if (element.name == "PrivateAssets" && iequals(element.text, "all")) above.development = true;
    }
    bool central = element.name == "PackageVersion", tool = element.name == "DotNetCliToolReference";
    bool reference = element.name == "PackageReference" || element.name == "GlobalPackageReference";
    bool package = element.name == "package" && document.elements[0].name == "packages";
    if (!central && !tool && !reference && !package) continue;
    std::string_view name = document.attribute(element, package ? "id" : "Include");
    if (name.empty()) continue;
    slots[i] = static_cast<uint32_t>(all.size());
    Coordinates& found = all.emplace_back();
    found.element = i;
    found.name = properties.resolve(name);
    found.version = properties.resolve(document.attribute(element, package ? "version" : "Version"));
    if (auto over = document.attribute(element, "VersionOverride"); !over.empty())
      found.version = properties.resolve(over);
    found.group = central ? "central" : tool ? "tool" : "";
    found.development = tool || iequals(document.attribute(element, "PrivateAssets"), "all") ||
                        iequals(document.attribute(element, "developmentDependency"), "true");
  }
  for (const Coordinates& found : all) add_dependency(document, found, "nuget", facts);
}

}  // namespace tfcheck
