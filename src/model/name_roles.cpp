#include <algorithm>
#include <string>
#include <unordered_set>

#include "base/text.h"
#include "model/asked_files.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t few_texts = 30;      // of a repository in which everything is meant to be seen
constexpr size_t longest_path = 200;  // that is copied or mounted

// Who names a file that is asked about: what the app uses, or only what its tests and developers do.
class NameRoles {
 public:
  explicit NameRoles(Listing& listing)
      : listing_(listing),
        asked_(listing),
        started_(listing.words().vocabulary.set("started-name")),
        started_folders_(listing.words().vocabulary.set("started-folder")),
        started_by_people_(listing.words().vocabulary.set("started-by-people")),
        scripts_(listing.words().vocabulary.set("script-file")),
        used_(asked_.names()),
        tested_(asked_.names()),
        named_(asked_.names()) {}

  void mark() {
    if (asked_.empty()) return;
    note_named();
    read_covered();
    follow(used_, [&](uint32_t i) { return is_used(i); });
    follow(tested_, [&](uint32_t i) { return (listing_.files[i].scope & others) != 0; });
    for (uint32_t i = 0; i < listing_.files.size(); ++i) decide(i);
    mark_keys_of_tests();
  }

 private:
  static constexpr uint32_t others = scope::Test | scope::Development | scope::Example | scope::Seed | scope::Aside;

  bool is_ours(uint32_t i) const {
    const ProjectFile& file = listing_.files[i];
    return file.was_read() && !(file.scope & (scope::OnRequest | others));
  }

  static bool is_key(std::string_view path) { return NamingTexts::is_key_file(path); }

  // A document speaks of keys as such, and settings that nobody names may be a test's like the key.
  bool names_for_use(uint32_t from, uint32_t name) const {
    if (!is_key(listing_.files[asked_.files_of(name).front()].path)) return true;
    const AskedFiles::Names* names = asked_.names_of(from);
    return !(listing_.files[from].scope & scope::Documentation) && (!names || is_named(*names));
  }

  void note_named() {
    for (uint32_t i = 0; i < listing_.files.size(); ++i) {
      texts_ += listing_.files[i].was_read();
      for (uint32_t name : listing_.files[i].asked_names) {
        bool key = is_key(listing_.files[asked_.files_of(name).front()].path);
        if (!key || !(listing_.files[i].scope & scope::Documentation)) named_[name] = true;
      }
    }
  }

  bool is_named(const AskedFiles::Names& names) const { return named_[names.own] || named_[names.of_folder]; }

  // Documents and source use what they name; a file that is asked about does when it is used itself, or when nothing
  // tells how.
  bool is_used(uint32_t i) const {
    const ProjectFile& file = listing_.files[i];
    const AskedFiles::Names* names = asked_.names_of(i);
    bool document = file.was_read() && (file.scope & ~scope::Documentation & (scope::OnRequest | others)) == 0;
    if (!names) return document;
    return is_ours(i) && (!is_named(*names) || started_.contains(base_name(file.path)));
  }

  // Marks the names that are reached from some files, through the files that are called so.
  template <typename Root>
  void follow(std::vector<bool>& reached, Root is_root) {
    std::vector<uint32_t> waiting;
    for (uint32_t i = 0; i < listing_.files.size(); ++i) {
      if (!listing_.files[i].asked_names.empty() && is_root(i)) waiting.push_back(i);
    }
    while (!waiting.empty()) {
      uint32_t file = waiting.back();
      waiting.pop_back();
      for (uint32_t name : listing_.files[file].asked_names) {
        if (reached[name] || !names_for_use(file, name)) continue;
        reached[name] = true;
        for (uint32_t called : asked_.files_of(name)) {
          if (!listing_.files[called].asked_names.empty() && is_ours(called)) waiting.push_back(called);
        }
      }
    }
  }

  // In a folder whose files are started by their place, or that an image or a service is handed as a whole.
  bool is_covered(std::string_view path) const {
    for (std::string_view folder = dir_name(path); !folder.empty(); folder = dir_name(folder)) {
      if (started_folders_.contains(base_name(folder)) || covered_.contains(std::string(folder))) return true;
    }
    return false;
  }

