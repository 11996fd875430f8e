#include "repo/loose_objects.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include "repo/descriptor.h"
#include "repo/inflate.h"
#include "repo/pack_file.h"

namespace tfcheck {

namespace {

constexpr size_t longest_header = 64;

ObjectType type_of(std::string_view name) {
  if (name == "commit") return ObjectType::Commit;
  if (name == "tree") return ObjectType::Tree;
  if (name == "blob") return ObjectType::Blob;
  return name == "tag" ? ObjectType::Tag : ObjectType::None;
}

// "TYPE SIZE" before the first NUL; returns how long it is, 0 when it is something else.
size_t read_header(std::string_view text, LooseObject& object) {
  size_t end = text.find('\0');
  size_t space = text.find(' ');
  if (end == std::string_view::npos || space > end) return 0;
  auto [rest, code] = std::from_chars(text.data() + space + 1, text.data() + end, object.size);
  if (code != std::errc() || rest != text.data() + end) return 0;
  object.type = type_of(text.substr(0, space));
  return object.type == ObjectType::None ? 0 : end + 1;
}

LooseObject load(const std::string& directory, const ObjectId& id, bool with_bytes) {
  LooseObject object;
  std::string hex = to_hex(id);
  if (hex.empty()) return object;
  std::string path = directory + "/" + hex.substr(0, 2) + "/" + hex.substr(2);
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status;
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return object;
  object.exists = true;
  InflateStream stream(file.get(), 0);
  std::array<char, longest_header> start;
  size_t known = stream.fill(start.data(), start.size());
  size_t header = read_header({start.data(), known}, object);
  // No deflate stream grows more than 1,032-fold: a header that promises more lies.
  bool is_good =
      header > 0 && known - header <= object.size && object.size / 1032 <= static_cast<uint64_t>(status.st_size);
  if (is_good && with_bytes && object.size <= largest_object) {
    object.bytes.assign(start.data() + header, known - header);
    object.bytes.resize(object.size);
    size_t rest = object.size - (known - header);
    is_good = stream.fill(object.bytes.data() + (known - header), rest) == rest && stream.ended();
  }
  if (!is_good) object.type = ObjectType::None;
  return object;
}

}  // namespace

LooseObject look_at_loose(const std::string& directory, const ObjectId& id) {
  return load(directory, id, false);
}

LooseObject read_loose(const std::string& directory, const ObjectId& id) {
  return load(directory, id, true);
}

std::vector<ObjectId> loose_starting_with(const std::string& directory, std::string_view digits, size_t most) {
  std::vector<ObjectId> found;
  std::error_code error;
  std::string folder(digits.substr(0, 2));
  std::filesystem::directory_iterator end;
  for (std::filesystem::directory_iterator at(std::filesystem::path(directory) / folder, error);
       !error && at != end && found.size() < most; at.increment(error)) {
    std::string whole = folder + at->path().filename().string();
    std::optional<ObjectId> id = object_id_of_hex(whole);
    if (id && whole.starts_with(digits)) found.push_back(*id);
  }
  return found;
}

}  // namespace tfcheck
