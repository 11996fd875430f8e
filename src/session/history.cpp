#include "session/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <system_error>
#include <utility>

#include "base/parallel.h"
#include "base/version.h"
#include "masking/text_patterns.h"
#include "model/words.h"
#include "repo/audit_root.h"
#include "repo/tree_walk.h"
#include "report/build_report.h"
#include "report/masking.h"
#include "report/summary.h"
#include "report/switches.h"
#include "scan/scan.h"
#include "session/blob_judge.h"
#include "session/history_secrets.h"
#include "session/work_gate.h"

namespace tfcheck {

namespace {

constexpr size_t blobs_at_once = 4096;
// Results that wait for an earlier one; the thread that has that one never waits.
constexpr size_t most_waiting = 10'000;
// What files that are judged at the same time may need together, and what one needs: a tree and facts of some forty
// times its size, and what it is unpacked from.
constexpr uint64_t memory_at_once = uint64_t{160} << 20;
constexpr uint64_t most_unpacking = uint64_t{128} << 20;

uint64_t memory_of(const ObjectStore& store, const ObjectId& id) {
  std::optional<ObjectStore::Size> size = store.size(id);
  if (!size || size->bytes > largest_read) return 0;
  return 40 * std::min<uint64_t>(size->bytes, largest_parse) + std::min(size->work, most_unpacking);
}

class HistoryAudit {
 public:
  HistoryAudit(const AuditRoot& root, const std::string& path, const Session& session, const Config& config,
               unsigned threads)
      : root_(root),
        path_(path),
        store_(root.repository),
        threads_(threads),
        rules_(session, config),
        log_(read_history(root.repository, store_)),
        walk_(store_, log_,
              {root.below, excluded_globs(config), [this](std::string_view p) { return rules_.wants(p); }}),
        secrets_(log_),
        gate_(memory_at_once) {}

  Report run() {
    std::vector<HistoryBlob> blobs = walk_.next(blobs_at_once);
    while (!blobs.empty()) {
      std::future<std::vector<HistoryBlob>> following = walk_on();
      judge_all(blobs);
      blobs = following.get();
    }
    look_at_head();
    return report();
  }

  // Did the machine or the repository refuse something?
  bool has_refused() const { return log_.gaps.has_refused() || walk_.gaps().has_refused() || gaps_.has_refused(); }

 private:
  std::future<std::vector<HistoryBlob>> walk_on() {
    auto walk = [this] { return walk_.next(blobs_at_once); };
    try {
      if (threads_ > 1) return std::async(std::launch::async, walk);
    } catch (const std::system_error&) {
    }
    return std::async(std::launch::deferred, walk);
  }

  // Threads take the blobs in order; what they found is taken in order too, as soon as everything before it was.
  void judge_all(const std::vector<HistoryBlob>& blobs) {
    std::vector<JudgedBlob> judged(blobs.size());
    std::vector<bool> done(blobs.size());
    std::atomic<size_t> next{0};
    size_t taken = 0, waiting = 0;
    std::mutex mutex;
    std::condition_variable moved;
    ToldRank told = [this](const ObjectId& key) { return secrets_.told(key); };
    run_parallel(threads_, threads_, [&](size_t) {
      BlobJudge judge(rules_, store_);
      for (size_t i = next++; i < blobs.size(); i = next++) {
        {
          std::unique_lock lock(mutex);
          moved.wait(lock, [&] { return i == taken || waiting < most_waiting; });
        }
        WorkGate::Pass pass(gate_, memory_of(store_, blobs[i].id));
        JudgedBlob result = judge.judge(blobs[i], told);
        std::lock_guard lock(mutex);
        waiting += result.secrets.size();
        judged[i] = std::move(result);
        done[i] = true;
        for (; taken < blobs.size() && done[taken]; ++taken) {
          waiting -= judged[taken].secrets.size();
          take(blobs[taken], std::exchange(judged[taken], {}));
        }
        moved.notify_all();
      }
    });
  }

  void take(const HistoryBlob& blob, JudgedBlob judged) {
    judged_ += judged.was_read;
    if (judged.gap) {
      judged.gap->commit = log_.commits[blob.commit].id;
      gaps_.add(std::move(*judged.gap));
    }
    if (!judged.secrets.empty()) secrets_.take(blob, std::move(judged.secrets));
  }

  // A secret may still stand in HEAD where no rule takes it for one: in a test, in a page.
  void look_at_head() {
    SecretTexts wanted = secrets_.wanted_in_head();
    if (wanted.longest() == 0 || !log_.head_tree) return;
    CommitWalk head(store_, {});
    std::vector<CommitWalk::Item> items = head.below(log_.head_tree, "");
    std::set<std::string> found;
    std::mutex mutex;
    run_parallel(threads_, items.size(), [&](size_t i) {
      std::optional<ObjectStore::Size> size = store_.size(items[i].id);
      if (!size || size->bytes > largest_read) return;
      WorkGate::Pass pass(gate_, memory_of(store_, items[i].id));
      std::string bytes;
      if (store_.read(items[i].id, largest_read, bytes)) return;
      for (Span span : wanted.find_in(bytes)) {
        std::lock_guard lock(mutex);
        found.insert(bytes.substr(span.begin, span.end - span.begin));
      }
    });
    for (const std::string& line : found) secrets_.found_in_head(line);
  }

