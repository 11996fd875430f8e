// What files say of themselves, and READMEs of their folders.
#include "model/own_words.h"

#include <catch2/catch.hpp>

#include "formats/adapters.h"
#include "model/scope.h"
#include "support/vocabulary.h"

using namespace tfcheck;

namespace {

std::string of_file(std::string_view path, std::string_view text) {
  static const AdapterIndex adapters;
  return scope_names(model_words().own_words.of_file(path, text, adapters.of_path(path)));
}

}  // namespace

TEST_CASE("the comment at the top of a file says whom it is for") {
  struct Row {
    const char* path;
    const char* text;
    const char* scope;
  };
  for (const Row& row : {
           Row{"compose.yml", "# For development only, never deploy this.\nservices:\n", "development"},
           Row{"compose.yml", "# Do not use\n# in production.\nservices:\n", "development"},
           Row{"compose.yml", "\n# DO NOT USE IN PRODUCTION\nservices:\n", "development"},
           Row{"compose.yml", "# not meant to be used for any production setup\nservices:\n", "development"},
           Row{"compose.yml", "## TEST AND DEVELOPMENT ONLY  ##\n## See a.yml  ##\nservices:\n", "development"},
           Row{"compose.yml", "# smoke test of the image\nservices:\n", "test"},
           Row{"compose.yml", "# The production stack. (For development use another.)\nservices:\n", ""},
           Row{"compose.yml", "# For local development there is compose.dev.yml.\nservices:\n", ""},
           Row{"compose.yml", "# Do not use the default password in production.\nservices:\n", ""},
           Row{"compose.yml", "services:\n  # development only\n", ""},
           Row{"compose.yml", "# ─────────\n# Shop — local dev Docker Compose\n#\n# ─────────\nservices:\n",
               "development"},
           Row{"compose.yml", "# ─────────\n# Shop — Docker Compose\n# ─────────\n# Dev\nservices:\n", ""},
           Row{"Dockerfile", "# syntax=docker/dockerfile:1\n# Image for development\nFROM a:1\n", "development"},
           Row{"pack.sh", "#!/bin/sh\n# only used for local dev tests, not for releases\nmake\n", "development"},
           Row{"shm.sh", "#!/bin/sh\n# mounts /dev/shm\nmount\n", ""},
           Row{"pack.sh", "#!/bin/sh\n# Makes a package.\n#\n# LOCAL DEVELOPMENT ENVIRONMENT\nmake\n", ""},
           Row{"fill.sql", "-- It could not be deployed to production.\n\nselect 1;\n", ""},
           Row{"up.sh", "#!/bin/sh\nset -e\n# for local development\nmake\n", ""},
           Row{"shop.properties", "# Copyright Shop\n# for local development\n\n# The shop\n\na=b\n", ""},
           Row{"shop.properties", "# Copyright Shop\n\n# for local development\n\na=b\n", "development"},
           Row{"shop.properties", "# for local development\na=b\n", ""},
           Row{"fill.sql", "-- Development data.\n\nselect 1;\n", "development"},
           Row{"ddns.yml", "# This is a sample configuration, change it.\nsmtp: 1\n", "aside"},
           Row{"ddns.yml", "# A sample configuration is at https://shop.io.\nsmtp: 1\n", ""},
           Row{".env", "# Development\n\nA=b\n", ""},
           // The name outranks the comment, and so does who loads the file.
           Row{"Dockerfile.prod", "# Image for development\nFROM a:1\n", ""},
           Row{"Dockerfile.product", "# Image for development\nFROM a:1\n", "development"},
           Row{"src/main/resources/application.properties", "# AN EXAMPLE CONFIGURATION FILE\n\na=b\n", ""},
           Row{"conf/application.properties", "# AN EXAMPLE CONFIGURATION FILE\n\na=b\n", "aside"},
           Row{"Dockerfile", "# TODO cache packages for dev:\n# - with mounts\nFROM a:1\n", ""},
           Row{"Dockerfile", "# TODO cache packages\n\n# Image for development\nFROM a:1\n", "development"},
       }) {
    CAPTURE(row.path, row.text);
    CHECK(of_file(row.path, row.text) == row.scope);
  }
}

TEST_CASE("settings say it in the text of their module or of their only class") {
  constexpr const char* stated = "\"\"\"Settings for local development with Docker\"\"\"\n";
  std::string head = "import os\n\nclass DockerSettings(Base):\n\n    ", rest = "    DEBUG = True\n";
  CHECK(of_file("shop/settings/docker.py", head + stated + rest) == "development");
  CHECK(of_file("shop/settings.py", std::string(stated) + "DEBUG = True\n") == "development");
  CHECK(of_file("shop/orders.py", head + stated + rest) == "");
  CHECK(of_file("shop/settings/docker.py", head + stated + rest + "\nclass Live(Base):\n    pass\n") == "");
  CHECK(of_file("shop/configuration_plain.py",
                "##########\n#  Base configuration for testing purposes  #\n##########\n"
                "\nDEBUG = True\n") == "trial");
  CHECK(of_file("shop/smoke_configuration.py", "\"\"\"Settings used by the smoke test.\"\"\"\nDEBUG = True\n") ==
        "test");
  CHECK(of_file("shop/settings.py", "# Development database\nDATABASE = 1\n") == "");
  CHECK(of_file("config/Stage.java",
                "package shop;\n\n/** Configuration for local development. */\npublic class Stage {\n}\n") ==
        "development");
  CHECK(of_file("config/local.php", "<?php\n/* Settings of the development machines. */\n\nreturn [];\n") ==
        "development");
}

TEST_CASE("a README says what its folder is for above its second heading") {
  auto of_readme = [](std::string_view text) { return scope_names(model_words().own_words.of_readme(text)); };
  CHECK(of_readme("Docker files\n====\n\n**DO NOT USE THE COMPOSE SETUP FOR PRODUCTION**\n") == "development");
  CHECK(of_readme("# Cluster\nIts goal is to allow manual\ntesting of the shop.\n") == "development");
  CHECK(of_readme("# Docker\n\nThe docker-compose file is an example, please change it.\n") == "aside");
  CHECK(of_readme("# Docker\nThis folder contains what is needed for local development.\n") == "development");
  CHECK(of_readme("# Docker\nThis folder is for local development and for deploying.\n") == "");
  CHECK(of_readme("# Shop\nFor local development run `make up`.\n") == "");
  CHECK(of_readme("# Shop\n## Start\n## Development only\nNot for production.\n") == "");
  CHECK(of_readme("# Shop\n```\nnot for production\n```\n") == "");
  CHECK(of_readme("# Shop\nBelow is an example of its use.\n") == "");
  CHECK(of_readme("# Till\nA deliberately vulnerable shop for our courses.\n") == "trial");
  CHECK(of_readme("# Till\nIt finds what is vulnerable in a shop.\n") == "");
}

TEST_CASE("the README of a repository says that all of it is for development") {
  auto of_root = [](std::string_view text) { return scope_names(model_words().own_words.of_root_readme(text)); };
  const std::string said = "This stack is for local development and not for production.\n";
  CHECK(of_root("# Stack\n## Usage\n```\nup\n```\n### General\n\n" + said) == "development");
  CHECK(of_root("# Shop\n## Usage\nUp.\n## Local development\n" + said) == "");
  CHECK(of_root("# Shop\n```\n" + said + "```\n") == "");
  CHECK(of_root("# Shop\nNot ready for production.\n") == "");
  CHECK(of_root("# Shop\nThis setup is for local development.\n") == "");
}
