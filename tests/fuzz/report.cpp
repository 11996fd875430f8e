// What stands between a finding and its reader: decoding, globs, suppressions, places, frames, masking.
#include <algorithm>

#include "base/text.h"
#include "engine/finding.h"
#include "fuzz/harness.h"
#include "fuzz/rule_set.h"
#include "model/words.h"
#include "report/emit.h"
#include "report/resolve.h"
#include "report/suppression.h"

namespace tfcheck::fuzz {

namespace {

constexpr size_t largest_name = 400;  // of a rule, a word: users type them

void run_text(std::string_view bytes) {
  std::string text;
  if (decode_text(bytes, text)) {
    std::string again;
    expect(decode_text(text, again) || text.find('\0') != std::string::npos, "decoded text is text");
  }
  std::string shown = printable(bytes);
  expect(shown.find('\x1b') == std::string::npos && shown.find('\n') == std::string::npos,
         "printable text is printable");
  expect(printable(shown) == shown, "printable text stays as it is");
  auto [first, rest] = split_input(bytes);
  first = first.substr(0, largest_name);
  glob_match(first, rest, '/');
  path_match(first, rest.substr(0, largest_name));
  join_path(first, rest);
  snake_case(first);
  mask(first);
  nearest(first, {std::string(rest.substr(0, largest_name))});
}

void run_suppressions(std::string_view bytes) {
  SuppressionScan scan = find_suppressions(bytes);
  for (const Suppression& found : scan.suppressions)
    expect(found.span.begin < found.span.end && found.span.end <= bytes.size(), "a directive lies in its text");
  std::vector<FileSuppressions> files = {{0, std::move(scan.suppressions)}};
  std::vector<Finding> findings(3);
  for (size_t i = 0; i < findings.size(); ++i) {
    auto begin = static_cast<uint32_t>(bytes.size() * i / 3);
    findings[i].span = Span{begin, begin};
  }
  apply_suppressions(findings, files, [](uint32_t) { return std::string_view("logs/log-file"); });
}

Span between(uint32_t a, uint32_t b) {
  return {std::min(a, b), std::max(a, b)};
}

// The first bytes place three findings and a secret in the rest.
void run_resolver(std::string_view bytes) {
  constexpr size_t head = 8;
  if (bytes.size() < head) return;
  std::string text;
  if (!decode_text(bytes.substr(head), text)) return;
  auto offset = [&](size_t i) {
    return static_cast<uint32_t>(text.size() * static_cast<unsigned char>(bytes[i]) / 255);
  };
  std::vector<Finding> findings(3);
  for (size_t i = 0; i < findings.size(); ++i) {
    Span place = between(offset(2 * i), offset(2 * i + 1));
    findings[i].span = place;
    findings[i].message = printable(std::string_view(text).substr(place.begin, 40));
    findings[i].related.push_back({0, Span{place.begin, place.begin}, "related"});
    findings[i].secrets.push_back(between(offset(6), offset(7)));
  }
  std::sort(findings.begin(), findings.end());
  Report report;
  report.rules.push_back(
      {"logs/log-file", "Title", "Summary", "Why", "Fix", std::string("Page"), Severity::Error, Confidence::High, 5.0});
  Sources sources{&rules().words().masking, [&](uint32_t) { return text; },
                  [](uint32_t) { return std::string_view("a\xff.py"); },
                  [](uint32_t) { return std::string_view("logs/log-file"); }};
  report.findings = resolve_findings(findings, sources, report.rules);
  emit_text(report, {});
  emit_json(report, {});
  emit_sarif(report);
}

}  // namespace

std::vector<Harness> report_harnesses() {
  return {{"text", run_text}, {"suppressions", run_suppressions}, {"resolver", run_resolver}};
}

}  // namespace tfcheck::fuzz
