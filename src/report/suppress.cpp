#include "report/suppress.h"

#include <fmt/format.h>

#include <map>

#include "model/scope.h"
#include "report/foreign_marks.h"
#include "report/place_keys.h"

namespace tfcheck {

namespace {

class FindingSuppressor {
 public:
  FindingSuppressor(std::span<const Finding> findings, const Project& project, const RuleTable& table,
                    const Config& config, const TextOfFile& text)
      : findings_(findings), project_(project), table_(table), config_(config), text_(text) {}

  SuppressionOutcome run() {
    by_directives();
    by_marks();
    by_exceptions();
    return std::move(outcome_);
  }

 private:
  std::vector<FileSuppressions> find_directives() {
    std::vector<FileSuppressions> files;
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      if (!project_.files[i].has_directive || !project_.files[i].audited) continue;
      SuppressionScan scan = find_suppressions(text_(i));
      bool outside = project_.files[i].scope & scope::Outside;
      for (Notice& notice : outside ? std::span<Notice>{} : std::span<Notice>(scan.notices)) {
        notice.path = project_.files[i].path;
        outcome_.notices.push_back(std::move(notice));
      }
      for (Suppression& found : scan.suppressions) follow_renames(found.rules, table_.rules().aliases());
      if (!scan.suppressions.empty()) files.push_back({i, std::move(scan.suppressions)});
    }
    return files;
  }

  void by_directives() {
    std::vector<FileSuppressions> files = find_directives();
    AppliedSuppressions applied = apply_suppressions(findings_, files, [&](uint32_t rule) { return table_.id(rule); });
    for (std::optional<std::string>& reason : applied.reasons) {
      outcome_.reasons.emplace_back();
      if (reason) outcome_.reasons.back() = SuppressionReason{std::move(*reason)};
    }
    outcome_.unused = std::move(applied.unused);
  }

  bool is_about_secrets(const Finding& finding) const {
    return table_.rules().rules()[finding.rule].security_severity.has_value();
  }

  struct MarkedFile {
    LineIndex lines;
    MarkedLines marked;
  };

  void by_marks() {
    std::optional<ForeignMarks> marks;
    std::map<uint32_t, MarkedFile> files;
    for (size_t i = 0; i < findings_.size(); ++i) {
      const Finding& finding = findings_[i];
      if (outcome_.reasons[i] || !is_about_secrets(finding) || finding.secrets.empty()) continue;
      if (!marks) marks.emplace(table_.rules().vocabulary());
      auto file = files.find(finding.file);
      if (file == files.end()) {
        const std::string& text = text_(finding.file);
        file = files.emplace(finding.file, MarkedFile{LineIndex(text), marks->find_in(text)}).first;
      }
      const ForeignMark* mark = mark_of_all(file->second.marked, file->second.lines, finding.secrets);
      if (mark)
        outcome_.reasons[i] = SuppressionReason{fmt::format("{}, a mark of {}", mark->mark, mark->tool), mark->mark};
    }
  }

  void by_exceptions() {
    const std::vector<IgnoreConfig>& exceptions = config_.ignores;
    outcome_.used_exceptions.resize(exceptions.size());
    PlaceKeys keys(project_);
    for (size_t i = 0; i < findings_.size(); ++i) {
      const Finding& finding = findings_[i];
      for (size_t e = 0; e < exceptions.size(); ++e) {
        const IgnoreConfig& exception = exceptions[e];
        bool is_covered = covers(config_, exception, table_.id(finding.rule), project_.files[finding.file].path);
        if (!is_covered || (!exception.key.empty() && !keys.is_at(finding, exception.key))) continue;
        outcome_.used_exceptions[e] = true;
        if (!outcome_.reasons[i]) outcome_.reasons[i] = SuppressionReason{exception.reason};
      }
    }
  }

  std::span<const Finding> findings_;
  const Project& project_;
  const RuleTable& table_;
  const Config& config_;
  const TextOfFile& text_;
  SuppressionOutcome outcome_;
};

}  // namespace

SuppressionOutcome suppress(std::span<const Finding> findings, const Project& project, const RuleTable& table,
                            const Config& config, const TextOfFile& text) {
  return FindingSuppressor(findings, project, table, config, text).run();
}

}  // namespace tfcheck
