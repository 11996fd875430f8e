#include "model/scope.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

struct Named {
  std::string_view name;
  uint32_t bits;
};

// Directories that say what everything below them is for.
constexpr Named directories[] = {
    {"test", scope::Test},
    {"tests", scope::Test},
    {"testing", scope::Test},
    {"spec", scope::Test},
    {"specs", scope::Test},
    {"__tests__", scope::Test},
    {"__mocks__", scope::Test},
    {"__fixtures__", scope::Test},
    {"fixtures", scope::Test},
    {"testdata", scope::Test},
    {"test-data", scope::Test},
    {"mocks", scope::Test},
    {"e2e", scope::Test},
    {"cypress", scope::Test},
    {"integration-tests", scope::Test},
    {"integration_tests", scope::Test},
    {"integrationtests", scope::Test},
    {"functionaltests", scope::Test},
    {"unittests", scope::Test},
    {"benchmark", scope::Test},
    {"benchmarks", scope::Test},
    {"stories", scope::Test},
    {"testutil", scope::Test},
    {"testutils", scope::Test},
    {"test_utils", scope::Test},
    {"test-utils", scope::Test},
    {"testhelpers", scope::Test},
    {"testsupport", scope::Test},
    {"dbtest", scope::Test},
    {"thunder-tests", scope::Test},
    {"src/test", scope::Test},
    {"doc", scope::Documentation},
    {"docs", scope::Documentation},
    {"documentation", scope::Documentation},
    {"example", scope::Example},
    {"examples", scope::Example},
    {"sample", scope::Example},
    {"samples", scope::Example},
    {"_examples", scope::Example},
    {"tutorial", scope::Example},
    {"tutorials", scope::Example},
    {"node_modules", scope::Vendored},
    {"bower_components", scope::Vendored},
    {"jspm_packages", scope::Vendored},
    {"vendor", scope::Vendored},
    {"vendors", scope::Vendored},
    {"vendored", scope::Vendored},
    {"_vendor", scope::Vendored},
    {"third_party", scope::Vendored},
    {"third-party", scope::Vendored},
    {"thirdparty", scope::Vendored},
    {"3rdparty", scope::Vendored},
    {"godeps", scope::Vendored},
    {"pods", scope::Vendored},
    {"carthage", scope::Vendored},
    {"site-packages", scope::Vendored},
    {".venv", scope::Vendored},
    {"venv", scope::Vendored},
    {"virtualenv", scope::Vendored},
    {".yarn", scope::Vendored},
    {".gradle", scope::Vendored},
    {".mvn", scope::Vendored},
    {"__pycache__", scope::Generated},
    {".next", scope::Generated},
    {".nuxt", scope::Generated},
    {"dist", scope::Generated},
    {"generated", scope::Generated},
    {"__generated__", scope::Generated},
    {".terraform", scope::Generated},
    {".github", scope::Ci},
    {".circleci", scope::Ci},
    {".ci", scope::Ci},
    {".buildkite", scope::Ci},
    {".gitlab", scope::Ci},
    {".devcontainer", scope::Development},
    {".vscode", scope::Development},
    {".idea", scope::Development},
};

// Two-component directories below which third-party assets are kept.
constexpr std::string_view vendored_pairs[] = {"wwwroot/lib", "static/lib",    "public/lib",  "js/lib",
                                               "js/libs",     "public/js/lib", "static/libs", "assets/lib",
                                               "assets/libs", "static/bower",  "static/admin"};

