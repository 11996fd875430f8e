// `tfcheck facts FILE`: what the adapters see, one fact a line: place, fact, scope and flags.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "engine/adapters.h"
#include "engine/message.h"

namespace tfcheck {

int run_facts(const Options& options) {
  AdapterIndex adapters;
  int code = exit_clean;
  for (const std::string& path : options.arguments) {
    std::ifstream stream(path, std::ios::binary);
    std::stringstream bytes;
    bytes << stream.rdbuf();
    std::string text;
    if (!stream || !decode_text(bytes.str(), text)) {
      code = fail({"not a readable text file", path, 0, ""});
      continue;
    }
    const Adapter* adapter = adapters.of_path(path);
    if (!adapter) adapter = adapters.of_text(path, text);
    if (!adapter) {
      code = fail({"no language or format of ours", path, 0, ""});
      continue;
    }
    FileFacts facts;
    adapter->extract({path, text}, facts);
    LineIndex lines(text);
    fmt::print("{}: {}{}\n", printable(path), facts.format(), facts.has_errors() ? " (with syntax errors)" : "");
    for (const Fact& fact : facts.facts()) {
      Place place = lines.place(fact.span.begin);
      fmt::print("{}:{}: {}  [{}; {:x}]\n", place.line, place.column, mask_credentials(to_string(fact)),
                 printable(fact.context.scope), fact.context.flags);
    }
    for (const Notice& notice : facts.notices())
      fmt::print(stderr, "tfcheck: notice: {}: {}\n", printable(path), notice.message);
  }
  return code;
}

}  // namespace tfcheck
