#include "repo/loose_objects.h"

#include <fcntl.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>  // newer versions declare git_error_set_str here
#endif
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "repo/descriptor.h"

namespace tfcheck {

namespace {

// libgit2 sorts its backends by priority, equal ones as they were added: behind its packs, before its loose objects.
constexpr int behind_packs = 2;
constexpr size_t longest_header = 64;
constexpr size_t max_directories = 16;

struct LooseBackend {
  git_odb_backend git;  // first: libgit2 hands back a pointer to it
  std::vector<std::string> directories;
};

struct Header {
  git_object_t type = GIT_OBJECT_INVALID;
  size_t size = 0;
  size_t length = 0;  // of the header itself
};

// One pass of inflate() over a compressed file: never more than its input can give, so it always ends.
class Inflater {
 public:
  explicit Inflater(std::string_view input) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = static_cast<uInt>(input.size());
    usable_ = input.size() <= UINT32_MAX && inflateInit(&stream_) == Z_OK;
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  // Fills up to `size` bytes and returns how many there were.
  size_t fill(char* out, size_t size) {
    size_t done = 0;
    while (usable_ && !finished_ && done < size) {
      uInt room = static_cast<uInt>(std::min<size_t>(size - done, 1u << 30));
      stream_.next_out = reinterpret_cast<Bytef*>(out + done);
      stream_.avail_out = room;
      int code = inflate(&stream_, Z_NO_FLUSH);
      done += room - stream_.avail_out;
      finished_ = code == Z_STREAM_END;
      if (code != Z_OK && !finished_) break;
      if (stream_.avail_out == room) break;
    }
    return done;
  }
  // Has the stream ended as it should, checksum and all, with nothing left over?
  bool ended() {
    char excess;
    return fill(&excess, 1) == 0 && finished_;
  }

