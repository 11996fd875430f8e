#include "masking/sensitive_text.h"

#include <catch2/catch.hpp>

#include "masking/sensitive_command.h"
#include "masking/sensitive_name.h"
#include "support/vocabulary.h"

using namespace tfcheck;

namespace {

// The text with every secret as [].
std::string cut(std::string_view text, TextKind kind) {
  std::string out;
  size_t at = 0;
  for (Span span : sensitive_parts(model_words().masking, text, kind)) {
    out += text.substr(at, span.begin - at);
    out += "[]";
    at = span.end;
  }
  return out.append(text.substr(at));
}

struct Row {
  const char* text;
  const char* cut;
};

void check(TextKind kind, std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(cut(row.text, kind) == row.cut);
  }
}

}  // namespace

TEST_CASE("passwords of URLs, escaped, joined and short ones too") {
  check(TextKind::Code,
        {
            {R"(X = "postgres://shop:abc1@db/x")", R"(X = "postgres://shop:[]@db/x")"},
            {R"(X = "redis://:abc123@cache:6379/0")", R"(X = "redis://:[]@cache:6379/0")"},
            {R"(X = "postgres://shop:Qz7\x70L2@db")", R"(X = "postgres://shop:[]@db")"},
            {R"(X = "postgres://shop:Qz7\u0070\160@db")", R"(X = "postgres://shop:[]@db")"},
            {R"(X = "postgres://shop:" + "Qz7" + "L2@db")", R"(X = "postgres://shop:" + "[]" + "[]@db")"},
            {R"(X = "postgres://shop:" "Qz7" 'L2' "@db")", R"(X = "postgres://shop:" "[]" '[]' "@db")"},
            {R"(X = 'amqp://guest:guest@mq')", R"(X = 'amqp://guest:[]@mq')"},
            {R"(X = "postgres://shop:p@ss:1@db/x@y")", R"(X = "postgres://shop:[]@db/x@y")"},
            {R"(X = "postgres://shop:a/b1?c@db/x")", R"(X = "postgres://shop:[]@db/x")"},
            {R"(dsn := "shop:tulip7@tcp(db:3306)/shop")", R"(dsn := "shop:[]@tcp(db:3306)/shop")"},
            {R"(git clone https://ab12cd34ef56ab78cd@git.x/y)", R"(git clone https://[]@git.x/y)"},
            {R"(git clone https://ab12cd34ef56ab78cd:x-oauth-basic@git.x/y)",
             R"(git clone https://[]:x-oauth-basic@git.x/y)"},
        });
  // Nothing to hide: no password, a reference, a port.
  for (const char* text : {"https://host:8080/a@b", "https://git@github.com/x/y.git", "postgres://user:${PW}@db",
                           "postgres://u:%s@db", "postgres://u:$PW@db/x", "postgres://u:{pw}@db",
                           "postgres://u:<pw>@db", "http://cdn/npm/vue@3", "postgres://u:********@db",
                           "http://host:port/a@b", "http://[::1]:80/a@b", "://", "a://:@", "http://${H}:${P}/a@b"}) {
    CAPTURE(text);
    CHECK(cut(text, TextKind::Code) == text);
  }
}

TEST_CASE("what a name that announces a secret is given") {
  check(TextKind::Code,
        {
            {R"(password = "abc123")", R"(password = "[]")"},
            {R"(DB_PASSWORD='abc1')", R"(DB_PASSWORD='[]')"},
            {R"(dbPassword: "abc1",)", R"(dbPassword: "[]",)"},
            {R"("db.password": "abc1",)", R"("db.password": "[]",)"},
            {R"($config['api-key'] = 'abc1';)", R"($config['api-key'] = '[]';)"},
            {R"(:password => "abc1")", R"(:password => "[]")"},
            {R"(apiKey := "abc1")", R"(apiKey := "[]")"},
            {R"(const password: string = "abc1";)", R"(const password: string = "[]";)"},
            {R"(password = b"abc1")", R"(password = b"[]")"},
            {R"(password = """abc1""")", R"(password = """[]""")"},
            {R"(password = "ab\"c1" + "def2")", R"(password = "[]" + "[]")"},
            {R"(x = "{\"password\": \"abc1\"}")", R"(x = "{\"password\": \"[]\"}")"},
            {R"(props.put("password", "abc1");)", R"(props.put("password", "[]");)"},
            {R"(config.setPassword("abc1"))", R"(config.setPassword("[]"))"},
            {R"(<password>abc1</password>)", R"(<password>[]</password>)"},
            {R"(<add key="SmtpPassword" value="abc1" />)", R"(<add key="SmtpPassword" value="[]" />)"},
            {R"({"name": "DB_PASSWORD", "value": "abc1"})", R"({"name": "DB_PASSWORD", "value": "[]"})"},
            {R"(cs = "Server=db;User Id=u;Password=hunter;")", R"(cs = "Server=db;User Id=u;Password=[];")"},
            {R"(u = "https://x/?token=abc1&y=2")", R"(u = "https://x/?token=[]&y=2")"},
            {R"(x = "${DB_PASSWORD:-abc1}")", R"(x = "${DB_PASSWORD:-[]}")"},
            {R"(password: "${DB_PASSWORD:abc1}")", R"(password: "${DB_PASSWORD:[]}")"},
            {R"(# DB_PASSWORD=abc123 as on staging)", R"(# DB_PASSWORD=[] as on staging)"},
            {R"(headers = {"Authorization": "Bearer abc123"})", R"(headers = {"Authorization": "Bearer []"})"},
            {R"(headers["X-Api-Key"] = "abc123")", R"(headers["X-Api-Key"] = "[]")"},
            {R"(f("Basic dXNlcjpwYXNz"))", R"(f("Basic []"))"},
            {R"(if password == "hunter22":)", R"(if password == "[]":)"},
            {R"(password = read("DB_PW1") or "abc1")", R"(password = read("DB_PW1") or "[]")"},
            {R"(const apiKey = env.KEY ?? 'abc1';)", R"(const apiKey = env.KEY ?? '[]';)"},
            {R"(secret = live ? "abc1" : "def1")", R"(secret = live ? "[]" : "[]")"},
            {R"(exec("PGPASSWORD=abcPw psql"))", R"(exec("PGPASSWORD=[] psql"))"},
            {R"(password "tulip")", R"(password "[]")"},
            {R"(pin = 1; password = 1234)", R"(pin = 1; password = [])"},
        });
  for (const char* text : {"password = os.environ['DB_PASSWORD']",
                           "password = get_password('db')",
                           "connect(password=password)",
                           "password: str = ''",
                           "token = parser.next()",
                           "token_type = 'bearer'",
                           "password_file = '/run/secrets/x1'",
                           "password = 'changeme'",
                           "password = 'your-password'",
                           "password = \"${DB_PASSWORD}\"",
                           "password = '<password>'",
                           "password = \"{{ .Values.password }}\"",
                           "password = process.env.PASS1",
                           "getPassword('db1')",
                           "csrf_token = 'abc123'",
                           "proxy_pass = 'abc123'",
                           "id-token: write",
                           "credentials: 'include'",
                           "password = '********'",
                           "password = 'abc********yz'",
                           "labels = ['user', 'password', 'host']",
                           "private_key = '/etc/ssl/key.pem'",
                           "if token == '{':",
                           "password = 'guest'",
                           "tokens = 4096",
                           "passwordField = 'user_password'"}) {
    CAPTURE(text);
    CHECK(cut(text, TextKind::Code) == text);
  }
}

TEST_CASE("bare words are values in configuration and shell text") {
  check(TextKind::Config, {
                              {"password: abc", "password: []"},
                              {"  password: my pass phrase # why", "  password: [] # why"},
                              {"- DB_PASSWORD=abc", "- DB_PASSWORD=[]"},
                              {"db.password = abc", "db.password = []"},
                              {"ENV DB_PASSWORD abc", "ENV DB_PASSWORD []"},
                              {"environment: {DB_PASSWORD: abc, X: y}", "environment: {DB_PASSWORD: [], X: y}"},
                              {"{name: DB_PASSWORD, value: abc}", "{name: DB_PASSWORD, value: []}"},
                              {"password: ${DB_PASSWORD:abc}", "password: ${DB_PASSWORD:[]}"},
                              {"url: ${DB_URL:redis://:abc1@h}", "url: ${DB_URL:redis://:[]@h}"},
                              {"requirepass abc", "requirepass []"},
                              {"password: ${{ secrets.DB }}", "password: ${{ secrets.DB }}"},
                              {"password:", "password:"},
                              {"password: |", "password: |"},
                              {"password: *anchor", "password: *anchor"},
                              {"token: $TOKEN", "token: $TOKEN"},
                              {"secrets: inherit", "secrets: inherit"},
                          });
  check(TextKind::Shell, {
                             {"DB_PASSWORD=abc run it", "DB_PASSWORD=[] run it"},
                             {"export TOKEN='abc d'", "export TOKEN='[]'"},
                             {"curl -H \"Authorization: Bearer abc\" x", "curl -H \"Authorization: Bearer []\" x"},
                             {"curl -H 'PRIVATE-TOKEN: abc' x", "curl -H 'PRIVATE-TOKEN: []' x"},
                             {"PASSWORD=$(cat /run/x)", "PASSWORD=$(cat /run/x)"},
                             {"PASSWORD=\"${1}\"", "PASSWORD=\"${1}\""},
                             {"echo ${DB_PASSWORD:-abc}", "echo ${DB_PASSWORD:-[]}"},
                         });
  check(TextKind::Prose,
        {
            {"public demo, password: tulip77", "public demo, password: []"},
            {"the password hunter22 is public", "the password [] is public"},
            {"token: see the wiki", "token: see the wiki"},
            {"`gunicorn --env DB_PASSWORD=abc -D` writes", "`gunicorn --env DB_PASSWORD=[] -D` writes"},
            {"API_TOKEN holds a literal secret (abc********yz).", "API_TOKEN holds a literal secret (abc********yz)."},
        });
}

TEST_CASE("options of commands, in shell text and in lists") {
  check(TextKind::Shell, {
                             {"mysql -u root -pabc shop", "mysql -u root -p[] shop"},
                             {"/usr/bin/mysqldump -p'a b' shop", "/usr/bin/mysqldump -p'[]' shop"},
                             {"mysql \\\n  -pabc \\\n  shop", "mysql \\\n  -p[] \\\n  shop"},
                             {"curl -u ann:abc https://x", "curl -u ann:[] https://x"},
                             {"redis-cli -h x -a abc ping", "redis-cli -h x -a [] ping"},
                             {"sshpass -p abc ssh x", "sshpass -p [] ssh x"},
                             {"docker login -u x -p abc reg", "docker login -u x -p [] reg"},
                             {"app --token abc --x y", "app --token [] --x y"},
                             {"app --db-password=abc", "app --db-password=[]"},
                             {"app --password 'two words' y", "app --password '[]' y"},
                             {"docker run -e DB_PASSWORD=abc x", "docker run -e DB_PASSWORD=[] x"},
                             {"run DB_PASSWORD=${PW:-hunter22x}", "run DB_PASSWORD=${PW:-[]}"},
                             {"run --password ${PW:-hunter22x} y", "run --password ${PW:-[]} y"},
                             {"- DB_PASSWORD=${PW}", "- DB_PASSWORD=${PW}"},
                             {"docker build --build-arg TOKEN=abc .", "docker build --build-arg TOKEN=[] ."},
                             {"htpasswd -b f ann abc", "htpasswd -b f ann []"},
                             {"rabbitmqctl add_user ann abc", "rabbitmqctl add_user ann []"},
                             {"keytool -storepass abc", "keytool -storepass []"},
                             {"openssl x -passin pass:abc", "openssl x -passin pass:[]"},
                         });
  check(TextKind::Code, {
                            {R"(run(["mysqldump", "-pabc", "x"]))", R"(run(["mysqldump", "-p[]", "x"]))"},
                            {R"(CMD ["app", "--password", "a b", "x"])", R"(CMD ["app", "--password", "[]", "x"])"},
                            {R"(system("curl -u ann:abc https://x"))", R"(system("curl -u ann:[] https://x"))"},
                            {R"("start": "node a.js --token abc1 --x")", R"("start": "node a.js --token [] --x")"},
                        });
  for (const char* text : {"docker run -p 3306:3306 mysql -p3306:3306", "psql -p5432", "app --password-stdin",
                           "mysql -p$PW", "app -p 80", "docker run -u 1000:1000 x", "app --token --x", "mkdir -p abc",
                           "parser.add_argument(\"--token\", default=x)"}) {
    CAPTURE(text);
    CHECK(cut(text, TextKind::Code) == text);
  }
}

TEST_CASE("scanning is linear in the text") {
  for (std::string_view piece :
       {"://",         "a://b:c",        "password=",  "password=\"",  "password='\"",
        "{{",          "password: {{{{", "${",         "password=${",  "--token '",
        "-p'",         "Basic \"",       "<password>", "@tcp(",        "\"password\",",
        "pass.",       "\\\"",           "mysql -p",   "curl -u a:b ", "Authorization: Bearer ",
        "key\" value="}) {
    std::string text;
    while (text.size() < 100'000) text += piece;
    CAPTURE(piece);
    for (TextKind kind : {TextKind::Code, TextKind::Shell, TextKind::Config, TextKind::Prose})
      CHECK(sensitive_parts(model_words().masking, text, kind).size() < text.size());
  }
}
