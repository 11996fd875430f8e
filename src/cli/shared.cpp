#include <fmt/format.h>

#include <memory>
#include <set>
#include <thread>

#include "base/text.h"
#include "base/version.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/user_files.h"
#include "masking/sensitive_text.h"
#include "masking/text_patterns.h"
#include "pages/embedded.h"
#include "repo/tree_file.h"

namespace tfcheck {

namespace {

// What this program was built with, whatever packs there are.
std::unique_ptr<Vocabulary> own_vocabulary() {
  ArchiveReader archive(embedded_rules().rules);
  return Vocabulary::read(archive);
}

}  // namespace

// An error quotes what the audited tree wrote, its configuration and packs, and may come before rules could be read.
int fail(const Error& error) {
  std::unique_ptr<Vocabulary> vocabulary = own_vocabulary();
  TextPatterns patterns(*vocabulary);
  auto shown = [&](const std::string& text) {
    std::vector<Span> secrets = sensitive_parts(text, TextKind::Prose);
    std::vector<Span> tokens = patterns.find_in(text);
    secrets.insert(secrets.end(), tokens.begin(), tokens.end());
    return printable(mask_spans(text, merge_spans(std::move(secrets))));
  };
  Error safe{shown(error.message), shown(error.file), error.line, shown(error.hint)};
  tell(fmt::format("tfcheck: error: {}\n", to_string(safe)));
  return exit_trouble;
}

int run_version() {
  return print_and_exit(fmt::format("tfcheck {}\n", program_version()), exit_clean);
}

FileSetOptions file_set_options(const Options& options, const Config& config) {
  FileSetOptions set;
  set.source = options.staged             ? FileSource::Index
               : options.revision.empty() ? FileSource::WorkTree
                                          : FileSource::Commit;
  set.revision = options.revision;
  set.exclude = config.exclude;
  return set;
}

namespace {

constexpr std::string_view config_name = ".tfcheck.toml";
// Of a pack that the audited tree brings along.
constexpr size_t most_tree_pack_files = 200;
constexpr size_t most_tree_pack_bytes = size_t{1} << 20;
constexpr size_t most_tree_patterns = 5000;

// The user's own file, or the one that lies in what is audited: read from there, whichever of disk, index and commit.
Result<Config> read_config(const Options& options) {
  if (!options.config.empty()) {
    Result<std::string> text = read_user_file(options.config, most_config_bytes);
    if (!text) return text.error();
    return parse_config(options.config, *text);
  }
  if (options.isolated) return Config{};
  Result<std::optional<TreeFile>> found =
      find_tree_file(options.path, file_set_options(options, {}), config_name, most_config_bytes);
  if (!found) return found.error();
  if (!*found) return Config{};
  Result<Config> config = parse_config((*found)->shown, (*found)->text, ConfigOrigin::Tree);
  if (!config) return config;
  for (std::string& pack : config->packs) {
    pack = join_path(dir_name((*found)->path), pack);
    if (pack.empty()) pack = ".";
  }
  return config;
}

Result<RulePack> read_tree_pack(const Options& options, const Config& config, const std::string& path) {
  Result<std::vector<TreeFile>> files =
      read_tree_folder(options.path, file_set_options(options, {}), path, most_tree_pack_files, most_tree_pack_bytes);
  if (!files) {
    Error wrong = files.error();
    if (wrong.file.empty()) wrong.file = config.file;
    return wrong;
  }
  RulePack pack;
  pack.most_patterns = most_tree_patterns;
  for (TreeFile& file : *files)
    pack.files.push_back({std::move(file.path), std::move(file.shown), std::move(file.text)});
  return pack;
}

// A checkout's vocabulary stands for the built-in one, which the native rules were built with.
std::optional<Error> check_sets(const RuleSet& rules, const std::string& checkout) {
  for (const std::string& name : own_vocabulary()->names()) {
    if (!rules.vocabulary().find(name))
      return Error{"the vocabulary lacks the set '" + name + "', which this program was built with", checkout, 0, ""};
  }
  return std::nullopt;
}

}  // namespace

Result<Config> load_config(const Options& options) {
  Result<Config> read = read_config(options);
  if (!read) return read;
  return with_flags(std::move(*read), options.flags);
}

// Pages of a checkout of this project stand for the built-in ones, so that editing a page needs no build.
Result<RuleSet> load_packs(const std::vector<std::string>& paths, std::vector<RulePack> packs) {
  std::set<std::string> folders;
  std::string checkout;
  for (const std::string& path : paths) {
    std::string own = checkout_of(path);
    if (!own.empty()) checkout = own;
    folders.insert(own.empty() ? path : own);
  }
  for (const std::string& folder : folders) {
    Result<RulePack> pack = read_user_pack(folder);
    if (!pack) return pack.error();
    packs.push_back(std::move(*pack));
  }
  if (checkout.empty()) return RuleSet::load(embedded_rules(), native_rules(), packs);
  Result<RuleSet> rules = RuleSet::load(std::span<const EmbeddedFile>{}, native_rules(), packs);
  if (!rules) return rules;
  if (std::optional<Error> wrong = check_sets(*rules, checkout)) return *wrong;
  return rules;
}

Result<RuleSet> load_rules(const Options& options, const Config& config) {
  std::vector<RulePack> packs;
  for (const std::string& path : config.packs) {
    Result<RulePack> pack =
        config.origin == ConfigOrigin::Tree ? read_tree_pack(options, config, path) : read_user_pack(path);
    if (!pack) return pack.error();
    packs.push_back(std::move(*pack));
  }
  return load_packs(options.packs, std::move(packs));
}

unsigned thread_count(const Options& options) {
  unsigned cores = std::thread::hardware_concurrency();
  return options.jobs ? options.jobs : cores ? cores : 1;
}

}  // namespace tfcheck
