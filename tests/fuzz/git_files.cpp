// The readers of single git files, each called as it is: what the audit reaches through a repository lies behind ids
// and checksums that no fuzzer guesses, so a harness makes those itself.
#include <zlib.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "fuzz/harness.h"
#include "repo/base_cache.h"
#include "repo/ignore_rules.h"
#include "repo/index_format.h"
#include "repo/pack_file.h"
#include "repo/repository_check.h"
#include "repo/wildcard.h"
#include "support/tree.h"

namespace tfcheck::fuzz {

namespace {

// As git signs it: what an index of a good checksum says is then read.
void run_index_format(std::string_view bytes) {
  std::string index(bytes);
  ObjectId sum = sha1(index);
  index.append(reinterpret_cast<const char*>(sum.bytes.data()), ObjectId::size);
  for (std::string text : {std::string(bytes), std::move(index)}) {
    Result<IndexData> data = parse_index(std::move(text));
    if (!data) continue;
    for (const IndexEntry& entry : data->entries) expect(entry.path.size() <= bytes.size() * 256, "a path has an end");
  }
}

std::string big_endian(uint64_t value, unsigned bytes) {
  std::string text;
  for (unsigned i = bytes; i > 0; --i) text += static_cast<char>(value >> (8 * (i - 1)) & 255);
  return text;
}

// The index of a pack (version 2) whose objects have ids of twenty equal bytes each: 0, 1, 2, ...
std::string index_of(const std::vector<size_t>& offsets) {
  std::string index = "\377tOc" + big_endian(2, 4);
  for (size_t i = 0; i < 256; ++i) index += big_endian(std::min(i + 1, offsets.size()), 4);
  for (size_t i = 0; i < offsets.size(); ++i) index.append(ObjectId::size, static_cast<char>(i));
  index.append(offsets.size() * 4, '\0');
  for (size_t offset : offsets) index += big_endian(offset, 4);
  return index + std::string(2 * ObjectId::size, '\0');
}

std::string deflated(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  out.resize(size);
  return out;
}

const TestTree& folder() {
  static const TestTree one(std::vector<std::pair<std::string, std::string>>{});
  return one;
}

void read_pack(const std::string& index, const std::string& pack) {
  std::string name = folder().path() + "/x.";
  std::ofstream(name + "idx", std::ios::binary) << index;
  std::ofstream(name + "pack", std::ios::binary) << pack;
  std::unique_ptr<PackFile> file = PackFile::open(name + "idx");
  if (!file) return;
  BaseCache cache;
  for (const ObjectId& id : file->starting_with("0", 16)) {
    std::optional<uint64_t> offset = file->find(id);
    if (!offset) continue;
    PackedSize size = file->measure(*offset);
    if (size.type == ObjectType::None || size.work > 1 << 22) continue;
    std::shared_ptr<const std::string> bytes = file->unpack(*offset, cache);
    if (bytes) expect(bytes->size() == size.size, "an object is as long as was measured");
  }
}

// Up to sixteen entries, each one byte of length for its head (kind, size, base), the head, one byte of length for its
// body, and the body, which the harness compresses.
void run_pack(std::string_view bytes) {
  std::string pack = "PACK" + big_endian(2, 4) + big_endian(16, 4);
  std::vector<size_t> offsets;
  auto take = [&bytes] {
    size_t size = bytes.empty() ? 0 : std::min<size_t>(static_cast<unsigned char>(bytes[0]), bytes.size() - 1);
    std::string_view part = bytes.substr(bytes.empty() ? 0 : 1, size);
    bytes.remove_prefix(std::min(bytes.size(), size + 1));
    return part;
  };
  while (!bytes.empty() && offsets.size() < 16) {
    offsets.push_back(pack.size());
    pack += take();
    pack += deflated(take());
  }
  read_pack(index_of(offsets), pack + std::string(ObjectId::size, '\0'));
}

// An index of any bytes beside a pack of two objects.
void run_pack_index(std::string_view bytes) {
  static const std::string pack = "PACK" + big_endian(2, 4) + big_endian(2, 4) + "\x31" + deflated("x") + "\x64\x0e" +
                                  deflated(std::string("\1\2\2ab", 5)) + std::string(ObjectId::size, '\0');
  read_pack(std::string(bytes), pack);
}

// A pattern, and behind the first line the name that it is asked for.
void run_wildcard(std::string_view bytes) {
  auto [pattern, name] = split_input(bytes);
  for (Letters letters : {Letters::Distinct, Letters::Folded}) {
    Wildcard::Outcome outcome = Wildcard(pattern, letters).match(name);
    expect(outcome.work <= (pattern.size() + 2) * (name.size() + 1) * 2, "the work of a pattern is bounded");
    if (pattern.size() <= Wildcard::longest && pattern == name && name.find_first_of("*?[\\") == std::string_view::npos)
      expect(letters == Letters::Folded || outcome.matches, "a literal matches itself");
  }
}

void run_ignore_file(std::string_view bytes) {
  auto [path, rules] = split_input(bytes);
  for (Named named : {Named::File, Named::Folder})
    IgnoreFile(rules, "", Letters::Distinct).ask(std::string(path), named);
}

void run_git_config(std::string_view bytes) {
  included_paths(std::string(bytes));
}

}  // namespace

std::vector<Harness> git_file_harnesses() {
  return {{"index-format", run_index_format}, {"pack", run_pack},
          {"pack-index", run_pack_index},     {"wildcard", run_wildcard},
          {"ignore-file", run_ignore_file},   {"git-config", run_git_config}};
}

}  // namespace tfcheck::fuzz
