#include "session/load.h"

#include <set>

#include "base/archive.h"
#include "base/text.h"
#include "pages/embedded.h"
#include "repo/merge_base.h"
#include "repo/tree_file.h"
#include "session/user_files.h"

namespace tfcheck {

namespace {

constexpr std::string_view config_name = ".tfcheck.toml";
// Of a pack that the audited tree brings along.
constexpr size_t most_tree_pack_files = 200;
constexpr size_t most_tree_pack_bytes = size_t{1} << 20;
constexpr size_t most_tree_patterns = 5000;

FileSetOptions source_of(const AuditSetup& setup) {
  FileSetOptions set;
  set.source = setup.staged ? FileSource::Index : setup.revision.empty() ? FileSource::WorkTree : FileSource::Commit;
  set.revision = setup.revision;
  return set;
}

// The user's own file, or the one that lies in what is audited: read from there, whichever of disk, index and commit.
Result<Config> read_config(const AuditSetup& setup) {
  if (!setup.config.empty()) {
    Result<std::string> text = read_user_file(setup.config, most_config_bytes);
    if (!text) return text.error();
    return parse_config(setup.config, *text);
  }
  if (setup.isolated) return Config{};
  Result<std::optional<TreeFile>> found = find_tree_file(setup.path, source_of(setup), config_name, most_config_bytes);
  if (!found) return found.error();
  if (!*found) return Config{};
  Result<Config> config = parse_config((*found)->shown, (*found)->text, ConfigOrigin::Tree);
  if (!config) return config;
  for (std::string& pack : config->packs) {
    pack = join_path(dir_name((*found)->path), pack);
    if (pack.empty()) pack = ".";
  }
  if ((*found)->is_of_tree) count_paths_from(*config, std::string(dir_name((*found)->path)));
  return config;
}

Result<RulePack> read_tree_pack(const AuditSetup& setup, const Config& config, const std::string& path) {
  Result<std::vector<TreeFile>> files =
      read_tree_folder(setup.path, source_of(setup), path, most_tree_pack_files, most_tree_pack_bytes);
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
  const std::unique_ptr<Vocabulary> own = built_in_vocabulary();
  for (const std::string& name : own->names()) {
    if (!rules.vocabulary().find(name))
      return Error{"the vocabulary lacks the set '" + name + "', which this program was built with", checkout, 0, ""};
  }
  return std::nullopt;
}

Result<RuleSet> load_rules_of(const AuditSetup& setup, const Config& config) {
  std::vector<RulePack> packs;
  for (const std::string& path : config.packs) {
    Result<RulePack> pack =
        config.origin == ConfigOrigin::Tree ? read_tree_pack(setup, config, path) : read_user_pack(path);
    if (!pack) return pack.error();
    packs.push_back(std::move(*pack));
  }
  return load_rules(setup.packs, std::move(packs));
}

}  // namespace

std::unique_ptr<Vocabulary> built_in_vocabulary() {
  ArchiveReader archive(embedded_rules().rules);
  return Vocabulary::read(archive);
}

// Pages of a checkout of this project stand for the built-in ones, so that editing a page needs no build.
Result<RuleSet> load_rules(const std::vector<std::string>& paths, std::vector<RulePack> packs) {
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
  Result<RuleSet> rules = RuleSet::load(std::span<const BuiltInFile>{}, native_rules(), packs);
  if (!rules) return rules;
  if (std::optional<Error> wrong = check_sets(*rules, checkout)) return *wrong;
  return rules;
}

Result<LoadedSetup> load_setup(const AuditSetup& setup) {
  Result<Config> read = read_config(setup);
  if (!read) return read.error();
  Result<Config> config = with_flags(std::move(*read), setup.flags);
  if (!config) return config.error();
  Result<RuleSet> rules = load_rules_of(setup, *config);
  if (!rules) return rules.error();
  follow_renames(*config, rules->aliases());
  if (std::optional<Error> wrong = check_rule_names(*config, rules->ids())) return *wrong;
  if (std::optional<Error> wrong = check_edition(*config, rules->editions())) return *wrong;
  return LoadedSetup{std::move(*config), std::move(*rules)};
}

Result<std::string> commit_since(const AuditSetup& setup) {
  return find_merge_base(setup.path, source_of(setup), setup.since);
}

Result<std::optional<Baseline>> load_baseline(const AuditSetup& setup) {
  std::string file = setup.baseline, text;
  if (setup.no_baseline || !setup.since.empty()) return std::optional<Baseline>();
  if (!file.empty()) {
    Result<std::string> read = read_user_file(file, most_baseline_bytes);
    if (!read) return read.error();
    text = std::move(*read);
  } else {
    if (setup.isolated) return std::optional<Baseline>();
    Result<std::optional<TreeFile>> found =
        find_tree_file(setup.path, source_of(setup), baseline_name, most_baseline_bytes);
    if (!found) return found.error();
    if (!*found) return std::optional<Baseline>();
    file = (*found)->shown;
    text = std::move((*found)->text);
  }
  Result<Baseline> baseline = read_baseline(file, text);
  if (!baseline) return baseline.error();
  return std::optional(std::move(*baseline));
}

Result<FileSet> open_files(const AuditSetup& setup, const Config& config, std::vector<std::string> exclude_paths) {
  FileSetOptions options = source_of(setup);
  options.exclude = excluded_globs(config);
  options.exclude_paths = std::move(exclude_paths);
  return FileSet::open(setup.path, options);
}

}  // namespace tfcheck
