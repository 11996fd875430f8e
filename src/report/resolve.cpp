#include "report/resolve.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <tuple>

#include "report/fingerprint.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

class Resolver {
 public:
  Resolver(const Sources& sources, std::span<const ReportRule> rules, OpenFiles& files, Masker& masker)
      : sources_(sources), rules_(rules), files_(files), masker_(masker) {}

  ReportFinding resolve(const Finding& finding) {
    std::string rule(sources_.rule_id(finding.rule));
    auto entry = std::lower_bound(rules_.begin(), rules_.end(), rule,
                                  [](const ReportRule& r, const std::string& id) { return r.id < id; });
    assert(entry != rules_.end() && entry->id == rule);
    ReportFinding out;
    out.rule_index = static_cast<uint32_t>(entry - rules_.begin());
    out.severity = finding.severity;
    out.confidence = finding.confidence;
    out.later = finding.later;
    out.message = masker_.words(finding.message, finding.file);
    out.fix = first_sentence(entry->fix);
    out.primary = place(finding.file, finding.span, finding.file);
    for (const RelatedPlace& related : finding.related) {
      out.related.push_back(place(related.file, related.span, finding.file));
      out.related.back().note = masker_.words(related.note, finding.file);
    }
    OpenFile& file = files_.open(finding.file);
    out.line_hash = file.line_hash(out.primary.region.start.line);
    std::string marked =
        normal_text(file.text(), file.clip(finding.span.value_or(Span{})), masker_.recognised(finding.file));
    out.content_hash = content_hash({finding.file, finding.span, {}});
    out.places = 1 + finding.joined.size();
    for (const RelatedPlace& joined : std::span(finding.joined).first(std::min(finding.joined.size(), most_joined)))
      out.joined_hashes.push_back(content_hash(joined));
    uint32_t ordinal = ordinals_[{finding.rule, finding.file, marked}]++;
    out.fingerprint = stable_fingerprint(rule, sources_.path(finding.file), marked, ordinal);
    out.rule = std::move(rule);
    return out;
  }

 private:
  static constexpr size_t most_joined = 20;  // by more a finding is not better known

  std::string content_hash(const RelatedPlace& place) {
    OpenFile& file = files_.open(place.file);
    const auto& secrets = masker_.recognised(place.file);
    return place.span ? content_fingerprint(file.text(), file.clip(*place.span), secrets)
                      : outline_fingerprint(file.text(), secrets);
  }

  ReportPlace place(uint32_t file_index, std::optional<Span> span, uint32_t about) {
    OpenFile& file = files_.open(file_index);
    Span clipped = span ? file.clip(*span) : Span{0, static_cast<uint32_t>(file.index().line_text(1).size())};
    ReportPlace out;
    out.region.path = masker_.path(sources_.path(file_index));
    out.region.start = file.place(clipped.begin);
    out.region.end = file.end_place(clipped.end);
    // Every region covers a column: dashboards refuse or hide empty ones.
    if (clipped.end == clipped.begin) out.region.end.column = out.region.start.column + 1;
    if (span) out.frame.push_back(masker_.frame(file_index, clipped, about));
    return out;
  }

  const Sources& sources_;
  std::span<const ReportRule> rules_;
  OpenFiles& files_;
  Masker& masker_;
  std::map<std::tuple<uint32_t, uint32_t, std::string>, uint32_t> ordinals_;
};

}  // namespace

std::vector<ReportFinding> resolve_findings(std::span<const Finding> findings, const Sources& sources,
                                            std::span<const ReportRule> rules, OpenFiles& files, Masker& masker) {
  Resolver resolver(sources, rules, files, masker);
  std::vector<ReportFinding> out;
  out.reserve(findings.size());
  for (const Finding& finding : findings) out.push_back(resolver.resolve(finding));
  return out;
}

std::vector<ReportFinding> resolve_findings(std::span<const Finding> findings, const Sources& sources,
                                            std::span<const ReportRule> rules) {
  OpenFiles files(sources);
  Masker masker(sources, files, findings);
  return resolve_findings(findings, sources, rules, files, masker);
}

}  // namespace tfcheck
