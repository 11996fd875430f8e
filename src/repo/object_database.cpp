#include "repo/object_database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/text.h"
#include "repo/directory.h"
#include "repo/loose_objects.h"
#include "repo/read_file.h"

namespace tfcheck {

namespace {

constexpr size_t most_directories = 16;
constexpr size_t most_packs = 2000;
constexpr size_t largest_alternates = 64 << 10;

struct Directories {
  std::vector<std::string> paths;
  bool all = true;
};

// A repository's object directory and those that its alternates name, theirs included.
Directories with_alternates(const std::string& directory) {
  Directories found = {{directory}};
  std::vector<std::string>& paths = found.paths;
  for (size_t i = 0; i < paths.size(); ++i) {
    std::string text;
    std::optional<ReadFailure> failure = read_named_file(paths[i] + "/info/alternates", largest_alternates + 1, text);
    if (failure ? failure->why != Unread::None : text.size() > largest_alternates) found.all = false;
    if (failure) continue;
    for (std::string_view line : split(text, '\n')) {
      if (line.empty() || line[0] == '#') continue;
      std::string other = line[0] == '/' ? std::string(line) : paths[i] + "/" + std::string(line);
      if (std::find(paths.begin(), paths.end(), other) != paths.end()) continue;
      if (paths.size() == most_directories) {
        found.all = false;
        break;
      }
      paths.push_back(std::move(other));
    }
  }
  return found;
}

int64_t last_change(const std::string& folder) {
  struct stat status;
  if (::stat(folder.c_str(), &status) != 0) return 0;
  return int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
}

std::string_view name_of(ObjectType type) {
  switch (type) {
    case ObjectType::Commit:
      return "commit";
    case ObjectType::Tree:
      return "tree";
    case ObjectType::Blob:
      return "blob";
    default:
      return "tag";
  }
}

}  // namespace

std::string to_string(ObjectDatabase::State state) {
  switch (state) {
    case ObjectDatabase::State::Missing:
      return "its object is not in this repository";
    case ObjectDatabase::State::Damaged:
      return "its object is truncated or corrupt";
    case ObjectDatabase::State::TooLarge:
      return "its object is too large to be unpacked";
    default:
      return "";
  }
}

ObjectDatabase::ObjectDatabase(const std::string& directory) {
  Directories found = with_alternates(directory);
  directories_ = std::move(found.paths);
  has_all_directories_ = found.all;
  for (const std::string& path : directories_) folders_.push_back({path + "/pack"});
  rescan();
}

std::shared_ptr<const ObjectDatabase::Packs> ObjectDatabase::packs() {
  std::lock_guard lock(mutex_);
  return packs_;
}

// Lists the packs again when some came or went since, as git's own housekeeping does beside us; false when none did.
bool ObjectDatabase::rescan() {
  std::lock_guard lock(mutex_);
  bool has_changed = false;
  for (Folder& folder : folders_) {
    int64_t now = last_change(folder.path);
    has_changed |= now != folder.changed;
    folder.changed = now;
  }
  if (!has_changed) return false;
  auto found = std::make_shared<Packs>();
  has_all_packs_ = true;
  for (const Folder& folder : folders_) {
    Descriptor root(::open(folder.path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    Directory listed(root.get(), "");
    for (const Directory::Name& name : listed.names()) {
      if (!name.text.ends_with(".idx")) continue;
      if (found->size() == most_packs) {
        has_all_packs_ = false;
        break;
      }
      std::shared_ptr<PackFile> pack = PackFile::open(folder.path + "/" + name.text);
      if (pack) {
        found->push_back(std::move(pack));
      } else if (damaged_.empty()) {
        damaged_ = name.text;
      }
    }
  }
  packs_ = std::move(found);
  return true;
}

std::string ObjectDatabase::gap() {
  std::lock_guard lock(mutex_);
  if (!damaged_.empty()) return fmt::format("whose pack {} is damaged", printable(damaged_));
  if (!has_all_packs_) return fmt::format("of whose packs the first {} are looked in", most_packs);
  if (!has_all_directories_) return fmt::format("of whose alternates the first {} are looked in", most_directories - 1);
  return "";
}

ObjectDatabase::Object ObjectDatabase::look(const ObjectId& id) {
  return find(id, Part::Size);
}

ObjectDatabase::Object ObjectDatabase::read(const ObjectId& id) {
  Object object = find(id, Part::Whole);
  if (object.state != State::Good) return object;
  std::string header = std::string(name_of(object.type)) + " " + std::to_string(object.size);
  bool is_right = sha1_of_object(header, object.bytes) == id;
  if (is_right) return object;
  return Object{State::Damaged, object.type, object.size, object.work, {}};
}

ObjectDatabase::Object ObjectDatabase::find(const ObjectId& id, Part part) {
  Object object = find_packed(id, part);
  if (object.state != State::Missing) return object;
  // The empty tree is there in every repository, also where it is not.
  static const ObjectId empty_tree = sha1_of_object("tree 0", "");
  if (id == empty_tree) return Object{State::Good, ObjectType::Tree, 0, 0, {}};
  object = find_loose(id, part);
  if (object.state != State::Missing || !rescan()) return object;
  return find_packed(id, part);
}

// The first good copy, else what is wrong with one that is not.
ObjectDatabase::Object ObjectDatabase::find_packed(const ObjectId& id, Part part) {
  Object worst;
  std::shared_ptr<const Packs> all = packs();
  for (const std::shared_ptr<PackFile>& pack : *all) {
    std::optional<uint64_t> offset = pack->find(id);
    if (!offset) continue;
    PackedSize size = pack->measure(*offset);
    Object object{State::Good, size.type, size.size, size.work, {}};
    if (size.type == ObjectType::None) {
      object.state = State::Damaged;
    } else if (size.largest > largest_object) {
      object.state = State::TooLarge;
    } else if (part == Part::Whole) {
      std::shared_ptr<const std::string> bytes = pack->unpack(*offset, cache_);
      if (bytes) object.bytes = *bytes;
      if (!bytes || bytes->size() != size.size) object.state = State::Damaged;
    }
    if (object.state == State::Good) return object;
    worst = std::move(object);
  }
  return worst;
}

ObjectDatabase::Object ObjectDatabase::find_loose(const ObjectId& id, Part part) const {
  Object worst;
  for (const std::string& directory : directories_) {
    LooseObject loose = part == Part::Whole ? read_loose(directory, id) : look_at_loose(directory, id);
    if (!loose.exists) continue;
    Object object{State::Good, loose.type, loose.size, loose.size, std::move(loose.bytes)};
    if (loose.type == ObjectType::None) object.state = State::Damaged;
    if (object.state == State::Good && loose.size > largest_object) object.state = State::TooLarge;
    if (object.state == State::Good) return object;
    worst = std::move(object);
  }
  return worst;
}

std::vector<ObjectId> ObjectDatabase::starting_with(std::string_view digits) {
  std::vector<ObjectId> found;
  std::shared_ptr<const Packs> all = packs();
  for (const std::shared_ptr<PackFile>& pack : *all) {
    for (const ObjectId& id : pack->starting_with(digits, 2)) found.push_back(id);
  }
  for (const std::string& directory : directories_) {
    for (const ObjectId& id : loose_starting_with(directory, digits, 2)) found.push_back(id);
  }
  std::sort(found.begin(), found.end(), [](const ObjectId& a, const ObjectId& b) { return a.bytes < b.bytes; });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.size() > 2) found.resize(2);
  return found;
}

}  // namespace tfcheck
