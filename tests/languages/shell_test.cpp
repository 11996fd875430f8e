#include "languages/shell/shell.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace tfcheck;

namespace {

struct Flag {
  uint32_t bit;
  const char* name;
};

constexpr Flag flag_names[] = {
    {context::InFunction, "function"},   {context::InLoop, "loop"},         {context::LoopForever, "forever"},
    {context::InCondition, "condition"}, {context::DevGuard, "dev"},        {context::Background, "&"},
    {context::PipeIn, "pipe-in"},        {context::Exec, "exec"},           {context::PipeOut, "pipe-out"},
    {context::AndNext, "next"},          {context::Nohup, "nohup"},         {context::Substitution, "subst"},
    {context::Setsid, "setsid"},         {context::Sudo, "sudo"},           {context::Negated, "not"},
    {context::Sourced, "sourced"},       {context::ShellForm, "shell-form"}};

// "index: fact [flags]", with the scope in front when there is one.
std::string line(const Fact& fact) {
  std::string out = std::to_string(fact.context.index) + ": " + to_string(fact);
  if (!fact.context.scope.empty()) out = std::string(fact.context.scope) + " " + out;
  std::string flags;
  for (const Flag& flag : flag_names) {
    if (fact.context.has(flag.bit)) flags += (flags.empty() ? "" : " ") + std::string(flag.name);
  }
  return flags.empty() ? out : out + " [" + flags + "]";
}

std::vector<std::string> lines(const FileFacts& facts) {
  std::vector<std::string> out;
  for (const Fact& fact : facts.facts()) out.push_back(line(fact));
  return out;
}

std::vector<std::string> facts_of(std::string_view text) {
  FileFacts facts;
  add_shell(facts, {text, {}});
  return lines(facts);
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

std::string repeat(std::string_view part, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += part;
  return out;
}

}  // namespace

TEST_CASE("words lose their quotes and keep what is not known as placeholders") {
  check({
      {"gunicorn app:app -b \"0.0.0.0:8000\" 'a  b' c\\ d $'x\\ty'",
       {"0: command gunicorn (\"app:app\", \"-b\", \"0.0.0.0:8000\", \"a  b\", \"c d\", \"x\\ty\")"}},
      {"x a\"b\"'c'", {"0: command x (\"abc\")"}},
      {"x \"\" ''", {"0: command x (\"\", \"\")"}},
      {"x \"a \\\"b\\\" \\n \\$c\"", {"0: command x (\"a \"b\" \\n $c\")"}},
      {"x \"  $HOME  y\"", {"0: env-read HOME", "0: command x (template\"  ${HOME}  y\")"}},
      {"x $PORT ${HOST}", {"0: env-read PORT", "0: env-read HOST", "0: command x (env(PORT), env(HOST))"}},
      {"x ${PORT:-3000} ${A-} \"${B:=b c}\"",
       {"0: env-read PORT = \"3000\"", "0: env-read A = \"\"", "0: env-read B = \"b c\"",
        "0: command x (env(PORT, \"3000\"), env(A, \"\"), env(B, \"b c\"))"}},
      {"x :${PORT:-80}/ ${URL%/*} ${TOKEN:?missing}",
       {"0: env-read PORT = \"80\"", "0: env-read URL", "0: env-read TOKEN",
        "0: command x (template\":${PORT:-80}/\", template\"${URL%/*}\", env(TOKEN))"}},
      {"x \"$@\" $1 $? $$", {"0: command x (@, 1, ?, $)"}},
      {"x ${{ secrets.TOKEN }} \"{{ .Values.port }}\"",
       {"0: command x (template\"${{ secrets.TOKEN }}\", template\"{{ .Values.port }}\")"}},
      {"x $(date) `id -u` <(y)",
       {"0: command date [subst]", "0: command id (\"-u\") [subst]", "0: command y [subst]", "0: command x (?, ?, ?)"}},
      {"# a comment\n: # no\n", {"0: command :"}},
  });
}

TEST_CASE("what the text assigns is a constant, what the environment overrides is not") {
  check({
      {"LOG=app.log\nx >> $LOG", {"0: assign LOG = \"app.log\"", "1: command x (>>=\"app.log\")"}},
      {"PORT=${PORT:-80}\nx $PORT",
       {"0: env-read PORT = \"80\"", "0: assign PORT = env(PORT, \"80\")", "1: command x (env(PORT, \"80\"))"}},
      {": ${PORT:=80}; x $PORT",
       {"0: env-read PORT = \"80\" [next]", "0: command : (env(PORT, \"80\")) [next]",
        "1: command x (env(PORT, \"80\"))"}},
      {"if [ -z \"$PORT\" ]; then PORT=80; fi\nx $PORT",
       {"0: branch if = \"[ -z \"$PORT\" ]\" (\"-z\", env(PORT))", "1: env-read PORT",
        "2: env-read PORT = \"80\" [condition]", "2: assign PORT = \"80\" [condition]",
        "3: command x (env(PORT, \"80\"))"}},
      {"A=1; A=2; x $A", {"0: assign A = \"1\"", "1: assign A = \"2\"", "2: command x (A)"}},
      {"if y; then A=1; fi; x $A",
       {"0: branch if = \"y\"", "1: command y", "2: assign A = \"1\" [condition]", "3: command x (A)"}},
      {"for p in 80 81; do x $p; done", {"0: branch for = \"80 81\" (\"80\", \"81\")", "1: command x (p) [loop]"}},
      {"read name; x $name", {"0: command read (\"name\") [next]", "1: command x (name)"}},
      {"CMD='gunicorn -b :$PORT'; exec $CMD",
       {"0: assign CMD = \"gunicorn -b :$PORT\"", "1: command gunicorn (wrapper=\"exec\", \"-b\", \":$PORT\") [exec]"}},
      {"CMD=\"app -p $PORT\"; $CMD",
       {"0: env-read PORT", "0: assign CMD = template\"app -p ${PORT}\"",
        "1: command app (\"-p\", template\"${PORT}\")"}},
      {"export A=1 B; readonly C=$D",
       {"0: assign A = \"1\" (by=\"export\")", "1: env-read D", "1: assign C = env(D) (by=\"readonly\")"}},
      {"X=(a \"$B\"); x \"${X[@]}\"", {"0: env-read B", "0: assign X = [\"a\", env(B)]", "1: command x (X[@])"}},
  });
}

TEST_CASE("a command is named behind its wrappers") {
  check({
      {"exec bundle exec puma -p 3000",
       {"0: command puma (wrapper=\"exec\", wrapper=\"bundle exec\", \"-p\", \"3000\") [exec]"}},
      {"sudo -u www env A=1 B=$C nohup setsid /opt/x/app -d",
       {"0: env-read C",
        "0: command app (wrapper=\"sudo\", wrapper-option=\"-u\", wrapper-option=\"www\", wrapper=\"env\", A==\"1\", "
        "B==env(C), wrapper=\"nohup\", wrapper=\"setsid\", path=\"/opt/x/app\", \"-d\") [nohup setsid sudo]"}},
      {"tini -g -- node x.js", {"0: command node (wrapper=\"tini\", wrapper-option=\"-g\", \"x.js\")"}},
      {"gosu app timeout -k 5 30 python -m gunicorn x",
       {"0: command python (wrapper=\"gosu\", wrapper-option=\"app\", wrapper=\"timeout\", wrapper-option=\"-k\", "
        "wrapper-option=\"5\", wrapper-option=\"30\", \"-m\", \"gunicorn\", \"x\")"}},
      {"npx -y cross-env NODE_ENV=production node .",
       {"0: command node (wrapper=\"npx\", wrapper-option=\"-y\", wrapper=\"cross-env\", NODE_ENV==\"production\", "
        "\".\")"}},
      {"./wait-for-it.sh db:5432 -t 0 -- rails s",
       {"0: command rails (wrapper=\"wait-for-it.sh\", wrapper-option=\"db:5432\", wrapper-option=\"-t\", "
        "wrapper-option=\"0\", "
        "\"s\")"}},
      {"wait-for-it.sh db:5432", {"0: command wait-for-it.sh (\"db:5432\")"}},
      {"command -v node", {"0: command command (\"-v\", \"node\")"}},
      {"bundle install", {"0: command bundle (\"install\")"}},
      {"start-stop-daemon --background --exec /bin/x",
       {"0: command start-stop-daemon (\"--background\", \"--exec\", \"/bin/x\")"}},
      {"exec > app.log 2>&1", {"0: command exec (>=\"app.log\", 2>&1=\"&1\")"}},
      {"exec \"$@\"", {"0: command $@ (wrapper=\"exec\") [exec]"}},
      {"${PYTHON:-python3} manage.py", {"0: env-read PYTHON = \"python3\"", "0: command python3 (\"manage.py\")"}},
      {"$JAVA_HOME/bin/java -jar x",
       {"0: env-read JAVA_HOME", "0: command java (path=\"${JAVA_HOME}/bin/java\", \"-jar\", \"x\")"}},
      {"A=1 B= x y", {"0: command x (\"y\", A==\"1\", B==\"\")"}},
      {"ps | xargs kill -9", {"0: command ps [pipe-out]", "0: command kill (wrapper=\"xargs\", \"-9\") [pipe-in]"}},
  });
}

TEST_CASE("redirects are named arguments") {
  check({
      {"x > a 2>> b < c", {"0: command x (>=\"a\", 2>>=\"b\", <=\"c\")"}},
      {"x &> a; x >& b; x >| c; x 1> d",
       {"0: command x (&>=\"a\") [next]", "1: command x (&>=\"b\") [next]", "2: command x (>=\"c\") [next]",
        "3: command x (>=\"d\")"}},
      {"x > a 2>&1 y", {"0: command x (\"y\", >=\"a\", 2>&1=\"&1\")"}},
      {"x 2>/dev/null >&2", {"0: command x (2>=\"/dev/null\", >&2=\"&2\")"}},
      {"{ a; b; } >> log", {"1: command a (>>=\"log\") [next]", "2: command b (>>=\"log\")"}},
      {"cat > f <<EOF\nrm -rf $X $(y)\nEOF\nz",
       {"0: env-read X", "0: command y [subst]", "0: command cat (>=\"f\", <<=template\"rm -rf $X $(y)\\n\")",
        "1: command z"}},
      {"cat <<'EOF' | z\nrm $X\nEOF", {"0: command cat (<<=\"rm $X\\n\") [pipe-out]", "0: command z [pipe-in]"}},
      {"sh <<'EOF'\nrm x\nEOF", {"0: command sh (<<=\"rm x\\n\")", "1: command rm (\"x\")"}},
  });
}

TEST_CASE("commands of one pipeline or list share their index") {
  check({
      {"ps -ef | grep job | grep -v grep\npgrep x || start y",
       {"0: command ps (\"-ef\") [pipe-out]", "0: command grep (\"job\") [pipe-in pipe-out]",
        "0: command grep (\"-v\", \"grep\") [pipe-in]", "1: command pgrep (\"x\")",
        "1: command start (\"y\") [condition]"}},
      {"a && b || c", {"0: command a [next]", "0: command b [condition]", "0: command c [condition]"}},
      {"a & b &\nc", {"0: command a [&]", "1: command b [&]", "2: command c"}},
      {"a && nohup b > l &",
       {"0: command a [& next]", "0: command b (wrapper=\"nohup\", >=\"l\") [condition & nohup]"}},
      {"! a -q || { b; c; }",
       {"0: command a (\"-q\") [not]", "0: command b [condition next]", "0: command c [condition]"}},
      {"(cd x; y) | z", {"0: command cd (\"x\") [pipe-out next]", "0: command y [pipe-out]", "0: command z [pipe-in]"}},
      {"x $(a | b)", {"0: command a [pipe-out subst]", "0: command b [pipe-in subst]", "0: command x (?)"}},
      {". ./env.sh; source lib",
       {"0: command source (\"./env.sh\") [next sourced]", "0: import ./env.sh [next sourced]",
        "1: command source (\"lib\") [sourced]", "1: import lib [sourced]"}},
      {"trap '' TERM", {"0: command trap (\"\", \"TERM\")"}},
  });
}

TEST_CASE("branches and loops") {
  check({
      {"while true; do app; done",
       {"0: branch while = true", "1: command true [loop forever]", "2: command app [loop forever]"}},
      {"until false; do app; done",
       {"0: branch until = true", "1: command false [loop forever]", "2: command app [loop forever]"}},
      {"while sleep 5; do app; done",
       {"0: branch while = true", "1: command sleep (\"5\") [loop forever]", "2: command app [loop forever]"}},
      {"for ((;;)); do app; done", {"0: branch for = true", "1: command app [loop forever]"}},
      {"while :; do app && break; done",
       {"0: branch while = \":\"", "1: command : [loop]", "2: command app [loop next]",
        "2: command break [loop condition]"}},
      {"until pg_isready; do sleep 1; done",
       {"0: branch until = \"pg_isready\"", "1: command pg_isready [loop]", "2: command sleep (\"1\") [loop]"}},
      {"if [ \"$E\" = dev ]; then a; elif b; then c; else d; fi",
       {"0: branch if = \"[ \"$E\" = dev ]\" (env(E), \"=\", \"dev\")", "1: env-read E", "2: command a [condition dev]",
        "0: branch if = \"b\"", "3: command b", "4: command c [condition]", "5: command d [condition]"}},
      {"[[ $E != production ]] && a",
       {"0: branch if = \"[[ $E != production ]]\" (env(E), \"!=\", \"production\") [next]", "0: env-read E",
        "0: command a [condition]"}},
      {"case \"$1\" in start|run) a ;; test) b;; esac",
       {"0: branch case = \"\"$1\"\" (1, \"start\", \"run\", \"test\")", "1: command a [condition]",
        "2: command b [condition dev]"}},
  });
}

TEST_CASE("the string of sh -c is shell text") {
  check({
      {"sh -ec 'exec app | tee l'",
       {"0: command sh (\"-ec\", \"exec app | tee l\")", "1: command app (wrapper=\"exec\") [exec pipe-out]",
        "1: command tee (\"l\") [pipe-in]"}},
      {"nohup bash -c \"app -p $PORT\" &",
       {"0: env-read PORT [&]", "0: command bash (wrapper=\"nohup\", \"-c\", template\"app -p ${PORT}\") [& nohup]",
        "1: env-read PORT [& nohup]", "1: command app (\"-p\", env(PORT)) [& nohup]"}},
      {"su app -c 'x'", {"0: command su (\"app\", \"-c\", \"x\")", "1: command x"}},
      {"bash -o pipefail -c x", {"0: command bash (\"-o\", \"pipefail\", \"-c\", \"x\")", "1: command x"}},
      {"sh run.sh -c x", {"0: command sh (\"run.sh\", \"-c\", \"x\")"}},
      {"ssh host 'rm x'", {"0: command ssh (\"host\", \"rm x\")"}},
  });
  FileFacts facts;
  add_shell(facts, {"sh -c \"sh -c \\\"sh -c 'sh -c x'\\\"\"", {}});
  CHECK(facts.facts().size() == 4);
}

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
  CHECK(exec({"/usr/bin/tini", "--", "npm", "start"}) == Lines{"CMD 3: command npm (wrapper=\"tini\", \"start\")"});
  CHECK(exec({"sh", "-c", "exec app $X"}) == Lines{"CMD 3: command sh (\"-c\", \"exec app $X\")", "CMD 4: env-read X",
                                                   "CMD 4: command app (wrapper=\"exec\", env(X)) [exec]"});
  CHECK(exec({}).empty());
}

TEST_CASE("scripts: functions are scopes") {
  FileFacts facts;
  shell_adapter().extract({"bin/run.sh", "#!/bin/sh\r\nf() {\r\n  app x\r\n}\r\nf\r\n"}, facts);
  CHECK(lines(facts) == std::vector<std::string>{"f 2: command app (\"x\") [function]", "3: command f"});
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