 private:
  z_stream stream_ = {};
  bool usable_ = false;
  bool finished_ = false;
};

int fail(const char* why) {
  git_error_set_str(GIT_ERROR_ODB, why);
  return GIT_ERROR;
}

Header parse_header(std::string_view text) {
  Header header;
  size_t end = text.find('\0');
  size_t space = text.find(' ');
  if (end == std::string_view::npos || space > end) return header;
  auto [rest, code] = std::from_chars(text.data() + space + 1, text.data() + end, header.size);
  if (code != std::errc() || rest != text.data() + end) return header;
  header.type = git_object_string2type(std::string(text.substr(0, space)).c_str());
  header.length = end + 1;
  return header;
}

// The compressed bytes of an object; at most `limit` of them. False when no directory holds it.
bool load(const LooseBackend& backend, std::string_view hex, size_t limit, std::string& bytes) {
  for (const std::string& directory : backend.directories) {
    std::string path = directory + "/" + std::string(hex.substr(0, 2)) + "/" + std::string(hex.substr(2));
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status;
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    bytes.resize(std::min(limit, static_cast<size_t>(status.st_size)));
    size_t done = 0;
    for (ssize_t got; done < bytes.size(); done += static_cast<size_t>(got)) {
      got = ::read(file.get(), bytes.data() + done, bytes.size() - done);
      if (got <= 0) break;
    }
    bytes.resize(done);
    return true;
  }
  return false;
}

int read_header(size_t* size, git_object_t* type, git_odb_backend* git, const git_oid* id) {
  auto* backend = reinterpret_cast<LooseBackend*>(git);
  std::string bytes;
  if (!load(*backend, git_oid_tostr_s(id), 512, bytes)) return GIT_ENOTFOUND;
  std::array<char, longest_header> start;
  Header header = parse_header({start.data(), Inflater(bytes).fill(start.data(), start.size())});
  if (header.type == GIT_OBJECT_INVALID) return fail("the object is truncated or corrupt");
  *size = header.size;
  *type = header.type;
  return 0;
}

int read_object(void** data, size_t* size, git_object_t* type, git_odb_backend* git, const git_oid* id) {
  auto* backend = reinterpret_cast<LooseBackend*>(git);
  std::string bytes;
  if (!load(*backend, git_oid_tostr_s(id), SIZE_MAX, bytes)) return GIT_ENOTFOUND;
  Inflater inflater(bytes);
  std::array<char, longest_header> start;
  size_t known = inflater.fill(start.data(), start.size());
  Header header = parse_header({start.data(), known});
  if (header.type == GIT_OBJECT_INVALID) return fail("the object is truncated or corrupt");
  known -= header.length;
  // No deflate stream grows more than 1,032-fold: a header that promises more lies.
  if (known > header.size || header.size / 1032 > bytes.size()) return fail("the object is not as long as it says");
  auto* content = static_cast<char*>(git_odb_backend_data_alloc(git, header.size + 1));
  if (!content) return GIT_ERROR;
  std::memcpy(content, start.data() + header.length, known);
  known += inflater.fill(content + known, header.size - known);
  if (known != header.size || !inflater.ended()) {
    git_odb_backend_data_free(git, content);
    return fail("the object is truncated or corrupt");
  }
  content[header.size] = '\0';
  *data = content;
  *size = header.size;
  *type = header.type;
  return 0;
}

// Finds the one object whose id starts with the given digits.
int expand(git_oid* id, const LooseBackend& backend, const git_oid* start, size_t length) {
  std::string hex = std::string(git_oid_tostr_s(start)).substr(0, length);
  std::string found;
  for (const std::string& directory : backend.directories) {
    std::error_code error;
    std::string folder = hex.substr(0, 2);
    for (std::filesystem::directory_iterator at(std::filesystem::path(directory) / folder, error), end;
         !error && at != end; at.increment(error)) {
      std::string whole = folder + at->path().filename().string();
      if (whole.size() != GIT_OID_HEXSZ || !whole.starts_with(hex) || whole == found) continue;
      if (!found.empty()) return GIT_EAMBIGUOUS;
      found = whole;
    }
  }
  return found.empty() || git_oid_fromstr(id, found.c_str()) != 0 ? GIT_ENOTFOUND : 0;
}

int read_prefix(git_oid* id, void** data, size_t* size, git_object_t* type, git_odb_backend* git, const git_oid* start,
                size_t length) {
  int code = expand(id, *reinterpret_cast<LooseBackend*>(git), start, length);
  return code != 0 ? code : read_object(data, size, type, git, id);
}

int exists(git_odb_backend* git, const git_oid* id) {
  std::string bytes;
  return load(*reinterpret_cast<LooseBackend*>(git), git_oid_tostr_s(id), 1, bytes) ? 1 : 0;
}

int exists_prefix(git_oid* id, git_odb_backend* git, const git_oid* start, size_t length) {
  return expand(id, *reinterpret_cast<LooseBackend*>(git), start, length);
}

void free_backend(git_odb_backend* git) {
  delete reinterpret_cast<LooseBackend*>(git);
}

// A repository's object directory and those that its alternates name, theirs included.
std::vector<std::string> object_directories(git_repository* repository) {
  std::vector<std::string> directories = {std::string(git_repository_commondir(repository)) + "objects"};
  for (size_t i = 0; i < directories.size(); ++i) {
    std::string list = directories[i] + "/info/alternates";
    std::error_code error;
    if (!std::filesystem::is_regular_file(list, error)) continue;
    std::ifstream file(list);
    for (std::string line; directories.size() < max_directories && std::getline(file, line);) {
      if (line.empty() || line[0] == '#') continue;
      std::string directory = line[0] == '/' ? line : directories[i] + "/" + line;
      if (std::find(directories.begin(), directories.end(), directory) == directories.end())
        directories.push_back(directory);
    }
  }
  return directories;
}

}  // namespace

bool guard_loose_objects(git_repository* repository) {
  git_odb* raw = nullptr;
  if (git_repository_odb(&raw, repository) != 0) return false;
  GitPtr<git_odb> odb(raw);
  auto backend = std::make_unique<LooseBackend>();
  git_odb_init_backend(&backend->git, GIT_ODB_BACKEND_VERSION);
  backend->git.read = read_object;
  backend->git.read_header = read_header;
  backend->git.read_prefix = read_prefix;
  backend->git.exists = exists;
  backend->git.exists_prefix = exists_prefix;
  backend->git.free = free_backend;
  backend->directories = object_directories(repository);
  if (git_odb_add_backend(raw, &backend->git, behind_packs) != 0) return false;
  static_cast<void>(backend.release());  // the database frees it
  return true;
}

}  // namespace tfcheck
