#include "report/masking.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "masking/sensitive_text.h"

namespace tfcheck {

namespace {

// Below these a secret's text is as likely an ordinary word, and hiding the word everywhere would spoil the report.
constexpr size_t shortest_own_secret = 4;      // in the frames of its file
constexpr size_t shortest_message_secret = 8;  // in words about its file
constexpr size_t shortest_common_secret = 12;  // in every frame and message of the report

void append(std::vector<Span>& spans, const std::vector<Span>& more) {
  spans.insert(spans.end(), more.begin(), more.end());
}

// Where a comment may begin, in any language: that it begins there need not be so.
size_t comment_in(std::string_view line) {
  size_t first = std::string_view::npos;
  for (std::string_view opener : {"#", "//", "/*", "--", "<!--", ";"}) {
    for (size_t at = line.find(opener); at < first; at = line.find(opener, at + 1)) {
      bool apart = at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t';
      bool words = line.substr(at + opener.size()).starts_with(' ');
      if (apart && words) first = at;
    }
  }
  return first;
}

// What the facts of a file give values to, without the names they stand below.
std::unordered_set<std::string_view> names_of(const FileFacts& facts) {
  std::unordered_set<std::string_view> names;
  for (const Fact& fact : facts.facts()) {
    bool is_given = fact.kind == FactKind::Assign || fact.kind == FactKind::Entry || fact.kind == FactKind::EnvRead;
    if (is_given) names.insert(fact.name.substr(fact.name.rfind('.') + 1));
  }
  return names;
}

bool is_word(std::string_view text) {
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") == std::string_view::npos;
}

// What is only perhaps a secret is hidden where it stands; elsewhere only when no word looks like it.
bool is_telling(std::string_view text) {
  return text.size() >= shortest_message_secret && !is_word(text);
}

// Calls `add` with the lines of a secret. Of a whole script that holds one, a line that is a word names a command.
template <class Add>
void each_secret_line(std::string_view text, Add add) {
  bool many = text.find('\n') != std::string_view::npos;
  for (std::string_view line : split(text, '\n')) {
    if (!many || !is_word(trim(line))) add(line);
  }
}

}  // namespace

Masker::File::File() : texts(shortest_own_secret) {}

Masker::Masker(const Sources& sources, OpenFiles& files, std::span<const Finding> findings)
    : sources_(sources), open_(files), common_(shortest_common_secret) {
  std::map<uint32_t, std::vector<Span>> spans;
  for (const Finding& finding : findings) {
    if (!finding.secrets.empty())
      spans[finding.file].insert(spans[finding.file].end(), finding.secrets.begin(), finding.secrets.end());
  }
  for (uint32_t file = 0; sources.secrets && file < sources.files; ++file) {
    std::span<const Span> known = sources.secrets(file);
    if (!known.empty()) spans[file].insert(spans[file].end(), known.begin(), known.end());
  }
  for (auto& [file, list] : spans) learn(file, std::move(list));
}

void Masker::learn(uint32_t index, std::vector<Span> spans) {
  File& file = files_[index];
  OpenFile& open = open_.open(index);
  std::sort(spans.begin(), spans.end());
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
  for (Span span : spans) {
    Span clipped = open.clip(span);
    std::string_view text = open.text().substr(clipped.begin, clipped.end - clipped.begin);
    each_secret_line(text, [&](std::string_view line) {
      file.texts.add(line);
      common_.add(line);
    });
  }
  file.recognised = merge_spans(std::move(spans));
  look_at(index);
}

// What a rule recognised in pieces is known by its whole text too.
void Masker::learn_evaluated(const File& file, const std::vector<SensitiveText>& texts) {
  for (const SensitiveText& secret : texts) {
    auto next = std::lower_bound(file.recognised.begin(), file.recognised.end(), secret.written.begin,
                                 [](Span span, uint32_t offset) { return span.end <= offset; });
    if (next != file.recognised.end() && next->begin < secret.written.end) common_.add(secret.text);
  }
}

Masker::File& Masker::look_at(uint32_t index) {
  File& file = files_[index];
  if (file.looked_at) return file;
  file.looked_at = true;
  file.hidden = file.recognised;
  const FileFacts* facts = sources_.facts ? sources_.facts(index) : nullptr;
  if (!facts) return file;
  OpenFile& open = open_.open(index);
  file.by_facts = sensitive_file(*sources_.words, *facts, open.text());
  const SensitiveFile& sensitive = file.by_facts;
  for (Span span : sensitive.spans) {
    std::string_view text = open.text().substr(span.begin, span.end - span.begin);
    if (is_telling(text)) each_secret_line(text, [&](std::string_view line) { file.texts.add(line); });
  }
  for (const SensitiveText& text : sensitive.texts) file.texts.add(text.text);
  learn_evaluated(file, sensitive.texts);
  if (file.texts.longest() > 0) file.texts.keep_names(names_of(*facts));
  append(file.hidden, sensitive.spans);
  file.hidden = merge_spans(std::move(file.hidden));
  return file;
}

const std::vector<Span>& Masker::line(File& file, uint32_t index, uint32_t number) {
  auto [place, fresh] = file.lines.try_emplace(number);
  if (!fresh) return place->second;
  const OpenFile& open = open_.open(index);
  uint32_t begin = open.index().line_begin(number);
  TextKind kind = sources_.kind ? sources_.kind(index) : TextKind::Code;
  std::string_view text = open.index().line_text(number);
  place->second = sensitive_parts(*sources_.words, text, kind);
  // What a comment tells of a password is told in prose.
  if (size_t comment = comment_in(text); comment != std::string_view::npos) {
    for (Span span : sensitive_parts(*sources_.words, text.substr(comment), TextKind::Prose)) {
      auto from = static_cast<uint32_t>(comment);
      place->second.push_back({span.begin + from, span.end + from});
    }
    place->second = merge_spans(std::move(place->second));
  }
  for (Span& span : place->second) span = {span.begin + begin, span.end + begin};
  return place->second;
}

const std::vector<Span>& Masker::recognised(uint32_t file) const {
  auto known = files_.find(file);
  return known == files_.end() ? no_spans_ : known->second.recognised;
}

std::vector<Span> Masker::spans_in(std::string_view text) {
  std::vector<Span> spans = common_.find_in(text);
  append(spans, common_.find_cut(text));
  append(spans, sensitive_parts(*sources_.words, text, TextKind::Prose));
  if (sources_.recognise) append(spans, sources_.recognise(text));
  // Of what is masked already, the bracket and the full stop behind it are no part.
  for (Span& span : spans) {
    std::string_view part = text.substr(span.begin, span.end - span.begin);
    if (part.find("****") == std::string_view::npos) continue;
    if (size_t last = part.find_last_not_of(").,;:"); last != std::string_view::npos)
      span.end = span.begin + static_cast<uint32_t>(last + 1);
  }
  return spans;
}

std::string Masker::words(std::string_view text) {
  return printable(mask_spans(text, merge_spans(spans_in(text))));
}

std::string Masker::words(std::string_view text, uint32_t index) {
  const File& file = look_at(index);
  std::vector<Span> spans = spans_in(text);
  append(spans, file.texts.find_in(text, shortest_message_secret));
  append(spans, file.texts.find_cut(text));
  return printable(mask_spans(text, merge_spans(std::move(spans))));
}

std::string Masker::path(std::string_view path) {
  if (path == last_path_) return last_masked_;
  last_path_ = path;
  return last_masked_ = mask_spans(path, merge_spans(spans_in(path)));
}

FrameLine Masker::frame(uint32_t index, Span span, uint32_t about) {
  const SecretTexts& others = look_at(about).texts;
  File& file = look_at(index);
  const OpenFile& open = open_.open(index);
  const std::vector<Span>& here = line(file, index, open.index().line(span.begin));
  return make_frame(open.text(), open.index(), span,
                    {.ranges = file.hidden, .line = here, .texts = {&file.texts, &others, &common_}});
}

void Masker::clean(Report& report) {
  for (Notice& notice : report.notices) {
    notice.path = path(notice.path);
    notice.message = words(notice.message);
  }
  for (ReportFinding& finding : report.findings) {
    if (!finding.suppression_reason.empty()) finding.suppression_reason = words(finding.suppression_reason);
  }
  report.folder = path(report.folder);
  for (auto& [file, seconds] : report.statistics.slowest_files) file = path(file);
  for (ComponentScore& component : report.score.components) {
    component.root = path(component.root);
    for (FactorScore& factor : component.factors) factor.reason = words(factor.reason);
  }
  for (FactorScore& factor : report.score.factors) factor.reason = words(factor.reason);
  for (UnreadPlace& place : report.unread) {
    place.path = path(place.path);
    place.detail = words(place.detail);
  }
  ReportConfiguration& configuration = report.configuration;
  configuration.file = path(configuration.file);
  for (std::string& glob : configuration.excluded) glob = words(glob);
  for (ReportConfiguration::Exception& exception : configuration.exceptions) {
    exception.path = words(exception.path);
    exception.key = words(exception.key);
  }
  for (std::string& root : configuration.components) root = path(root);
  report.branch = words(report.branch);
  report.remote_url = words(report.remote_url);
}

}  // namespace tfcheck