  // By its name or place; a list of packages by its name alone.
  bool is_started(uint32_t i) const {
    std::string_view path = listing_.files[i].path;
    if (listing_.files[i].format() == "requirements") return started_.contains(base_name(path));
    return dir_name(path).empty() || started_.contains(base_name(path)) || is_covered(path);
  }

  // A script that tests name is what they test; statements are imported by hand. What people start is told somewhere,
  // if only by a document: a script that nobody names is left over where a deploy starts something else.
  void decide(uint32_t i) {
    const AskedFiles::Names* names = asked_.names_of(i);
    ProjectFile& file = listing_.files[i];
    if (!names || !is_ours(i) || used_[names->own] || used_[names->of_folder]) return;
    bool key = is_key(file.path), tested = tested_[names->own] || tested_[names->of_folder];
    if (key) {
      if (tested) file.scope |= scope::Test;
      return;
    }
    std::string_view name = base_name(file.path);
    bool left_over = deployed_ && started_by_people_.contains(name) && !dir_name(file.path).empty();
    if (is_started(i) && (!left_over || is_covered(file.path))) return;
    bool orphan = !is_named(*names) && !name.starts_with('.') && !name.ends_with(".sql");
    if (tested && !scripts_.contains(name))
      file.scope |= scope::Development;
    else if (orphan && texts_ >= few_texts && listing_.audited_folder.empty())
      file.scope |= scope::Aside;
  }

  // A key that nobody names among others that are all of tests is theirs, too.
  void mark_keys_of_tests() {
    std::unordered_set<std::string_view> tested, used;  // folders
    for (const ProjectFile& file : listing_.files) {
      if (!is_key(file.path)) continue;
      const AskedFiles::Names* names = asked_.names_of(static_cast<uint32_t>(&file - listing_.files.data()));
      bool open = !(file.scope & scope::Test) && (!names || is_named(*names));
      if (file.scope & scope::Test) tested.insert(dir_name(file.path));
      if (open) used.insert(dir_name(file.path));
    }
    for (ProjectFile& file : listing_.files) {
      std::string_view folder = dir_name(file.path);
      if (is_key(file.path) && tested.contains(folder) && !used.contains(folder)) file.scope |= scope::Test;
    }
  }

  // "docker/nginx" of `COPY docker/nginx /etc/nginx` and of `- ./docker/nginx:/etc/nginx`.
  void read_covered() {
    for (const ProjectFile& file : listing_.files) {
      if (!file.facts || !file.tells(tells::Deploy)) continue;
      bool deploy = !(file.scope & (scope::OnRequest | others));
      for (const Fact& fact : file.facts->facts()) {
        deployed_ |= deploy && fact.kind == FactKind::Command && fact.role == CommandRole::Start;
        if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
        bool copies = fact.name == "COPY" || fact.name == "ADD";
        bool mounts = fact.name.find(".volumes.") != std::string_view::npos;
        if (!copies && !mounts) continue;
        std::string_view words = mounts ? before_first(fact.value.text, ':') : fact.value.text;
        for (std::string_view word : split_words(words)) cover(dir_name(file.path), word);
      }
    }
  }

  void cover(std::string_view base, std::string_view word) {
    if (word.size() > longest_path) return;
    while (word.ends_with('/') || word.ends_with('*')) word.remove_suffix(1);
    while (word.starts_with("./")) word.remove_prefix(2);
    if (word.empty() || word == ".") return;
    covered_.insert(join_path(base, word));
    covered_.emplace(word);
  }

  Listing& listing_;
  AskedFiles asked_;
  const WordSet &started_, &started_folders_, &started_by_people_, &scripts_;
  std::vector<bool> used_, tested_, named_;  // by name
  std::unordered_set<std::string> covered_;  // folders
  size_t texts_ = 0;
  bool deployed_ = false;  // a deploy says what it starts
};

}  // namespace

void mark_by_names(Listing& listing) {
  NameRoles(listing).mark();
}

}  // namespace tfcheck
