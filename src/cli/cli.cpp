#include "cli/cli.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <new>
#include <sstream>

#include "base/memory.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"

namespace tfcheck {

namespace {

const std::vector<std::string> formats = {"text", "json", "sarif"};
const std::vector<std::string> matrix_formats = {"text", "json", "markdown"};  // of `rules coverage`
// What a command that lists what the model knows can write; the first where nothing is asked for.
const std::vector<std::string> environment_formats = {"table", "json", "markdown", "dotenv"};
const std::vector<std::string> service_formats = {"table", "json", "markdown"};

const std::vector<std::string>& formats_of(const Options& options) {
  if (options.command == "env") return environment_formats;
  if (options.command == "services") return service_formats;
  return options.command == "rules" ? matrix_formats : formats;
}

std::string nearest_hint(const std::string& word, const std::vector<std::string>& valid) {
  std::string near = nearest(word, valid);
  return near.empty() ? "" : "did you mean '" + near + "'?";
}

// FORMAT=FILE, or FILE whose extension names the format; "-" is standard output.
std::optional<Error> parse_output(const std::string& text, Options& options) {
  size_t sign = text.find('=');
  std::string format = sign == std::string::npos ? "" : text.substr(0, sign);
  std::string file = sign == std::string::npos ? text : text.substr(sign + 1);
  if (format.empty()) {
    format = std::string(after_last(file, '.'));
    if (format == "txt") format = "text";
  }
  if (std::find(formats.begin(), formats.end(), format) == formats.end()) {
    return Error{"-o " + text + ": '" + format + "' is no output format", "", 0,
                 "text, json or sarif, as in -o sarif=report.sarif"};
  }
  if (file.empty()) return Error{"-o " + text + ": the file's name is missing", "", 0, "as in -o sarif=report.sarif"};
  if (file != "-") {
    options.outputs.push_back({format, file});
  } else if (options.format.empty()) {
    options.format = format;
  } else {
    return Error{"-o " + text + ": standard output has a report already, in " + options.format, "", 0, ""};
  }
  return std::nullopt;
}

struct Raw {
  std::vector<std::string> outputs;
  std::string color = "auto";
};

// Which rules and paths an audit looks at.
void add_choice_flags(CLI::App& app, Options& options, Raw& raw) {
  app.add_option("--edition", options.setup.flags.edition,
                 "Of the rules: what came with a later one is a note (default: the configuration's, else the newest)");
  app.add_option("--select", options.setup.flags.select, "Only these rules or factors; globs, commas")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--ignore", options.setup.flags.ignore, "Not these rules or factors; globs, commas")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--exclude", options.setup.flags.exclude,
                 "Leave out paths, as reports show them, that match this glob; may be repeated")
      ->allow_extra_args(false);
  app.add_option("--rules", options.setup.packs, "Also load the rule pages of this folder or file; may be repeated")
      ->allow_extra_args(false);
  app.add_option("--config", options.setup.config, "Read this configuration file instead of .tfcheck.toml");
  app.add_flag("--isolated", options.setup.isolated, "Read no configuration file and no baseline of the tree");
  app.add_flag("--allow-unread", options.allow_unread,
               "Exit as the gate says although files in scope could not be read");
  app.add_option("-j,--jobs", options.jobs, "Threads (default: all cores)")->check(CLI::Range(1, 256));
  app.add_option("--color", raw.color, "auto, always, never");
}

// What a command that makes a report has: which rules and paths, where it goes, when it fails.
void add_report_flags(CLI::App& app, Options& options, Raw& raw) {
  app.add_option("-f,--format", options.format, "Format on standard output: text, json, sarif");
  app.add_option("-o,--output", raw.outputs,
                 "FORMAT=FILE: also write a report to a file (-: standard output); may be repeated")
      ->allow_extra_args(false);
  app.add_option("--fail-on", options.setup.flags.fail_on,
                 "Exit with 1 from this severity on: error, warning (default), note, never");
  add_choice_flags(app, options, raw);
  app.add_flag("-q,--quiet", options.quiet, "A line for each finding, and one summary line");
  app.add_flag("-v,--verbose", options.verbose, "Everything: no folding, suppressed findings, notices in full");
}

// The files of an audit: those of a folder, on disk or elsewhere.
void add_source_flags(CLI::App& app, Options& options) {
  app.add_option(
         "PATH", options.setup.path,
         "Folder to audit; of a folder in a git repository the manifests and deploy files round it are read as well")
      ->default_str(".");
  app.add_flag("--staged", options.setup.staged, "Audit the index: what would be committed");
  app.add_option("--rev", options.setup.revision, "Audit a commit instead of the work tree");
}

void add_audit_flags(CLI::App& app, Options& options, Raw& raw) {
  add_source_flags(app, options);
  add_report_flags(app, options, raw);
  app.add_option("--min-score", options.setup.flags.min_score, "Exit with 1 when the score is below N (0-100)")
      ->check(CLI::Range(0.0, 100.0));
  app.add_flag("--stats", options.stats, "Time per stage, bytes read and parsed, slowest files (standard error)");
}

// An audit whose gate judges what is new.
void add_check_flags(CLI::App& app, Options& options, Raw& raw) {
  add_audit_flags(app, options, raw);
  app.add_option("--baseline", options.setup.baseline,
                 "Gate only what this file does not know (default: tfcheck-baseline.json of what is audited)");
  app.add_option("--since", options.setup.since,
                 "Gate only what has come since the work left this branch or commit: two audits and no file");
  app.add_flag("--no-baseline", options.setup.no_baseline, "Gate every finding: no baseline counts");
}

void add_baseline_command(CLI::App& app, Options& options, Raw& raw) {
  app.add_option(
         "ACTION", options.action,
         "create it of all that is found; update it: add what is new, drop what is gone; prune: only drop; show it")
      ->required();
  add_source_flags(app, options);
  app.add_option("--baseline", options.setup.baseline, "The file (default: tfcheck-baseline.json in PATH)");
  add_choice_flags(app, options, raw);
}

// What a listing has: the files that are looked at, and how they are told.
void add_listing_flags(CLI::App& app, Options& options, Raw& raw, const char* format_help) {
  app.add_option("PATH", options.setup.path, "Folder to look at")->default_str(".");
  app.add_option("-f,--format", options.format, format_help);
  app.add_option("--exclude", options.setup.flags.exclude, "Leave out paths that match this glob; may be repeated")
      ->allow_extra_args(false);
  app.add_option("--rules", options.setup.packs, "Also load the rule pages of this folder or file; may be repeated")
      ->allow_extra_args(false);
  app.add_option("--config", options.setup.config, "Read this configuration file instead of .tfcheck.toml");
  app.add_flag("--isolated", options.setup.isolated, "Read no configuration file");
  app.add_flag("--staged", options.setup.staged, "Look at the index: what would be committed");
  app.add_option("--rev", options.setup.revision, "Look at a commit instead of the work tree");
  app.add_option("-j,--jobs", options.jobs, "Threads (default: all cores)")->check(CLI::Range(1, 256));
  app.add_option("--color", raw.color, "auto, always, never");
}

void add_commands(CLI::App& app, Options& options, Raw& raw) {
  add_check_flags(app, options, raw);
  auto command = [&](const char* name, const char* help) {
    CLI::App* sub = app.add_subcommand(name, help);
    sub->callback([&options, name] { options.command = name; });
    return sub;
  };
  add_check_flags(*command("check", "Audit a directory (the default command)"), options, raw);
  CLI::App* explain =
      command("explain",
              "Print the page of a rule, the rules of a factor, why a finding fired, or the arithmetic of the score");
  explain->add_option(
      "RULE", options.arguments,
      "Rule id, its last part, or a factor; a finding by its fingerprint or PATH:LINE; the folder of --score");
  explain->add_option("--report", options.report,
                      "Findings, practices or score of this JSON report (default: audit the current folder)");
  explain->add_flag("--score", options.score,
                    "How the score comes about: what each factor lost to which rule, and the weights");
  explain->add_flag("--all", options.all, "Every rule");
  explain->add_option("--rules", options.setup.packs, "Also load these rule pages")->allow_extra_args(false);
  CLI::App* rules = command("rules",
                            "List the rules; `rules check FILE|DIR` runs the examples of rule pages, `rules coverage` "
                            "prints the languages and formats that they show, `rules schema` what a rule block may "
                            "hold");
  rules->add_option("ARGS", options.arguments, "check FILE|DIR …, coverage [RULE|FACTOR …], [EDITION] [PATH]");
  rules->add_flag(
      "--edition", options.edition,
      "What the newest edition of the rules changes against EDITION (default: the pinned one), and in PATH");
  rules->add_option("--config", options.setup.config, "Of --edition: read this configuration file");
  rules->add_option("-f,--format", options.format, "Of coverage: text, json, markdown");
  rules->add_option("--rules", options.setup.packs, "Also load these rule pages")->allow_extra_args(false);
  add_audit_flags(*command("files", "List the files of an audit: language, scope, component, why one is skipped"),
                  options, raw);
  add_audit_flags(*command("components", "List the parts of a repository: what each is and why, what starts it"),
                  options, raw);
  add_listing_flags(*command("env",
                             "List the variables of the environment: what reads each and with which default, what "
                             "gives it, what documents it, and the gaps between the three"),
                    options, raw,
                    "table (default), json, markdown, or dotenv: a commented .env.example with empty secrets");
  add_listing_flags(*command("services",
                             "List the backing services: how each is located, and its versions in development, CI and "
                             "production"),
                    options, raw, "table (default), json, markdown");
  CLI::App* history =
      command("history",
              "Look for secrets in every file that a branch, tag, remote, HEAD or stash of a repository "
              "ever reached");
  history->add_flag("--secrets", options.secrets, "What to look for: the rules about secrets (so far nothing else)");
  history->add_option("PATH", options.setup.path, "The repository, or a folder of it: then only paths below that")
      ->default_str(".");
  add_report_flags(*history, options, raw);
  add_baseline_command(*command("baseline",
                                "Keep the findings that are known, so that the gate judges only what is new: baseline "
                                "create, update, prune, show"),
                       options, raw);
  CLI::App* facts = command("facts", "Print what the adapters see in files, for rule writers");
  facts->add_option("FILE", options.arguments, "Files; with --derived the directory to audit")->required();
  facts->add_flag("--derived", options.derived, "Print what the model adds after connecting files");
  command("version", "Print the version");
}

// `tfcheck path` is `tfcheck check path`: a first word that is neither a command nor a flag is a path, so a mistyped
// command must say so.
std::optional<Error> check_path(const Options& options, const CLI::App& app) {
  if (options.setup.path.find('/') != std::string::npos || options.setup.path.find('.') != std::string::npos ||
      options.command != "check")
    return std::nullopt;
  if (::access(options.setup.path.c_str(), F_OK) == 0) return std::nullopt;
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands({})) names.push_back(sub->get_name());
  std::string hint = nearest_hint(options.setup.path, names);
  if (hint.empty()) return std::nullopt;
  return Error{"'" + printable(options.setup.path) + "' is neither a command nor a directory", "", 0, hint};
}

