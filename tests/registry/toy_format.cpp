// A format of this test's own: `key is value`, one a line.
#include "base/text.h"
#include "registry/toy.h"

namespace tfcheck {

namespace {

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("toy-settings");
  uint32_t begin = 0;
  for (std::string_view line : split(file.text, '\n')) {
    Span span{begin, begin + static_cast<uint32_t>(line.size())};
    begin = span.end + 1;
    size_t is = line.find(" is ");
    if (is == std::string_view::npos) continue;
    facts.add(FactKind::Entry, line.substr(0, is), span, facts.string(line.substr(is + 4), span));
  }
}

constexpr std::string_view patterns[] = {"*.toys"};
constexpr Format formats[] = {{"toy-settings", "deploy.toys"}};

}  // namespace

const Adapter& toy_settings_adapter() {
  static constexpr Adapter adapter{.name = "toy-settings",
                                   .kind = AdapterKind::Config,
                                   .patterns = patterns,
                                   .extract = extract,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
