#include "report/resolve.h"

#include <algorithm>
#include <cassert>
#include <list>
#include <map>
#include <memory>
#include <tuple>

#include "base/text.h"
#include "report/fingerprint.h"
#include "report/frame.h"
#include "report/secrets.h"

namespace tfcheck {

namespace {

// Below these a secret's text is as likely an ordinary word, and hiding the word everywhere would spoil the report.
constexpr size_t shortest_own_secret = 4;      // in the frames of its finding
constexpr size_t shortest_message_secret = 8;  // in the words of its finding
constexpr size_t shortest_common_secret = 12;  // in every frame and message of the report
constexpr size_t open_files = 8;

bool is_whole_file(Span span) {
  return span.begin == 0 && span.end == 0;
}

// A file's text with what places in it need. Findings come in order, so the last place is remembered: columns on one
// very long line would otherwise be counted from its beginning each time.
class OpenFile {
 public:
  OpenFile(uint32_t id, std::string text) : id_(id), text_(std::move(text)), index_(text_) {}

  uint32_t id() const { return id_; }
  std::string_view text() const { return text_; }
  const LineIndex& index() const { return index_; }

  // The span inside the text, without the line ends at its end.
  Span clip(Span span) const {
    auto size = static_cast<uint32_t>(text_.size());
    Span clipped = {std::min(span.begin, size), std::min(std::max(span.begin, span.end), size)};
    while (clipped.end > clipped.begin + 1 && is_line_end(text_[clipped.end - 1])) --clipped.end;
    return clipped;
  }

  Place place(uint32_t offset) {
    uint32_t line = index_.line(offset);
    if (line != known_.line || offset < known_offset_) {
      known_ = {line, 1};
      known_offset_ = index_.line_begin(line);
    }
    known_ = advance(known_, known_offset_, offset);
    known_offset_ = offset;
    return known_;
  }

  // The end of a span whose beginning was asked for last.
  Place end_place(uint32_t offset) const {
    return index_.line(offset) == known_.line ? advance(known_, known_offset_, offset) : index_.place(offset);
  }

  const std::string& line_hash(uint32_t line) {
    if (hashes_.empty()) hashes_ = github_line_hashes(text_);
    return hashes_[std::min<size_t>(line, hashes_.size()) - 1];
  }

 private:
  static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

  Place advance(Place place, uint32_t from, uint32_t to) const {
    for (uint32_t i = from; i < to; ++i) {
      auto byte = static_cast<unsigned char>(text_[i]);
      if ((byte & 0xC0) != 0x80) place.column += byte >= 0xF0 ? 2 : 1;
    }
    return place;
  }

  uint32_t id_;
  std::string text_;
  LineIndex index_;
  Place known_;
  uint32_t known_offset_ = 0;
  std::vector<std::string> hashes_;
};

class Resolver {
 public:
  Resolver(const Sources& sources, std::span<const ReportRule> rules) : sources_(sources), rules_(rules) {}

  // What no frame may show is known before the first frame is made: the rule that found a secret is not the only one
  // that may show its line.
  void learn_secrets(std::span<const Finding> findings) {
    std::map<uint32_t, std::vector<Span>> spans;
    for (const Finding& finding : findings) {
      auto [known, fresh] = spans.try_emplace(finding.file);
      if (fresh && sources_.secrets) {
        std::span<const Span> told = sources_.secrets(finding.file);
        known->second.assign(told.begin(), told.end());
      }
      known->second.insert(known->second.end(), finding.secrets.begin(), finding.secrets.end());
    }
    for (auto& [file, list] : spans) {
      if (!list.empty()) learn(file, std::move(list));
    }
  }