std::optional<Error> finish_options(Options& options, const Raw& raw) {
  const std::vector<std::string>& valid = formats_of(options);
  bool known = options.format.empty() || std::find(valid.begin(), valid.end(), options.format) != valid.end();
  if (!known) {
    std::string hint = nearest_hint(options.format, valid);
    std::string all = fmt::format("{} or {}", fmt::join(valid.begin(), valid.end() - 1, ", "), valid.back());
    return Error{"-f " + options.format + ": no such format", "", 0, hint.empty() ? all : hint};
  }
  for (const std::string& output : raw.outputs) {
    if (auto wrong = parse_output(output, options)) return wrong;
  }
  if (options.format.empty()) options.format = valid.front();
  if (raw.color == "always")
    options.color = ColorChoice::Always;
  else if (raw.color == "never")
    options.color = ColorChoice::Never;
  else if (raw.color != "auto")
    return Error{"--color " + raw.color + ": auto, always or never", "", 0, ""};
  if (options.setup.staged && !options.setup.revision.empty())
    return Error{"--staged and --rev exclude each other", "", 0, ""};
  if (options.setup.no_baseline && !options.setup.baseline.empty())
    return Error{"--baseline and --no-baseline exclude each other", "", 0, ""};
  if (!options.setup.since.empty() && !options.setup.baseline.empty())
    return Error{"--since and --baseline exclude each other", "", 0, ""};
  return std::nullopt;
}

