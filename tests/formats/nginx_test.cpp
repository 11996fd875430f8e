#include "formats/nginx/nginx.h"

#include <catch2/catch.hpp>

#include "formats/lines.h"

using namespace tfcheck;

static Read nginx(std::string_view path, std::string_view text) {
  return read_facts(nginx_adapter(), path, text);
}

TEST_CASE("nginx: directives, blocks and comments") {
  std::string_view text = R"(daemon off; # ip_hash;
error_log /var/log/nginx/error.log warn;
http {
  upstream backend {
    ip_hash;
    server a:80; server b:80;
  }
  server {
    location ~ ^/api/(.*)$ { proxy_pass http://backend; }
    add_header X-A "a; b # \"c\"";
  }
}
)";
  Read read = nginx("nginx.conf", text);
  CHECK(read.facts.format() == "nginx");
  std::vector<std::string> expected = {"entry daemon = \"off\"",
                                       "entry error_log = \"/var/log/nginx/error.log warn\"",
                                       "entry http.upstream.backend.ip_hash = true",
                                       "entry http.upstream.backend.server = \"a:80\"",
                                       "entry http.upstream.backend.server = \"b:80\"",
                                       "entry http.server.location = \"~ ^/api/(.*)$\"",
                                       "entry http.server.location.proxy_pass = \"http://backend\"",
                                       "entry http.server.add_header = \"X-A a; b # \"c\"\""};
  CHECK(read.lines == expected);
  CHECK(read.at("entry http.upstream.backend.ip_hash = true", text) == "ip_hash");
  CHECK(read.fact("entry http.upstream.backend.ip_hash = true")->context.scope == "http.upstream.backend");
}

TEST_CASE("nginx: directives of one block share an index") {
  Read read = nginx("nginx.conf", "server { listen 80; } server { listen 81; }");
  REQUIRE(read.lines.size() == 2);
  CHECK(read.facts.facts()[0].context.index != read.facts.facts()[1].context.index);
}

TEST_CASE("nginx: templates are read as they are") {
  Read read = nginx("conf.d/app.conf.template", R"(server {
  listen ${PORT};
  {% if tls %}
  ssl_certificate {{ cert }};
  {% endif %}
  <% if x %>
  proxy_pass http://<%= ENV["HOST"] %>;
  <% end %>
})");
  std::vector<std::string> expected = {"entry server.listen = env(PORT)", "entry server.ssl_certificate = cert",
                                       "entry server.proxy_pass = template\"http://${HOST}\""};
  CHECK(read.lines == expected);
}

TEST_CASE("nginx: what is not nginx has no facts") {
  CHECK(nginx("redis.conf", "daemonize yes\npidfile /var/run/redis.pid\n").lines.empty());
  CHECK(nginx("redis.conf", "daemonize yes\n").facts.format() == "conf");
  CHECK_FALSE(looks_like_nginx("# server {\n[program:x]\ncommand=y\n"));
  CHECK(looks_like_nginx("upstream app {\n  server a;\n}\n"));
}

TEST_CASE("nginx: bad input") {
  CHECK(nginx("nginx.conf", "").lines.empty());
  CHECK(nginx("nginx.conf", "}}}; daemon off;").lines == std::vector<std::string>{"entry daemon = \"off\""});
  CHECK(nginx("nginx.conf", "a \"unclosed").lines.empty());
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "a {";
  deep += "b c;";
  for (int i = 0; i < 10'000; ++i) deep += "}";
  CHECK(nginx("nginx.conf", deep + "d e;").lines == std::vector<std::string>{"entry d = \"e\""});
  CHECK(nginx("nginx.conf", std::string(100'000, '\\')).lines.empty());
}
