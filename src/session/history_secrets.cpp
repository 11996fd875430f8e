#include "session/history_secrets.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <mutex>
#include <tuple>

#include "base/text.h"
#include "masking/sensitive_text.h"
#include "report/finding_limit.h"
#include "report/fingerprint.h"

namespace tfcheck {

namespace {

// Shorter texts are as likely other words.
constexpr size_t shortest_text = 12;
constexpr size_t longest_value = 16'000;

// "2026-11-28T09:12:34Z", "" of no commit.
std::string date_of(int64_t time) {
  if (time < 0) return {};
  auto seconds = static_cast<std::time_t>(time);
  std::tm parts = {};
  if (!gmtime_r(&seconds, &parts)) return {};
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", parts);
}

}  // namespace

std::optional<TellingRank> HistorySecrets::told(const ObjectId& key) const {
  std::shared_lock lock(mutex_);
  auto found = secrets_.find(key);
  if (found != secrets_.end()) return found->second.rank;
  // What will be left out needs no words.
  return secrets_.size() >= most_findings ? std::optional(highest_rank) : std::nullopt;
}

void HistorySecrets::take(const HistoryBlob& blob, std::vector<FoundSecret> found) {
  std::unique_lock lock(mutex_);
  std::vector<ObjectId> counted;
  for (FoundSecret& one : found) {
    auto known = secrets_.find(one.key);
    if (known == secrets_.end() && secrets_.size() >= most_findings) {
      ++left_out_;
      if (!one.reason) gravest_left_out_ = std::max(gravest_left_out_.value_or(Severity::Note), one.severity);
      continue;
    }
    Secret& secret = secrets_[one.key];
    if (one.finding && (secret.versions == 0 || secret.rank < one.rank())) {
      secret.rank = one.rank();
      secret.finding = std::move(*one.finding);
      secret.commit = blob.commit;
      secret.value = one.value.substr(0, longest_value);
    }
    bool is_again = std::find(counted.begin(), counted.end(), one.key) != counted.end();
    if (!is_again) ++secret.versions, counted.push_back(one.key);
    if (!blob.in_head) continue;
    secret.in_head = true;
    if (!one.reason) secret.active_in_head = true;
    if (one.reason && !secret.head_reason) secret.head_reason = std::move(one.reason);
  }
}

SecretTexts HistorySecrets::wanted_in_head() const {
  SecretTexts texts(shortest_text);
  for (const auto& [key, secret] : secrets_) {
    if (!secret.in_head) texts.add(secret.value);
  }
  return texts;
}

void HistorySecrets::found_in_head(std::string_view line) {
  if (lines_.empty()) {
    for (const auto& [key, secret] : secrets_) {
      if (secret.in_head) continue;
      for (std::string_view part : split(secret.value, '\n')) lines_.emplace(std::string(trim(part)), key);
    }
  }
  for (auto [at, end] = lines_.equal_range(line); at != end; ++at) secrets_.at(at->second).in_head = true;
}

// A secret that is suppressed wherever HEAD has it is known, and its history with it.
void HistorySecrets::settle(Secret& secret) const {
  if (!secret.active_in_head && secret.head_reason) {
    secret.finding.state = FindingState::Suppressed;
    secret.finding.suppression_reason = secret.head_reason->text;
    secret.finding.suppression_mark = secret.head_reason->mark;
  }
  const HistoryCommit& commit = log_.commits[secret.commit];
  std::string id = to_hex(commit.id);
  secret.finding.commit = ReportCommit{id, date_of(commit.time), secret.versions, secret.in_head};
  // What a place looks like without its secrets is the same before and after one was exchanged.
  secret.finding.fingerprint = stable_fingerprint(secret.finding.rule, secret.finding.primary.region.path,
                                                  id + " " + secret.finding.fingerprint, 0);
}

// What is a secret of one file may be a word of another one.
void HistorySecrets::mask_all(std::vector<ReportFinding>& findings) const {
  SecretTexts texts(shortest_text);
  for (const auto& [key, secret] : secrets_) texts.add(secret.value);
  auto clean = [&](std::string& text) {
    if (std::vector<Span> spans = texts.find_in(text); !spans.empty()) text = mask_spans(text, spans);
  };
  for (ReportFinding& finding : findings) {
    for (std::string* text : {&finding.message, &finding.primary.region.path, &finding.suppression_reason})
      clean(*text);
    for (FrameLine& line : finding.primary.frame) {
      for (Span span : texts.find_in(line.text))
        std::fill(line.text.begin() + span.begin, line.text.begin() + span.end, '*');
    }
  }
}

std::vector<ReportFinding> HistorySecrets::finish() {
  std::vector<Secret*> order;
  for (auto& [key, secret] : secrets_) {
    settle(secret);
    order.push_back(&secret);
  }
  auto place = [](const Secret& secret) {
    const Region& region = secret.finding.primary.region;
    return std::tie(secret.commit, region.path, region.start.line, region.start.column, secret.finding.rule,
                    secret.finding.fingerprint);
  };
  std::sort(order.begin(), order.end(), [&](Secret* a, Secret* b) { return place(*a) < place(*b); });
  std::vector<ReportFinding> findings;
  for (Secret* secret : order) findings.push_back(std::move(secret->finding));
  mask_all(findings);
  return findings;
}

}  // namespace tfcheck