// "--selct": CLI11 names the argument; this adds the nearest flag.
std::string flag_hint(const CLI::App& app, const std::string& message) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  }
  size_t at = message.find("--");
  return at == std::string::npos ? "" : nearest_hint(std::string(split_words(message.substr(at)).front()), flags);
}

int dispatch(const Options& options) {
  if (options.command == "explain") return run_explain(options);
  if (options.command == "rules") return run_rules(options);
  if (options.command == "files") return run_files(options);
  if (options.command == "components") return run_components(options);
  if (options.command == "env") return run_env(options);
  if (options.command == "services") return run_services(options);
  if (options.command == "facts") return options.derived ? run_derived_facts(options) : run_facts(options);
  if (options.command == "baseline") return run_baseline(options);
  if (options.command == "history") return run_history(options);
  if (options.command == "version") return run_version();
  return run_check(options);
}

int run(int argc, char** argv) {
  CLI::App app{"tfcheck audits a code repository against the twelve factors (12factor.net).", "tfcheck"};
  Options options;
  Raw raw;
  app.set_version_flag("--version", version_line);
  app.footer(
      "Exit codes: 0 clean or below the gate, 1 gate failed, 2 trouble.\nExamples:\n  tfcheck .\n  tfcheck -o "
      "sarif=tfcheck.sarif --fail-on error\n  tfcheck explain logs/log-file");
  app.require_subcommand(0, 1);
  add_commands(app, options, raw);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    std::ostringstream text;
    int code = app.exit(asked, text, text);
    return print_and_exit(text.str(), code);
  } catch (const CLI::ParseError& wrong) {
    return fail({wrong.what(), "", 0, flag_hint(app, wrong.what())});
  }
  if (auto wrong = finish_options(options, raw)) return fail(*wrong);
  if (auto wrong = check_path(options, app)) return fail(*wrong);
  return dispatch(options);
}

}  // namespace

int run_command_line(int argc, char** argv) {
  prepare_writing();
  // Whatever needs the memory, C code and destructors included, has no way on without it.
  std::set_new_handler(end_out_of_memory);
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    end_out_of_memory();
  } catch (const std::exception& trouble) {
    return fail({trouble.what(), "", 0, ""});
  }
}

}  // namespace tfcheck
