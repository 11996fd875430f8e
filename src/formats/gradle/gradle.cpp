#include "formats/gradle/gradle.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

struct Quoted {
  std::string_view text;
  size_t begin = 0, end = 0;  // of it in its line, quotes included
};

std::vector<Quoted> quoted_in(std::string_view line) {
  std::vector<Quoted> found;
  for (size_t at = line.find_first_of("\"'"); at != std::string_view::npos; at = line.find_first_of("\"'", at)) {
    size_t close = closing_quote(line, at, QuoteEscapes::Backslash);
    if (close == std::string_view::npos) break;
    found.push_back({line.substr(at + 1, close - at - 1), at, close + 1});
    at = close + 1;
  }
  return found;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '-';
}

std::string_view first_word(std::string_view line) {
  auto end = std::find_if_not(line.begin(), line.end(), is_word);
  return line.substr(0, static_cast<size_t>(end - line.begin()));
}

// "testImplementation", "integrationTestCompile", "kaptTest"
bool is_for_tests(std::string_view configuration) {
  return configuration.starts_with("test") || configuration.find("Test") != std::string_view::npos ||
         configuration == "developmentOnly";
}

class GradleReader {
 public:
  GradleReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts) {}

  void read() {
    for (Lines lines(text_); !lines.done();) {
      std::string_view line = without_comments(lines.take().text);
      std::string_view code = trim(line);
      if (code.empty()) continue;
      if (is_in("plugins")) plugin(code);
      if (is_in("dependencies")) dependency(code);
      image(code);
      follow_blocks(code);
    }
  }

 private:
  bool is_in(std::string_view block) const { return !blocks_.empty() && blocks_.back() == block; }

  std::string_view without_comments(std::string_view line) {
    if (in_comment_) {
      size_t end = line.find("*/");
      if (end == std::string_view::npos) return {};
      in_comment_ = false;
      line.remove_prefix(end + 2);
    }
    std::vector<Quoted> quotes = quoted_in(line);
    size_t quote = 0;
    for (size_t at = 0; at + 1 < line.size(); ++at) {
      if (quote < quotes.size() && at == quotes[quote].begin) {
        at = quotes[quote++].end - 1;
        continue;
      }
      std::string_view two = line.substr(at, 2);
      if (two != "//" && two != "/*") continue;
      in_comment_ = two == "/*" && line.find("*/", at + 2) == std::string_view::npos;
      return line.substr(0, at);
    }
    return line;
  }

  // "jib" of `jib {`, "to" of `jib { to {`, "bootBuildImage" of `tasks.named("bootBuildImage") {`.
  static std::string_view block_name(std::string_view before) {
    size_t open = before.rfind('{');
    before = trim(open == std::string_view::npos ? before : before.substr(open + 1));
    std::string_view word = first_word(before);
    if (!word.starts_with("tasks.")) return word;
    std::vector<Quoted> quotes = quoted_in(before);
    return quotes.empty() ? word.substr(word.find('.') + 1) : quotes[0].text;
  }

  // jib { to { image = "acme/shop" } }, tasks.bootBuildImage { imageName.set("acme/shop:$version") }: the image that
  // the build makes. A base that it starts from is named likewise, under `from`.
  void image(std::string_view code) {
    for (const Quoted& quote : quoted_in(code)) {
      std::string_view before = trim(code.substr(0, quote.begin));
      for (std::string_view sign : {"(", ".set", "="}) {
        if (before.ends_with(sign)) before = trim(before.substr(0, before.size() - sign.size()));
      }
      size_t brace = before.rfind('{');
      std::string_view key = trim(brace == std::string_view::npos ? before : before.substr(brace + 1));
      if (!key.ends_with("image") && !key.ends_with("imageName")) continue;
      std::string path;
      for (std::string_view block : blocks_) path.append(block).append(".");
      for (size_t at = before.find('{'); at != std::string_view::npos; at = before.find('{', at + 1))
        path.append(block_name(before.substr(0, at))).append(".");
      path += key;
      Span span = span_in(text_, quote.text);
      Value value = facts_.value(
          quote.text.find('$') == std::string_view::npos ? ValueKind::String : ValueKind::Template, quote.text, span);
      Context context;
      context.scope = "image";
      if (path.find(' ') == std::string::npos) add_entry(facts_, path, span, value, context);
    }
  }

  // Braces outside of quotes; what stands first on the line names the block.
  void follow_blocks(std::string_view code) {
    std::vector<Quoted> quotes = quoted_in(code);
    size_t quote = 0;
    for (size_t at = 0; at < code.size(); ++at) {
      if (quote < quotes.size() && at == quotes[quote].begin) {
        at = quotes[quote++].end - 1;
        continue;
      }
      if (code[at] == '{') blocks_.push_back(block_name(code.substr(0, at)));
      if (code[at] == '}' && !blocks_.empty()) blocks_.pop_back();
    }
  }

  // id 'org.springframework.boot' version '3.3.0', id("…") version "…"
  void plugin(std::string_view code) {
    std::vector<Quoted> quotes = quoted_in(code);
    if (quotes.empty() || first_word(code) != "id") return;
    Span span = span_in(text_, quotes[0].text);
    bool versioned = quotes.size() > 1 && code.find("version", quotes[0].end) < quotes[1].begin;
    Value version = versioned ? facts_.string(quotes[1].text, span_in(text_, quotes[1].text)) : Value{};
    Context context;
    context.scope = "plugins";
    add_entry(facts_, "plugins." + std::string(quotes[0].text), span, version, context);
  }

  void dependency(std::string_view code) {
    std::string_view word = first_word(code);
    if (word == "constraints" || word == "exclude" || word == "because" || word == "if") return;
    std::vector<Quoted> quotes = quoted_in(code);
    bool quoted = !quotes.empty() && quotes[0].begin == 0;
    bool called = quoted && code.substr(quotes[0].end).starts_with("(");  // "developmentOnly"("…")
    if (called) configuration_ = quotes[0].text;
    if (!quoted) configuration_ = word;  // else the list of the line before goes on
    if (configuration_.empty()) return;
    if (by_parts(code, quotes)) return;
    for (const Quoted& quote : quotes) coordinates(quote.text);
    if (quotes.empty()) accessor(code.substr(word.size()));
  }

  // group: 'org.flywaydb', name: 'flyway-core', version: '9.0'
  bool by_parts(std::string_view code, const std::vector<Quoted>& quotes) {
    std::string group, name;
    Value version;
    Span span;
    for (const Quoted& quote : quotes) {
      std::string_view key = trim(code.substr(0, quote.begin));
      key.remove_suffix(!key.empty() && (key.back() == ':' || key.back() == '=') ? 1 : 0);
      key = trim(key);
      if (key.ends_with("group")) group = quote.text, span = span_in(text_, quote.text);
      if (key.ends_with("name")) name = quote.text;
      if (key.ends_with("version")) version = facts_.string(quote.text, span_in(text_, quote.text));
    }
    if (group.empty() || name.empty()) return false;
    add(group + ":" + name, span, version);
    return true;
  }

  // org.flywaydb:flyway-core:9.0@jar
  void coordinates(std::string_view said) {
    size_t colon = said.find(':');
    if (colon == 0 && said.size() > 1) return project(said);
    if (colon == std::string_view::npos || said.find_first_of(" /\\") != std::string_view::npos) return;
    size_t second = said.find(':', colon + 1);
    std::string_view version = second == std::string_view::npos ? std::string_view{} : said.substr(second + 1);
    bool literal = !version.empty() && version.find('$') == std::string_view::npos;
    Value value = literal ? facts_.string(before_first(version, '@'), span_in(text_, version)) : Value{};
    add(std::string(said.substr(0, second)), span_in(text_, said), value);
  }

  // project(":libs:core"), projects.libs.core: a module of the same build
  void project(std::string_view name) {
    Context context;
    context.scope = "dependencies";
    if (is_for_tests(configuration_)) context.flags |= context::Development;
    Span span = span_in(text_, name);
    add_entry(facts_, "dependencies.project", span, facts_.string(name, span), context);
  }

  // implementation(libs.flyway.core), runtimeOnly libs.flyway.core
  void accessor(std::string_view rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of("( "), rest.size()));
    std::string_view name = first_word(rest);
    if (name.starts_with("libs.")) add(std::string(name), span_in(text_, name), {});
    constexpr std::string_view modules = "projects.";
    if (name.starts_with(modules)) project(name.substr(modules.size()));
  }

  void add(const std::string& name, Span span, const Value& version) {
    Context context;
    context.scope = "dependencies";
    if (is_for_tests(configuration_)) context.flags |= context::Development;
    Arg args[] = {{"ecosystem", facts_.string("gradle", {})}, {"group", facts_.string(configuration_, {})}};
    facts_.add(FactKind::Dependency, name, span, version, args, context);
  }

  std::string_view text_;
  FileFacts& facts_;
  std::vector<std::string_view> blocks_;
  std::string_view configuration_;
  bool in_comment_ = false;
};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("gradle");
  GradleReader(file.text, facts).read();
}

}  // namespace

const Adapter& gradle_adapter() {
  static constexpr std::array<std::string_view, 4> patterns = {"build.gradle", "build.gradle.kts", "*.gradle",
                                                               "*.gradle.kts"};
  static constexpr Format formats[] = {{.name = "gradle", .example = "build.gradle"}};
  static constexpr Adapter adapter{
      .name = "gradle", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
