#include "formats/gitattributes/gitattributes.h"

#include "base/lines.h"
#include "base/text.h"

namespace tfcheck {

namespace {

constexpr std::string_view patterns[] = {".gitattributes"};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("gitattributes");
  for (Lines lines(file.text); !lines.done();) {
    Line whole = lines.take();
    std::string_view line = trim(whole.text);
    size_t end = line.find_first_of(" \t");
    if (end == std::string_view::npos || line.front() == '#' || line.front() == '[' || line.front() == '"') continue;
    auto offset = static_cast<uint32_t>(line.data() - file.text.data());
    Span span{offset, offset + static_cast<uint32_t>(line.size())};
    Value pattern = facts.string(line.substr(0, end), {offset, offset + static_cast<uint32_t>(end)});
    for (std::string_view rest = line.substr(end); !(rest = trim(rest)).empty();) {
      size_t stop = std::min(rest.find_first_of(" \t"), rest.size());
      facts.add(FactKind::Entry, rest.substr(0, stop), span, pattern);
      rest = rest.substr(stop);
    }
  }
}

}  // namespace

const Adapter& gitattributes_adapter() {
  static constexpr Format formats[] = {{.name = "gitattributes", .example = ".gitattributes"}};
  static constexpr Adapter adapter{.name = "gitattributes",
                                   .kind = AdapterKind::Config,
                                   .patterns = patterns,
                                   .extract = extract,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
