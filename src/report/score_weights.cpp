#include "report/score_weights.h"

#include <algorithm>
#include <array>

namespace tfcheck {

namespace {

// A certain error halves its factor. The steps are chosen so that severity goes before confidence: an unlikely error
// (.55) still weighs more than a certain warning (.50), an unlikely warning (.28) more than a certain note (.10).
constexpr std::array<uint64_t, 3> severity_percent = {
    10,   // note: worth knowing; an auditor names ten of them before he takes off what one error costs
    50,   // warning: two different ones weigh as an error
    100,  // error
};
constexpr std::array<uint64_t, 3> confidence_percent = {
    55,   // low: every second is wrong
    75,   // medium: one of four is
    100,  // high
};
constexpr std::array<uint64_t, 4> breadth_percent = {200, 100, 50, 20};

constexpr std::string_view one_secret = "secrets that stand in the tree, in code, deploy file or env file alike";
constexpr std::string_view one_log = "who writes a log file has to rotate it";
constexpr std::string_view one_web_process =
    "a web process that does the work of others, at set times or when it is asked to";
constexpr std::string_view one_daemon = "who daemonizes needs the PID file";

constexpr RuleWeight default_weight{"", "", Breadth::Part, "", ""};

constexpr RuleWeight weights[] = {
    {"codebase/committed-artifact", "", Breadth::Edge, "", "build output beside its source: still one codebase"},
    {"dependencies/unpinned-version", "image", Breadth::Trace, "floating images",
     "what the app stands on moves; its own packages are settled all the same"},
    {"dependencies/unpinned-version", "", Breadth::Edge, "",
     "one package is open, the manifest and its lock are there"},
    {"dependencies/system-tool", "", Breadth::Edge, "", "one program is missing, the packages are declared"},
    {"dependencies/lock-ignored", "", Breadth::Edge, "lock files",
     "the versions are recorded, and taken until the manifest moves on"},
    {"dependencies/leaky-isolation", "", Breadth::Edge, "", "one step is outside of what isolates the others"},
    {"dependencies/missing-lockfile", "", Breadth::Part, "lock files", "nothing records the versions of one manifest"},
    {"dependencies/undeclared-import", "", Breadth::Edge, "",
     "one package is missing from a manifest that declares the others"},
    {"config/hardcoded-secret", "", Breadth::Part, "secrets in the tree", one_secret},
    {"config/baked-config", "", Breadth::Part, "secrets in the tree", one_secret},
    {"config/committed-env-file", "", Breadth::Part, "secrets in the tree", one_secret},
    {"config/secret-default", "", Breadth::Part, "secrets in the tree", one_secret},
    {"config/environment-group", "", Breadth::Edge, "",
     "what stands in the group is told by other rules, each by itself"},
    {"config/environment-branch", "", Breadth::Trace, "",
     "a framework's switch of behaviour more often than a deploy's value"},
    {"config/hardcoded-deploy-value", "", Breadth::Edge, "", "a second deploy needs a change, nothing leaks"},
    {"config/undocumented-variable", "", Breadth::Trace, "", "the variable is read as it should be; nobody says so"},
    {"backing-services/hardcoded-endpoint", "", Breadth::Whole, "",
     "a service that no deploy can exchange is not attached"},
    {"backing-services/hardcoded-address", "", Breadth::Trace, "",
     "one machine of one network; what it is, nothing says"},
    {"backing-services/local-mailer", "", Breadth::Edge, "", "one small service, and most machines can be given one"},
    {"build-release-run/code-change-at-run", "", Breadth::Whole, "", "what runs is then no release"},
    {"port-binding/loopback-bind", "", Breadth::Whole, "", "nobody outside reaches the port"},
    {"processes/local-datastore", "", Breadth::Whole, "", "all that the app knows is lost with its process"},
    {"processes/shared-disk", "", Breadth::Edge, "",
     "what is shared outlives the process, though it ties it to a place"},
    {"port-binding/injected-server", "", Breadth::Whole, "", "the app exports nothing by itself"},
    {"concurrency/daemonize", "", Breadth::Part, "daemons", one_daemon},
    {"concurrency/pid-file", "", Breadth::Part, "daemons", one_daemon},
    {"concurrency/in-process-scheduler", "", Breadth::Part, "work in the web process", one_web_process},
    {"concurrency/in-process-jobs", "", Breadth::Part, "work in the web process", one_web_process},
    {"disposability/no-graceful-shutdown", "", Breadth::Whole, "", "every stop loses what was being done"},
    {"disposability/force-kill", "", Breadth::Edge, "",
     "one script or one service; the app may stop cleanly elsewhere"},
    {"dev-prod-parity/version-drift", "", Breadth::Edge, "", "two versions are a risk of surprise, no fault yet"},
    {"logs/log-file", "", Breadth::Whole, "log files", "the factor forbids just this"},
    {"logs/log-rotation", "", Breadth::Part, "log files", one_log},
    {"logs/log-routing", "", Breadth::Part, "", "the events leave the process as a stream, only its way is fixed"},
    {"logs/committed-log", "", Breadth::Edge, "", "a file that was left behind, no way of logging by itself"},
    {"admin-processes/migrate-at-start", "", Breadth::Whole, "", "the task that every app has is no one-off process"},
    {"admin-processes/separate-environment", "", Breadth::Edge, "",
     "one task of several, which runs as a process of its own"},
};

// `most` has three steps: 95 where rules look at nearly all that an auditor asks, 85 where they look at most of it, 70
// where they look at a part. It rises with the rules.
constexpr std::array<FactorWeight, 12> factors = {{
    {1.0, "the ground of the others, but rarely broken in part", 95, "code shared between apps, copies per deploy"},
    {1.5, "decides whether a build can be repeated", 95, "undeclared packages"},
    {2.0, "a broken one leaks credentials and ties the code to one deploy", 85,
     "values that a client is built with, settings that the app writes"},
    {1.5, "decides whether a resource can be exchanged without a release", 85,
     "services that other languages tell apart"},
    {1.5, "decides whether what runs is what was built", 85,
     "a build per environment, images that copy the whole tree"},
    {1.5, "state in a process is lost with it", 70,
     "collections in memory that handlers fill, locks and pipes of the machine"},
    {1.0, "one line of most apps", 95, "privileged ports"},
    {1.0, "follows from the processes", 70,
     "entry points that nothing declares, loops that do work beside the requests"},
    {1.0, "slow or unclean stops, seldom lost data", 85, "health checks, workers that give nothing back"},
    {1.0, "a risk of surprise, not a fault in itself", 85, "dependencies of production alone, deploys by hand"},
    {1.0, "one place of most apps", 95, "events that are no lines of a stream"},
    {1.0, "rare runs", 85, "changes by hand"},
}};

}  // namespace

std::span<const RuleWeight> rule_weights() {
  return weights;
}

const RuleWeight& rule_weight(std::string_view rule, std::string_view fact) {
  auto found = std::find_if(std::begin(weights), std::end(weights), [&](const RuleWeight& row) {
    return row.rule == rule && (row.fact.empty() || row.fact == fact);
  });
  return found == std::end(weights) ? default_weight : *found;
}

const FactorWeight& factor_weight(size_t factor) {
  return factors.at(factor);
}

uint64_t finding_weight(Severity severity, Confidence confidence, Breadth breadth) {
  return weight_unit / 1'000'000 * percent_of(severity) * percent_of(confidence) * percent_of(breadth);
}

uint64_t repeat_weight(uint64_t weight, uint64_t n) {
  return std::max<uint64_t>(weight / (n * n), 1);
}

uint64_t percent_of(Severity severity) {
  return severity_percent.at(static_cast<size_t>(severity));
}

uint64_t percent_of(Confidence confidence) {
  return confidence_percent.at(static_cast<size_t>(confidence));
}

uint64_t percent_of(Breadth breadth) {
  return breadth_percent.at(static_cast<size_t>(breadth));
}

std::string_view to_string(Breadth breadth) {
  static constexpr std::array<std::string_view, 4> words = {"whole", "part", "edge", "trace"};
  return words.at(static_cast<size_t>(breadth));
}

}  // namespace tfcheck
