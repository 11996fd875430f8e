// What texts say of the files that they name.
#include "model/named_files.h"

#include <catch2/catch.hpp>

#include "support/vocabulary.h"

using namespace tfcheck;

namespace {

// "docker/a.sh developing", one a name.
std::vector<std::string> names(std::string_view path, std::string_view text) {
  constexpr const char* tones[] = {"plain", "chore", "developing", "deploying"};
  std::vector<std::string> lines;
  for (const NamedFile& one : model_words().naming.of(path, text))
    lines.push_back(one.name + " " + tones[static_cast<int>(one.tone)]);
  return lines;
}

}  // namespace

TEST_CASE("a name has the tone of its section, target or line") {
  using Lines = std::vector<std::string>;
  CHECK(names("README.md", "# Shop\n`a.sh`, see https://x.io/b.sh.\n## Development\nRun ./c.sh.\n## Use\nd.sh\n") ==
        Lines{"a.sh plain", "c.sh developing", "d.sh plain"});
  CHECK(names("README.md", "# Deployment\n## Database\n`psql -f sql/fill.sql`\n") == Lines{"sql/fill.sql deploying"});
  CHECK(names("README.md", "```\n# Development\n```\na.sh\n") == Lines{"a.sh plain"});
  CHECK(names("CONTRIBUTING.md", "cd docker\ndocker compose up\n") == Lines{"docker/ developing"});
  CHECK(names("README.md", "docker compose -f a.yml up\n") == Lines{"a.yml plain"});
  CHECK(names("README.md", "docker compose down\n") == Lines{});
  CHECK(names("Makefile", "deploy: dev.sh\n\t./up.sh\ntest:\n\tcd a && ./up.sh\n\t./up.sh\nx:\n\t./y.sh\n") ==
        Lines{"a/up.sh developing", "up.sh developing", "up.sh deploying", "y.sh chore"});
  CHECK(names("src/app.py", "a.sh\n") == Lines{});
}

TEST_CASE("names have an end") {
  std::string folders, many;
  for (int i = 0; i < 2'000; ++i) folders += "cd abcdefgh\n", many += "n" + std::to_string(i) + ".sh\n";
  for (const NamedFile& one : model_words().naming.of("README.md", folders + "x.sh\n")) CHECK(one.name.size() < 250);
  CHECK(model_words().naming.of("README.md", many).size() == 500);
  CHECK(model_words().naming.of("README.md", many + many).size() == 500);
}
