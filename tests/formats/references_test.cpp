// The table of forms and formats: what each format makes of a reference. Where the columns differ, the format itself
// does: a dollar alone, names in small letters, keys of the same file.
#include "formats/shared/references.h"

#include <catch2/catch.hpp>

#include <map>
#include <string>

#include "facts/adapter.h"
#include "formats/registry.h"

using namespace tfcheck;

namespace {

std::string escaped(std::string_view text, std::string_view characters, std::string_view escape) {
  std::string out;
  for (char c : text) {
    if (characters.find(c) != std::string_view::npos) out += escape;
    out += c;
  }
  return out;
}

std::string for_xml(std::string_view text) {
  std::string out;
  for (char c : text) out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

// A file of each format with the text as the value of the key k.
struct Column {
  std::string_view name;
  std::string_view adapter;
  std::string_view path;
  std::string (*file)(std::string_view text);
};

const Column columns[] = {
    {"yaml", "yaml", "a.yml", [](std::string_view text) { return "k: '" + escaped(text, "'", "'") + "'\n"; }},
    {"json", "json", "a.json",
     [](std::string_view text) { return "{\"k\": \"" + escaped(text, "\"", "\\") + "\"}\n"; }},
    {"compose", "yaml", "compose.yml",
     [](std::string_view text) {
       return "services:\n  w:\n    build: .\n    labels:\n      k: '" + escaped(text, "'", "'") + "'\n";
     }},
    {"kubernetes", "yaml", "w.yml",
     [](std::string_view text) {
       return "apiVersion: v1\nkind: ConfigMap\ndata:\n  k: '" + escaped(text, "'", "'") + "'\n";
     }},
    {"toml", "toml", "a.toml", [](std::string_view text) { return "k = \"" + escaped(text, "\"\\", "\\") + "\"\n"; }},
    {"properties", "properties", "a.properties", [](std::string_view text) { return "k=" + std::string(text) + "\n"; }},
    {"dotenv", "dotenv", ".env", [](std::string_view text) { return "k=\"" + escaped(text, "\"", "\\") + "\"\n"; }},
    {"ini", "ini", "a.ini", [](std::string_view text) { return "[s]\nk = " + std::string(text) + "\n"; }},
    {"xml", "xml", "a.xml", [](std::string_view text) { return "<a><k>" + for_xml(text) + "</k></a>\n"; }},
    {"nginx", "nginx", "nginx.conf",
     [](std::string_view text) { return "server {\n  k \"" + escaped(text, "\"", "\\") + "\";\n}\n"; }},
};

std::string read(const Column& column, std::string_view text) {
  for (const Adapter* adapter : format_adapters()) {
    if (adapter->name != column.adapter) continue;
    std::string file = column.file(text);
    FileFacts facts = extract_facts(*adapter, {column.path, file});
    for (const Fact& fact : facts.facts()) {
      if (fact.name == "k" || fact.name.ends_with(".k")) return to_string(fact.value);
    }
  }
  return "no such entry";
}

struct Form {
  std::string_view text;
  std::string_view value;                                       // in most formats
  std::map<std::string_view, std::string_view> elsewhere = {};  // in others
};

const Form forms[] = {
    {"${X}", "env(X)"},
    {"${X:-d}", R"(env(X, "d"))"},
    {"${X-d}", R"(env(X, "d"))"},
    {"${X:=d}", R"(env(X, "d"))"},
    {"${X:?no}", "env(X)"},
    {"${X:+d}", "env(X)"},
    {"${X:d}", R"(env(X, "d"))"},
    {"${X%.git}", "env(X)"},
    {"${X:${Y:-z}}", R"(env(X, env(Y, "z")))"},
    {"${env:X}", "env(X)"},
    {"${env.X}", "env(X)"},
    {"${env:X, 'd'}", R"(env(X, "d"))"},
    {"${x}", "x", {{"compose", "env(x)"}, {"dotenv", "env(x)"}}},
    {"${x:-d}", "x", {{"compose", R"(env(x, "d"))"}, {"dotenv", R"(env(x, "d"))"}}},
    {"${spring.port:80}", "spring.port"},
    {"${my-app.port}", "my-app.port", {{"compose", R"(env(my, "app.port"))"}, {"dotenv", R"(env(my, "app.port"))"}}},
    {"${sys:logs:-d}", "sys:logs", {{"compose", R"(env(sys, "logs:-d"))"}, {"dotenv", R"(env(sys, "logs:-d"))"}}},
    {"${self:custom.name}",
     "self:custom.name",
     {{"compose", R"(env(self, "custom.name"))"}, {"dotenv", R"(env(self, "custom.name"))"}}},
    {"${file(a.yml):b}", "?", {{"compose", "env(file)"}, {"dotenv", "env(file)"}}},
    {"${{ secrets.X }}", "secrets.X"},
    {"${{ a && b }}", "?"},
    {"http://${X}:${Y:-1}/", R"(template"http://${X}:${Y:-1}/")"},
    {"$X",
     "env(X)",
     {{"toml", R"("$X")"}, {"properties", R"("$X")"}, {"ini", R"("$X")"}, {"xml", R"("$X")"}, {"nginx", R"("$X")"}}},
    {"$x", R"("$x")", {{"compose", "env(x)"}, {"dotenv", "env(x)"}}},
    {"http://$X/",
     R"(template"http://${X}/")",
     {{"toml", R"("http://$X/")"},
      {"properties", R"("http://$X/")"},
      {"ini", R"("http://$X/")"},
      {"xml", R"("http://$X/")"},
      {"nginx", R"("http://$X/")"}}},
    {"pa$$WORD", R"("pa$$WORD")"},
    {"$(X)", "env(X)", {{"nginx", R"x("$(X)")x"}}},
    {"$(x)", "x", {{"compose", "env(x)"}, {"kubernetes", "env(x)"}, {"dotenv", "env(x)"}, {"nginx", R"x("$(x)")x"}}},
    {"$(Build.Folder)/a", R"(template"${Build.Folder}/a")", {{"nginx", R"("$(Build.Folder)/a")"}}},
    {"%LOGS%", "env(LOGS)", {{"nginx", R"("%LOGS%")"}}},
    {"C:/%LOGS%/a", R"(template"C:/${LOGS}/a")", {{"nginx", R"("C:/%LOGS%/a")"}}},
    {"a%C3%A9%20b", R"("a%C3%A9%20b")"},
    {"LIKE '%NAME%'", R"("LIKE '%NAME%'")"},
    {"%env(int:X)%", "env(X)", {{"nginx", R"("%env(int:X)%")"}}},
    {"%kernel.logs_dir%/a", R"(template"${kernel.logs_dir}/a")", {{"nginx", R"("%kernel.logs_dir%/a")"}}},
    {"%(ENV_X)s", "env(X)", {{"nginx", R"("%(ENV_X)s")"}}},
    {"%(here)s/a", R"("%(here)s/a")", {{"ini", R"(template"${here}/a")"}, {"xml", R"(template"${here}/a")"}}},
    {"{{ x }}", "x"},
    {"{{ a | b }}", R"(template"{{ a | b }}")"},
    {"http://{{ x.y }}/", R"(template"http://${x.y}/")"},
    {"{{ lookup('env', 'X') }}", "env(X)"},
    {R"({{ env "X" }})", "env(X)"},
    {R"({{ getenv "X" "d" }})", R"(env(X, "d"))"},
    {"<%= ENV['X'] %>", "env(X)"},
    {R"(<%= ENV.fetch("X") { "d" } %>)", R"(env(X, "d"))"},
    {"<%= ENV.fetch('X', 5) %>", "env(X, 5)"},
    {"<%= ENV['X'] || 'd' %>", R"(env(X, "d"))"},
    {"<%= a.b %>", "a.b"},
    {"<%= a ? b : c %>", R"(template"<%= a ? b : c %>")"},
    {R"(#{ENV["X"]})", "env(X)", {{"nginx", R"("#{ENV["X"]}")"}}},
    {"#{systemEnvironment['X'] ?: 'd'}", R"(env(X, "d"))", {{"nginx", R"("#{systemEnvironment['X'] ?: 'd'}")"}}},
    {"#{Octopus.Name}", "Octopus.Name", {{"nginx", R"("#{Octopus.Name}")"}}},
    {"@project.version@", "project.version", {{"nginx", R"("@project.version@")"}}},
    {"a@b.example", R"("a@b.example")"},
    {"$__env{X}", "env(X)", {{"nginx", R"("$__env{X}")"}}},
    {"$__file{/run/secrets/x}", "/run/secrets/x", {{"nginx", R"("$__file{/run/secrets/x}")"}}},
    {"os.environ/X", "env(X)", {{"nginx", R"("os.environ/X")"}}},
    {"see os.environ/X", R"("see os.environ/X")"},
    {"${X", R"("${X")"},
    {"{{ x", R"("{{ x")"},
};

}  // namespace

TEST_CASE("references: forms and formats") {
  for (const Form& form : forms) {
    for (const Column& column : columns) {
      INFO(column.name << ": " << form.text);
      auto other = form.elsewhere.find(column.name);
      CHECK(read(column, form.text) == (other == form.elsewhere.end() ? form.value : other->second));
    }
  }
}
