// What the settings that a deploy starts with say anew is not live where it stands first: no secret of a deploy, no
// address.
#include <catch2/catch.hpp>

#include "support/built_in_session.h"
#include "support/memory_audit.h"

using namespace tfcheck;

namespace {

// "error" … of what a rule tells of a file, "" for nothing.
std::string severity(std::string_view rule, std::string_view path, const TestFiles& files) {
  Report report = built_in_session().report(file_set(files));
  for (const ReportFinding& finding : report.findings) {
    if (finding.rule == rule && finding.primary.region.path == path) return std::string(to_string(finding.severity));
  }
  return {};
}

std::string secret(std::string_view path, const TestFiles& files) {
  return severity("config/hardcoded-secret", path, files);
}

constexpr const char* python_base = "CACHE = {'a': {'PASSWORD': 'hTg7sKq2mXz9'}}\n";
constexpr const char* node_base = "module.exports = { db: { host: 'db', password: 'hTg7sKq2mXz9' } };\n";
constexpr const char* yaml_base = "shop:\n  mail:\n    password: hTg7sKq2mXz9\n";

}  // namespace

TEST_CASE("a module of settings above another says its values anew") {
  struct Row {
    const char* path;  // of the settings above settings/base.py
    const char* text;
    const char* severity;
  };
  for (const Row& row : {
           Row{"settings/live.py", "from .base import *\nCACHE['a']['PASSWORD'] = env('PW')\n", "note"},
           Row{"settings/live.py", "from settings.base import *\nCACHE = {'a': {'PASSWORD': env('PW')}}\n", "note"},
           Row{"settings/live.py", "from .base import *\nCACHE = {'a': env.cache()}\n", "note"},
           Row{"settings/live.py", "from .base import *\nCACHE = merge(CACHE, {'a': {'HOST': env('H')}})\n", "error"},
           Row{"settings/live.py", "from .base import *\nCACHE = {'b': {'PASSWORD': env('PW')}}\n", "error"},
           Row{"settings/live.py", "from .base import *\ndef f():\n    CACHE['a']['PASSWORD'] = env('PW')\n", "error"},
           Row{"settings/live.py", "from .other import *\nCACHE['a']['PASSWORD'] = env('PW')\n", "error"},
           Row{"settings/dev.py", "from .base import *\nCACHE['a']['PASSWORD'] = env('PW')\n", "error"},
           Row{"shop/orders.py", "from settings.base import *\nCACHE['a']['PASSWORD'] = env('PW')\n", "error"},
       }) {
    CAPTURE(row.path, row.text);
    CHECK(secret("settings/base.py", {{"settings/base.py", python_base},
                                      {row.path, "from shop import env\n" + std::string(row.text)}}) == row.severity);
  }
}

TEST_CASE("what a deploy starts with is live, and may be put in its place by the build") {
  const char* above = "import os\nfrom .base import *\nCACHE['a']['PASSWORD'] = os.environ['PW']\n";
  auto told = [&](const char* path, const char* dockerfile) {
    return secret("settings/base.py", {{"settings/base.py", python_base}, {path, above}, {"Dockerfile", dockerfile}});
  };
  CHECK(told("settings/live.py", "FROM a:1.2.3\nENV DJANGO_SETTINGS_MODULE=settings.base\n") == "error");
  CHECK(told("settings/live.py", "FROM a:1.2.3\nENV DJANGO_SETTINGS_MODULE=settings.live\n") == "note");
  CHECK(told("docker/config.py", "FROM a:1.2.3\nENV DJANGO_SETTINGS_MODULE=settings.config\n") == "note");
  CHECK(told("docker/config.py", "FROM a:1.2.3\n") == "error");
}

TEST_CASE("settings of production beside those of all say their values anew") {
  struct Row {
    const char* base;
    const char* text;
    const char* other;
    const char* above;
    const char* severity;
  };
  for (const Row& row : {
           Row{"conf/application.yml", yaml_base, "conf/application-prod.yml",
               "shop:\n  mail:\n    password: ${MAIL_PASSWORD}\n", "note"},
           Row{"conf/application.yml", yaml_base, "conf/application-prod.properties",
               "shop.mail.password=${MAIL_PASSWORD}\n", "note"},
           Row{"conf/application.yml", yaml_base, "conf/application-dev.properties",
               "shop.mail.password=${MAIL_PASSWORD}\n", "error"},
           Row{"conf/application.yml", yaml_base, "conf/application-prod.yml",
               "shop:\n  post:\n    password: ${MAIL_PASSWORD}\n", "error"},
           Row{"appsettings.json", R"({"Mail": {"Password": "hTg7sKq2mXz9"}})", "appsettings.Production.json",
               R"({"Mail": {"Password": ""}})", "note"},
           Row{"config/packages/mail.yaml", yaml_base, "config/packages/prod/mail.yaml",
               "shop:\n  mail:\n    password: '%env(MAIL_PASSWORD)%'\n", "note"},
           Row{"config/default.js", node_base, "config/production.js",
               "module.exports = { db: { password: process.env.DB_PASSWORD } };\n", "note"},
           Row{"config/base.js", node_base, "config/live.js",
               "const base = require('./base');\nmodule.exports = { ...base, db: { password: process.env.PW } };\n",
               "note"},
           Row{"config/base.ts", "export default { db: { host: 'db', password: 'hTg7sKq2mXz9' } };\n", "config/live.ts",
               "import base from './base';\nexport default merge(base, { db: { password: process.env.PW } });\n",
               "note"},
           Row{"config/base.php", "<?php\nreturn ['db' => ['host' => 'db', 'password' => 'hTg7sKq2mXz9']];\n",
               "config/prod.php",
               "<?php\nreturn array_merge(require __DIR__ . '/base.php', ['db' => ['password' => getenv('PW')]]);\n",
               "note"},
           Row{"config/application.rb",
               "module Shop\n  class Application < Rails::Application\n    config.x.api_secret = "
               "'hTg7sKq2mXz9'\n  end\nend\n",
               "config/environments/production.rb",
               "Rails.application.configure do\n  config.x.api_secret = ENV['API_SECRET']\nend\n", "note"},
       }) {
    CAPTURE(row.base, row.other, row.above);
    CHECK(secret(row.base, {{row.base, row.text}, {row.other, row.above}}) == row.severity);
  }
}

