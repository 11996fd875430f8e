// Ruby's idioms as facts.
#include <algorithm>
#include <catch2/catch.hpp>

#include "languages/ruby/ruby.h"

using namespace tfcheck;

namespace {

std::vector<std::string> facts_of(std::string_view text) {
  FileFacts facts;
  ruby_adapter().extract({"config/x.rb", text}, facts);
  std::vector<std::string> lines;
  for (const Fact& fact : facts.facts()) {
    std::string line = to_string(fact);
    if (fact.context.has(context::LoopForever)) line += " [forever]";
    if (fact.context.has(context::DevGuard)) line += " [dev]";
    if (fact.context.has(context::InTry)) line += " [try]";
    if (fact.context.has(context::InMain)) line += " [main]";
    lines.push_back(line);
  }
  return lines;
}

struct Case {
  std::string_view text;
  std::vector<std::string> facts;
};

}  // namespace

TEST_CASE("ruby: each idiom has its facts and no others") {
  const Case cases[] = {
      {"Logger.new('x.log')", {"call Logger.new(\"x.log\")"}},
      {"l = Logger.new('x.log')\nl.info 'a'",
       {"call Logger.new(\"x.log\")", "assign l = Logger.new(\"x.log\")", "call Logger.info(\"a\")"}},
      {"Logger.new(Rails.root.join('log', 'x.log').to_s)",
       {"call Rails.root.join(\"log\", \"x.log\")", "call Logger.new(template\"${Rails.root}/log/x.log\")"}},
      {"Process.daemon", {"call Process.daemon()"}},
      {"config.assets.compile = true", {"assign config.assets.compile = true"}},
      {"Rails.application.config.session_store :cookie_store, key: 'x'",
       {"call Rails.application.config.session_store(\"cookie_store\", key=\"x\")"}},
      {"config.cache_store = :redis_cache_store, { url: ENV['R'] }",
       {"env-read R", "assign config.cache_store = [\"redis_cache_store\", {url=env(R)}]",
        "entry config.cache_store.0 = \"redis_cache_store\"", "entry config.cache_store.1.url = env(R)"}},
      {"Rails.application.configure do\n  config.log_level = :debug\nend",
       {"call Rails.application.configure(function)", "assign config.log_level = \"debug\""}},
      {"x = ENV['A'] || 'b'", {"env-read A = \"b\"", "assign x = env(A, \"b\")"}},
      {"x = ENV['A'].presence || 'b'", {"env-read A = \"b\"", "assign x = env(A, \"b\")"}},
      {"x = ENV.fetch('A') { 'b' }", {"env-read A = \"b\"", "assign x = env(A, \"b\")"}},
      {"x = ENV.fetch('A', 'b').to_i", {"env-read A = \"b\"", "assign x = env(A, \"b\")"}},
      {"ENV['A'] ||= 'b'", {"env-read A = \"b\""}},
      {"ENV.values_at('A', 'B')", {"env-read A", "env-read B"}},
      {"a = ENV.key?('A')", {"env-read A", "assign a = env(A)"}},
      {"@@password = 'x'", {"assign password = \"x\""}},
      {"k = Rails.application.credentials.x", {"assign k = Rails.application.credentials.x"}},
      {"f((a || b).to_s, x.y => 1, :z => 2)", {"call f(?, *=1, z=2)"}},
      {"trap('TERM') { }", {"call trap(\"TERM\", function{})"}},
      {"trap('TERM') { stop }", {"call trap(\"TERM\", function)", "call stop()"}},
      {"Signal.trap :INT, 'IGNORE'", {"call Signal.trap(\"INT\", \"IGNORE\")"}},
      {"loop do\n  work()\nend", {"branch while = true", "call work() [forever]"}},
      {"until false\n  work()\nend", {"branch while = true", "call work() [forever]"}},
      {"work() unless Rails.env.production?", {"branch unless = Rails.env.production?", "call work() [dev]"}},
      {"work() if Rails.env.development? || Rails.env.test?",
       {"branch if = ||(Rails.env.development?, Rails.env.test?)", "call work() [dev]"}},
      {"work() if Rails.env.production?", {"branch if = Rails.env.production?", "call work()"}},
      {"run() if __FILE__ == $0", {"branch if = ==(__FILE__, $0)", "call run() [main]"}},
      {"begin\n  require 'x'\nrescue LoadError\nend", {"import x [try]"}},
      {"require_relative 'x'\nrequire_relative '../y'", {"import ./x", "import ../y"}},
      {"`ls`\nsystem('a b')\nexec('c')",
       {"call `(\"ls\")", "command ls", "call system(\"a b\")", "command a (\"b\")", "call exec(\"c\")", "command c"}},
      {"exit if fork", {"branch if = fork", "call exit()", "call fork()"}},
      {"x = <<~A\n  b\nA\n", {"assign x = \"  b\\n\""}},
      {"x = %w[a b]", {"assign x = [\"a\", \"b\"]", "entry x.0 = \"a\"", "entry x.1 = \"b\""}},
      {"D = 'x'.freeze\nf(D)", {"assign D = \"x\"", "call f(\"x\")"}},
      {"def f(host = 'h')\n  g(host)\nend", {"assign host = \"h\"", "call g(host)"}},
      {"# Logger.new('x')\n=begin\nLogger.new('y')\n=end\n", {}},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(facts_of(c.text) == c.facts);
  }
}

TEST_CASE("ruby: the line scan sees the imports that the parse sees") {
  std::string_view text =
      "require 'a'\nrequire(\"b/c\")\n# require 'no'\nrequire_relative 'd'\nrequire \"x#{y}\"\n=begin\nrequire "
      "'no'\n=end\n"
      "begin\n  require 'e'\nrescue LoadError\nend\nrequires 'no'\n";
  FileFacts scanned, parsed;
  ruby_adapter().scan_imports({"x.rb", text}, scanned);
  ruby_adapter().extract({"x.rb", text}, parsed);
  std::vector<std::string> a, b;
  for (const Fact& fact : scanned.facts()) a.push_back(to_string(fact));
  for (const Fact& fact : parsed.facts()) {
    if (fact.kind == FactKind::Import) b.push_back(to_string(fact));
  }
  CHECK(a == b);
  CHECK(a.size() == 4);
}

TEST_CASE("ruby: hostile text is survived") {
  auto repeat = [](std::string_view piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += piece;
    return out;
  };
  for (const std::string& text :
       {repeat("[", 10000), repeat("a.", 10000) + "b = 1", repeat("if a\n", 5000),
        "a = 'xy'\n" + repeat("a = a + a\n", 60), "a = [1, 'b']\n" + repeat("a = [a, a, a, a]\n", 40),
        "a = fork\n" + repeat("a = a && a\nif a\nend\n", 60), repeat("<<A + ", 2000), std::string("\"#{"),
        "x = " + repeat("\"#{", 3000), repeat("def f\n", 5000)}) {
    INFO(text.substr(0, 40));
    FileFacts facts;
    ruby_adapter().extract({"x.rb", text}, facts);
    ruby_adapter().scan_imports({"x.rb", text}, facts);
    CHECK(facts.facts().size() < 1000000);
  }
}
