#include "model/scope.h"

#include <catch2/catch.hpp>

#include "base/text.h"
#include "support/vocabulary.h"

using namespace tfcheck;

namespace {

const PathRoles& roles() {
  return model_words().roles;
}

}  // namespace

TEST_CASE("a path decides by its role, not by a word in it") {
  struct Row {
    const char* path;
    const char* scope;
  };
  for (Row row : {
           Row{"src/app.py", ""},
           Row{"src/main/java/com/example/demo/App.java", ""},
           Row{"src/main/java/com/acme/test/TestRunner.java", ""},
           Row{"src/test/java/com/acme/AppTest.java", "test"},
           Row{"build/release.sh", ""},
           Row{"app/ExampleController.php", ""},
           Row{"examples/hello/app.js", "example"},
           Row{"_archived/meteor/Dockerfile", "retired"},
           Row{"services/attic/orders/main.go", "retired"},
           Row{"app/views/archived/list.rb", ""},
           Row{"pkg/archive/tar.go", ""},
           Row{"src/legacy/app.py", ""},
           Row{"docker/dummy/oidc/server.go", "test, seed"},
           Row{"src/dummyload/server.go", ""},
           Row{"workstation/postinstall/Dockerfile", "development"},
           Row{"docker/develop/noble/Dockerfile", "development"},
           Row{"Makefile.toml", "development"},
           Row{"config/makefile.toml.py", ""},
           Row{"test-core.ini", "test"},
           Row{"test-infrastructure/docker-compose.yml", "test"},
           Row{"tests/test_app.py", "test"},
           Row{"app/models_test.go", "test"},
           Row{"web/node_modules/x/index.js", "vendored"},
           Row{"cue.mod/gen/acme.example/desk/deployment.yaml", "vendored"},
           Row{"cue.mod/usr/acme.example/desk/deployment.yaml", ""},
           Row{"gen/deployment.yaml", ""},
           Row{"deploy/desk.yml.example", "aside"},
           Row{"deploy/desk.conf.sample", ""},
           Row{"deploy/example.yml.j2", ""},
           Row{".env.example", ""},
           Row{"vendor/github.com/x/y.go", "vendored"},
           Row{"wwwroot/lib/jquery/jquery.js", "vendored"},
           Row{"static/app.min.js", "minified"},
           Row{"docs/conf.py", "documentation"},
           Row{"README.md", "documentation"},
           Row{"config/environments/development.rb", "development"},
           Row{"config/environments/production.rb", ""},
           Row{"config/environments/test.rb", "test"},
           Row{"config/environments/benchmark.rb", "test"},
           Row{"bin/benchmark", "test"},
           Row{"script/load-test.sh", "test"},
           Row{"app/models/benchmark.rb", ""},
           Row{"lib/bench.py", ""},
           Row{"settings/local.py", "development"},
           Row{"docker-compose.yml", ""},
           Row{"docker-compose.dev.yml", "development"},
           Row{"docker-compose.override.yml", "development"},
           Row{".git-hooks/pre-commit", "development, editor"},
           Row{".husky/pre-push", "development, editor"},
           Row{"startup.relational.ci.sh", "test"},
           Row{"relational.e2e.Dockerfile", "test"},
           Row{"deploy/cicd.sh", ""},
           Row{"Dockerfile.dev", "development"},
           Row{".github/workflows/ci.yml", "ci"},
           Row{".travis.yml", "ci"},
           Row{".drone.star", "ci"},
           Row{"codefresh.yml", "ci"},
           Row{".cirrus.yml", "ci"},
           Row{".azuredevops/build.yml", "ci"},
           Row{"scripts/login-test.sh", "test"},
           Row{"bin/test_shop.sh", "test"},
           Row{"scripts/contest.sh", ""},
           Row{"{{cookiecutter.slug}}/settings/base.py", ""},
           Row{"docker/dev-compose.yml", "development"},
           Row{"docker/local/docker-compose.yml", "development"},
           Row{"deploy/kind/relations/postgresql.yaml", "development"},
           Row{"k8s/minikube/web.yaml", "development"},
           Row{"internal/kind/kind.go", ""},
           Row{"infra-dev/values.yaml", "development"},
           Row{"rootfs/usr/local/etc/nginx.conf", ""},
           Row{"local/app.py", ""},
           Row{"deploy/devices.yml", ""},
           Row{"config_example.yml", "example"},
           Row{"debian/init-script-example.sh", "example"},
           Row{"k8s/test-deployment.yaml", ""},
           Row{".env.example", ""},
           Row{"scripts/shop.bats", "test"},
           Row{"internal/session_fixtures.go", "test, seed"},
           Row{"Data/ShopDbInitializer.cs", "seed"},
           Row{"appsettings.Development.json", "development"},
           Row{"Acme.Web.Tests/Startup.cs", "test"},
           Row{"Migrations/20200101_Init.Designer.cs", "generated"},
           Row{"api/v1/service.pb.go", "generated"},
           Row{"checkout/messages/hammock.py", ""},
           Row{"Tests/a.py", "test"},
           Row{"acme-tests/a.js", "test"},
           Row{"wwwroot/LIB/a.js", "vendored"},
           Row{"src/lib/a.js", ""},
           Row{"lib/js/a.js", ""},
           Row{"settings/LOCAL.py", "development"},
           Row{"app/local.py", ""},
           Row{"src/main/kotlin/test/a.kt", ""},
           Row{"other/kotlin/test/a.kt", "test"},
           Row{"readme.MD", ""},
           Row{"_Examples/requirements-dev.txt", "example, development"},
           Row{"pkg/apitests/setup.go", "test"},
           Row{"contests/settings.py", ""},
           Row{"_unit-test/run.sh", "test"},
           Row{"app/Console/DemoSeederCommand.php", "seed"},
           Row{"scripts/start_dev_db.sh", "development"},
           Row{"docker/development/compose.yml", "development"},
           Row{"settings/local_dev.py", "development"},
           Row{"config.dev.yaml", "development"},
           Row{"env/.env.patch", "documentation"},
           Row{".woodpecker.yml", "ci"},
           Row{"pkg/files/setup_tests.go", "test"},
           Row{"web/playwright/global-setup.ts", "test"},
           Row{"build/docker-compose-smoke.yml", "test"},
           Row{"dev/docker/Dockerfile", "development"},
           Row{"device/settings.py", ""},
           Row{".devcontainer/docker-compose.yml", "development, editor"},
           Row{"contrib/compose/basic.yml", "example"},
           Row{"_example/main.go", "example"},
           Row{"ci/Dockerfile.debian", "ci"},
           Row{"db/seeds/users.rb", "seed"},
           Row{"src/hammock/settings.py", ""},
           Row{"web/strings.i18n.json", "translation"},
           Row{"app/deprecated/orders.py", ""},
           Row{"macosx/Sparkle.framework/Versions/B/Autoupdate", "vendored"},
           Row{"identity/.snapshots/TestImport.json", "test"},
           Row{"k6/lib/config.js", "test"},
           Row{"src/k6.js", ""},
           Row{"perf-tests/scenario.yml", "test"},
           Row{"performance/cache.py", ""},
           Row{"load/locustfile.py", "test"},
           Row{"plans/checkout.jmx", "test"},
           Row{"backend/initial_data/data.py", "seed"},
           Row{"backend/initial/data.py", ""},
           Row{"lib/external/Slim/Slim.php", "vendored"},
           Row{"external/payments.go", ""},
           Row{"config/settings/docker_development.py", "development"},
           Row{"config/settings/devices.py", ""},
           Row{"app/docker_development.py", ""},
           Row{"config/config.devel.php", "development"},
           Row{"config/config.deviation.php", ""},
       }) {
    CAPTURE(row.path);
    CHECK(scope_names(roles().of_path(row.path)) == row.scope);
  }
}

