// How loud a secret is told: by what proves that it is live, or only somebody's own.
#include <catch2/catch.hpp>

#include "support/built_in_session.h"
#include "support/memory_audit.h"

using namespace tfcheck;

namespace {

// "error" … of the secret that a file is told to hold, "" for none.
std::string severity(std::string_view path, const TestFiles& files) {
  Report report = built_in_session().report(file_set(files));
  std::string found;
  for (const ReportFinding& finding : report.findings) {
    bool secret = finding.rule == "config/hardcoded-secret" || finding.rule == "config/baked-config" ||
                  finding.rule == "config/secret-default";
    if (secret && finding.primary.region.path == path) found = to_string(finding.severity);
  }
  return found;
}

}  // namespace

TEST_CASE("a fallback that production refuses is a note") {
  const char* inline_guard =
      "function build() {\n  config.jwtSecret = process.env.JWT_SECRET\n  if (!config.jwtSecret) {\n"
      "    if (process.env.NODE_ENV === 'production') {\n      throw new Error('none')\n    }\n"
      "    config.jwtSecret = 'nine-tulips-9-sea'\n  }\n}\n";
  const char* own_guard =
      "function reject(text) {\n  if (isProduction()) throw new Error(text)\n  console.warn(text)\n}\n"
      "function build() {\n  if (!config.jwtSecret) {\n    reject('none')\n    config.jwtSecret = 'nine-tulips-9-sea'\n"
      "  }\n}\n";
  const char* only_warns =
      "function reject(text) {\n  if (isProduction()) console.error(text)\n}\n"
      "function build() {\n  if (!config.jwtSecret) {\n    reject('none')\n    config.jwtSecret = 'nine-tulips-9-sea'\n"
      "  }\n}\n";
  const char* python =
      "import os\ndef build(app):\n    secret = os.environ.get('JWT_SECRET')\n    if not secret:\n"
      "        if app.env == 'production':\n            raise RuntimeError('none')\n"
      "        secret = 'nine-tulips-9-sea'\n    return secret\n";
  CHECK(severity("a.js", {{"a.js", inline_guard}, {"package.json", "{}"}}) == "note");
  CHECK(severity("a.js", {{"a.js", own_guard}, {"package.json", "{}"}}) == "note");
  CHECK(severity("a.js", {{"a.js", only_warns}, {"package.json", "{}"}}) == "warning");
  CHECK(severity("a.py", {{"a.py", python}}) == "note");
}

TEST_CASE("a page that looks into a store holds nothing itself") {
  const char* compose =
      "services:\n  shop:\n    build: .\n  admin:\n    image: dpage/pgadmin4:8.9\n    environment:\n"
      "      PGADMIN_DEFAULT_PASSWORD: winter\n";
  const char* store =
      "services:\n  shop:\n    build: .\n  db:\n    image: postgres:16.3\n    environment:\n"
      "      POSTGRES_PASSWORD: winter\n";
  CHECK(severity("compose.yaml", {{"compose.yaml", compose}}) == "note");
  CHECK(severity("compose.yaml", {{"compose.yaml", store}}) == "error");
}

TEST_CASE("a secret is as loud as its place is live") {
  const char* local =
      "spring.datasource.url=jdbc:mysql://localhost:3306/shop\nspring.datasource.username=shop\n"
      "spring.datasource.password=root\n";
  const char* remote =
      "spring.datasource.url=jdbc:mysql://db.shop.internal:3306/shop\n"
      "spring.datasource.username=shop\nspring.datasource.password=root\n";
  const char* base = "SECRET_KEY = 'between-us-42-and-no-more'\n";
  struct Row {
    const char* path;
    TestFiles files;
    const char* severity;
  };
  for (const Row& row : {
           Row{"src/main/resources/application.properties",
               {{"src/main/resources/application.properties", remote}},
               "error"},
           Row{"src/main/resources/application.properties",
               {{"src/main/resources/application.properties", local}},
               "warning"},
           Row{"src/main/resources/application-mysql.properties",
               {{"src/main/resources/application-mysql.properties", local}},
               "note"},
           Row{"settings/common.py", {{"settings/common.py", base}}, "error"},
           Row{"settings/common.py",
               {{"settings/common.py", base},
                {"settings/live.py", "import os\nfrom .common import *\nSECRET_KEY = os.environ['KEY']\n"}},
               "note"},
           Row{"settings/common.py",
               {{"settings/common.py", base}, {"settings/live.py", "import os\nSECRET_KEY = os.environ['KEY']\n"}},
               "error"},
           Row{"docker-compose.yml",
               {{"docker-compose.yml",
                 "services:\n  web:\n    build: .\n    environment:\n      DB_PASSWORD: tulip77sea\n"}},
               "error"},
           Row{"docker-compose.quickstart.yml",
               {{"docker-compose.quickstart.yml",
                 "services:\n  web:\n    build: .\n    environment:\n      DB_PASSWORD: tulip77sea\n"}},
               "note"},
           Row{"db.sh", {{"db.sh", "HOST=localhost\nUSER=root\nPASSWORD=root\nmysql -h$HOST -u$USER\n"}}, "note"},
           Row{"compose.yml",
               {{"compose.yml",
                 "services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: "
                 "${PW:-postgres}\n"}},
               "note"},
           Row{"compose.yml",
               {{"compose.yml",
                 "services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: "
                 "${PW:-postgres}\n  web:\n    build: .\n"}},
               "warning"},
       }) {
    CAPTURE(row.path, row.files.size());
    CHECK(severity(row.path, row.files) == row.severity);
  }
}

