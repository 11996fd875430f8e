// Shell text inside other files: spans, commands given as words, hostile text. What text says is in
// tests/facts/shell.md.
#include "languages/shell/shell.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace tfcheck;

namespace {

std::vector<std::string> lines(const FileFacts& facts) {
  std::vector<std::string> out;
  for (const Fact& fact : facts.facts()) out.push_back(to_string(fact) + to_string(fact.context));
  return out;
}

std::string repeat(std::string_view part, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += part;
  return out;
}

}  // namespace

TEST_CASE("spans are those of the file") {
  FileFacts facts;
  std::string file = "RUN a &&\\\r\n  b $C\r\n";
  add_shell(facts, {std::string_view(file).substr(4), "RUN", 7, context::FinalStage, 4});
  REQUIRE(facts.facts().size() == 3);
  auto text = [&](size_t i) {
    return file.substr(facts.facts()[i].span.begin, facts.facts()[i].span.end - facts.facts()[i].span.begin);
  };
  CHECK(text(0) == "a");
  CHECK(text(1) == "$C");
  CHECK(text(2) == "b $C");
  CHECK(to_string(facts.facts()[2]) == "command b (env(C))");
  CHECK(facts.facts()[2].context.index == 7);
  CHECK(facts.facts()[2].context.has(context::FinalStage | context::InCondition));
  CHECK(facts.facts()[2].context.scope == "RUN");

  FileFacts nested;
  std::string script = "x; sh -c 'y z'";
  add_shell(nested, {script, {}});
  REQUIRE(nested.facts().size() == 3);
  CHECK(nested.facts()[2].span == Span{10, 13});

  FileFacts folded;
  add_shell(folded, {"a; sh -c 'b'", {}, 0, 0, 0, Span{40, 50}});
  REQUIRE(folded.facts().size() == 3);
  for (const Fact& fact : folded.facts()) CHECK(fact.span == Span{40, 50});
}

TEST_CASE("commands given as words") {
  auto exec = [](std::vector<std::string_view> words) {
    FileFacts facts;
    std::vector<Arg> args;
    for (std::string_view word : words) args.push_back({{}, facts.string(word, {0, 0})});
    add_exec(facts, args, {5, 9}, "CMD", 3, 0);
    for (const Fact& fact : facts.facts()) CHECK(fact.span == Span{5, 9});
    return lines(facts);
  };
  using Lines = std::vector<std::string>;
  CHECK(exec({"/usr/bin/tini", "--", "npm", "start"}) == Lines{"command npm (wrapper=\"tini\", \"start\")  in CMD #3"});
  CHECK(exec({"sh", "-c", "exec app $X"}) == Lines{"command sh (\"-c\", \"exec app $X\")  in CMD #3",
                                                   "env-read X  in CMD #4",
                                                   "command app (wrapper=\"exec\", env(X))  in CMD #4  [exec]"});
  CHECK(exec({}).empty());
}

TEST_CASE("scripts: lines may end as on Windows") {
  FileFacts facts;
  shell_adapter().extract({"bin/run.sh", "#!/bin/sh\r\nf() {\r\n  app x\r\n}\r\nf\r\n"}, facts);
  CHECK(lines(facts) == std::vector<std::string>{"command app (\"x\")  in f #2  [function]", "command f  #3"});
  CHECK(facts.format() == "shell");
  CHECK_FALSE(facts.has_errors());
  CHECK(shell_adapter().scan_imports == nullptr);
}

TEST_CASE("half-written text still gives what is good, hostile text ends") {
  FileFacts half;
  shell_adapter().extract({"x.sh", "start app\nif [ x ; then\n  nohup y &\n"}, half);
  CHECK(half.has_errors());
  REQUIRE_FALSE(half.facts().empty());
  CHECK(to_string(half.facts()[0]) == "command start (\"app\")");

  for (const std::string& text :
       {repeat("(", 10000), repeat("$(", 10000), repeat("{ ", 10000) + "x" + repeat("; }", 10000),
        repeat("if a; then ", 3000), repeat("\"$(", 5000), repeat("`", 5001), repeat("${A:-", 10000),
        repeat("while x; do ", 3000), std::string("\xFF\xC0\n\x01"), repeat("A=$A$A\n", 2000), repeat("a | ", 20000),
        repeat("<<E ", 2000), repeat("{{", 20000), repeat("case x in ", 2000)}) {
    FileFacts facts;
    add_shell(facts, {text, {}});
    CHECK(facts.facts().size() <= text.size());
  }
  FileFacts list;
  add_shell(list, {repeat("a && ", 5000) + "b", {}});
  CHECK(list.facts().size() == 5001);
  FileFacts doubled;
  std::string text = "A0=0123456789abcdef\n";
  for (int i = 1; i < 60; ++i) {
    std::string before = "$A" + std::to_string(i - 1);
    text += "A" + std::to_string(i) + "=" + before + before + "\n";
  }
  add_shell(doubled, {text, {}});
  for (const Fact& fact : doubled.facts()) CHECK(fact.value.text.size() <= 1024);
}