TEST_CASE("a translation is told by what its text begins with, whatever its ending") {
  CHECK(roles().of_text("i18n/app_de.ts", "<?xml version=\"1.0\"?>\n<!DOCTYPE TS>\n<TS version=\"2.1\">\n") ==
        scope::Translation);
  CHECK(roles().of_text("src/app.ts", "const mark = \"<!DOCTYPE TS>\";\n") == 0);
}

TEST_CASE("a translation is told by its folder and the language that it is named for") {
  struct Row {
    const char* path;
    bool is_data, translation;
  };
  for (Row row : {Row{"config/locales/de.yml", true, true}, Row{"web/i18n/common.json", true, true},
                  Row{"lang/pt_BR/auth.php", false, true}, Row{"resources/lang/en/passwords.php", false, true},
                  Row{"src/locales/zh-CN.ts", false, true}, Row{"src/messages/en.yml", true, true},
                  Row{"src/messages_de.properties", true, true}, Row{"src/messages.properties", true, true},
                  Row{"lang/du_nl.php", false, true}, Row{"lang/db_up.php", false, false},
                  Row{"src/messages/settings.py", false, false}, Row{"src/messages/queue.yml", true, false},
                  Row{"lang/settings.py", false, false}, Row{"src/i18n/index.ts", false, false},
                  Row{"src/locale_settings.py", false, false}, Row{"config/en.yml", true, false}}) {
    CAPTURE(row.path);
    std::string_view path = row.path;
    CHECK((roles().of_translation(dir_name(path), base_name(path), row.is_data) == scope::Translation) ==
          row.translation);
  }
}

