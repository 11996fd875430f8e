#include "formats/dockerfile/dockerfile.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace tfcheck;

namespace {

// "SCOPE index: fact [flags]"
std::string line(const Fact& fact) {
  std::string out = std::string(fact.context.scope) + " " + std::to_string(fact.context.index) + ": " + to_string(fact);
  if (fact.context.has(context::FinalStage)) out += " [final]";
  if (fact.context.has(context::Development)) out += " [dev]";
  if (fact.context.has(context::ShellForm)) out += " [shell-form]";
  return out;
}

FileFacts read(std::string_view text, std::string_view path = "Dockerfile") {
  FileFacts facts;
  dockerfile_adapter().extract({path, text}, facts);
  return facts;
}

std::vector<std::string> facts_of(std::string_view text, std::string_view path = "Dockerfile") {
  std::vector<std::string> out;
  FileFacts facts = read(text, path);
  for (const Fact& fact : facts.facts()) out.push_back(line(fact));
  return out;
}

struct Row {
  const char* text;
  std::vector<std::string> facts;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(facts_of(row.text) == row.facts);
  }
}

}  // namespace

TEST_CASE("images: tags, digests, arguments, stages") {
  check({
      {"FROM node", {"FROM 0: image node [final]"}},
      {"from node:20-slim as web\n", {"FROM 0: image node = \"20-slim\" (as=\"web\") [final]"}},
      {"FROM --platform=linux/amd64 r.io:5000/a/b@sha256:12",
       {"FROM 0: image r.io:5000/a/b = \"@sha256:12\" (platform=\"linux/amd64\") [final]"}},
      {"FROM r.io:5000/a/b", {"FROM 0: image r.io:5000/a/b [final]"}},
      {"ARG V=3.9\nARG B=python\nFROM ${B}:$V",
       {"ARG 0: entry ARG.V = \"3.9\"", "ARG 0: entry ARG.B = \"python\"", "FROM 0: image python = \"3.9\" [final]"}},
      {"ARG V\nFROM a:${V}", {"ARG 0: entry ARG.V", "FROM 0: image a = template\"${V}\" [final]"}},
      {"FROM a:${V:-1.2}", {"FROM 0: image a = \"1.2\" [final]"}},
      {"FROM $BASE", {"FROM 0: image ${BASE} = template\"${BASE}\" [final]"}},
      {"FROM a:1 AS base\nFROM b:2 AS test\nFROM Base\n",
       {"FROM 0: image a = \"1\" (as=\"base\") [final]", "FROM 1: image b = \"2\" (as=\"test\") [dev]",
        "FROM 2: entry FROM = \"Base\" [final]"}},
      {"FROM a AS x\nCOPY --from=x --chown=u:u /a /b /c/\nCOPY --from=0 a b\nADD --from=nginx:1 [\"a b\", \"c\"]",
       {"FROM 0: image a (as=\"x\") [final]", "COPY 0: entry COPY = \"/a /b /c/\" (from=\"x\", chown=\"u:u\") [final]",
        "COPY 0: entry COPY = \"a b\" (from=\"0\") [final]", "COPY 0: image nginx = \"1\" [final]",
        "ADD 0: entry ADD = \"a b c\" (from=\"nginx:1\") [final]"}},
      {"FROM a\nRUN --mount=type=bind,from=b:1,target=/x --network=none ls",
       {"FROM 0: image a [final]", "RUN 0: image b = \"1\" [final]", "RUN 0: command ls (stage=0) [final]"}},
  });
}

