#include "formats/xml/xml.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "formats/shared/scalar.h"
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

// A format by its files' names (in lower case) or by the root element; the first row that fits a file has it.
struct XmlFormat {
  Format format;
  std::span<const std::string_view> names = {};
  std::span<const std::string_view> roots = {};
  bool both = false;  // the name and the root
};

constexpr std::string_view msbuild_names[] = {"*.csproj", "*.fsproj", "*.vbproj", "*.props", "*.targets"};
constexpr std::string_view nuget_names[] = {"packages.config"}, nuget_roots[] = {"packages"};
constexpr std::string_view maven_names[] = {"pom.xml", "*.pom"};
constexpr std::string_view nlog_names[] = {"nlog.*"}, nlog_roots[] = {"nlog"};
constexpr std::string_view log4net_names[] = {"log4net.*"}, log4net_roots[] = {"log4net"};
constexpr std::string_view dotnet_names[] = {"*.config"};
constexpr std::string_view logback_names[] = {"logback*"};
constexpr std::string_view log4j_names[] = {"log4j*"}, log4j_roots[] = {"log4j"};
constexpr std::string_view web_roots[] = {"web-app", "web-fragment"};
constexpr std::string_view persistence_roots[] = {"persistence"};
constexpr std::string_view hibernate_roots[] = {"hibernate-configuration"};
constexpr std::string_view beans_roots[] = {"beans"};
constexpr std::string_view server_names[] = {"*-ds.xml", "context.xml", "server.xml", "standalone.xml"};
constexpr std::string_view server_roots[] = {"datasources", "Context", "Server"};

constexpr XmlFormat rows[] = {
    {{.name = "msbuild", .example = "App.csproj", .alias = "csproj", .tells = tells::Address}, msbuild_names},
    {{.name = "nuget", .example = "packages.config", .tells = tells::Address}, nuget_names, nuget_roots, true},
    {{.name = "maven", .example = "pom.xml", .tells = tells::Address}, maven_names},
    {{.name = "nlog", .example = "nlog.config"}, nlog_names, nlog_roots},
    {{.name = "log4net", .example = "log4net.config"}, log4net_names, log4net_roots},
    {{.name = "dotnet-config", .example = "web.config"}, dotnet_names},
    {{.name = "logback", .example = "logback.xml"}, logback_names},
    {{.name = "log4j", .example = "log4j2.xml"}, log4j_names, log4j_roots},
    {{.name = "web-xml", .example = "web.xml", .tells = tells::Address}, {}, web_roots},
    {{.name = "persistence", .example = "persistence.xml"}, {}, persistence_roots},
    {{.name = "hibernate", .example = "hibernate.cfg.xml"}, {}, hibernate_roots},
    {{.name = "spring-beans", .example = "beans.xml"}, {}, beans_roots},
    {{.name = "server-xml", .example = "server.xml"}, server_names, server_roots},
};

bool fits(const XmlFormat& row, std::string_view name, std::string_view root) {
  bool named = std::any_of(row.names.begin(), row.names.end(),
                           [&](std::string_view pattern) { return glob_match(pattern, name, '/'); });
  bool rooted = std::find(row.roots.begin(), row.roots.end(), root) != row.roots.end();
  return row.both ? named && rooted : named || rooted;
}

std::string_view format_of(std::string_view path, std::string_view root) {
  std::string name = lower(base_name(path));
  auto row =
      std::find_if(std::begin(rows), std::end(rows), [&](const XmlFormat& each) { return fits(each, name, root); });
  return row == std::end(rows) ? "xml" : row->format.name;
}

std::vector<Format> xml_formats() {
  std::vector<Format> formats{{.name = "xml", .example = "config.xml"},
                              {.name = "xml-data", .example = "messages.xml"}};
  for (const XmlFormat& row : rows) formats.push_back(row.format);
  return formats;
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
    if (properties_.empty() || text.find('$') == std::string_view::npos)
      return read_scalar(facts_, text, span, references::ini);
    return read_scalar(facts_, properties_.resolve(text), span, references::ini);
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
  if (is_noise(file.path, root)) return facts.set_format("xml-data");
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
  static const std::vector<Format> formats = xml_formats();
  static const Adapter adapter{
      .name = "xml", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
