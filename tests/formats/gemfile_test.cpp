#include "formats/gemfile/gemfile.h"

#include <catch2/catch.hpp>

#include "formats/config_lines.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE("Gemfile statements") {
  struct Row {
    const char* text;
    const char* facts;
  };
  for (Row row : {
           Row{"source 'https://rubygems.org'\nruby \"3.1.2\"\ngem 'rails', '~> 7.0', '>= 7.0.4' # web\n# gem 'x'\n",
               "entry source = \"https://rubygems.org\"\nentry ruby = \"3.1.2\"\n"
               "dependency rails = \"~> 7.0, >= 7.0.4\" (ecosystem=\"rubygems\")\n"},
           Row{"group :development, :test do\n  gem 'rspec', require: false\nend\ngem \"puma\"\n",
               "dependency rspec (ecosystem=\"rubygems\", group=\"development,test\") dev\ndependency puma "
               "(ecosystem=\"rubygems\")\n"},
           Row{"gem 'a', group: :test\ngem 'b', :group => [:production, :test]\ngem 'c', groups: %w(x)\n",
               "dependency a (ecosystem=\"rubygems\", group=\"test\") dev\n"
               "dependency b (ecosystem=\"rubygems\", group=\"production,test\")\ndependency c "
               "(ecosystem=\"rubygems\")\n"},
           Row{"gem 'a', git: 'https://h/a.git', branch: 'main'\ngem 'b', github: 'o/b'\ngem 'c', path: '../c'\n",
               "dependency a (ecosystem=\"rubygems\", source=\"https://h/a.git\", branch=\"main\")\n"
               "dependency b (ecosystem=\"rubygems\", source=\"o/b\")\ndependency c (ecosystem=\"rubygems\", "
               "source=\"../c\")\n"},
           Row{"gem(\n  'a',\n  '1.0',\n  require: 'a/b'\n)\ngem 'b' if ENV['X']\n",
               "dependency a = \"1.0\" (ecosystem=\"rubygems\")\ndependency b (ecosystem=\"rubygems\")\n"},
           Row{"if x\n  group :test do\n    gem 'a'\n  end\n  gem 'b'\nend\ngem 'c'\n",
               "dependency a (ecosystem=\"rubygems\", group=\"test\") dev\ndependency b (ecosystem=\"rubygems\")\n"
               "dependency c (ecosystem=\"rubygems\")\n"},
           Row{"gem 'a', ENV['V'] || '~> 1'\ngem 'b', version\nruby file: '.ruby-version'\neval_gemfile 'x/Gemfile'\n",
               "dependency a = env(V, \"~> 1\") (ecosystem=\"rubygems\")\ndependency b = ? (ecosystem=\"rubygems\")\n"
               "import x/Gemfile @eval_gemfile\n"},
           Row{"=begin\ngem 'x'\n=end\nputs \"gem 'y'\"\n", ""},
       }) {
    CAPTURE(row.text);
    CHECK(config_lines(gemfile_adapter(), "Gemfile", row.text) == row.facts);
  }
}

TEST_CASE("gemspecs and lock files") {
  CHECK(config_lines(
            gemfile_adapter(), "x.gemspec",
            "Gem::Specification.new do |s|\n  s.required_ruby_version = '>= 2.7'\n  s.add_dependency 'a', '~> 1'\n"
            "  s.add_runtime_dependency(%q<b>.freeze, [\"~> 2\", \">= 2.1\"])\n"
            "  s.add_development_dependency \"c\"\nend\n") ==
        "entry ruby = \">= 2.7\"\ndependency a = \"~> 1\" (ecosystem=\"rubygems\")\n"
        "dependency b = \"~> 2, >= 2.1\" (ecosystem=\"rubygems\")\n"
        "dependency c (ecosystem=\"rubygems\", group=\"development\") dev\n");
  CHECK(config_format(gemfile_adapter(), "Gemfile.lock", "GEM\n") == "lock");
  CHECK(config_lines(gemfile_adapter(), "Gemfile.lock", "gem 'x'\n").empty());
}

TEST_CASE("Gemfile spans are those of the statements, bad input is survived") {
  CHECK(config_span(gemfile_adapter(), "Gemfile", "  gem 'a', '1' # x\n", "a") == "gem 'a', '1'");
  CHECK(survives_bad_input(gemfile_adapter(), "Gemfile",
                           "group :a do\n  gem 'b', \"~> #{c}\", d: [:e, 'f'], :g => {h: 1}\nend\ngem %q<i>\n"));
}
