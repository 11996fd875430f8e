// The model of a repository, in two steps: the listing is what paths alone tell (files with their roles and adapters,
// the components that they form); the project adds, once the files carry their facts, the commands that start its
// processes, resolved through scripts. Each is built once, before any rule runs, so that rules stay data.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/component_kind.h"
#include "base/work.h"
#include "facts/adapter.h"
#include "model/command_places.h"
#include "model/model_facts.h"
#include "model/named_files.h"
#include "model/told_variables.h"
#include "repo/file_set.h"

namespace tfcheck {

struct ModelWords;

inline constexpr uint32_t no_index = UINT32_MAX;

// A piece of text that a pattern of the vocabulary recognised (a provider's token, a private key).
struct TextHit {
  uint32_t pattern = 0;   // index into the vocabulary's text patterns
  Span span;              // of the recognised part
  std::string text;       // it, where it is short
  std::string whole;      // with what shows it to be one, where that is short
  bool doubtful = false;  // a token whose checksum does not hold, or one that ends by itself
};

// What became of a file. Everybody who asks whether something was looked at asks this.
enum class FileState : uint8_t {
  Listed,      // its turn has not come
  Parsed,      // read, and what it says is known
  Text,        // read as text: no rule asks for more, or nothing knows how to read more
  OutOfScope,  // left out for what it is or is for
  Unread,      // should have been looked at and was not
};

struct ProjectFile {
  std::string path;
  uint64_t size = 0;
  uint32_t scope = 0;                // bits of scope::
  const Adapter* adapter = nullptr;  // null: no language or format of ours
  uint32_t component = no_index;
  FileEntry::Kind kind = FileEntry::Kind::Regular;
  bool tracked = false;
  bool executable = false;
  bool audited = true;  // false: beside the audited folder, and no finding is placed in it
  std::string link_target;
  FileState state = FileState::Listed;
  Unread unread = Unread::None;      // why it, or a part of it, was not looked at
  std::string detail;                // of OutOfScope and of what was not looked at: one short clause
  std::unique_ptr<FileFacts> facts;  // null: not parsed
  std::vector<TextHit> hits;
  std::vector<NamedFile> named;       // files that a document or a Makefile names
  std::vector<uint32_t> asked_names;  // names of files that any text names, by their numbers (model/asked_files.h)
  std::vector<ToldVariable> told;     // variables of the environment that a document or an example names
  std::vector<std::string> locked;    // of a lock file: names of the packages that it settles, sorted
  uint32_t says_of_folder = 0;        // bits of scope:: that a README gives what lies in its folder
  bool has_directive = false;         // contains a suppression

  // Its bytes were looked at, as a whole or in part.
  bool was_read() const { return state == FileState::Parsed || state == FileState::Text; }
  // Its bytes gave what rules ask of a file of its kind, at least in part.
  bool was_understood() const { return was_read() && (unread == Unread::None || (facts && !facts->facts().empty())); }
  std::string_view format() const { return facts ? facts->format() : adapter ? adapter->name : std::string_view{}; }
  // Does its format tell one of these of a deploy (bits of tells::)?
  bool tells(uint32_t what) const;
};

struct Component {
  std::string root;  // "" for the audit's root
  ComponentKind kind = ComponentKind::App;
  std::string why;                     // the kind's evidence, in a few words
  bool configured = false;             // the configuration says the kind
  bool started = false;                // something starts it: a deploy, a script, a framework's entry
  bool inside_app = false;             // a library of the repository's own apps, that nothing publishes
  std::vector<std::string> languages;  // of its source, also those that are not read; sorted
  std::vector<uint32_t> manifests;     // indices of files
  std::vector<uint32_t> files;         // indices of its own files, in path order
};

struct CommandInfo {
  CommandRole role = CommandRole::Other;
  bool development = false;  // only started by development files
  bool main = false;         // stands in the start command itself, not in a script that it calls
  bool guessed = false;      // only the script's name says that it starts the app
  uint8_t hops = 0;          // scripts between the start command and this one
  FactRef origin;            // the start command that leads here (itself when `main`)
  FactRef place;             // where to report it: itself, or the command that chose its package.json script
};

// What is there before anything is read. Reading fills the files' slots in, and nothing else of it.
class Listing {
 public:
  // The words must outlive it.
  Listing(const FileSet& set, const ModelWords& words, unsigned threads, const ComponentKinds& kinds = {});

  std::vector<ProjectFile> files;  // in path order
  std::vector<Component> components;
  RepositoryInfo repository;
  std::string audited_folder;  // its path, "" when all files are audited
  std::vector<Notice> notices;

