#include "formats/nginx/nginx.h"

#include "base/lines.h"
#include "base/text.h"
#include "formats/directives/entries.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr std::string_view patterns[] = {"nginx.conf",
                                         "nginx*.conf",
                                         "*.nginx",
                                         "*.nginx.conf",
                                         "*nginx.conf.*",
                                         "**/nginx/**.conf",
                                         "conf.d/*.conf",
                                         "conf.d/*.conf.template",
                                         "**/conf.d/*.conf",
                                         "sites-available/*",
                                         "sites-enabled/*",
                                         "**/sites-available/*",
                                         "**/sites-enabled/*",
                                         "*.conf.template",
                                         "*.conf.erb",
                                         "*.conf.j2",
                                         "*.conf"};

// $host and its like are variables of nginx, not of the environment; ${NAME} is envsubst's.
Value read_value(FileFacts& facts, std::string_view text, Span span, bool) {
  bool refers = text.find("${") != std::string_view::npos || text.find("{{") != std::string_view::npos ||
                text.find("<%") != std::string_view::npos;
  return refers ? read_scalar(facts, text, span, scalar::Text | references::tree) : facts.string(text, span);
}

bool is_lua_or_script(std::string_view block) {
  return block.ends_with("_by_lua_block") || block == "js_block";
}

constexpr std::string_view named[] = {"upstream"};
constexpr std::string_view setters[] = {"proxy_set_header", "grpc_set_header", "fastcgi_param",
                                        "uwsgi_param",      "scgi_param",      "set"};
constexpr DirectiveDialect directives{
    .named = named, .is_foreign = is_lua_or_script, .read = read_value, .setters = setters};

bool is_nginx_path(std::string_view path) {
  std::string_view base = base_name(path);
  return base == "nginx.conf" || base.ends_with(".nginx") || base.ends_with(".nginx.conf");
}

void extract(const SourceFile& file, FileFacts& facts) {
  if (!is_nginx_path(file.path) && !looks_like_nginx(file.text)) return facts.set_format("conf");
  facts.set_format("nginx");
  add_directives(facts, file.text, directives);
}

}  // namespace

bool looks_like_nginx(std::string_view text) {
  for (Lines lines(text); !lines.done();) {
    std::string_view line = trim(lines.take().text);
    if (line.empty() || line[0] == '#') continue;
    size_t stop = line.find_first_of(" \t{;");
    std::string_view first = line.substr(0, stop);
    bool block = line.find('{') != std::string_view::npos;
    std::string_view rest = stop == std::string_view::npos ? std::string_view{} : trim(line.substr(stop));
    if ((first == "server" || first == "events" || first == "http") && (rest.empty() || rest[0] == '{')) return true;
    if ((first == "upstream" || first == "location") && block) return true;
    bool closed = line.find(';') != std::string_view::npos;
    if (closed &&
        (first == "proxy_pass" || first == "fastcgi_pass" || first == "proxy_set_header" || first == "uwsgi_pass")) {
      return true;
    }
  }
  return false;
}

const Adapter& nginx_adapter() {
  static constexpr Format formats[] = {{.name = "nginx", .example = "nginx.conf", .tells = tells::Address},
                                       {.name = "conf", .example = "app.conf"}};
  static constexpr Adapter adapter{
      .name = "nginx", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