TEST_CASE("text shows what is generated or minified") {
  CHECK(roles().of_text("a.go", "// Code generated by protoc. DO NOT EDIT.\npackage a\n") == scope::Generated);
  CHECK(roles().of_text("a.go", "package a\nconst banner = \"// Code generated by x\"\n") == 0);
  CHECK(roles().of_text("a.js", std::string(5000, 'x')) == scope::Minified);
  CHECK(roles().of_text("a.js", "let x = 1;\n") == 0);
}

TEST_CASE("a description of an interface is a document") {
  struct Row {
    const char *path, *text;
    bool described;
  };
  for (const Row& row :
       {Row{"api/swagger.yaml", "# The engine\nswagger: '2.0'\ninfo:\n  title: engine\n", true},
        Row{"api.yml", "openapi: 3.0.1\n", true}, Row{"config.yml", "docs:\n  openapi: /docs\n", false},
        Row{"api.json", "{\n  \"openapi\": \"3.0.1\"}", true}, Row{"api.json", "{\"app\": {\"openapi\": 1}}", false},
        Row{"crd.json", "{\n \"apiVersion\": \"apiextensions.k8s.io/v1\",\n \"kind\": \"CustomResourceDefinition\"}",
            true},
        Row{"crd.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n", true},
        Row{"crd.yaml", "kind: CustomResourceDefinition\n---\nkind: Deployment\n", false},
        Row{"app.yaml", "kind: Deployment\n", false}, Row{"crd.py", "kind: CustomResourceDefinition\n", false}}) {
    CAPTURE(row.path, row.text);
    CHECK((roles().of_text(row.path, row.text) == scope::Documentation) == row.described);
  }
}

TEST_CASE("one long line does not make hand-written code minified") {
  const std::string filler(20100, 'x'), code = "let a = 1;\nlet b = 2;\n", more = code + code + code;
  std::string wrapped;  // minified code that is broken every 500 bytes
  for (int i = 0; i < 20; ++i) wrapped += std::string(500, 'y') + "\n";
  struct Row {
    const char* what;
    std::string text;
    bool minified;
  };
  for (const Row& row :
       {Row{"a comment of one line", code + "// " + filler + "\n", false},
        Row{"a comment in blocks", code + "/* " + filler + "\n" + filler + " */\n", false},
        Row{"a string among code", more + "let c = '" + filler + "';\n", false}, Row{"one line", filler, true},
        Row{"a licence above one line", "/*!\n * licence\n   of four\n lines\n */\n" + filler, true},
        Row{"a licence before code", "/*! licence */" + filler + "\n", true},
        Row{"a few lines of a wrapper", "'use strict';\n" + filler + "\nmodule.exports = x;\n", true},
        Row{"broken lines", wrapped, true}}) {
    CAPTURE(row.what);
    CHECK((roles().of_text("a.js", row.text) == scope::Minified) == row.minified);
  }
}

TEST_CASE("globs over names give the bits of all that match") {
  NameIndex index;
  for (auto [glob, bits] : std::initializer_list<std::pair<const char*, uint32_t>>{
           {"a.py", 1}, {"*.py", 2}, {"test*", 4}, {"*.spec.*", 8}, {"*a*b*", 16}, {"?.py", 32}, {"*", 64}, {"", 128}})
    index.add(glob, bits);
  struct Row {
    const char* name;
    uint32_t bits;
  };
  for (Row row : {Row{"a.py", 1 | 2 | 32 | 64}, Row{"test.py", 2 | 4 | 64}, Row{"x.spec.ts", 8 | 64},
                  Row{"xaybz", 16 | 64}, Row{"b.py", 2 | 32 | 64}, Row{"tes", 64}, Row{"", 0}}) {
    CAPTURE(row.name);
    CHECK(index.bits_of(row.name) == row.bits);
  }
}
