// Code inside files of another kind: facts stand where the file has the text.
#include <catch2/catch.hpp>

#include "base/text.h"
#include "languages/embedded.h"
#include "languages/registry.h"
#include "support/fact_pages.h"

using namespace tfcheck;

namespace {

FileFacts facts_of(std::string_view path, std::string_view text) {
  for (const Adapter* adapter : code_adapters()) {
    for (std::string_view pattern : adapter->patterns) {
      if (glob_match(pattern, path, '/')) return extract_facts(*adapter, {path, text});
    }
  }
  FAIL("no language reads it");
  return FileFacts();
}

std::string_view covered(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

struct Row {
  std::string_view path, text, fact, span, value;
};

}  // namespace

TEST_CASE("embedded: spans of facts and values are those of the file") {
  for (const Row& row : {
           Row{"a.vue", "<p>\xC3\xA9</p>\r\n<script>\r\nconst a = 'b';\r\n</script>", "assign a", "a = 'b'", "'b'"},
           Row{"a.svelte", "<script>let a = [{ b: 'c' }]</script>", "assign a", "a = [{ b: 'c' }]", "[{ b: 'c' }]"},
           Row{"a.ipynb", R"({"cells":[{"cell_type":"code","source":["a = 'b'\n","c = \"d\"\n"]}]})", "assign a",
               "a = 'b'", "'b'"},
           Row{"a.ipynb", R"({"cells":[{"cell_type":"code","source":["a = 'b'\n","c = \"d\"\n"]}]})", "assign c",
               R"(c = \"d\")", R"(\"d\")"},
           Row{"a.ipynb", R"({"cells":[{"cell_type":"code","source":"x = 1\ny = '\u00e9\ud83d\ude00' + \"z\""}]})",
               "assign y", R"(y = '\u00e9\ud83d\ude00' + \"z\")", R"('\u00e9\ud83d\ude00' + \"z\")"},
           Row{"a.ipynb", R"({"cells":[{"cell_type":"code","source":["f(\n", "  k=\"v\")\n"]}]})", "call f",
               R"(f(\n", "  k=\"v\"))", ""},
       }) {
    INFO(row.path << ": " << row.text);
    FileFacts facts = facts_of(row.path, row.text);
    bool found = false;
    for (const Fact& fact : facts.facts()) {
      if (found || !to_string(fact).starts_with(row.fact)) continue;
      found = true;
      CHECK(covered(row.text, fact.span) == row.span);
      CHECK(covered(row.text, fact.value.span) == row.value);
    }
    CHECK(found);
  }
}

TEST_CASE("embedded: values that facts share are moved once") {
  std::string text = R"x({"cells":[{"cell_type":"code","source":["m = {\"k\": [\"v\"]}\n","f(m, m)\n","f(m)"]}]})x";
  FileFacts facts = facts_of("a.ipynb", text);
  size_t seen = 0;
  for (const Fact& fact : facts.facts()) {
    for (const Arg& arg : fact.args()) {
      for (const Arg& item : arg.value.items()) {
        for (const Arg& element : item.value.items()) {
          CHECK(covered(text, element.value.span) == R"(\"v\")");
          ++seen;
        }
      }
    }
  }
  CHECK(seen == 3);
}

TEST_CASE("embedded: of a notebook only its code has a limit") {
  std::string picture(2'000'000, 'A');
  std::string text =
      R"({"cells":[{"cell_type":"code","outputs":[{"image/png":")" + picture + R"("}],"source":["a = 1"]}]})";
  CHECK(facts_of("a.ipynb", text).facts().size() == 1);
  std::string code;
  for (size_t size = 0; size <= largest_embedded; size += 6) code += R"("a = 1\n",)";
  FileFacts facts = facts_of("a.ipynb", R"({"cells":[{"cell_type":"code","source":[)" + code + "]}]}");
  CHECK(facts.facts().empty());
  CHECK(facts.unread() == Unread::TooLarge);
}

TEST_CASE("embedded: a notebook in another language says so") {
  std::string_view text =
      R"({"cells":[{"cell_type":"code","source":["a = 1"]}],"metadata":{"language_info":{"name":"julia"}}})";
  CHECK(facts_of("a.ipynb", text).unread() == Unread::UnreadLanguage);
}
