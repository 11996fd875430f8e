#include "formats/xml/xml.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "formats/scalar/scalar.h"
#include "formats/xml/xml_dialects.h"
#include "formats/xml/xml_reader.h"

namespace tfcheck {

namespace {

// Roots of data, documents and user-interface texts: nothing that a deploy is configured with.
bool is_noise(std::string_view path, const XmlDocument& root) {
  static constexpr std::array<std::string_view, 38> roots = {"svg",
                                                             "xliff",
                                                             "resources",
                                                             "html",
                                                             "TS",
                                                             "rss",
                                                             "feed",
                                                             "urlset",
                                                             "manifest",
                                                             "testsuite",
                                                             "testsuites",
                                                             "coverage",
                                                             "stylesheet",
                                                             "schema",
                                                             "definitions",
                                                             "ruleset",
                                                             "checkstyle",
                                                             "plist",
                                                             "vector",
                                                             "shape",
                                                             "selector",
                                                             "LinearLayout",
                                                             "databaseChangeLog",
                                                             "dataset",
                                                             "opml",
                                                             "kml",
                                                             "browserconfig",
                                                             "sitemapindex",
                                                             "tmx",
                                                             "phpunit",
                                                             "mapper",
                                                             "entity-mappings",
                                                             "hibernate-mapping",
                                                             "validators",
                                                             "document",
                                                             "RDF",
                                                             "OpenSearchDescription",
                                                             "tiles-definitions"};
  if (root.elements.empty()) return true;
  std::string_view name = root.elements[0].name;
  if (path.starts_with(".idea/") || path.find("/.idea/") != std::string_view::npos) return true;
  if (name == "root" && (path.ends_with(".resx") || path.ends_with(".xml"))) return path.ends_with(".resx");
  return std::find(roots.begin(), roots.end(), name) != roots.end();
}

bool any_extension(std::string_view name, std::initializer_list<std::string_view> extensions) {
  return std::any_of(extensions.begin(), extensions.end(), [&](auto extension) { return name.ends_with(extension); });
}

std::string_view format_of(std::string_view path, std::string_view root) {
  std::string name = lower(base_name(path));
  std::string_view view = name;
  if (any_extension(view, {".csproj", ".fsproj", ".vbproj", ".props", ".targets"})) return "msbuild";
  if (view == "packages.config" && root == "packages") return "nuget";
  if (view == "pom.xml" || view.ends_with(".pom")) return "maven";
  if (root == "nlog" || view.starts_with("nlog.")) return "nlog";
  if (root == "log4net" || view.starts_with("log4net.")) return "log4net";
  if (view.ends_with(".config")) return "dotnet-config";
  if (view.starts_with("logback")) return "logback";
  if (view.starts_with("log4j") || root == "log4j") return "log4j";
  if (root == "web-app" || root == "web-fragment") return "web-xml";
  if (root == "persistence") return "persistence";
  if (root == "hibernate-configuration") return "hibernate";
  if (root == "beans") return "spring-beans";
  bool server = view.ends_with("-ds.xml") || view == "context.xml" || view == "server.xml" || view == "standalone.xml";
  if (server || root == "datasources" || root == "Context" || root == "Server") return "server-xml";
  return "xml";
}

class EntryWriter {
 public:
  EntryWriter(const XmlDocument& document, const XmlProperties& properties, FileFacts& facts)
      : document_(document), properties_(properties), facts_(facts), paths_(document.elements.size()) {}

  // Adds the entries of all elements; the paths of the elements by their number.
  std::vector<std::string_view> write() {
    for (uint32_t i = 0; i < document_.elements.size() && !facts_.full(); ++i) add_element(i);
    return std::move(paths_);
  }

 private:
  Value read(std::string_view text, Span span) {
    if (properties_.empty() || text.find('$') == std::string_view::npos) return read_scalar(facts_, text, span);
    return read_scalar(facts_, properties_.resolve(text), span);
  }

  void add_element(uint32_t number) {
    const XmlElement& element = document_.elements[number];
    std::span<const XmlAttribute> attributes(document_.attributes.data() + element.first_attribute,
                                             element.attribute_count);
    bool root = element.parent == XmlElement::none;
    Context context;
    context.scope = root ? std::string_view{} : paths_[element.parent];
    context.index = root ? 0 : element.parent + 1;
    scratch_.assign(context.scope);
    if (!root) scratch_ += '.';
    scratch_ += element.name;
    bool value = attributes.size() == 1 && attributes[0].name == "value" && element.text.empty();
    Value own;
    if (!element.text.empty() || value) {
      own = value ? read(attributes[0].value, attributes[0].span) : read(element.text, element.text_span);
    } else {
      own.kind = ValueKind::Map;
    }
    Span span = own.span.end > own.span.begin ? own.span : element.tag;
    paths_[number] = facts_.add(FactKind::Entry, scratch_, span, own, {}, context).name;
    context.scope = paths_[number];
    context.index = number + 1;
    size_t size = scratch_.size();
    for (const XmlAttribute& attribute : attributes) {
      scratch_.append(".").append(attribute.name);
      Span where = attribute.span.end > attribute.span.begin ? attribute.span : element.tag;
      facts_.add(FactKind::Entry, scratch_, where, read(attribute.value, attribute.span), {}, context);
      scratch_.resize(size);
    }
  }

  const XmlDocument& document_;
  const XmlProperties& properties_;
  FileFacts& facts_;
  std::vector<std::string_view> paths_;
  std::string scratch_;
};

void extract(const SourceFile& file, FileFacts& facts) {
  XmlDocument root = read_xml_root(file.text);
  if (is_noise(file.path, root)) return facts.set_format("noise");
  facts.set_format(format_of(file.path, root.elements[0].name));
  XmlDocument document = read_xml(file.text);
  if (document.has_errors) facts.set_has_errors();
  if (document.truncated)
    facts.lose(Unread::TooManyFacts, "only the first 20,000 elements, and 500 attributes of each, were read");
  std::string_view format = facts.format();
  bool logging = format == "logback" || format == "log4j" || format == "nlog" || format == "log4net";
  XmlProperties properties = logging ? logging_properties(document) : XmlProperties{};
  std::vector<std::string_view> paths = EntryWriter(document, properties, facts).write();
  if (format == "maven") add_maven_dependencies(document, facts);
  if (format == "msbuild" || format == "nuget") add_nuget_dependencies(document, facts);
  add_pairs(document, paths, facts);
}

}  // namespace

const Adapter& xml_adapter() {
  static constexpr std::array<std::string_view, 11> patterns = {
      "*.xml",     "*.config", "*.csproj",   "*.fsproj",      "*.vbproj",        "*.props",
      "*.targets", "*.pom",    "*.xml.dist", "*.xml.example", "*.config.example"};
  static constexpr FormatName formats[] = {{"xml", "config.xml"},
                                           {"msbuild", "App.csproj", "csproj"},
                                           {"nuget", "packages.config"},
                                           {"maven", "pom.xml"},
                                           {"nlog", "nlog.config"},
                                           {"log4net", "log4net.config"},
                                           {"dotnet-config", "web.config"},
                                           {"logback", "logback.xml"},
                                           {"log4j", "log4j2.xml"},
                                           {"web-xml", "web.xml"},
                                           {"persistence", "persistence.xml"},
                                           {"hibernate", "hibernate.cfg.xml"},
                                           {"spring-beans", "beans.xml"},
                                           {"server-xml", "server.xml"},
                                           {"noise", "messages.xml"}};
  static constexpr Adapter adapter{
      .name = "xml", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
