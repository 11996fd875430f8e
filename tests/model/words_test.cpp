// The vocabulary's rows as the model reads them: one row of each kind.
#include "model/words.h"

#include <catch2/catch.hpp>

#include "support/vocabulary.h"

using namespace tfcheck;

TEST_CASE("every role has rows of the vocabulary") {
  struct Row {
    const char* path;
    const char* role;
  };
  for (Row row : {
           Row{"a/unittests/x", "test"},
           Row{"a/x.UnitTests/x", "test"},
           Row{"a/cypress.json", "test"},
           Row{"a/env/ci.rb", "test"},
           Row{"documentation/x", "documentation"},
           Row{"a/x.rst", "documentation"},
           Row{"a/my-examples/x", "example"},
           Row{"a/x.sample.yml", "example"},
           Row{"dist/x", "generated"},
           Row{"a/bindata.go", "generated"},
           Row{"Pods/x", "vendored"},
           Row{"static/admin/x", "vendored"},
           Row{"a/gradlew", "vendored"},
           Row{"a/x.js.map", "minified"},
           Row{".idea/x", "development, editor"},
           Row{"a/Tiltfile", "development"},
           Row{"envs/localdev.py", "development"},
           Row{".buildkite/x", "ci"},
           Row{"a/cloudbuild-x.yaml", "ci"},
       }) {
    CAPTURE(row.path);
    CHECK(scope_names(model_words().roles.of_path(row.path)) == row.role);
  }
}

TEST_CASE("languages that are not read are told by their extension") {
  struct Row {
    const char* path;
    const char* language;
  };
  for (Row row : {Row{"a/b.swift", "swift"}, Row{"a/B.SWIFT", "swift"}, Row{"b.r", "r"}, Row{"swift", ""},
                  Row{"b.gradle.kts", ""}, Row{"a.b/c", ""}, Row{"b.", ""}, Row{"b.py", ""}, Row{"", ""}}) {
    CAPTURE(row.path);
    CHECK(model_words().unread_languages.of(row.path) == row.language);
  }
}

TEST_CASE("scripts start the app by their name and place") {
  struct Row {
    const char* path;
    ScriptName name;
  };
  for (Row row : {
           Row{"web/docker-entrypoint.sh", ScriptName::Start},
           Row{"web/bin/entrypoint", ScriptName::Start},
           Row{"web/bin/start", ScriptName::Start},
           Row{"web/start", ScriptName::PerhapsStart},
           Row{"web/docker/run.sh", ScriptName::PerhapsStart},
           Row{"web/x/run.sh", ScriptName::Other},
           Row{"web/bin/x/run.sh", ScriptName::Other},
           Row{"web/other.sh", ScriptName::Other},
           Row{"run.sh", ScriptName::Other},
           Row{"x/.s2i/bin/run", ScriptName::Start},
       }) {
    CAPTURE(row.path);
    CHECK(model_words().entrypoints.of(row.path, "web") == row.name);
  }
}

TEST_CASE("runners of scripts say what they take") {
  const ScriptRunners& runners = model_words().script_runners;
  struct Row {
    const char* program;
    const char* how;
    bool takes;
  };
  for (Row row : {Row{"npm", "run", true}, Row{"npm", "name", false}, Row{"bun", "run", true}, Row{"bun", "name", true},
                  Row{"run-p", "names", true}, Row{"run-p", "run", false}, Row{"concurrently", "commands", true}}) {
    CAPTURE(row.program, row.how);
    REQUIRE(runners.find(row.program));
    CHECK(runners.takes(*runners.find(row.program), row.how) == row.takes);
  }
  CHECK(runners.find("cargo") == nullptr);
  CHECK(runners.is_value_option(*runners.find("yarn"), "--cwd"));
  CHECK_FALSE(runners.is_value_option(*runners.find("run-s"), "--cwd"));
}

TEST_CASE("names of files and programs that the model asks for") {
  const ModelWords& words = model_words();
  struct Row {
    const WordSet& set;
    const char* has;
    const char* has_not;
  };
  for (const Row& row : {
           Row{words.manifests, "Web.csproj", "package-lock.json"},
           Row{words.build_files, "Procfile", "Makefile"},
           Row{words.app_files, "manage.py", "app.py"},
           Row{words.library_files, "x.gemspec", "Gemfile"},
           Row{words.plain_compose_files, "compose.yaml", "compose.prod.yaml"},
           Row{words.deploy_compose_files, "docker-compose.prod.yml", "docker-compose.yml"},
           Row{words.shells, "bash", "node"},
           Row{words.bundlers, "webpack", "node"},
           Row{words.folder_options, "--cwd", "-w"},
           Row{words.start_scripts, "start:prod", "dev"},
           Row{words.admin_task_words, "migrate", "serve"},
           Row{words.source_folders, "src", "data"},
           Row{words.other_extensions, "png", "yml"},
       }) {
    CAPTURE(row.set.name());
    CHECK(row.set.contains(row.has));
    CHECK_FALSE(row.set.contains(row.has_not));
  }
}