constexpr Named file_patterns[] = {
    {"*_test.go", scope::Test},
    {"*_test.py", scope::Test},
    {"test_*.py", scope::Test},
    {"tests.py", scope::Test},
    {"conftest.py", scope::Test},
    {"*.test.*", scope::Test},
    {"*.tests.*", scope::Test},
    {"*.spec.*", scope::Test},
    {"*.e2e-spec.*", scope::Test},
    {"*.stories.*", scope::Test},
    {"*_spec.rb", scope::Test},
    {"*_test.rb", scope::Test},
    {"spec_helper.rb", scope::Test},
    {"*Test.java", scope::Test},
    {"*Tests.java", scope::Test},
    {"*IT.java", scope::Test},
    {"*TestCase.java", scope::Test},
    {"*Test.php", scope::Test},
    {"*Tests.cs", scope::Test},
    {"*Test.cs", scope::Test},
    {"*_test.exs", scope::Test},
    {"phpunit.xml*", scope::Test},
    {"phpunit*.xml", scope::Test},
    {"jest.config.*", scope::Test},
    {"karma.conf.*", scope::Test},
    {"cypress.config.*", scope::Test},
    {"cypress.json", scope::Test},
    {"playwright.config.*", scope::Test},
    {"vitest.config.*", scope::Test},
    {"tox.ini", scope::Test},
    {"pytest.ini", scope::Test},
    {".env.test*", scope::Test},
    {".env.ci", scope::Test},
    {".env.testing", scope::Test},
    {"docker-compose*test*", scope::Test},
    {"docker-compose*ci.y*ml", scope::Test},
    {"compose*test*", scope::Test},
    {"Dockerfile*test*", scope::Test},
    {"application-test*.*", scope::Test},
    {"appsettings.Test*.json", scope::Test},
    {"*cypress*.y*ml", scope::Test},
    {"*.sample.*", scope::Example},
    {"*-sample.*", scope::Example},
    {"*.example.*", scope::Example},
    {"*.md", scope::Documentation},
    {"*.mdx", scope::Documentation},
    {"*.rst", scope::Documentation},
    {"*.adoc", scope::Documentation},
    {"*.pb.go", scope::Generated},
    {"*_pb2.py", scope::Generated},
    {"*_pb2_grpc.py", scope::Generated},
    {"*_pb.rb", scope::Generated},
    {"*.pb.cc", scope::Generated},
    {"*.pb.h", scope::Generated},
    {"*.pb.gw.go", scope::Generated},
    {"zz_generated*", scope::Generated},
    {"*_generated.go", scope::Generated},
    {"*.generated.*", scope::Generated},
    {"*.gen.go", scope::Generated},
    {"*.gen.ts", scope::Generated},
    {"bindata.go", scope::Generated},
    {"*.g.cs", scope::Generated},
    {"*.Designer.cs", scope::Generated},
    {"*.designer.cs", scope::Generated},
    {"*ModelSnapshot.cs", scope::Generated},
    {"mvnw", scope::Vendored},
    {"mvnw.cmd", scope::Vendored},
    {"gradlew", scope::Vendored},
    {"gradlew.bat", scope::Vendored},
    {"*.min.js", scope::Minified},
    {"*.min.css", scope::Minified},
    {"*.bundle.js", scope::Minified},
    {"*-min.js", scope::Minified},
    {"*.js.map", scope::Minified},
    {"jquery*.js", scope::Vendored},
    {"bootstrap*.js", scope::Vendored},
    {"angular*.js", scope::Vendored},
    {"docker-compose.override.y*ml", scope::Development},
    {"compose.override.y*ml", scope::Development},
    {"docker-compose*dev*.y*ml", scope::Development},
    {"docker-compose*local*.y*ml", scope::Development},
    {"docker-compose*debug*.y*ml", scope::Development},
    {"compose*dev*.y*ml", scope::Development},
    {"compose*local*.y*ml", scope::Development},
    {"Dockerfile*dev*", scope::Development},
    {"Dockerfile*debug*", scope::Development},
    {"Dockerfile*local*", scope::Development},
    {"dev.Dockerfile", scope::Development},
    {"Procfile.dev*", scope::Development},
    {"Procfile.local", scope::Development},
    {"Procfile*dev", scope::Development},
    {"Vagrantfile", scope::Development},
    {"Guardfile", scope::Development},
    {"nodemon.json", scope::Development},
    {"Gruntfile.*", scope::Development},
    {"gulpfile.*", scope::Development},
    {"webpack.config.*", scope::Development},
    {"webpack.dev*.*", scope::Development},
    {"vite.config.*", scope::Development},
    {"rollup.config.*", scope::Development},
    {"vue.config.*", scope::Development},
    {"appsettings.Development.json", scope::Development},
    {"appsettings.Local.json", scope::Development},
    {"launchSettings.json", scope::Development},
    {"application-dev*.*", scope::Development},
    {"config_dev.y*ml", scope::Development},
    {"config_test.y*ml", scope::Test},
    {"application-local*.*", scope::Development},
    {"bootstrap-dev*.*", scope::Development},
    {".env.development*", scope::Development},
    {".env.dev*", scope::Development},
    {".env.local*", scope::Development},
    {".flaskenv", scope::Development},
    {"Tiltfile", scope::Development},
    {"skaffold.y*ml", scope::Development},
    {"requirements*dev*.txt", scope::Development},
    {"requirements*test*.txt", scope::Test},
    {".travis.yml", scope::Ci},
    {".gitlab-ci.yml", scope::Ci},
    {"appveyor.yml", scope::Ci},
    {".appveyor.yml", scope::Ci},
    {"Jenkinsfile*", scope::Ci},
    {"azure-pipelines*.y*ml", scope::Ci},
    {"bitbucket-pipelines.yml", scope::Ci},
    {".drone.yml", scope::Ci},
    {"cloudbuild*.yaml", scope::Ci},
    {"codeship-*.yml", scope::Ci},
};