TEST_CASE("entries") {
  check({
      {"FROM a\nENV A=1 B=\"x y\" C=$A-z D=$E F=${G:-h}\nENV OLD the rest $A",
       {"FROM 0: image a [final]", "ENV 0: entry ENV.A = \"1\" [final]", "ENV 0: entry ENV.B = \"x y\" [final]",
        "ENV 0: entry ENV.C = \"1-z\" [final]", "ENV 0: entry ENV.D = env(E) [final]",
        "ENV 0: entry ENV.F = env(G, \"h\") [final]", "ENV 0: entry ENV.OLD = \"the rest 1\" [final]"}},
      {"FROM a\nARG P=80\nENV P=$P Q=':$P' R=:$Z",
       {"FROM 0: image a [final]", "ARG 0: entry ARG.P = \"80\" [final]", "ENV 0: entry ENV.P = env(P, \"80\") [final]",
        "ENV 0: entry ENV.Q = \":$P\" [final]", "ENV 0: entry ENV.R = template\":${Z}\" [final]"}},
      {"FROM a\nEXPOSE 80 443/tcp\nEXPOSE $PORT\nVOLUME [\"/a\", \"/b\"]\nVOLUME /c\nWORKDIR /x\nUSER "
       "app:app\nSTOPSIGNAL SIGQUIT",
       {"FROM 0: image a [final]", "EXPOSE 0: entry EXPOSE.0 = \"80\" [final]",
        "EXPOSE 0: entry EXPOSE.1 = \"443/tcp\" [final]", "EXPOSE 0: entry EXPOSE.2 = env(PORT) [final]",
        "VOLUME 0: entry VOLUME.0 = \"/a\" [final]", "VOLUME 0: entry VOLUME.1 = \"/b\" [final]",
        "VOLUME 0: entry VOLUME.2 = \"/c\" [final]", "WORKDIR 0: entry WORKDIR = \"/x\" [final]",
        "USER 0: entry USER = \"app:app\" [final]", "STOPSIGNAL 0: entry STOPSIGNAL = \"SIGQUIT\" [final]"}},
      {"FROM a\nHEALTHCHECK --interval=5s CMD curl -f http://x || exit 1\nHEALTHCHECK NONE",
       {"FROM 0: image a [final]",
        "HEALTHCHECK 0: entry HEALTHCHECK = \"--interval=5s CMD curl -f http://x || exit 1\" [final]",
        "HEALTHCHECK 0: command curl (\"-f\", \"http://x\", stage=0) [final]",
        "HEALTHCHECK 0: command exit (\"1\", stage=0) [final]", "HEALTHCHECK 0: entry HEALTHCHECK = \"NONE\" [final]"}},
      {"# comment ENV A=1\nFROM a\n  # ENV B=1\nLABEL x=y\n", {"FROM 0: image a [final]"}},
  });
}

TEST_CASE("start commands: exec form, shell form, and what was meant to be exec form") {
  check({
      {"FROM a\nENTRYPOINT [\"tini\", \"--\"]\nCMD [\"sh\", \"-c\", \"exec app\"]",
       {"FROM 0: image a [final]", "ENTRYPOINT 0: entry ENTRYPOINT = \"[\"tini\", \"--\"]\" [final]",
        "ENTRYPOINT 0: command tini (\"--\", stage=0) [final]",
        "CMD 0: entry CMD = \"[\"sh\", \"-c\", \"exec app\"]\" [final]",
        "CMD 1: command sh (\"-c\", \"exec app\", stage=0) [final]",
        "CMD 2: command app (wrapper=\"exec\", stage=0) [final]"}},
      {"FROM a\nCMD npm start",
       {"FROM 0: image a [final]", "CMD 0: entry CMD = \"npm start\" [final] [shell-form]",
        "CMD 0: command npm (\"start\", stage=0) [final] [shell-form]"}},
      {"FROM a\nCMD ['npm', 'start']",
       {"FROM 0: image a [final]", "CMD 0: entry CMD = \"['npm', 'start']\" [final] [shell-form]",
        "CMD 0: command npm (\"start\", stage=0) [final] [shell-form]"}},
      {"FROM a\nCMD [\"npm\", \"start\",]",
       {"FROM 0: image a [final]", "CMD 0: entry CMD = \"[\"npm\", \"start\",]\" [final] [shell-form]",
        "CMD 0: command npm (\"start\", stage=0) [final] [shell-form]"}},
      {"FROM a\nCMD [ -f x ] && y",
       {"FROM 0: image a [final]", "CMD 0: entry CMD = \"[ -f x ] && y\" [final] [shell-form]",
        "CMD 0: branch if = \"[ -f x ]\" (\"-f\", \"x\") [final] [shell-form]",
        "CMD 0: command y (stage=0) [final] [shell-form]"}},
      {"FROM a\nCMD x\nCMD [\"y\"]\n",
       {"FROM 0: image a [final]", "CMD 0: entry CMD = \"[\"y\"]\" [final]", "CMD 0: command y (stage=0) [final]"}},
      {"FROM a AS b\nCMD [\"x\"]\nFROM b\nCMD [\"y\"]",
       {"FROM 0: image a (as=\"b\") [final]", "CMD 0: entry CMD = \"[\"x\"]\"", "CMD 0: command x (stage=0)",
        "FROM 1: entry FROM = \"b\" [final]", "CMD 1: entry CMD = \"[\"y\"]\" [final]",
        "CMD 1: command y (stage=1) [final]"}},
      {"FROM a AS b\nCMD [\"x\"]\nFROM b\n",
       {"FROM 0: image a (as=\"b\") [final]", "CMD 0: entry CMD = \"[\"x\"]\" [final]",
        "CMD 0: command x (stage=0) [final]", "FROM 1: entry FROM = \"b\" [final]"}},
      {"FROM a\nSHELL [\"powershell\", \"-Command\"]\nRUN Get-Item x\nCMD y",
       {"FROM 0: image a [final]", "SHELL 0: entry SHELL = \"[\"powershell\", \"-Command\"]\" [final]",
        "CMD 0: entry CMD = \"y\" [final] [shell-form]"}},
  });
}

