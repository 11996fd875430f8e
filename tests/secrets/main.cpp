// Prints how many secrets of fixtures/secrets are told (recall) and how much of what is told is one (precision), by
// kind:
//   secret_benchmark FOLDER [-v] [PRECISION RECALL]
// -v names every case that is judged wrong. With figures it fails when it falls below them.
#include <fmt/format.h>

#include <cstdlib>
#include <map>

#include "secrets/cases.h"
#include "session/load.h"
#include "session/session.h"

using namespace tfcheck;

namespace {

struct Count {
  size_t secrets = 0, told = 0, others = 0, alarms = 0;

  void add(const Count& more) {
    secrets += more.secrets, told += more.told, others += more.others, alarms += more.alarms;
  }
  double recall() const { return secrets ? static_cast<double>(told) / static_cast<double>(secrets) : 1; }
  double precision() const {
    return told + alarms ? static_cast<double>(told) / static_cast<double>(told + alarms) : 1;
  }
};

bool is_of_secrets(std::string_view rule) {
  return rule == "config/hardcoded-secret" || rule == "config/secret-default" || rule == "config/baked-config" ||
         rule == "config/committed-env-file";
}

// A secret counts where it stands, or with the file as a whole; of what is none every finding is a false alarm.
bool is_told(const Session& session, const SecretCase& one) {
  Report report = session.report(FileSet::of({{one.file, one.text}}));
  for (const ReportFinding& finding : report.findings) {
    if (!is_of_secrets(finding.rule)) continue;
    bool whole = finding.rule == "config/committed-env-file";
    if (!one.secret || whole || finding.primary.region.start.line == one.line) return true;
    for (const ReportPlace& place : finding.related) {
      if (place.region.start.line == one.line) return true;
    }
  }
  return false;
}

void print(std::string_view kind, const Count& count) {
  std::string recall = count.secrets ? fmt::format("{:.2f}", count.recall()) : "-";
  std::string precision = count.secrets ? fmt::format("{:.2f}", count.precision()) : "-";
  fmt::print("{:32} {:5} {:5} {:>6}   {:5} {:5} {:>6}\n", kind, count.secrets, count.told, recall, count.others,
             count.alarms, precision);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  bool verbose = std::erase(words, "-v") > 0;
  if (words.size() != 1 && words.size() != 3) {
    fmt::print(stderr, "usage: secret_benchmark FOLDER [-v] [PRECISION RECALL]\n");
    return 2;
  }
  Result<RuleSet> rules = load_rules({});
  if (!rules) return 2;
  Session session(std::move(*rules));
  std::vector<SecretCase> cases = read_cases(words[0], session.rules().vocabulary());
  for (SecretCase& one : token_cases(words[0], session.rules().vocabulary())) cases.push_back(std::move(one));
  std::map<std::string, Count> kinds;
  Count all;
  for (const SecretCase& one : cases) {
    bool told = is_told(session, one);
    Count count{one.secret, one.secret && told, !one.secret, !one.secret && told};
    kinds[one.kind].add(count);
    all.add(count);
    if (verbose && told != one.secret)
      fmt::print("{} ({}): {}\n{}\n", told ? "ALARM" : "MISSED", one.kind, one.file, one.text);
  }
  fmt::print("{:32} {:>5} {:>5} {:>6}   {:>5} {:>5} {:>6}\n", "kind", "true", "told", "recall", "other", "told",
             "prec.");
  for (const auto& [kind, count] : kinds) print(kind, count);
  print("all", all);
  if (words.size() == 1) return 0;
  return all.precision() >= std::atof(words[1].c_str()) && all.recall() >= std::atof(words[2].c_str()) ? 0 : 1;
}