// Folders of environment-specific settings: their files' stems name the environment.
constexpr std::string_view environment_folders[] = {"settings",    "environments", "env",     "envs",
                                                    "environment", "config",       "configs", "configuration"};
constexpr std::string_view development_stems[] = {"development", "dev", "local", "develop", "debug", "localdev"};
constexpr std::string_view test_stems[] = {"test", "testing", "tests", "ci"};

bool contains(std::span<const std::string_view> set, std::string_view word) {
  return std::any_of(set.begin(), set.end(), [&](std::string_view item) { return iequals(item, word); });
}

// Package paths (com/example/…) are names, not roles: below a source root of such a language only the file's own
// name and the source root's siblings say anything.
bool is_package_root(std::string_view component) {
  static constexpr std::string_view roots[] = {"java", "kotlin", "scala", "groovy"};
  return contains(roots, component);
}

uint32_t scope_of_stem(std::string_view folder, std::string_view name) {
  std::string_view stem = before_first(name, '.');
  std::string_view parent = base_name(folder);
  if (!contains(environment_folders, parent)) return 0;
  if (contains(development_stems, stem)) return scope::Development;
  if (contains(test_stems, stem)) return scope::Test;
  return 0;
}

}  // namespace

uint32_t scope_of_folder(std::string_view folder) {
  uint32_t bits = 0;
  std::string_view previous;
  for (std::string_view component : folder.empty() ? std::vector<std::string_view>{} : split(folder, '/')) {
    if (is_package_root(component) &&
        (previous == "main" || previous == "src" || previous == "app" || previous == "test"))
      break;
    std::string name = lower(component);
    for (const Named& known : directories) {
      if (known.name == name) bits |= known.bits;
    }
    // .NET keeps its tests in projects named X.Tests, X.UnitTests
    if (name.ends_with(".tests") || name.ends_with(".test") || name.ends_with("unittests") ||
        name.ends_with("integrationtests") || name.ends_with("functionaltests") || name.ends_with("-tests") ||
        name.ends_with("_tests")) {
      bits |= scope::Test;
    }
    if (name.ends_with("-examples") || name.ends_with("_examples")) bits |= scope::Example;
    std::string pair = lower(previous) + "/" + name;
    if (std::find(std::begin(vendored_pairs), std::end(vendored_pairs), pair) != std::end(vendored_pairs))
      bits |= scope::Vendored;
    previous = component;
  }
  return bits;
}

