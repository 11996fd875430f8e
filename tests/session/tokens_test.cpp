// Every token of the vocabulary in the syntaxes that applications are written in: told by its kind, at its place, and
// shown nowhere.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "report/emit.h"
#include "support/built_in_session.h"
#include "support/token_samples.h"

using namespace tfcheck;

namespace {

struct Syntax {
  std::string_view file;  // with %d for a number
  std::string_view text;  // %n is the name, %v the value
  std::string_view rule;
};

// A token stands between lines that are none.
constexpr Syntax syntaxes[] = {
    {"app%d/settings.py", "import os\n%n = \"%v\"\nother = 1\n", "config/hardcoded-secret"},
    {"app%d/settings.js", "const other = 1;\nconst %n = '%v';\n", "config/hardcoded-secret"},
    {"app%d/settings.ts", "const other = 1;\nexport const %n: string = \"%v\";\n", "config/hardcoded-secret"},
    {"app%d/settings.go", "package main\n\nconst %n = \"%v\"\n", "config/hardcoded-secret"},
    {"app%d/settings.rb", "OTHER = 1\n$%n = \"%v\"\n", "config/hardcoded-secret"},
    {"app%d/settings.php", "<?php\n$%n = '%v';\n", "config/hardcoded-secret"},
    {"app%d/Settings.java", "class Settings {\n  static final String %n = \"%v\";\n}\n", "config/hardcoded-secret"},
    {"app%d/Settings.cs", "class Settings {\n  const string %n = \"%v\";\n}\n", "config/hardcoded-secret"},
    {"bin%d/start.sh", "set -e\nexport %n=%v\n", "config/hardcoded-secret"},
    {"config%d/app.yml", "app:\n  other: 1\n  %n: %v\n", "config/hardcoded-secret"},
    {"config%d/app.json", "{\"app\": {\"other\": 1,\n  \"%n\": \"%v\"}}\n", "config/hardcoded-secret"},
    {"config%d/app.toml", "[app]\n%n = \"%v\"\n", "config/hardcoded-secret"},
    {"config%d/app.ini", "[app]\n%n = %v\n", "config/hardcoded-secret"},
    {"config%d/app.properties", "other=1\n%n=%v\n", "config/hardcoded-secret"},
    {"config%d/app.xml", "<settings>\n  <add key=\"%n\" value=\"%v\" />\n</settings>\n", "config/hardcoded-secret"},
    {"data%d/load.sql", "BEGIN;\nINSERT INTO settings VALUES ('%n', '%v');\n", "config/hardcoded-secret"},
    {"deploy%d/Dockerfile", "FROM debian:12\nENV %n=%v\n", "config/baked-config"},
    {"notes%d/notes.txt", "what we use\n%n: %v\n", "config/hardcoded-secret"},
    {"notes%d/app.cfg", "# ours\n%n = %v\n", "config/hardcoded-secret"},
    {"notes%d/server.pem", "ours\n%n=%v\n", "config/hardcoded-secret"},
    {"src%d/Settings.kt", "object Settings {\n  val %n = \"%v\"\n}\n", "config/hardcoded-secret"},
};

std::string filled(std::string_view text, std::string_view name, std::string_view value) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    bool mark = text[i] == '%' && i + 1 < text.size();
    if (!mark)
      out += text[i];
    else
      out += text[++i] == 'n' ? name : text[i] == 'v' ? value : text.substr(i - 1, 2);
  }
  return out;
}

struct Case {
  const TextPattern* pattern;
  std::string path, text, value;
  std::string_view rule;
};

// Each token in `each` syntaxes, one after the other, so that every syntax has its share of all kinds.
std::vector<Case> cases(size_t each) {
  const Vocabulary& vocabulary = built_in_session().rules().vocabulary();
  std::vector<Case> out;
  size_t next = 0;
  for (const TextPattern& pattern : vocabulary.text_patterns()) {
    if (pattern.shape.empty() || pattern.is_public) continue;
    SampleSource source(out.size() + 7);
    for (size_t i = 0; i < each; ++i) {
      const Syntax& syntax = syntaxes[next++ % std::size(syntaxes)];
      std::string number = std::to_string(out.size()), path(syntax.file);
      path.replace(path.find("%d"), 2, number);
      std::string value = sample_of(pattern, vocabulary, source);
      out.push_back(
          {&pattern, path, filled(syntax.text, holder_of(pattern, vocabulary, "setting"), value), value, syntax.rule});
    }
  }
  return out;
}

FileSet files_of(const std::vector<Case>& all) {
  std::vector<MemoryFile> files;
  for (const Case& one : all) files.push_back({one.path, one.text});
  return FileSet::of(std::move(files));
}

// Where the value begins, as a report counts.
std::pair<uint32_t, uint32_t> place_of(const Case& one) {
  size_t at = one.text.find(one.value), line = one.text.rfind('\n', at);
  return {
      static_cast<uint32_t>(std::count(one.text.begin(), one.text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1),
      static_cast<uint32_t>(at - line)};
}

}  // namespace

