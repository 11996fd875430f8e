#include "session/blob_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "model/scope.h"
#include "model/words.h"
#include "report/audit_sources.h"
#include "report/fixes.h"
#include "report/resolve.h"
#include "report/suppress.h"
#include "session/audit_options.h"

namespace tfcheck {

namespace {

// A finding of several secrets as one of each. Those behind the first stand at its related places, where it has one for
// each of them.
std::vector<Finding> one_by_one(const Finding& finding, std::string_view text) {
  std::vector<Finding> parts = {finding};
  parts[0].related.clear();
  if (!finding.span || finding.secrets.empty()) return parts;
  parts[0].secrets = {finding.secrets[0]};
  std::set<std::string_view> told;
  Span last = finding.secrets[0];
  auto text_of_span = [&](Span span) { return text.substr(span.begin, span.end - span.begin); };
  told.insert(text_of_span(last));
  bool has_places = finding.related.size() + 1 == finding.secrets.size();
  for (size_t i = 1; i < finding.secrets.size(); ++i) {
    Span secret = finding.secrets[i];
    bool overlaps = secret.begin < last.end && last.begin < secret.end;
    last = secret;
    if (overlaps || secret.begin >= secret.end || !told.insert(text_of_span(secret)).second) continue;
    Finding& part = parts.emplace_back(finding);
    part.related.clear();
    part.secrets = {secret};
    part.span = has_places && finding.related[i - 1].span ? *finding.related[i - 1].span : secret;
    part.message = "The file holds another secret.";
    part.cause.reset();
  }
  return parts;
}

// "\n" and "\r" as they are written in literals.
std::string without_line_ends(std::string_view value) {
  std::string out;
  for (size_t i = 0; i < value.size(); ++i) {
    bool escaped = value[i] == '\\' && i + 1 < value.size() && (value[i + 1] == 'n' || value[i + 1] == 'r');
    if (escaped) {
      ++i;
    } else if (std::string_view(" \t\r\n\"'+,").find(value[i]) == std::string_view::npos) {
      out += value[i];
    }
  }
  return out;
}

}  // namespace

ObjectId key_of_secret(std::string_view value) {
  bool many_lines = value.find('\n') != std::string_view::npos || value.find("\\n") != std::string_view::npos;
  return many_lines ? sha1(without_line_ends(value)) : sha1(value);
}

BlobRules::BlobRules(const Session& the_session, const Config& the_config)
    : session(the_session),
      config(the_config),
      options(audit_options(the_config, the_session.rules(), 1)),
      table(the_session.rules()),
      rules(table.enabled(the_config)),
      stores(the_session.rules().vocabulary().set("credential-store")),
      keys(the_session.rules().vocabulary().set("key-file")) {}

bool BlobRules::wants(std::string_view path) const {
  uint32_t role = session.rules().words().roles.of_path(path) & scope::OnRequest;
  const std::vector<Rule>& all = session.rules().rules();
  return std::any_of(all.begin(), all.end(), [&](const Rule& rule) { return (role & ~rule.scopes) == 0; });
}

// Nothing in it could be a secret, and its name does not say that it is one.
bool BlobJudge::says_nothing(const ProjectFile& file) const {
  bool is_empty = file.hits.empty() && (!file.facts || file.facts->facts().empty());
  std::string_view name = base_name(file.path);
  return is_empty && !rules_.stores.contains(name) && !rules_.keys.contains(name);
}

JudgedBlob BlobJudge::judge(const HistoryBlob& blob, const ToldRank& told) {
  FileEntry entry;
  entry.path = blob.path;
  entry.blob_id = blob.id;
  entry.executable = blob.executable;
  FileSet set = FileSet::of_object(store_, std::move(entry));
  const RuleSet& rules = rules_.session.rules();
  Scan scan = scan_files(set, Listing(set, rules.words(), 1), tools_);
  const ProjectFile& file = scan.listing.files[0];
  JudgedBlob judged;
  judged.was_read = file.was_read();
  if (file.unread != Unread::None) {
    std::string detail = file.detail.empty() ? std::string(to_string(file.unread)) : file.detail;
    judged.gap = HistoryGap{{}, file.path, file.unread, std::move(detail), file.was_read()};
  }
  if (says_nothing(file)) return judged;
  Project project(std::move(scan.listing));
  Judgement judgement = tfcheck::judge(rules, project, rules_.options);
  AuditResult audit{std::move(project), std::move(judgement), {}, {}};
  if (!audit.judgement.findings.empty()) tell(audit, told, judged);
  return judged;
}

void BlobJudge::tell(AuditResult& audit, const ToldRank& told, JudgedBlob& judged) {
  const std::string none;
  const std::string& text = judged.was_read ? tools_.text : none;
  TextOfFile text_of = [&](uint32_t) -> const std::string& { return text; };
  auto suppressed = [&](std::span<const Finding> findings) {
    return suppress(findings, audit.project, rules_.table, rules_.config, text_of).reasons;
  };
  std::vector<std::optional<SuppressionReason>> whole = suppressed(audit.judgement.findings);
  std::vector<Finding> findings;
  std::vector<std::optional<SuppressionReason>> reasons;
  for (size_t i = 0; i < whole.size(); ++i) {
    for (Finding& part : one_by_one(audit.judgement.findings[i], text)) {
      findings.push_back(std::move(part));
      reasons.push_back(whole[i]);
    }
  }
  std::vector<std::optional<SuppressionReason>> each = suppressed(findings);
  std::vector<size_t> which;
  for (size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    FoundSecret found;
    found.severity = finding.severity;
    found.reason = reasons[i] ? std::move(reasons[i]) : std::move(each[i]);
    if (finding.span && !finding.secrets.empty()) {
      Span secret = finding.secrets[0];
      found.value = text.substr(secret.begin, secret.end - secret.begin);
      found.key = key_of_secret(found.value);
    } else {
      found.key = sha1(fmt::format("{}\n{}", rules_.table.id(finding.rule), audit.project.files[0].path));
    }
    std::optional<TellingRank> known = told(found.key);
    if (!known || *known < found.rank()) which.push_back(i);
    judged.secrets.push_back(std::move(found));
  }
  if (!which.empty()) resolve(audit, findings, which, judged);
}

void BlobJudge::resolve(AuditResult& audit, const std::vector<Finding>& findings, const std::vector<size_t>& which,
                        JudgedBlob& judged) {
  std::vector<Finding> wanted;
  wanted.reserve(which.size());
  for (size_t i : which) wanted.push_back(findings[i]);
  Sources sources = audit_sources(audit, rules_.session.rules());
  sources.text = [&](uint32_t) { return judged.was_read ? tools_.text : std::string(); };
  sources.rule_id = [&](uint32_t rule) { return rules_.table.id(rule); };
  OpenFiles files(sources);
  Masker masker(sources, files, findings);
  std::vector<ReportFinding> resolved = resolve_findings(wanted, sources, rules_.rules, files, masker);
  for (size_t i = 0; i < which.size(); ++i) {
    ReportFinding& finding = resolved[i];
    FoundSecret& found = judged.secrets[which[i]];
    finding.fix = fix_of(rules_.session.rules().rules()[wanted[i].rule], wanted[i], audit.project,
                         wanted[i].cause ? wanted[i].cause->fact : std::nullopt);
    if (found.reason) {
      finding.state = FindingState::Suppressed;
      finding.suppression_reason = masker.words(found.reason->text, 0);
      finding.suppression_mark = found.reason->mark;
    }
    found.finding = std::move(finding);
  }
}

}  // namespace tfcheck