TEST_CASE("lines: continuations, comments between them, other escapes, here-documents") {
  check({
      {"FROM a\nRUN x \\\n  # no\n\n  y && \\\n# no\n  z\nRUN w",
       {"FROM 0: image a [final]", "RUN 0: command x (\"y\", stage=0) [final]", "RUN 0: command z (stage=0) [final]",
        "RUN 1: command w (stage=0) [final]"}},
      {"FROM a\r\nRUN x && \\\r\n  y z\r\nCMD [\"w\"]\r\n",
       {"FROM 0: image a [final]", "RUN 0: command x (stage=0) [final]", "RUN 0: command y (\"z\", stage=0) [final]",
        "CMD 0: entry CMD = \"[\"w\"]\" [final]", "CMD 1: command w (stage=0) [final]"}},
      {"# escape=`\nFROM a\nRUN x `\n  y\n", {"FROM 0: image a [final]", "RUN 0: command x (\"y\", stage=0) [final]"}},
      {"FROM a\nRUN <<EOF\nx\ny > z\nEOF\nRUN w",
       {"FROM 0: image a [final]", "RUN 0: command x (stage=0) [final]", "RUN 1: command y (>=\"z\", stage=0) [final]",
        "RUN 2: command w (stage=0) [final]"}},
      {"FROM a\nRUN <<EOF bash -e\nx\nEOF", {"FROM 0: image a [final]", "RUN 0: command x (stage=0) [final]"}},
      {"FROM a\nRUN python3 <<EOF\nimport os\nEOF\n",
       {"FROM 0: image a [final]", "RUN 0: command python3 (<<=\"import os\\n\", stage=0) [final]"}},
      {"FROM a\nCOPY <<EOF /x\nFROM b\nEOF\nUSER u",
       {"FROM 0: image a [final]", "COPY 0: entry COPY = \"<<EOF /x\" [final]", "USER 0: entry USER = \"u\" [final]"}},
      {"FROM a\nRUN x <<EOF\nUSER u",
       {"FROM 0: image a [final]", "RUN 0: command x (stage=0) [final]", "USER 0: entry USER = \"u\" [final]"}},
      {"FROM a\nONBUILD RUN x", {"FROM 0: image a [final]", "RUN 0: command x (stage=0) [final]"}},
      {"FROM a\nENV A=1 \\\n    B=2",
       {"FROM 0: image a [final]", "ENV 0: entry ENV.A = \"1\" [final]", "ENV 0: entry ENV.B = \"2\" [final]"}},
  });
}

TEST_CASE("development is the stage's or the file's name") {
  CHECK(facts_of("FROM a AS dev-deps") == std::vector<std::string>{"FROM 0: image a (as=\"dev-deps\") [final] [dev]"});
  CHECK(facts_of("FROM a AS devices") == std::vector<std::string>{"FROM 0: image a (as=\"devices\") [final]"});
  CHECK(facts_of("FROM a", "docker/Dockerfile.dev") == std::vector<std::string>{"FROM 0: image a [final] [dev]"});
}

TEST_CASE("spans stand in the file") {
  std::string text = "FROM a\r\n\r\nRUN x \\\r\n # c\r\n && y $Z\r\nCMD [ \"sh\", \"-c\", \"run me\" ]\r\n";
  FileFacts facts = read(text);
  auto of = [&](size_t i) {
    return text.substr(facts.facts()[i].span.begin, facts.facts()[i].span.end - facts.facts()[i].span.begin);
  };
  REQUIRE(facts.facts().size() == 7);
  CHECK(of(0) == "FROM a");
  CHECK(of(2) == "$Z");
  CHECK(of(3) == "y $Z");
  CHECK(of(4) == "CMD [ \"sh\", \"-c\", \"run me\" ]");
  CHECK(of(5) == "[ \"sh\", \"-c\", \"run me\" ]");
  CHECK(of(6) == "run me");
}

TEST_CASE("hostile Dockerfiles end") {
  auto repeat = [](std::string_view part, size_t count) {
    std::string out;
    for (size_t i = 0; i < count; ++i) out += part;
    return out;
  };
  for (const std::string& text :
       {repeat("FROM a AS b\nFROM b\n", 2000), repeat("RUN a <<X\n", 20000), "FROM a\nCMD " + repeat("[", 50000),
        "FROM a\nENV A=aaaaaaaa\n" + repeat("ENV A=$A$A\n", 200), repeat("\\\n", 20000), std::string("RUN \\"),
        std::string("RUN"), "FROM ${" + repeat("A:-${", 10000), "ENV A=" + repeat("$", 20000),
        std::string("FROM a\nCMD [\"\\"), std::string("ONBUILD")}) {
    FileFacts facts = read(text);
    CHECK(facts.facts().size() <= text.size() + 1);
  }
}