TEST_CASE("a secret beside the stage of development is for developers") {
  constexpr const char* pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n      image: shop:1\n"
      "      env:\n        - {name: APP_ENV, value: %}\n        - {name: DB_PASSWORD, value: tulip77sea}\n";
  struct Row {
    const char* path;
    const char* text;  // with "%" for the stage
  };
  for (Row row : {
           Row{"Dockerfile", "FROM ruby:3.3.1\nENV RAILS_ENV=% DB_PASSWORD=tulip77sea\n"},
           Row{"docker-compose.yml",
               "services:\n  web:\n    build: .\n    environment:\n      - ASPNETCORE_ENVIRONMENT=%\n"
               "      - DB_PASSWORD=tulip77sea\n"},
           Row{"docker-compose.yml",
               "services:\n  web:\n    build: .\n    environment:\n      SPRING_PROFILES_ACTIVE: %\n"
               "      DB_PASSWORD: ${DB_PASSWORD:-tulip77sea}\n"},
           Row{"deploy/pod.yaml", pod},
       }) {
    CAPTURE(row.path, row.text);
    auto told = [&](std::string_view stage) {
      std::string text = row.text;
      return severity(row.path, {{row.path, text.replace(text.find('%'), 1, stage)}});
    };
    CHECK(told("development") == "note");
    CHECK(told("production") != "note");
    CHECK(told("production") != "");
  }
  // Of another service.
  CHECK(severity("docker-compose.yml",
                 {{"docker-compose.yml",
                   "services:\n  web:\n    build: .\n    environment: {NODE_ENV: development}\n  live:\n"
                   "    build: ./live\n    environment: {DB_PASSWORD: tulip77sea}\n"}}) == "error");
}

TEST_CASE("a password of what nobody else can open is a note") {
  const char* h2 = "db.url=jdbc:h2:file:./shop\ndb.username=sa\ndb.password=sa-tulip\n";
  const char* remote = "db.url=jdbc:h2:tcp://db.shop.io/shop\ndb.username=sa\ndb.password=sa-tulip\n";
  const char* containers = "db.url=jdbc:tc:postgresql:16.6:///shop\ndb.username=shop\ndb.password=tulips\n";
  const char* stores = "encryption:\n  keystore: conf/.keystore\n  keystore_password: tulips\n";
  CHECK(severity("shop.properties", {{"shop.properties", h2}}) == "note");
  CHECK(severity("shop.properties", {{"shop.properties", containers}}) == "note");
  CHECK(severity("shop.properties", {{"shop.properties", remote}}) == "error");
  CHECK(severity("store.yaml", {{"store.yaml", stores}}) == "note");
  CHECK(severity("store.yaml", {{"store.yaml", stores}, {"conf/keys.p12", "0"}}) == "error");
  const char* fallback = "ssl:\n  key-store-password: ${STORE_PASSWORD:tulip77sea}\n";
  CHECK(severity("application.yml", {{"application.yml", fallback}}) == "note");
  CHECK(severity("application.yml", {{"application.yml", fallback}, {"keys.jks", "0"}}) == "warning");
}

TEST_CASE("the secret of a program that people install is a note, and so is what a form begins with") {
  auto login = [](std::string_view callback) {
    return "package login\n\nvar clientSecret = \"34ddeff2b558a23d38fba8a6de74f086ede1cc0b\"\n\nfunc flow() *Flow {\n"
           "\treturn &Flow{Secret: clientSecret, CallbackURI: \"" +
           std::string(callback) + "\"}\n}\n";
  };
  CHECK(severity("login.go", {{"login.go", login("http://127.0.0.1/callback")}}) == "note");
  CHECK(severity("login.go", {{"login.go", login("https://shop.io/callback")}}) == "error");
  const char* python =
      "CLIENT_SECRET = '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'\nREDIRECT_URI = 'urn:ietf:wg:oauth:2.0:oob'\n";
  CHECK(severity("login.py", {{"login.py", python}}) == "note");
  const char* form = "const form = useForm({ defaultValues: { user: 'shop', password: 'hTg7sKq2mXz9' } });\n";
  CHECK(severity("form.tsx", {{"form.tsx", form}, {"package.json", "{}"}}) == "note");
}

TEST_CASE("a salt that a framework mixes with its key opens nothing, zeros are no key") {
  auto phoenix = [](const char* option) {
    return severity("config/prod.exs",
                    {{"config/prod.exs", std::string("import Config\nconfig :shop, Shop.Endpoint, ") + option + "\n"}});
  };
  CHECK(phoenix("live_view: [signing_salt: \"hTg7sKq2mXz9\"]") == "note");
  CHECK(phoenix("token_secret: \"hTg7sKq2mXz9\"") == "error");
  CHECK(phoenix("api_secret: \"0x0000000000000000000000000000000000000000\"") == "");
}