  Report report() {
    Report report;
    fill_head(report);
    report.rules = rules_.rules;
    report.findings = secrets_.finish();
    for (ReportFinding& finding : report.findings) finding.rule_index = index_of(finding.rule);
    fill_unread(report);
    fill_gates(report);
    for (FactorScore& factor : report.score.factors) factor.reason = "only secrets in the history were looked for";
    report.score.no_overall = "a history has no score";
    Sources sources;
    sources.words = &rules_.session.rules().words().masking;
    TextPatterns patterns(rules_.session.rules().vocabulary());
    sources.recognise = [&](std::string_view text) { return patterns.find_in(text); };
    OpenFiles files(sources);
    Masker(sources, files, {}).clean(report);
    return report;
  }

  uint32_t index_of(const std::string& rule) const {
    auto found = std::find_if(rules_.rules.begin(), rules_.rules.end(),
                              [&](const ReportRule& candidate) { return candidate.id == rule; });
    return static_cast<uint32_t>(found - rules_.rules.begin());
  }

  void fill_head(Report& report) const {
    const RepositoryInfo& info = root_.repository.info;
    report.tool_version = program_version();
    const std::vector<Edition>& editions = rules_.session.rules().editions();
    report.edition = editions[edition_in_force(rules_.config, editions)].name;
    report.root = path_;
    report.folder = root_.below;
    report.configuration = configuration_of(rules_.config, rules_.session.rules(), info, path_);
    report.revision = info.head;
    report.branch = info.branch;
    report.remote_url = info.remote_url;
    report.notices = root_.repository.notices;
    if (info.head.empty())
      report.notices.push_back(
          {"", "HEAD names no commit: no configuration was read, and no secret counts as in HEAD"});
    const HistoryWalk::Counts& counts = walk_.counts();
    size_t unread = log_.gaps.whole() + walk_.gaps().whole() + gaps_.whole();
    report.history = ReportHistory{log_.references, log_.commits.size(),        counts.blobs, judged_, unread,
                                   info.is_shallow, root_.repository.is_partial};
    report.statistics.files_checked = judged_;
    report.statistics.files_skipped = counts.blobs - judged_;
  }

  // One line of notice for each reason, and the first of them one by one.
  void fill_unread(Report& report) const {
    struct Kind {
      const HistoryGap* first;
      size_t count = 0;
    };
    std::map<std::pair<bool, Unread>, Kind> kinds;
    for (const HistoryGaps* gaps : {&log_.gaps, &walk_.gaps(), &gaps_}) {
      for (const HistoryGap& gap : gaps->kept()) {
        report.unread.push_back({gap.path, gap.why, detail_of(gap), true, gap.is_partly});
        ++kinds.try_emplace({gap.is_partly, gap.why}, Kind{&gap}).first->second.count;
      }
      size_t more = gaps->count() - gaps->kept().size();
      if (more > 0)
        report.notices.push_back({"", fmt::format("{} more were not looked at", more), 0, Unread::TooLarge});
    }
    for (const auto& [key, kind] : kinds) {
      std::string others = kind.count > 1 ? fmt::format("; and {} more for such a reason", kind.count - 1) : "";
      std::string_view what = key.first ? "searched for tokens only" : "not looked at";
      report.notices.push_back(
          {kind.first->path, fmt::format("{}: {}{}", what, detail_of(*kind.first), others), 0, key.second});
    }
    std::stable_sort(report.unread.begin(), report.unread.end(),
                     [](const UnreadPlace& a, const UnreadPlace& b) { return is_refused(a.why) > is_refused(b.why); });
  }

  static std::string detail_of(const HistoryGap& gap) {
    if (!gap.commit) return gap.detail;
    return fmt::format("{} (commit {})", gap.detail, to_hex(gap.commit).substr(0, 12));
  }

  void fill_gates(Report& report) const {
    if (size_t left = secrets_.left_out(); left > 0)
      report.notices.push_back({"", fmt::format("{} places of more secrets than a report holds are left out", left), 0,
                                Unread::TooManyFacts});
    const std::optional<Severity>& least = rules_.config.fail_on;
    if (!least) return;
    bool passed = std::none_of(report.findings.begin(), report.findings.end(), [&](const ReportFinding& finding) {
      return finding.state == FindingState::Active && finding.severity >= *least;
    });
    if (secrets_.gravest_left_out() && *secrets_.gravest_left_out() >= *least) passed = false;
    report.gates.push_back({fmt::format("--fail-on {}", to_string(*least)), passed});
  }

  const AuditRoot& root_;
  const std::string& path_;  // as the user named it
  ObjectStore store_;
  unsigned threads_;
  BlobRules rules_;
  HistoryLog log_;
  HistoryWalk walk_;
  HistorySecrets secrets_;
  WorkGate gate_;
  HistoryGaps gaps_;  // of blobs
  size_t judged_ = 0;
};

}  // namespace

Result<Report> audit_history(AuditSetup setup, unsigned threads, bool allow_unread) {
  Result<AuditRoot> root = open_audit_root(setup.path, FileSource::History);
  if (!root) return root.error();
  setup.staged = false;
  setup.revision = "HEAD";
  if (root->repository.info.head.empty()) setup.isolated = true;
  Result<LoadedSetup> loaded = load_setup(setup);
  if (!loaded) return loaded.error();
  loaded->rules.keep_only([](const Rule& rule) { return rule.security_severity.has_value(); });
  Session session(std::move(loaded->rules), threads);
  HistoryAudit audit(*root, setup.path, session, loaded->config, threads);
  Report report = audit.run();
  report.execution_successful = allow_unread || !audit.has_refused();
  return report;
}

}  // namespace tfcheck