TEST_CASE("every token is told in every syntax, at its place and by its kind") {
  std::vector<Case> all = cases(4);
  Report report = built_in_session().report(files_of(all));
  std::map<std::string, const ReportFinding*> by_path;
  for (const ReportFinding& finding : report.findings) {
    if (finding.rule.starts_with("config/")) by_path.try_emplace(finding.primary.region.path, &finding);
  }
  for (const Case& one : all) {
    CAPTURE(one.pattern->id, one.path, one.text);
    CHECK(by_path.contains(one.path));
    if (!by_path.contains(one.path)) continue;
    const ReportFinding& finding = *by_path[one.path];
    CHECK(finding.rule == one.rule);
    CHECK(finding.message.find(one.pattern->title) != std::string::npos);
    auto [line, column] = place_of(one);
    CHECK(finding.primary.region.start.line == line);
    CHECK(finding.primary.region.start.column == column);
  }
}

namespace {

// What is told of secrets in one file: "line severity message", and the lines that belong to it.
std::vector<std::string> told(const std::string& path, const std::string& text) {
  Report report = built_in_session().report(FileSet::of({{path, text}}));
  std::vector<std::string> out;
  for (const ReportFinding& finding : report.findings) {
    if (!finding.rule.starts_with("config/")) continue;
    std::string line =
        std::to_string(finding.primary.region.start.line) + " " + std::string(to_string(finding.severity));
    for (const ReportPlace& place : finding.related) line += " +" + std::to_string(place.region.start.line);
    out.push_back(line);
  }
  return out;
}

std::string sample(std::string_view id) {
  SampleSource source(3);
  const Vocabulary& vocabulary = built_in_session().rules().vocabulary();
  return sample_of(*vocabulary.text_pattern(id), vocabulary, source);
}

}  // namespace

TEST_CASE("an id is told with its secret, once") {
  const std::string id = sample("aws-access-key"), secret = sample("aws-secret-key");
  using Lines = std::vector<std::string>;
  CHECK(told("s.py", "access_key_id = '" + id + "'\naws_secret_access_key = '" + secret + "'\n") ==
        Lines{"2 error +1"});
  CHECK(told("s.txt", "aws_secret_access_key = " + secret + "\nid = " + id + "\n") == Lines{"1 error +2"});
  CHECK(told("s.txt", "id = " + id + "\n") == Lines{"1 error"});
  CHECK(told("s.txt", "id = " + id + std::string(400, '\n') + "aws_secret_access_key = " + secret + "\n") ==
        Lines{"1 error", "401 error"});
  CHECK(told("docker-compose.yml",
             "services:\n  web:\n    image: shop/web:1.2.3\n    environment:\n      AWS_ACCESS_KEY_ID: " + id +
                 "\n      AWS_SECRET_ACCESS_KEY: " + secret + "\n") == Lines{"6 error +5"});
}

TEST_CASE("what a token weighs") {
  using Lines = std::vector<std::string>;
  const std::string token = sample("github-ghp"), wrong = with_wrong_checksum(token);
  CHECK(told("s.txt", "see " + token + "\n") == Lines{"1 error"});
  CHECK(told("s.txt", "see " + wrong + "\n") == Lines{"1 note"});
  CHECK(told("s.rs", "const TOKEN: &str = \"" + wrong + "\";\n") == Lines{"1 error"});
  CHECK(told("s.js", "const stripe = require('stripe')('" + sample("stripe-test-key") + "');\n") == Lines{"1 note"});
  CHECK(told("s.js", "const api_key = '" + sample("stripe-test-key") + "';\n") == Lines{"1 note"});
  // A JSON Web Token: what holds it says more.
  const std::string web = sample("json-web-token");
  CHECK(told("s.py", "access_token = '" + web + "'\n") == Lines{"1 error"});
  CHECK(told("s.txt", "one " + web + "\ntwo " + sample("json-web-token") + "\n") == Lines{"1 note +2"});
  for (const TextPattern& pattern : built_in_session().rules().vocabulary().text_patterns()) {
    if (!pattern.is_public || pattern.shape.empty()) continue;
    CAPTURE(pattern.id);
    CHECK(told("s.js", "const api_key = '" + sample(pattern.id) + "';\n").empty());
  }
  // A page shows the key of its map to everybody; who asks the same provider from a server does not.
  const std::string maps = "https://maps.googleapis.com/maps/api/", key = sample("google-api-key");
  CHECK(told("s.js", "a.src = '" + maps + "js?libraries=places&key=" + key + "&callback=b';\n").empty());
  CHECK(told("s.html", "<script src=\"" + maps + "js?key=" + key + "\"></script>\n").empty());
  CHECK(told("s.js", "a('" + maps + "geocode/json?key=" + key + "');\n") == Lines{"1 warning"});
}

TEST_CASE("no output shows a token") {
  std::vector<Case> all = cases(1);
  Report report = built_in_session().report(files_of(all));
  std::string shown;
  shown += emit_text(report, {}) + emit_json(report, {}) + emit_sarif(report);
  TextStyle verbose;
  verbose.verbose = true;
  shown += emit_text(report, verbose);
  for (const Case& one : all) {
    CAPTURE(one.pattern->id, one.value);
    // What stands behind its words, which the title may say as well.
    CHECK(shown.find(one.value) == std::string::npos);
    CHECK(shown.find(one.value.substr(one.value.size() / 2, 8)) == std::string::npos);
  }
}
