#include "repo/object_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "repo/object_database.h"
#include "repo/open_repository.h"

namespace tfcheck {

namespace {

using State = ObjectDatabase::State;

// Git chains fifty versions of a file, of about one size each; anything far beyond counts.
constexpr uint64_t fair_factor = 300;
constexpr uint64_t fair_start = 4096;
constexpr uint64_t most_excess = uint64_t{4} << 30;

ReadFailure failure_of(State state, ObjectDatabase& objects, bool is_partial) {
  if (state == State::TooLarge) return {Unread::TooLarge, to_string(state)};
  if (state == State::Damaged) return {Unread::Io, to_string(state)};
  std::string gap = objects.gap();
  if (!gap.empty()) return {Unread::MissingObject, fmt::format("{}, {}", to_string(state), gap)};
  if (!is_partial) return {Unread::MissingObject, to_string(state)};
  return {Unread::MissingObject,
          "not fetched yet: this is a partial clone, and git fetch --refetch --no-filter brings the rest"};
}

// The modes that git knows: of files only the owner's right to execute counts.
uint32_t plain_mode(uint32_t mode) {
  constexpr uint32_t type = 0170000;
  constexpr uint32_t file = 0100000;
  if ((mode & type) != file) return mode & type;
  return mode & 0100 ? 0100755 : 0100644;
}

// "MODE NAME", a NUL and twenty bytes of an id, again and again; nothing when it is something else.
std::optional<std::vector<ObjectStore::TreeEntry>> entries_of(std::string_view bytes) {
  std::vector<ObjectStore::TreeEntry> entries;
  while (!bytes.empty()) {
    size_t space = bytes.find(' ');
    size_t end = bytes.find('\0');
    if (space > 6 || end == std::string_view::npos || end < space) return std::nullopt;
    if (bytes.size() - end - 1 < ObjectId::size) return std::nullopt;
    ObjectStore::TreeEntry entry;
    for (char digit : bytes.substr(0, space)) {
      if (digit < '0' || digit > '7') return std::nullopt;
      entry.mode = entry.mode << 3 | static_cast<uint32_t>(digit - '0');
    }
    entry.mode = plain_mode(entry.mode);
    entry.name = bytes.substr(space + 1, end - space - 1);
    entry.id = object_id(bytes.data() + end + 1);
    entries.push_back(entry);
    bytes.remove_prefix(end + 1 + ObjectId::size);
  }
  return entries;
}

}  // namespace

ObjectStore::ObjectStore(const Repository& repository)
    : objects_(repository.objects), is_partial_(repository.is_partial) {}

std::optional<ObjectStore::Size> ObjectStore::size(const ObjectId& id) const {
  ObjectDatabase::Object object = objects_->look(id);
  if (object.state == State::Missing || object.state == State::Damaged) return std::nullopt;
  return Size{object.size, object.work};
}

std::optional<ReadFailure> ObjectStore::read(const ObjectId& id, size_t limit, std::string& buffer) const {
  buffer.clear();
  ObjectDatabase::Object object = objects_->read(id);
  if (object.state != State::Good) return failure_of(object.state, *objects_, is_partial_);
  if (object.type != ObjectType::Blob) return ReadFailure{Unread::MissingObject, "its object is not a file"};
  buffer.assign(object.bytes, 0, limit);
  return std::nullopt;
}

ObjectStore::Tree ObjectStore::tree(const ObjectId& id) const {
  Tree tree;
  ObjectDatabase::Object object = objects_->read(id);
  if (object.state != State::Good) {
    tree.failure = failure_of(object.state, *objects_, is_partial_);
    return tree;
  }
  tree.bytes = std::move(object.bytes);
  tree.work = object.work;
  std::optional<std::vector<TreeEntry>> entries;
  if (object.type == ObjectType::Tree) entries = entries_of(tree.bytes);
  if (entries) {
    tree.entries = std::move(*entries);
  } else {
    tree.failure = ReadFailure{Unread::Io, "its object is no folder"};
  }
  return tree;
}

ObjectStore::Raw ObjectStore::raw(const ObjectId& id) const {
  ObjectDatabase::Object object = objects_->read(id);
  Raw raw{object.type, std::move(object.bytes), object.work, std::nullopt};
  if (object.state != State::Good) raw.failure = failure_of(object.state, *objects_, is_partial_);
  return raw;
}

std::optional<ReadFailure> ObjectStore::trouble(const ObjectId& id) const {
  ObjectDatabase::Object object = objects_->read(id);
  if (object.state == State::Good) return std::nullopt;
  return failure_of(object.state, *objects_, is_partial_);
}

bool UnpackMeter::admits(uint64_t size, uint64_t work) {
  uint64_t fair = (size + fair_start) * fair_factor;
  excess_ += work > fair ? work - fair : 0;
  return excess_ <= most_excess;
}

}  // namespace tfcheck