  ReportFinding resolve(const Finding& finding) {
    std::string rule(sources_.rule_id(finding.rule));
    auto entry = std::lower_bound(rules_.begin(), rules_.end(), rule,
                                  [](const ReportRule& r, const std::string& id) { return r.id < id; });
    assert(entry != rules_.end() && entry->id == rule);
    const FileSecrets& own = secrets_of(finding.file);
    ReportFinding out;
    out.rule_index = static_cast<uint32_t>(entry - rules_.begin());
    out.severity = finding.severity;
    out.confidence = finding.confidence;
    out.message = safe(finding.message, own);
    out.primary = place(finding.file, finding.span, "", own);
    for (const RelatedPlace& related : finding.related) {
      out.related.push_back(place(related.file, related.span, safe(related.note, own), own));
    }
    OpenFile& file = open(finding.file);
    out.line_hash = file.line_hash(out.primary.region.start.line);
    std::string marked = normal_text(file.text(), file.clip(finding.span), own.spans);
    uint32_t ordinal = ordinals_[{finding.rule, finding.file, marked}]++;
    out.fingerprint = stable_fingerprint(rule, out.primary.region.path, marked, ordinal);
    out.rule = std::move(rule);
    return out;
  }

 private:
  // What is known of one file: each secret once, however many findings the file has.
  struct FileSecrets {
    std::vector<Span> spans;  // ascending, disjoint
    SecretTexts texts{shortest_own_secret};
  };

  void learn(uint32_t file, std::vector<Span> spans) {
    FileSecrets& known = secrets_[file];
    std::sort(spans.begin(), spans.end());
    spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
    for (Span span : spans) {
      std::string_view text = secret_text(open(file), span);
      known.texts.add(text);
      common_.add(text);
    }
    known.spans = merge_spans(std::move(spans));
  }

  const FileSecrets& secrets_of(uint32_t file) const {
    auto known = secrets_.find(file);
    return known == secrets_.end() ? no_secrets_ : known->second;
  }

  static std::string_view secret_text(const OpenFile& file, Span span) {
    Span clipped = file.clip(span);
    return file.text().substr(clipped.begin, clipped.end - clipped.begin);
  }

  std::string safe(std::string_view words, const FileSecrets& own) const {
    return printable(mask_texts(mask_texts(words, own.texts, shortest_message_secret), common_));
  }

  ReportPlace place(uint32_t file_index, Span span, std::string note, const FileSecrets& own) {
    OpenFile& file = open(file_index);
    Span clipped =
        is_whole_file(span) ? Span{0, static_cast<uint32_t>(file.index().line_text(1).size())} : file.clip(span);
    ReportPlace out;
    out.note = std::move(note);
    out.region.path = sources_.path(file_index);
    out.region.start = file.place(clipped.begin);
    out.region.end = file.end_place(clipped.end);
    // Every region covers a column: dashboards refuse or hide empty ones.
    if (clipped.end == clipped.begin) out.region.end.column = out.region.start.column + 1;
    if (is_whole_file(span)) return out;
    std::span<const Span> ranges = secrets_of(file_index).spans;
    out.frame.push_back(make_frame(file.text(), file.index(), clipped, {ranges, &own.texts, &common_}));
    return out;
  }

  // The most recently used files stay open; the reference holds until another file is asked for.
  OpenFile& open(uint32_t index) {
    auto found = std::find_if(files_.begin(), files_.end(), [&](const auto& file) { return file->id() == index; });
    if (found == files_.end()) {
      files_.push_front(std::make_unique<OpenFile>(index, sources_.text(index)));
      if (files_.size() > open_files) files_.pop_back();
    } else if (found != files_.begin()) {
      files_.splice(files_.begin(), files_, found);
    }
    return *files_.front();
  }

  const Sources& sources_;
  std::span<const ReportRule> rules_;
  std::list<std::unique_ptr<OpenFile>> files_;
  std::map<uint32_t, FileSecrets> secrets_;
  const FileSecrets no_secrets_;
  SecretTexts common_{shortest_common_secret};
  std::map<std::tuple<uint32_t, uint32_t, std::string>, uint32_t> ordinals_;
};

}  // namespace

std::vector<ReportFinding> resolve_findings(std::span<const Finding> findings, const Sources& sources,
                                            std::span<const ReportRule> rules) {
  Resolver resolver(sources, rules);
  resolver.learn_secrets(findings);
  std::vector<ReportFinding> out;
  out.reserve(findings.size());
  for (const Finding& finding : findings) out.push_back(resolver.resolve(finding));
  return out;
}

}  // namespace tfcheck
