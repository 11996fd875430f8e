// What a build wrote and somebody keeps on purpose, and what one workspace builds.
#include <catch2/catch.hpp>

#include "support/built_in_session.h"
#include "support/memory_audit.h"

using namespace tfcheck;

namespace {

// "warning: …" of what is told of tracked output, with the number of related places.
std::string told(TestFiles files) {
  for (const char* folder : {"plugins/cart", "plugins/list"}) {
    std::string at = folder;
    files.emplace_back(at + "/package.json", "{}");
    files.emplace_back(at + "/dist/a.js", "(()=>{})();\n");
  }
  std::vector<MemoryFile> memory;
  for (const auto& [path, bytes] : files) memory.push_back({path, bytes});
  RepositoryInfo repository;
  repository.is_repository = true;
  Report report = built_in_session().report(FileSet::of(std::move(memory), std::move(repository)));
  std::string found;
  for (const ReportFinding& finding : report.findings) {
    if (finding.rule != "codebase/committed-artifact") continue;
    found += (found.empty() ? "" : " ") + std::string(to_string(finding.severity)) + " " + finding.primary.region.path +
             " +" + std::to_string(finding.related.size());
  }
  return found;
}

}  // namespace

TEST_CASE("packages of one workspace are built together") {
  CHECK(told({}) == "warning plugins/cart/dist/a.js +0 warning plugins/list/dist/a.js +0");
  CHECK(told({{"package.json", R"({"workspaces": ["plugins/*"]})"}}) == "warning plugins/cart/dist/a.js +1");
  CHECK(told({{"pnpm-workspace.yaml", "packages:\n  - plugins/*\n"}}) == "warning plugins/cart/dist/a.js +1");
}

TEST_CASE("what is declared generated, or committed by CI, is kept on purpose") {
  CHECK(told({{".gitattributes", "**/cart/dist/**/* linguist-generated\nlist/dist/* -diff\n"}}) ==
        "note plugins/cart/dist/a.js +1 warning plugins/list/dist/a.js +0");
  auto workflow = [](const char* steps) { return "on: push\njobs:\n  a:\n    steps:\n" + std::string(steps); };
  CHECK(told({{".github/workflows/a.yml", workflow("      - run: yarn build\n      - run: git add plugins/cart/dist\n"
                                                   "      - run: git commit -m dist && git push\n")}}) ==
        "note plugins/cart/dist/a.js +1 warning plugins/list/dist/a.js +0");
  CHECK(told({{".github/workflows/a.yml",
               workflow("      - run: make assets-build\n      - uses: stefanzweifel/git-auto-commit-action@v5\n")}}) ==
        "note plugins/cart/dist/a.js +1 note plugins/list/dist/a.js +1");
  CHECK(told({{".gitlab-ci.yml", "assets:\n  script:\n    - npm run build\n    - git commit -am dist\n"}}) ==
        "note plugins/cart/dist/a.js +1 note plugins/list/dist/a.js +1");
  CHECK(
      told({{".github/workflows/a.yml", workflow("      - run: npm run lint\n      - run: git commit -am lint\n")}}) ==
      "warning plugins/cart/dist/a.js +0 warning plugins/list/dist/a.js +0");
}