TEST_CASE("a class, a section or a document of production says the values of its base anew") {
  struct Row {
    const char* path;
    const char* text;  // with "%" for the stage
  };
  for (const Row& row : {
           Row{"config.py",
               "import os\nclass Config:\n    SECRET_KEY = 'hTg7sKq2mXz9'\n"
               "class @Config(Config):\n    SECRET_KEY = os.environ['KEY']\n"},
           Row{"application.yml",
               "shop:\n  password: hTg7sKq2mXz9\n---\nspring:\n  config:\n    activate:\n"
               "      on-profile: @\nshop:\n  password: ${SHOP_PASSWORD}\n"},
           Row{"application.properties", "shop.password=hTg7sKq2mXz9\n%@.shop.password=${SHOP_PASSWORD}\n"},
           Row{"config/database.yml",
               "default: &default\n  host: db\n  password: hTg7sKq2mXz9\n@:\n  <<: *default\n"
               "  password: <%= ENV['DB_PASSWORD'] %>\n"},
       }) {
    CAPTURE(row.path, row.text);
    auto told = [&](std::string_view stage) {
      std::string text = row.text;
      return secret(row.path, {{row.path, text.replace(text.find('@'), 1, stage)}});
    };
    CHECK(told(row.path[0] == 'c' && row.path[6] == '.' ? "Production" : "production") == "note");
    CHECK(told("Fast") == "error");
  }
}

TEST_CASE("an address that a deploy says anew is a default") {
  const char* base = "CACHE_URL = 'redis://localhost:6379/1'\n";
  auto told = [&](const char* above) {
    return severity("backing-services/hardcoded-endpoint", "settings/base.py",
                    {{"settings/base.py", base}, {"settings/live.py", above}, {"requirements.txt", "redis==5.0.1\n"}});
  };
  CHECK(told("import os\nfrom .base import *\nCACHE_URL = os.environ['CACHE_URL']\n") == "");
  CHECK(told("from .base import *\nDEBUG = False\n") != "");
}

TEST_CASE("an address in data of a deploy that nothing takes is worth a note") {
  auto told = [&](const char* path, const char* compose) {
    return severity("backing-services/hardcoded-endpoint", path,
                    {{path, "redis.host: redis.infra.svc.cluster.local\n"}, {"compose.yml", compose}});
  };
  const char* plain = "services:\n  web:\n    build: .\n";
  const char* mounts = "services:\n  web:\n    build: .\n    volumes:\n      - ./deploy/shop:/etc/shop:ro\n";
  CHECK(told("deploy/shop/k8s.yaml", plain) == "note");
  CHECK(told("deploy/shop/k8s.yaml", mounts) == "warning");
  CHECK(told("shop/k8s.yaml", plain) == "warning");
}

TEST_CASE("what a release of Elixir reads when it starts is above what was compiled into it") {
  const char* base = "import Config\nconfig :shop, Shop.Repo, password: \"hTg7sKq2mXz9\"\n";
  const char* anew =
      "import Config\nif config_env() == :prod do\n  config :shop, Shop.Repo, password: "
      "System.fetch_env!(\"PW\")\nend\n";
  const char* other = "import Config\nconfig :shop, Shop.Audit, password: System.fetch_env!(\"PW\")\n";
  CHECK(secret("config/config.exs", {{"config/config.exs", base}, {"config/runtime.exs", anew}}) == "note");
  CHECK(secret("config/prod.exs", {{"config/prod.exs", base}, {"config/releases.exs", anew}}) == "note");
  CHECK(secret("config/config.exs", {{"config/config.exs", base}, {"config/runtime.exs", other}}) == "error");
  CHECK(secret("config/config.exs", {{"config/config.exs", base}}) == "error");
}
