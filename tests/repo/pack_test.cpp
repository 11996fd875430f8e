// Packs that git would refuse, made by hand; and real ones, damaged.
#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "repo/listing_text.h"
#include "repo/object_database.h"
#include "repo/temp_repo.h"

using namespace tfcheck;
using Catch::Matchers::Contains;

namespace {

std::string big_endian(uint64_t value, int bytes) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(value >> shift);
  return text;
}

std::string bytes_of(const ObjectId& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), ObjectId::size};
}

// A zlib stream that stores its bytes as they are; fewer than 65,536.
std::string stored(const std::string& bytes) {
  uint32_t a = 1;
  uint32_t b = 0;
  for (char byte : bytes) {
    auto c = static_cast<unsigned char>(byte);
    a = (a + c) % 65521;
    b = (b + a) % 65521;
  }
  auto size = static_cast<uint16_t>(bytes.size());
  std::string text = "\x78\x01\x01";
  for (uint16_t part : {size, static_cast<uint16_t>(~size)}) {
    text += static_cast<char>(part & 255);
    text += static_cast<char>(part >> 8);
  }
  return text + bytes + big_endian(b << 16 | a, 4);
}

// Sizes in packs and deltas: seven bits a byte, the lowest first.
std::string sevens(uint64_t value) {
  std::string text;
  for (; value > 127; value >>= 7) text += static_cast<char>((value & 127) | 128);
  return text + static_cast<char>(value);
}

struct Packed {
  std::string id;    // twenty bytes
  int kind;          // 1 to 4 a type, 7 a delta on an id
  uint64_t size;     // as the head says
  std::string base;  // of a delta
  std::string content;
};

// "to" bytes copied from a base of "from" bytes.
std::string delta(uint64_t from, uint64_t to) {
  std::string text = sevens(from) + sevens(to) + "\xb0";
  return text + static_cast<char>(to & 255) + static_cast<char>(to >> 8);
}

void write_pack(const TempDirectory& place, const std::vector<Packed>& objects) {
  std::string pack = "PACK" + big_endian(2, 4) + big_endian(objects.size(), 4);
  std::map<std::string, size_t> places;
  for (const Packed& object : objects) {
    places[object.id] = pack.size();
    auto first = static_cast<char>(object.kind << 4 | static_cast<int>(object.size & 15));
    uint64_t rest = object.size >> 4;
    pack += rest > 0 ? static_cast<char>(first | 128) + sevens(rest) : std::string(1, first);
    pack += object.base + stored(object.content);
  }
  std::string sum = bytes_of(sha1(pack));
  std::string index = "\377tOc" + big_endian(2, 4);
  std::string ids;
  std::string offsets;
  for (int byte = 0; byte < 256; ++byte) {
    index += big_endian(static_cast<uint64_t>(std::count_if(
                            places.begin(), places.end(),
                            [&](const auto& at) { return static_cast<unsigned char>(at.first[0]) <= byte; })),
                        4);
  }
  for (const auto& [id, offset] : places) {
    ids += id;
    offsets += big_endian(offset, 4);
  }
  index += ids + std::string(places.size() * 4, '\0') + offsets + sum;
  place.write(".git/objects/pack/pack-1111111111111111111111111111111111111111.pack", pack + sum);
  place.write(".git/objects/pack/pack-1111111111111111111111111111111111111111.idx", index + bytes_of(sha1(index)));
}

