// The reader of directives in the styles of its siblings to come.
#include "formats/directives/entries.h"

#include <catch2/catch.hpp>

#include "formats/lines.h"

using namespace tfcheck;

namespace {

Value text_of(FileFacts& facts, std::string_view text, Span span, bool) {
  return facts.string(text, span);
}

std::vector<std::string> lines_of(const DirectiveStyle& style, std::string_view text) {
  FileFacts facts;
  add_directives(facts, text, {.style = style, .read = text_of});
  std::vector<std::string> lines;
  for (const Fact& fact : facts.facts()) lines.push_back(to_string(fact));
  return lines;
}

using List = std::vector<std::string>;
using Ends = DirectiveStyle::Ends;
using Blocks = DirectiveStyle::Blocks;

}  // namespace

TEST_CASE("directives: lines and tags, as Apache has them") {
  const DirectiveStyle apache{.ends = Ends::Line, .blocks = Blocks::Tags, .comments_anywhere = false};
  CHECK(lines_of(apache, R"(# a comment
Listen 8080
<VirtualHost *:80>
  ServerName "my site"
  RewriteRule ^/a#b \
    /c
  <Directory /srv>
    Require all granted
  </Directory>
  ErrorLog "|bin/rotatelogs"
</VirtualHost>
Timeout 60)") == List{"entry Listen = \"8080\"", "entry VirtualHost = \"*:80\"",
                      "entry VirtualHost.ServerName = \"my site\"", "entry VirtualHost.RewriteRule = \"^/a#b /c\"",
                      "entry VirtualHost.Directory = \"/srv\"", "entry VirtualHost.Directory.Require = \"all granted\"",
                      "entry VirtualHost.ErrorLog = \"|bin/rotatelogs\"", "entry Timeout = \"60\""});
}

TEST_CASE("directives: lines and braces, as Caddy has them") {
  const DirectiveStyle caddy{.ends = Ends::Line, .blocks = Blocks::Braces};
  CHECK(lines_of(caddy, R"(example.com {
  reverse_proxy /api/* localhost:9000 {
    lb_policy ip_hash
  }
  file_server # static
})") == List{"entry example.com.reverse_proxy = \"/api/* localhost:9000\"",
             "entry example.com.reverse_proxy.lb_policy = \"ip_hash\"", "entry example.com.file_server = true"});
}

TEST_CASE("directives: lines without blocks, as HAProxy has them") {
  const DirectiveStyle haproxy{.ends = Ends::Line, .blocks = Blocks::None};
  CHECK(lines_of(haproxy, "global\n  daemon\nfrontend web # in\n  bind *:80\n\n  default_backend app\n") ==
        List{"entry global = true", "entry daemon = true", "entry frontend = \"web\"", "entry bind = \"*:80\"",
             "entry default_backend = \"app\""});
}

TEST_CASE("directives: what is not closed ends with the file") {
  const DirectiveStyle styles[] = {{},
                                   {.ends = Ends::Line, .blocks = Blocks::Tags},
                                   {.ends = Ends::Line, .blocks = Blocks::Braces},
                                   {.ends = Ends::Line, .blocks = Blocks::None}};
  for (const DirectiveStyle& style : styles) {
    for (std::string_view part : {"<a", "{", "}", "a {", "\"", "\\", "${", "{{", "<a>\n", "</a>\n", "a\\\n", "<%"}) {
      std::string text;
      for (int i = 0; i < 20000; ++i) text += part;
      lines_of(style, text);
      lines_of(style, part);
    }
  }
}