  // Index of the file at a path, no_index when there is none.
  uint32_t find_file(std::string_view path) const;
  const Component* component_of(uint32_t file) const;
  // Has the component files in the audited folder?
  bool is_audited(const Component& component) const;
  // Does the path lie in the audited folder?
  bool is_audited(std::string_view path) const;
  // What paths and commands are told by.
  const ModelWords& words() const { return *words_; }

 private:
  uint32_t scope_of_folder(std::string_view folder) const;
  uint32_t scope_of_words(std::string_view folder, uint32_t folder_scope, std::string_view name) const;
  void list_files(const FileSet& set, unsigned threads);
  void build_components();
  const ModelWords* words_;
  std::unordered_map<std::string_view, uint32_t> by_path_;
};

// Which commands run when, and what it took to find out.
struct StartCommands {
  std::unordered_map<uint64_t, CommandInfo> known;
  std::vector<FactRef> starts;  // in file order
  uint64_t visited = 0;
};

class Project : public Listing {
 public:
  // Of a listing whose files carry what they say.
  explicit Project(Listing scanned);

  // Also one that the model adds.
  const Fact& fact(FactRef ref) const {
    uint32_t own = own_facts(ref.file);
    return ref.fact < own ? files[ref.file].facts->facts()[ref.fact]
                          : added_.of(ref.file)->facts.facts()[ref.fact - own];
  }
  // The file inside of its file that a fact is of, also one that the model adds there; null: the file's own.
  const EmbeddedFile* embedded_of(FactRef ref) const {
    const FileFacts* facts = files[ref.file].facts.get();
    if (!facts || facts->embedded().empty()) return nullptr;
    FactRef at = anchor(ref);
    return at.fact == no_index ? nullptr : facts->embedded_of(at.fact);
  }
  // How many facts a file says, and how many it has with those that the model adds.
  uint32_t own_facts(uint32_t file) const {
    return files[file].facts ? static_cast<uint32_t>(files[file].facts->facts().size()) : 0;
  }
  uint32_t fact_count(uint32_t file) const {
    const ModelFacts::OfFile* added = added_.of(file);
    return own_facts(file) + (added ? static_cast<uint32_t>(added->facts.facts().size()) : 0);
  }
  // The fact of the file that a fact of the model stands at (no_index: the file as a whole); every other is its own.
  FactRef anchor(FactRef ref) const {
    uint32_t own = own_facts(ref.file);
    return ref.fact < own ? ref : FactRef{ref.file, added_.of(ref.file)->anchors[ref.fact - own]};
  }
  // The `process` facts that run a file of the repository; none for most files.
  std::span<const FactRef> processes_of(uint32_t file) const { return added_.processes_of(file); }
  // The file that a `process` fact runs, no_index for none.
  uint32_t entry_of(FactRef process) const { return added_.entry_of(process, no_index); }
  // The apps that a finding in a file costs something, by index: its own component when that is an app; of a deploy
  // file beside or above apps those whose files it builds or starts; of what apps take in those; else every app. Empty
  // for a repository without apps.
  std::vector<uint32_t> owners_of(uint32_t file) const;
  // Another place that tells of a row of the model; null for most.
  const ModelFacts::Related* related_of(FactRef row) const { return added_.related_of(row); }
  // What is known of a command fact; Other for those never reached.
  CommandInfo command(FactRef ref) const;
  // Every command that runs when a process starts, in file order.
  const std::vector<FactRef>& start_commands() const { return commands_.starts; }
  // Where commands run.
  const CommandPlaces& places() const { return places_; }
  // What it cost to build.
  Work work() const;

 private:
  bool is_app(uint32_t component) const;
  void note_owners();
  std::vector<uint32_t> started_or_built(uint32_t file) const;
  std::vector<uint32_t> apps_below(const std::string& folder) const;

  std::map<std::string, uint32_t> apps_;                        // by root
  std::unordered_map<uint32_t, std::vector<uint32_t>> owners_;  // of the files that start or build apps, in no app
  CommandPlaces places_;
  StartCommands commands_;
  ModelFacts added_;
  Work derived_;
};

// The folders that the services of a compose file are built from, at most a hundred; empty for other files.
std::vector<std::string> built_folders(const ProjectFile& file);

// Follows the commands that start processes through the scripts that they call (start_commands.cpp). Asks the project
// for nothing but its files and places.
StartCommands follow_start_commands(const Project& project);

}  // namespace tfcheck
