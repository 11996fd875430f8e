// What a finding says to do: in the notation of its file, about the very thing that it found.
#include <catch2/catch.hpp>

#include "support/built_in_session.h"
#include "support/memory_audit.h"

using namespace tfcheck;

namespace {

// The fix of a rule's first finding, "none" when it found nothing.
std::string fix(const TestFiles& files, std::string_view rule) {
  Report report = built_in_session().report(file_set(files));
  for (const ReportFinding& finding : report.findings) {
    if (finding.rule == rule) return finding.fix;
  }
  return "none";
}

bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a fix names the variable that the finding is about, in the notation of its file") {
  struct Row {
    const char* rule;
    TestFiles files;
    const char* says;
  };
  constexpr const char* secret = "config/hardcoded-secret";
  for (const Row& row : {
           Row{secret, {{"settings.py", "JWT_SIGNING_KEY = 'b8f2c61d9e'\n"}}, "os.environ[\"JWT_SIGNING_KEY\"]"},
           Row{secret, {{"shop.js", "const jwtSecret = 'b8f2c61d9e';\n"}}, "process.env.JWT_SECRET"},
           Row{secret, {{"application.properties", "jwt.secret=b8f2c61d9e\n"}}, "${JWT_SECRET}"},
           Row{secret,
               {{"src/main/resources/application.yml", "spring:\n  datasource:\n    password: b8f2c61d9e\n"}},
               "${DATASOURCE_PASSWORD}"},
           Row{secret, {{"config/database.yml", "production:\n  password: b8f2c61d9e\n"}}, "ENV[\"DB_PASSWORD\"]"},
           Row{"config/baked-config",
               {{"compose.yml",
                 "services:\n  db:\n    image: a:1\n    environment:\n      - DSN_PASSWORD=b8f2c61d9e\n"}},
               "${DSN_PASSWORD}"},
           Row{"config/baked-config",
               {{"compose.yml",
                 "services:\n  web:\n    image: a:1\n    environment:\n      - Desk__Password=b8f2c61d9e\n"}},
               "${DESK_PASSWORD}"},
           Row{"port-binding/hardcoded-port",
               {{"deploy/settings.yaml",
                 "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: desk\ndata:\n  application.yml: |\n"
                 "    server:\n      port: 8081\n"}},
               "server.port=${PORT:8080}"},
           Row{"logs/log-routing",
               {{"Desk.csproj",
                 "<Project Sdk=\"Microsoft.NET.Sdk.Web\"><ItemGroup>\n"
                 "<PackageReference Include=\"Serilog.Sinks.Seq\" Version=\"8.0.0\"/>\n</ItemGroup></Project>\n"},
                {"Program.cs", "WebApplication.CreateBuilder(args).Build().Run();\n"}},
               "WriteTo.Console("},
           Row{"disposability/no-graceful-shutdown",
               {{"src/main.ts",
                 "import { NestFactory } from '@nestjs/core';\nimport { Desk } from './desk';\n"
                 "async function start() {\n  const app = await NestFactory.create(Desk);\n"
                 "  await app.listen(process.env.PORT);\n}\nstart();\n"}},
               "app.enableShutdownHooks()"},
           Row{"config/secret-default",
               {{"a.rb", "KEY = ENV.fetch('PAY_PASSWORD', 'password')\n"}},
               "ENV.fetch(\"PAY_PASSWORD\")"},
           Row{"config/secret-default",
               {{"config/runtime.exs",
                 "config :shop, key: System.get_env(\"SHOP_SECRET_KEY_BASE\", \"b8f2c61d9e77\")\n"}},
               "fetch_env!(\"SHOP_SECRET_KEY_BASE\")"},
           Row{"backing-services/hardcoded-endpoint",
               {{"app.py", "app.config['STORE_DATABASE_URI'] = 'postgresql://shop@db/shop'\n"}},
               "os.environ[\"STORE_DATABASE_URI\"]"},
       }) {
    CAPTURE(row.files[0].first, row.files[0].second, row.says);
    CHECK(says(fix(row.files, row.rule), row.says));
  }
}

TEST_CASE("a fix fits what was found") {
  struct Row {
    const char* rule;
    TestFiles files;
    const char* fix;
  };
  constexpr const char* version = "dependencies/unpinned-version";
  constexpr const char* signal = "disposability/signal-not-forwarded";
  const std::pair<std::string, std::string> package = {"package.json", R"({"scripts": {"start": "node shop.js"}})"};
  for (const Row& row : {
           Row{version,
               {{"Dockerfile", "FROM node\n"}},
               "Name the version of node, or its digest, and let a bot raise it"},
           Row{version,
               {{".github/workflows/a.yml", "jobs:\n  test:\n    services:\n      db:\n        image: redis\n"}},
               "Name the version of redis, or its digest, and let a bot raise it"},
           Row{version,
               {{"Dockerfile", "FROM ruby:3.3.5\nRUN gem install fpm\n"}},
               "Write the version behind the name: `gem install NAME -v 1.2.3`"},
           Row{signal,
               {{"Dockerfile", "FROM rust:1.80\nCMD ./entrypoint.sh\n"}},
               "Write CMD as a JSON list of the program and its arguments"},
           Row{signal,
               {{"Dockerfile", "FROM a:1\nENTRYPOINT [\"./boot.sh\"]\n"}, {"boot.sh", "#!/bin/sh\npython3 shop.py\n"}},
               "Write `exec` in front of python3"},
           Row{signal,
               {{"Dockerfile", "FROM a:1\nCMD [\"pnpm\", \"start\"]\n"}, package},
               "Let CMD start the program itself, in place of pnpm"},
           Row{"config/committed-env-file",
               {{"certs/web.key",
                 "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIB\n"
                 "-----END PRIVATE KEY-----\n"}},
               "Make a new key, `git rm --cached` this one, and give each deploy its own as a mounted secret"},
           Row{"config/committed-env-file",
               {{".env", "LEVEL=debug\n"}},
               "Give each deploy these variables itself, and keep a `.env.example` with their names"},
           Row{"logs/log-file",
               {{"supervisord.conf", "[supervisord]\nlogfile=/var/log/s.log\n"}},
               "Write `logfile=/dev/stdout` and `logfile_maxbytes=0` in the section `[supervisord]`"},
           Row{"dependencies/lock-ignored",
               {{"package.json", R"({"private": true, "dependencies": {"express": "^4.18.0"}})"},
                {".gitignore", "package-lock.json\n"}},
               "Take the lock file out of `.gitignore`, commit it, and install from it"},
           Row{"build-release-run/mutable-release",
               {{"compose.yml", "services:\n  web:\n    image: acme/shop-web:latest\n"},
                {"shop-web/app.py", "x = 1\n"},
                {"shop-web/requirements.txt", "flask==3.0.3\n"}},
               "Tag each build with a unique id, and let the deploy name it: `acme/shop-web:${TAG}`, or its digest"},
           Row{"dependencies/missing-lockfile",
               {{"infra/provider.tf", "provider \"aws\" {}\n"}},
               "Commit `.terraform.lock.hcl`, which `terraform init` writes"},
       }) {
    CAPTURE(row.rule, row.files[0].first, row.files[0].second);
    CHECK(fix(row.files, row.rule) == row.fix);
  }
}