uint32_t scope_of_path(std::string_view path) {
  return scope_of_folder(dir_name(path)) | scope_of_name(dir_name(path), base_name(path));
}

uint32_t scope_of_name(std::string_view folder, std::string_view name) {
  uint32_t bits = scope_of_stem(folder, name);
  for (const Named& known : file_patterns) {
    if (glob_match(known.name, name, '/')) bits |= known.bits;
  }
  return bits;
}

namespace {

// The end of a comment that a line opens or goes on with, as far as telling lines of code needs it.
struct CommentLines {
  bool inside = false;
  bool take(std::string_view line) {
    bool comment = inside || line.starts_with("/*") || line.starts_with("//") || line.starts_with("*");
    if (!comment) return false;
    size_t end = line.rfind("*/");
    bool opens = line.starts_with("/*");
    if (end != std::string_view::npos) {
      // Code behind the comment is what the line is about.
      bool alone = trim(line.substr(end + 2)).empty();
      inside = false;
      return alone;
    }
    inside = inside || opens;
    return true;
  }
};

// At least every second line of code is longer than anybody writes, or but for a few lines all of it stands in such.
// Neither one long line among others nor a long comment makes hand-written code minified, and a licence above it does
// not make minified code hand-written.
bool is_minified(std::string_view text) {
  constexpr size_t longest_by_hand = 300, few_lines = 4;
  size_t long_lines = 0, short_lines = 0, long_bytes = 0, short_bytes = 0;
  CommentLines comments;
  for (std::string_view line : split(text, '\n')) {
    std::string_view code = trim(line);
    if (code.empty() || comments.take(code)) continue;
    bool is_long = code.size() > longest_by_hand;
    ++(is_long ? long_lines : short_lines);
    (is_long ? long_bytes : short_bytes) += code.size();
  }
  if (long_lines == 0) return false;
  return long_lines >= short_lines || (short_lines <= few_lines && long_bytes >= short_bytes * 20);
}

}  // namespace

uint32_t scope_of_text(std::string_view path, std::string_view text) {
  uint32_t bits = 0;
  std::string_view head = text.substr(0, 1200);
  static constexpr std::string_view marks[] = {"Code generated by",
                                               "DO NOT EDIT",
                                               "@generated",
                                               "<auto-generated",
                                               "This file was automatically generated",
                                               "Autogenerated by",
                                               "autogenerated file"};
  // A mark counts only in a comment at the top, not in the generator's own strings further down.
  for (std::string_view mark : marks) {
    size_t at = head.find(mark);
    if (at == std::string_view::npos) continue;
    size_t line = head.rfind('\n', at);
    std::string_view before = trim(head.substr(line == std::string_view::npos ? 0 : line + 1,
                                               at - (line == std::string_view::npos ? 0 : line + 1)));
    static constexpr std::string_view openers = "/#*-;<%";
    if (!before.empty() && openers.find(before.front()) != std::string_view::npos) bits |= scope::Generated;
  }
  bool script = path.ends_with(".js") || path.ends_with(".css") || path.ends_with(".mjs");
  if (script && text.size() > 2000 && is_minified(text.substr(0, 65536))) bits |= scope::Minified;
  return bits;
}

static constexpr Named scope_words[] = {{"test", scope::Test},
                                        {"documentation", scope::Documentation},
                                        {"example", scope::Example},
                                        {"generated", scope::Generated},
                                        {"vendored", scope::Vendored},
                                        {"minified", scope::Minified},
                                        {"development", scope::Development},
                                        {"ci", scope::Ci}};

std::string scope_names(uint32_t bits) {
  std::string out;
  for (const Named& word : scope_words) {
    if (bits & word.bits) out += (out.empty() ? "" : ", ") + std::string(word.name);
  }
  return out;
}

uint32_t scope_bit(std::string_view name) {
  for (const Named& word : scope_words) {
    if (word.name == name) return word.bits;
  }
  return 0;
}

}  // namespace tfcheck
