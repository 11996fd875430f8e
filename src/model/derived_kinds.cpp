#include "model/derived_kinds.h"

#include <algorithm>

namespace tfcheck {

namespace {

constexpr DerivedColumn process_columns[] = {
    {"type", "web, worker, clock, release, one-off, health, or service (a third-party image)"},
    {"entry", "path of the project file that it runs"},
    {"program", "what runs, behind wrappers"},
    {"role", "start, release, cron or health"},
    {"unit", "the service, pod, stage, unit file, section or line that declares it"},
    {"port", "the literal port that its words name"},
    {"hops", "scripts between the declaration and this command"},
    {"elsewhere", "of a task on a host: the folder that it runs in, where the app's processes run in another one"},
    {"leaves",
     "of what a host runs by the system's interpreter: the folder of the isolated one of the app's processes"},
    {"direct", "runs the entry file itself rather than handing it to a server", true},
    {"exec", "replaces the shell in front of it", true},
    {"development", "only started by development files", true},
    {"guessed", "only a script's name says that it starts the app", true},
    {"passing", "does one thing and ends, or only running it tells what it is", true},
    {"replaceable", "deploys replace it as they like: an image's own command, a manifest's arguments", true},
};

constexpr DerivedColumn server_columns[] = {
    {"product", "the library or program that serves"},
    {"address", "where it listens, as far as the file says"},
    {"language", "of the code that starts it"},
    {"development", "a framework's server for developers", true},
    {"drains", "finishes requests by itself when it is told to stop", true},
    {"by-hand", "stands in a folder of tools, and no process runs its file", true},
    {"beside", "in a thread beside what the process does", true},
    {"handled", "something in its process handles SIGTERM, as far as is known", true},
};

constexpr DerivedColumn signal_columns[] = {
    {"signal", "TERM, INT …; any when only the run knows"},
    {"handler", "what handles it"},
    {"language", "of the code that handles it"},
    {"ignored", "it is swallowed", true},
    {"flushes", "the handler only sends what telemetry still holds, and leaves", true},
};

constexpr DerivedColumn loop_columns[] = {
    {"kind", "forever"},
    {"", ""},
    {"language", "of the code"},
    {"worker", "at the top of a file that a process runs, or of a command", true},
    {"waits", "something inside waits for work", true},
    {"ends", "something inside can end it or asks a person", true},
    {"handled", "something in its process handles SIGTERM, as far as is known", true},
};

constexpr DerivedColumn image_columns[] = {
    {"repository", "as written, without the tag"},
    {"tag", "tag or digest; absent when untagged"},
    {"tagged", "how a sentence says it: \"untagged\", \"tagged 'latest'\""},
    {"role", "base (of a build) or runs"},
    {"own", "a release of this repository rather than a dependency", true},
    {"release", "its name is the repository's own", true},
    {"again", "the file names it a second time", true},
    {"floats", "the tag does not say which version is meant", true},
    {"built", "something beside it builds it", true},
    {"rewritten", "a tool of the deploy puts a release in its place", true},
    {"default", "of a chart's values: the chart's own version stands in", true},
    {"deploys", "stands in a file that says what runs", true},
    {"backing", "of a compose file that starts only services for the app", true},
    {"other-release", "of a task: the tag of the release that the app's processes beside it run"},
    {"checks", "of a job of CI that neither deploys nor publishes", true},
    {"rollout", "a command of a deploy rolls it out", true},
    {"restart", "the command only starts it again, so that the tag is pulled once more", true},
};

constexpr DerivedColumn manifest_columns[] = {
    {"file", "its name without the folder"},
    {"lock",
     "present, none, left-out (git ignores that of a template), open (a list that pins not everything), partial (a "
     "list "
     "of direct packages only)"},
    {"tool", "what resolves it: npm, Bundler, Terraform …"},
    {"ignored", "git ignores the lock file that is not there", true},
    {"brings", "of a partial list: a package whose own dependencies are not in it"},
    {"development-only", "it declares nothing that the app itself needs", true},
    {"library", "it belongs to a package to publish", true},
    {"bare", "of an open list: some of its packages have no version at all", true},
};

constexpr DerivedColumn package_columns[] = {
    {"package", "its name, or what an import says"},
    {"declared",
     "yes; no where its component has no manifest; unlisted where the manifests of its component do not name it; "
     "system: "
     "a program that code runs and no deploy of it brings"},
    {"language", "of the code that imports it, as people say it"},
    {"takes", "how a sentence says its constraint: \"has no version\", \"takes '>=1'\""},
    {"image", "of a program: the Dockerfile that builds what runs it, if there is one"},
    {"unknown-base", "… which starts from an image of which nothing is known", true},
    {"probed", "of a program: the code looks whether it is there", true},
    {"open", "the constraint names no version, or only a lowest one, or a branch", true},
    {"settled", "a lock file or another list says which version it is", true},
    {"installed", "the image's build installs packages of its language by name", true},
    {"neighbour", "another component has a manifest of its language, which does not name it either", true},
    {"helper", "nothing starts or serves in its language there: scripts that somebody runs by hand", true},
    {"unlocked", "its manifest has no lock file, which is a finding of its own", true},
    {"tools", "its manifest lists nothing but tools of developers", true},
    {"manifest", "of one unlisted: the manifest that could name it"},
    {"spelled", "of one unlisted: how a sentence says what is used, \"yaml (of PyYAML)\""},
    {"program", "of one unlisted: a start command runs a program of it", true},
    {"known", "of one unlisted: the vocabulary knows which package it is", true},
    {"brought", "of one unlisted: a lock file has it, because another package wants it", true},
    {"elsewhere", "of one unlisted: the manifest of another component names it", true},
    {"few", "of one unlisted: its manifests name less than half of what the code uses", true},
};

constexpr DerivedColumn install_columns[] = {
    {"manager", "the program"},
    {"packages", "those whose version it leaves open"},
    {"role", "build, start, release, cron, ci, deploy (a job of CI that deploys or publishes) or other"},
    {"from", "of a command that installs what a manifest lists: its name"},
    {"lock", "the lock file that covers the manifest"},
    {"way",
     "what becomes of the lock file: loose (written anew where the manifest asks for something else), renewed, "
     "left-behind (the image has the manifest without it), hidden (its .dockerignore names it)"},
    {"tool", "the manager, whatever its program is called"},
    {"image", "stands in the build of an image", true},
    {"library", "the manifest is of a package to publish", true},
    {"tools", "all of them are managers and tools of the build", true},
    {"chart", "they are charts of Helm", true},
    {"development", "only developers run it", true},
};

constexpr DerivedColumn version_columns[] = {
    {"product", "node, python, postgres …"},
    {"version", "as written, a range in a manifest"},
    {"role",
     "deployed, build, copied (a build stage whose files the image takes), declared (.nvmrc and its like), range, "
     "development or ci; framework where a program starts the one that it is of"},
    {"folder", "of a CI job: the folder that it works in"},
    {"matched", "of a deployed one: developers or CI name the same version", true},
};

constexpr DerivedColumn log_sink_columns[] = {
    {"library", "the format of its configuration: logback, log4j, log4net …"},
    {"target", "the file or the pattern of its name, as far as it is said"},
    {"type", "the appender's class, or its element"},
    {"name", "what loggers call it"},
    {"rotates", "it renames or deletes its files", true},
    {"development", "only a profile of developers has it", true},
    {"attached", "a logger uses it, as far as is known", true},
    {"chosen", "only where a condition that names no production holds", true},
};

constexpr DerivedColumn schema_change_columns[] = {
    {"call", "what is called, without what leads to it"},
    {"table", "the table that its SQL makes"},
    {"what", "migrations, or tables (made without them)"},
    {"when", "boot, asked-for (a command, a script), or unknown: nothing shows who calls it"},
    {"language", "of the code"},
    {"own", "a call of the project's own function that does it", true},
    {"command", "a start command runs the app's own command that does it", true},
    {"opt-in", "a setting guards it that the repository delivers off", true},
};

constexpr DerivedColumn variable_columns[] = {
    {"name", "the variable"},
    {"default", "what stands in for one that is not set, as written; \"*\" of a secret and of what is worked out"},
    {"read", "what reads it: code, settings, script, start (a command that starts a process) or deploy"},
    {"documented", "path of the first document or example that names it"},
    {"provided", "path of the first file that gives it to a process"},
    {"like", "the nearest name on the other side, where one of the two looks misspelt"},
    {"required", "the program fails where it is not set", true},
    {"secret", "its name says that it holds one", true},
    {"platform", "the system, the language or the platform sets it", true},
    {"development", "only what developers, tests of behaviour or CI use reads or gives it", true},
    {"telling", "the repository documents or gives at least one other variable that its code reads", true},
};

constexpr DerivedColumn service_columns[] = {
    {"product", "postgres, redis …; the kind where nothing says which"},
    {"version", "as written"},
    {"kind", "database, cache, queue, mail, storage, search, http; peer: a machine of which nothing says what it is"},
    {"environment", "development, ci or production"},
    {"located", "how it is found: image, version, variable, default, literal or dependency"},
    {"variable", "the variable of the environment that says where it is"},
};

constexpr DerivedColumn repository_columns[] = {
    {"state", "unversioned"},
};

constexpr DerivedKind kinds[] = {
    {FactKind::Process, "process", "a command that a process of the repository runs", process_columns},
    {FactKind::Server, "server", "a call that starts a server", server_columns},
    {FactKind::Signal, "signal", "code that handles a signal", signal_columns},
    {FactKind::Loop, "loop", "a loop without an end", loop_columns},
    {FactKind::Manifest, "manifest", "a list of dependencies, and what records their versions", manifest_columns},
    {FactKind::Package, "package", "a dependency with an open version, or one that code uses undeclared",
     package_columns},
    {FactKind::Install, "install",
     "a command that installs packages by name, as far as versions are open, or what a manifest lists without its lock "
     "file",
     install_columns},
    {FactKind::ImageUse, "image", "a container image that a build or a deploy names", image_columns},
    {FactKind::VersionUse, "version", "a place that says which version of a runtime or service is meant",
     version_columns},
    {FactKind::LogSink, "log-sink", "where the logging configuration of Java and .NET writes to a file",
     log_sink_columns},
    {FactKind::SchemaChange, "schema-change", "code that changes the schema of a database", schema_change_columns},
    {FactKind::Variable, "variable", "a variable of the environment that something reads, gives or documents",
     variable_columns},
    {FactKind::Service, "service", "a place that says which backing service is meant and where it is", service_columns},
    {FactKind::Repository, "repository", "what is known of the repository as a whole", repository_columns},
};

}  // namespace

const DerivedColumn* DerivedKind::find(std::string_view column) const {
  auto found = std::find_if(columns.begin(), columns.end(),
                            [&](const DerivedColumn& known) { return !column.empty() && known.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

std::span<const DerivedKind> derived_kinds() {
  return kinds;
}

const DerivedKind* derived_kind(std::string_view word) {
  auto found =
      std::find_if(std::begin(kinds), std::end(kinds), [&](const DerivedKind& known) { return known.word == word; });
  return found == std::end(kinds) ? nullptr : found;
}

const DerivedKind* derived_kind(FactKind kind) {
  auto found =
      std::find_if(std::begin(kinds), std::end(kinds), [&](const DerivedKind& known) { return known.kind == kind; });
  return found == std::end(kinds) ? nullptr : found;
}

}  // namespace tfcheck
