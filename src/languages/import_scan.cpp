#include "languages/import_scan.h"

namespace tfcheck {

namespace {

bool stops(const ImportScan& how, std::string_view line) {
  bool opens = line.ends_with('{') && !line.starts_with('*') && !line.starts_with('/');
  return std::any_of(how.stops_at.begin(), how.stops_at.end(),
                     [&](std::string_view word) { return word == "{" ? opens : line.starts_with(word); });
}

void add_form(const ImportForm& form, const SourceLine& line, FileFacts& facts) {
  size_t end = form.end.empty() ? line.text.size() : line.text.find(form.end);
  if (end == std::string_view::npos) return;
  std::string_view module = trim(line.text.substr(form.keyword.size(), end - form.keyword.size()));
  if (!form.skip.empty() && module.starts_with(form.skip)) module = trim(module.substr(form.skip.size()));
  std::string_view alias;
  if (size_t at = form.alias.empty() ? std::string_view::npos : module.find(form.alias); at != std::string_view::npos) {
    alias = trim(module.substr(at + form.alias.size()));
    module = trim(module.substr(0, at));
    if (form.alias == "=") std::swap(alias, module);
  }
  bool plain = module.find_first_of(" (\"") == std::string_view::npos && alias.find(' ') == std::string_view::npos;
  if (module.empty() || !plain) return;  // `using var file = Open();`
  Span span{line.span.begin, line.span.begin + static_cast<uint32_t>(end + form.end.size())};
  facts.add(FactKind::Import, module, span, alias.empty() ? Value{} : facts.string(alias, span));
}

}  // namespace

void scan_imports(const ImportScan& how, const SourceFile& file, FileFacts& facts) {
  if (how.scan) return how.scan(file, facts);
  for_each_line(file.text, [&](const SourceLine& line) {
    if (stops(how, line.text)) return false;
    for (const ImportForm& form : how.forms) {
      if (!form.keyword.empty() && line.text.starts_with(form.keyword)) add_form(form, line, facts);
    }
    return true;
  });
}

}  // namespace tfcheck
