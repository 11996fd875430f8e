#include "formats/apache/apache.h"

#include <algorithm>

#include "base/lines.h"
#include "base/text.h"
#include "formats/directives/entries.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

// Blocks and directives that only Apache has, in lower case.
constexpr std::string_view blocks[] = {"virtualhost",   "directory",      "ifmodule",   "location",
                                       "locationmatch", "files",          "filesmatch", "proxy",
                                       "ifdefine",      "directorymatch", "macro",      "if"};
constexpr std::string_view leading[] = {"loadmodule",        "serverroot",    "documentroot",  "rewriteengine",
                                        "rewriterule",       "rewritecond",   "proxypass",     "wsgiscriptalias",
                                        "wsgidaemonprocess", "passengerroot", "passengerruby", "directoryindex",
                                        "addhandler",        "sethandler",    "php_value",     "php_flag",
                                        "php_admin_value",   "setenv",        "balancermember"};
constexpr int looked_at = 20;  // lines that say something

Value read_value(FileFacts& facts, std::string_view text, Span span, bool quoted) {
  return read_scalar(facts, text, span, quoted ? scalar::Text : 0u);
}

constexpr std::string_view setters[] = {"SetEnv",         "php_value",       "php_flag",        "php_admin_value",
                                        "php_admin_flag", "PassengerEnvVar", "FcgidInitialEnv", "Define"};
constexpr DirectiveDialect directives{
    .style = {.ends = DirectiveStyle::Ends::Line, .blocks = DirectiveStyle::Blocks::Tags, .comments_anywhere = false},
    .read = read_value,
    .lower_case = true,
    .setters = setters};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("apache");
  add_directives(facts, file.text, directives);
}

template <size_t count>
bool is_one_of(const std::string_view (&words)[count], std::string_view word) {
  return std::find(std::begin(words), std::end(words), lower(word)) != std::end(words);
}

}  // namespace

bool looks_like_apache(std::string_view text) {
  int seen = 0;
  for (Lines lines(text); !lines.done() && seen < looked_at;) {
    std::string_view line = trim(lines.take().text);
    if (line.empty() || line[0] == '#') continue;
    ++seen;
    std::string_view first = line.substr(0, line.find_first_of(" \t>"));
    if (first.starts_with('<') ? is_one_of(blocks, first.substr(1)) : is_one_of(leading, first)) return true;
  }
  return false;
}

const Adapter& apache_adapter() {
  static constexpr std::string_view patterns[] = {
      ".htaccess",        "*.htaccess",        "httpd*.conf", "apache*.conf", "**/apache2/**.conf",
      "**/httpd/**.conf", "**/apache/**.conf", "*.vhost",     "*.vhost.conf"};
  static constexpr Format formats[] = {
      {.name = "apache", .example = "apache.conf", .tells = tells::Deploy | tells::Address}};
  static constexpr Adapter adapter{
      .name = "apache", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