ObjectId id_of_blob(const std::string& content) {
  return sha1_of_object("blob " + std::to_string(content.size()), content);
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("deltas that lead in a circle, nowhere or too far are damage") {
  std::string one(20, '\x11');
  std::string two(20, '\x22');
  std::string small = "0123456789";
  std::string right = bytes_of(id_of_blob(small));
  std::string wide = bytes_of(id_of_blob(small + "x"));
  std::string copy = delta(10, 10);
  struct Row {
    const char* what;
    std::vector<Packed> objects;
    std::string id;
    std::string expected;
  };
  std::string damaged = "! its object is truncated or corrupt";
  std::string large = "! its object is too large to be unpacked";
  for (const Row& row :
       {Row{"a plain one", {{right, 3, 10, "", small}}, right, small},
        Row{"a delta", {{wide, 3, 11, "", small + "x"}, {right, 7, copy.size(), wide, delta(11, 10)}}, right, small},
        Row{"a circle of one", {{one, 7, copy.size(), one, copy}}, one, damaged},
        Row{"a circle of two", {{one, 7, copy.size(), two, copy}, {two, 7, copy.size(), one, copy}}, one, damaged},
        Row{"no base", {{one, 7, copy.size(), two, copy}}, one, damaged},
        Row{"another base's length",
            {{wide, 3, 11, "", small + "x"}, {right, 7, copy.size(), wide, copy}},
            right,
            damaged},
        Row{"copies beyond its base",
            {{wide, 3, 11, "", small + "x"}, {right, 7, 6, wide, delta(11, 100).substr(0, 3) + "\xb0\x64" + '\0'}},
            right,
            damaged},
        Row{"an empty instruction",
            {{wide, 3, 11, "", small + "x"}, {right, 7, 3, wide, sevens(11) + sevens(10) + '\0'}},
            right,
            damaged},
        Row{"cut instructions",
            {{wide, 3, 11, "", small + "x"}, {right, 7, 3, wide, sevens(11) + sevens(10) + "\xff"}},
            right,
            damaged},
        Row{"no content", {{right, 3, 10, "", ""}}, right, damaged},
        Row{"too much content", {{right, 3, 10, "", small + small}}, right, damaged},
        Row{"another content", {{right, 3, 10, "", "9876543210"}}, right, damaged},
        Row{"an unknown type", {{right, 5, 10, "", small}}, right, damaged},
        Row{"a folder for a file",
            {{bytes_of(sha1_of_object("tree 10", small)), 2, 10, "", small}},
            bytes_of(sha1_of_object("tree 10", small)),
            "! its object is not a file"},
        Row{"a size that cannot be", {{right, 3, uint64_t{1} << 40, "", small}}, right, damaged},
        Row{"a large result of little",
            {{wide, 3, 11, "", small + "x"}, {one, 7, 9, wide, sevens(11) + sevens(uint64_t{1} << 40) + "\x90\x0b"}},
            one,
            large},
        Row{"a large base of a small result",
            {{two, 3, 11, "", small + "x"},
             {wide, 7, 9, two, sevens(11) + sevens(uint64_t{1} << 31) + "\x90\x0b"},
             {right, 7, 8, wide, sevens(uint64_t{1} << 31) + sevens(10) + "\x90\x0a"}},
            right,
            large}}) {
    INFO(row.what);
    TempDirectory place;
    place.init();
    place.write("a", "a\n");
    place.commit_all();
    write_pack(place, row.objects);
    place.git("update-index --add --cacheinfo 100644," + to_hex(object_id(row.id.data())) + ",b");
    FileSet files = open_files(place.path(), from(FileSource::Index));
    CHECK(content(files, "b") == row.expected);
    CHECK(content(files, "a") == "a\n");
  }
}

TEST_CASE("a chain of deltas is read as deep as git makes them", "[.large]") {
  for (size_t depth : {4095u, 4096u, 20000u}) {
    TempDirectory place;
    place.init();
    std::string small = "0123456789";
    std::vector<Packed> objects;
    auto id = [&](size_t i) { return i == depth ? bytes_of(id_of_blob(small)) : bytes_of(sha1(std::to_string(i))); };
    objects.push_back({id(0), 3, 10, "", small});
    for (size_t i = 1; i <= depth; ++i) objects.push_back({id(i), 7, delta(10, 10).size(), id(i - 1), delta(10, 10)});
    write_pack(place, objects);
    ObjectDatabase database(place.at(".git/objects"));
    CHECK((database.read(id_of_blob(small)).state == ObjectDatabase::State::Good) == (depth == 4095));
  }
}

TEST_CASE("small results of large bases are not unpacked without end") {
  TempDirectory place;
  place.init();
  place.run("for i in $(seq 100 199); do printf '%s-0123456' $i >$i; done; git add .");
  std::vector<Packed> objects;
  // 60 MB that are the base of a hundred files of eleven bytes: a delta that copies 60 kB a thousand times.
  std::string block(60000, '\0');
  std::string blow = sevens(block.size()) + sevens(60'000'000);
  for (int i = 0; i < 1000; ++i) blow += std::string("\xb0\x60\xea", 3);
  objects.push_back({bytes_of(id_of_blob(block)), 3, block.size(), "", block});
  objects.push_back({std::string(20, '\x33'), 7, blow.size(), bytes_of(id_of_blob(block)), blow});
  for (int i = 100; i < 200; ++i) {
    std::string content = std::to_string(i) + "-0123456";
    std::string change = sevens(60'000'000) + sevens(content.size()) + static_cast<char>(content.size()) + content;
    objects.push_back({bytes_of(id_of_blob(content)), 7, change.size(), std::string(20, '\x33'), change});
  }
  write_pack(place, objects);
  place.run("rm -rf .git/objects/??");
  FileSet files = open_files(place.path(), from(FileSource::Index));
  CHECK(files.files().size() < 100);
  CHECK(content(files, "100") == "100-0123456");
  REQUIRE(files.notices().size() == 1);
  CHECK_THAT(noticed(files)[0], Contains("unpacking the files from git's store takes too much work"));
}

TEST_CASE("packs of every kind are read, abbreviated ids too") {
  for (const char* make :
       {"git gc -q", "git repack -qadf --depth=4095 --window=50", "git repack -qad && git multi-pack-index write",
        "git -c pack.indexVersion=1 repack -qadf", "git -c pack.compression=0 repack -qadF"}) {
    INFO(make);
    TempDirectory place;
    place.init();
    place.run(
        "for r in 1 2 3; do for i in $(seq 40); do seq $((r * i)) 300 >f$i; done; git add . && git commit -qm $r; "
        "done");
    place.run(make);
    place.run("rm -rf .git/objects/?? && git cat-file --batch-check --batch-all-objects | cut -d' ' -f1 >.git/ids");
    ObjectDatabase database(place.at(".git/objects"));
    std::istringstream ids(text_of(place.at(".git/ids")));
    size_t count = 0;
    for (std::string hex; ids >> hex; ++count) {
      INFO(hex);
      CHECK(database.read(*object_id_of_hex(hex)).state == ObjectDatabase::State::Good);
      CHECK(database.starting_with(std::string_view(hex).substr(0, 13)) ==
            std::vector<ObjectId>{*object_id_of_hex(hex)});
    }
    CHECK(count == 86);
    CHECK(listed(open_files(place.path(), from(FileSource::Commit, "HEAD~2"))).size() == 40);
  }
}

// With every object's hash checked, what is read is right or said to be damaged.
TEST_CASE("damage of a pack costs only the objects that it touches") {
  TempDirectory place;
  place.init();
  place.run(
      "for r in 1 2 3; do for i in 1 2 3 4 5 6; do seq $((r * i)) 40 >f$i; done; git add . && git commit -qm $r; done");
  place.run(
      "git gc -q && rm -f .git/objects/pack/*.rev .git/objects/pack/*.bitmap && cd .git/objects/pack && chmod u+w * && "
      "mv *.pack pack-a.pack && mv *.idx pack-a.idx");
  place.run("git cat-file --batch-check --batch-all-objects | cut -d' ' -f1 >.git/ids");
  std::vector<ObjectId> ids;
  std::istringstream lines(text_of(place.at(".git/ids")));
  for (std::string hex; lines >> hex;) ids.push_back(*object_id_of_hex(hex));
  size_t good = 0;
  for (const char* file : {".git/objects/pack/pack-a.pack", ".git/objects/pack/pack-a.idx"}) {
    std::string bytes = text_of(place.at(file));
    for (size_t i = 0; i<bytes.size(); i += bytes.size()> 1500 ? 29 : 7) {
      for (char value : {'\0', '\x7f', '\xff'}) {
        std::string changed = bytes;
        changed[i] = value;
        std::ofstream(place.at(file), std::ios::binary) << (value == '\x7f' ? bytes.substr(0, i) : changed);
        ObjectDatabase database(place.at(".git/objects"));
        for (const ObjectId& id : ids) good += database.read(id).state == ObjectDatabase::State::Good;
      }
    }
    std::ofstream(place.at(file), std::ios::binary) << bytes;
  }
  CHECK(good > 0);
}

TEST_CASE("what is no file among the objects is passed over") {
  for (const char* make : {"mkfifo .git/objects/pack/pack-x.idx",
                           "touch .git/objects/pack/pack-x.idx && mkfifo .git/objects/pack/pack-x.pack",
                           "mkfifo .git/objects/info/alternates", "ln -s /dev/zero .git/objects/info/alternates",
                           "ln -s /dev/zero .git/objects/pack/pack-x.idx", "mkfifo .git/objects/pack/multi-pack-index",
                           "mkfifo .git/objects/info/commit-graph", "truncate -s 3G .git/objects/pack/pack-x.idx",
                           "truncate -s 3G .git/objects/info/alternates", "mkfifo .git/objects/info/packs"}) {
    INFO(make);
    TempDirectory place;
    place.init();
    place.write("a", "a\n");
    place.commit_all();
    place.run(make);
    CHECK(content(open_files(place.path(), from(FileSource::Index)), "a") == "a\n");
    CHECK(content(open_files(place.path(), from(FileSource::Commit, "HEAD^{tree}")), "a") == "a\n");
  }
}

TEST_CASE("an object that is missing where a limit ends the search is told with the limit", "[.large]") {
  struct Row {
    const char* make;  // hides the objects of "full" from the repository
    const char* expected;
  };
  for (const Row& row : {
           Row{"seq 1 20 >.git/objects/info/alternates",
               "! its object is not in this repository, of whose alternates "
               "the first 15 are looked in"},
           Row{"seq 1 15 >.git/objects/info/alternates && echo ../../full/.git/objects "
               ">>.git/objects/info/alternates",
               "! its object is not in this repository, of whose alternates the first 15 are looked in"},
           Row{"seq 1 14 >.git/objects/info/alternates && echo ../../full/.git/objects "
               ">>.git/objects/info/alternates",
               "a\n"},
           Row{"seq -f %0100g 1000 >.git/objects/info/alternates",
               "! its object is not in this repository, of whose alternates the first 15 are looked in"},
           Row{"rm -rf full/.git/objects/info", "! its object is not in this repository"},
           Row{"p=.git/objects/pack && x=$(basename $(ls $p/*.pack) .pack) && for i in $(seq 10001 12001); do "
               "ln $p/$x.pack $p/a$i.pack; ln $p/$x.idx $p/a$i.idx; done",
               "! its object is not in this repository, of whose packs the first 2000 are looked in"},
       }) {
    INFO(row.make);
    TempDirectory place;
    place.init();
    place.write(".gitignore", "full\n");
    place.commit_all();
    place.git("gc -q");
    place.git("clone -q . full");
    place.write("full/a", "a\n");
    place.run("cd full && git add a");
    place.run("cp full/.git/index .git/index");
    place.run(row.make);
    CHECK(content(open_files(place.path(), from(FileSource::Index)), "a") == row.expected);
  }
}

TEST_CASE("objects that are packed while they are read are found again") {
  TempDirectory place;
  place.init();
  place.write("a", "a\n");
  place.commit_all();
  FileSet files = open_files(place.path(), from(FileSource::Commit, "HEAD"));
  place.git("gc -q");
  CHECK(content(files, "a") == "a\n");
}
