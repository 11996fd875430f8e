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

struct Header {
  ObjectType type = ObjectType::None;
  uint64_t size = 0;
  size_t length = 0;  // of the header itself
};

// "TYPE SIZE" before the first NUL; its type is None when it is something else.
Header parse_header(std::string_view text) {
  Header header;
  size_t end = text.find('\0');
  size_t space = text.find(' ');
  if (end == std::string_view::npos || space > end) return header;
  auto [rest, code] = std::from_chars(text.data() + space + 1, text.data() + end, header.size);
  if (code != std::errc() || rest != text.data() + end) return header;
  header.type = type_of(text.substr(0, space));
  header.length = end + 1;
  return header;
}

enum class Part : uint8_t { Size, Whole };

LooseObject load(const std::string& directory, const ObjectId& id, Part part) {
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
  std::string_view known(start.data(), stream.fill(start.data(), start.size()));
  Header header = parse_header(known);
  known.remove_prefix(header.length);
  // No deflate stream grows more than 1,032-fold: a header that promises more lies.
  bool is_good = known.size() <= header.size && header.size / 1032 <= static_cast<uint64_t>(status.st_size);
  if (is_good && part == Part::Whole && header.size <= largest_object) {
    object.bytes = known;
    object.bytes.resize(header.size);
    size_t rest = header.size - known.size();
    is_good = stream.fill(object.bytes.data() + known.size(), rest) == rest && stream.ended();
  }
  if (is_good) object.type = header.type;
  object.size = header.size;
  return object;
}

}  // namespace

LooseObject look_at_loose(const std::string& directory, const ObjectId& id) {
  return load(directory, id, Part::Size);
}

LooseObject read_loose(const std::string& directory, const ObjectId& id) {
  return load(directory, id, Part::Whole);
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
