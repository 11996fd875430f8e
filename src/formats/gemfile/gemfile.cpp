#include "formats/gemfile/gemfile.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "formats/gemfile/ruby_statement.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

using Kind = RubyToken::Kind;

constexpr size_t deepest_block = 100;

// What `do … end` or `if … end` says of the statements in it.
struct Block {
  std::vector<std::string_view> groups;
  std::string_view source;
  bool conditional = false;
};

// A statement's arguments, sorted.
struct Arguments {
  std::vector<const RubyToken*> strings;  // positional, also those in arrays
  std::vector<std::string_view> symbols;  // positional symbols and strings: the names of a group statement
  std::vector<std::string_view> groups;
  std::string_view git, github, branch, path;
  const RubyToken* variable = nullptr;  // ENV["X"]
  bool computed = false;                // a positional argument that is no literal
  Span span;
};

bool is_mark(const RubyToken& token, std::string_view text) {
  return token.kind == Kind::Mark && token.text == text;
}

bool is_word(const RubyToken& token, std::string_view text) {
  return token.kind == Kind::Word && token.text == text;
}

void set_option(Arguments& arguments, std::string_view key, const RubyToken& token) {
  if (token.kind != Kind::String && token.kind != Kind::Symbol) return;
  if (key == "group" || key == "groups") arguments.groups.push_back(token.text);
  if (key == "git") arguments.git = token.text;
  if (key == "github" || key == "gist" || key == "bitbucket" || key == "gitlab") arguments.github = token.text;
  if (key == "branch" || key == "ref" || key == "tag") arguments.branch = token.text;
  if (key == "path") arguments.path = token.text;
}

void set_positional(Arguments& arguments, const RubyToken& token, const RubyToken* before) {
  bool index = before && (is_mark(*before, "[") || is_mark(*before, "("));
  if (token.kind == Kind::String && index && arguments.variable && arguments.variable->kind == Kind::Word) {
    arguments.variable = &token;
    return;
  }
  if (token.kind == Kind::String) arguments.strings.push_back(&token);
  if (token.kind == Kind::String || token.kind == Kind::Symbol) arguments.symbols.push_back(token.text);
  if (token.kind != Kind::Word) return;
  if (token.text == "ENV" || token.text == "ENV.fetch") arguments.variable = &token;
  arguments.computed = arguments.computed || token.text != "freeze";
}

Arguments read_arguments(const RubyStatement& statement) {
  Arguments arguments;
  arguments.span = {statement.front().span.begin, statement.front().span.end};
  std::string_view key;
  int depth = 0;
  for (size_t i = 1; i < statement.size(); ++i) {
    const RubyToken& token = statement[i];
    if (is_word(token, "if") || is_word(token, "unless") || is_word(token, "do")) break;
    arguments.span.end = token.span.end;
    if (token.kind == Kind::Mark) {
      if (token.text == "[" || token.text == "{") ++depth;
      if (token.text == "]" || token.text == "}") --depth;
      if (token.text == "," && depth <= 0) key = {};
      continue;
    }
    bool rocket = i + 1 < statement.size() && is_mark(statement[i + 1], "=>");
    if (token.kind == Kind::Key || rocket) {
      key = token.text;
    } else if (!key.empty()) {
      set_option(arguments, key, token);
    } else {
      set_positional(arguments, token, i > 0 ? &statement[i - 1] : nullptr);
    }
  }
  return arguments;
}

bool opens_block(const RubyStatement& statement) {
  static constexpr std::array<std::string_view, 8> openers = {"if",  "unless", "case",  "begin",
                                                              "def", "while",  "until", "class"};
  if (is_word(statement.back(), "end")) return false;
  bool leading =
      statement[0].kind == Kind::Word && std::find(openers.begin(), openers.end(), statement[0].text) != openers.end();
  return leading ||
         std::any_of(statement.begin(), statement.end(), [](const RubyToken& token) { return is_word(token, "do"); });
}

uint32_t group_flags(const std::vector<std::string_view>& groups) {
  bool development = !groups.empty() && std::all_of(groups.begin(), groups.end(), names_development);
  return development ? context::Development : 0u;
}

class GemfileReader {
 public:
  explicit GemfileReader(FileFacts& facts) : facts_(facts) {}

  void read(const RubyStatement& statement) {
    if (statement[0].kind == Kind::Word) read_word(statement, statement[0].text);
    if (opens_block(statement)) open_block(statement);
  }

