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

// The package that a text names: "httpx" of "httpx==0.27", "org.acme:shop" of "org.acme:shop:1.0".
void add_package(const ScriptHeader& header, std::string_view text, Span span, FileFacts& facts) {
  size_t end = header.ecosystem == "maven" ? text.rfind(':') : text.find_first_of(header.version);
  std::string_view name = trim(text.substr(0, end));
  if (name.empty()) return;
  std::string_view version = end == std::string_view::npos ? std::string_view{} : text.substr(end);
  if (version.starts_with('[')) version.remove_prefix(std::min(version.size(), version.find(']') + 1));  // extras
  while (!version.empty() && (version[0] == ':' || version[0] == '@' || version[0] == ',' || version[0] == ' '))
    version.remove_prefix(1);
  Arg args[] = {{"ecosystem", facts.string(header.ecosystem, span)}, {"group", facts.string("script", span)}};
  facts.add(FactKind::Dependency, name, span, version.empty() ? Value{} : facts.string(version, span), args);
}

void add_quoted_packages(const ScriptHeader& header, const SourceLine& line, FileFacts& facts) {
  std::string_view text = line.text;
  for (size_t begin = text.find_first_of("\"'"); begin != std::string_view::npos;) {
    size_t end = text.find(text[begin], begin + 1);
    if (end == std::string_view::npos) return;
    add_package(header, text.substr(begin + 1, end - begin - 1), line.span, facts);
    begin = text.find_first_of("\"'", end + 1);
  }
}

}  // namespace

Context IndentedBlocks::take(const SourceLine& line) {
  Context context;
  if (line.text.empty()) return context;
  auto indent = static_cast<size_t>(line.text.data() - line.raw.data());
  while (!open_.empty() && open_.back().indent >= indent) open_.pop_back();
  context.flags = open_.empty() ? 0u : open_.back().flags;
  bool branch = std::any_of(conditional_.begin(), conditional_.end(),
                            [&](std::string_view word) { return line.text.starts_with(word); });
  open_.push_back({indent, context.flags | (branch ? context::InCondition : context::InFunction)});
  return context;
}

void add_header_packages(const ScriptHeader& header, std::string_view text, FileFacts& facts) {
  constexpr size_t longest_header = 8192;
  if (header.ecosystem.empty()) return;
  text = text.substr(0, longest_header);
  bool open = header.opens.empty(), listed = false;
  for_each_line(text, [&](const SourceLine& line) {
    if (!open) {
      open = line.raw.starts_with(header.opens);
      return true;
    }
    if (!header.closes.empty() && line.text == header.closes) return false;
    if (!line.text.starts_with(header.line)) return true;
    std::string_view rest = trim(line.text.substr(header.line.size()));
    if (header.opens.empty()) {
      for (std::string_view word : split_words(rest)) add_package(header, word, line.span, facts);
      return true;
    }
    // Of the block only the list of packages.
    listed = listed || rest.starts_with("dependencies");
    if (listed) add_quoted_packages(header, line, facts);
    listed = listed && !rest.ends_with(']');
    return true;
  });
}

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