 private:
  void read_word(const RubyStatement& statement, std::string_view word) {
    std::string_view method = word.substr(word.rfind('.') + 1);
    if (word == "end") {
      if (beyond_ > 0)
        --beyond_;
      else if (!blocks_.empty())
        blocks_.pop_back();
    } else if (word == "gem") {
      add_gem(read_arguments(statement), {});
    } else if (method == "add_dependency" || method == "add_runtime_dependency") {
      add_gem(read_arguments(statement), {});
    } else if (method == "add_development_dependency") {
      add_gem(read_arguments(statement), "development");
    } else if (word == "ruby" || method == "required_ruby_version") {
      add_named("ruby", read_arguments(statement));
    } else if (word == "source") {
      add_named("source", read_arguments(statement));
    } else if (word == "eval_gemfile") {
      add_import(read_arguments(statement));
    }
  }

  void open_block(const RubyStatement& statement) {
    if (blocks_.size() >= deepest_block) {
      ++beyond_;
      return;
    }
    Block block;
    if (!blocks_.empty()) block = blocks_.back();
    std::string_view word = statement[0].text;
    Arguments arguments = read_arguments(statement);
    if (word == "group") block.groups = arguments.symbols;
    if ((word == "git" || word == "github" || word == "path") && !arguments.symbols.empty())
      block.source = arguments.symbols[0];
    if (word == "if" || word == "unless") block.conditional = true;
    blocks_.push_back(std::move(block));
  }

  // The constraint: what follows `skip` names among the positional strings, "~> 1.2, >= 1.2.3".
  Value constraint(const Arguments& arguments, size_t skip) {
    std::string text;
    for (size_t i = skip; i < arguments.strings.size(); ++i) {
      if (!text.empty()) text += ", ";
      text += arguments.strings[i]->text;
    }
    if (arguments.variable && arguments.variable->kind == Kind::String) {
      Arg fallback{{}, facts_.string(text, arguments.span)};
      std::span<const Arg> items = text.empty() ? std::span<const Arg>{} : std::span<const Arg>{&fallback, 1};
      return facts_.with_items(ValueKind::Env, arguments.variable->text, items, arguments.span);
    }
    if (!text.empty()) return read_scalar(facts_, text, arguments.span, scalar::Text);
    return arguments.computed ? facts_.value(ValueKind::Unknown, {}, arguments.span) : Value{};
  }

  void add_gem(const Arguments& arguments, std::string_view group) {
    if (arguments.strings.empty()) return;
    Block block;
    if (!blocks_.empty()) block = blocks_.back();
    block.groups.insert(block.groups.end(), arguments.groups.begin(), arguments.groups.end());
    if (!group.empty()) block.groups.push_back(group);
    for (std::string_view source : {arguments.path, arguments.github, arguments.git}) {
      if (!source.empty()) block.source = source;
    }
    std::string groups;
    for (std::string_view name : block.groups) groups.append(groups.empty() ? "" : ",").append(name);
    std::vector<Arg> args = {{"ecosystem", facts_.string("rubygems", {})}};
    auto add = [&](std::string_view name, std::string_view text) {
      if (!text.empty()) args.push_back({name, facts_.string(text, arguments.span)});
    };
    add("group", groups);
    add("source", block.source);
    add("branch", arguments.branch);
    Context context;
    context.flags = group_flags(block.groups) | (block.conditional ? context::InCondition : 0u);
    facts_.add(FactKind::Dependency, arguments.strings[0]->text, arguments.span, constraint(arguments, 1), args,
               context);
  }

  void add_named(std::string_view name, const Arguments& arguments) {
    Value value = constraint(arguments, 0);
    if (value) add_entry(facts_, name, arguments.span, value);
  }

  void add_import(const Arguments& arguments) {
    if (arguments.strings.empty()) return;
    Context context;
    context.scope = "eval_gemfile";
    facts_.add(FactKind::Import, arguments.strings[0]->text, arguments.span, {}, {}, context);
  }

  FileFacts& facts_;
  std::vector<Block> blocks_;
  size_t beyond_ = 0;  // open blocks below the deepest one
};

void extract(const SourceFile& file, FileFacts& facts) {
  if (file.path.ends_with(".lock") || file.path.ends_with(".locked")) return facts.set_format("lock");
  facts.set_format(file.path.ends_with(".gemspec") ? "gemspec" : "gemfile");
  GemfileReader reader(facts);
  for (const RubyStatement& statement : read_ruby_statements(file.text)) reader.read(statement);
}

}  // namespace

const Adapter& gemfile_adapter() {
  static constexpr std::array<std::string_view, 6> patterns = {"Gemfile",   "Gemfile.*",    "gems.rb",
                                                               "*.gemspec", "Gemfile.lock", "gems.locked"};
  static constexpr Format formats[] = {{.name = "gemfile", .example = "Gemfile", .tells = tells::Address},
                                       {.name = "gemspec", .example = "app.gemspec"},
                                       {.name = "lock", .example = "Gemfile.lock", .tells = tells::Address}};
  static constexpr Adapter adapter{
      .name = "gemfile", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
