// Git's ignore rules, read and applied here and not by libgit2: that one takes time exponential in a pattern's stars,
// waits for FIFOs and follows links, and ignore files are the audited tree's. The answers are git's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "repo/wildcard.h"

namespace tfcheck {

// What a path names, as rules with a slash at their end are of folders only.
enum class Named : uint8_t { File, Folder };

// The rules of one ignore file.
class IgnoreFile {
 public:
  enum class Verdict : uint8_t { Silent, Ignored, Kept };
  struct Answer {
    Verdict verdict = Verdict::Silent;
    size_t work = 0;  // in steps of matching
  };

  // `base` is the folder that the rules are relative to ("" or ending in '/').
  IgnoreFile(std::string_view text, std::string base, Letters letters);
  // What the file says of a path, which begins with its base.
  Answer ask(const std::string& path, Named named) const;
  // Lines of patterns that are too long to be applied.
  const std::vector<uint32_t>& refused_lines() const { return refused_; }

 private:
  struct Rule {
    bool keeps = false;
    bool folders_only = false;
  };
  // A rule that no table finds: its place in `rules_`, whether it is of names, and what comes before the wildcards.
  struct Pattern {
    size_t rule;
    bool of_name;
    bool is_suffix;  // "*" and a literal, which is `literal`
    std::string literal;
    Wildcard wildcard;
  };
  // The last rule of one literal, and the last that is not of folders only; -1 is none.
  struct Last {
    int64_t any = -1;
    int64_t of_files = -1;
  };
  using Table = std::unordered_map<std::string, Last>;

  void read_line(std::string_view line, uint32_t number);
  void add_pattern(std::string_view pattern, bool of_name, uint32_t number);
  static int64_t last_of(const Table& table, const std::string& literal, Named named);
  static Wildcard::Outcome match(const Pattern& pattern, std::string_view name, std::string_view below);

  std::string base_;
  Letters letters_;
  std::vector<Rule> rules_;
  Table names_;
  Table paths_;
  std::vector<Pattern> patterns_;
  std::vector<uint32_t> refused_;
};

// Ignore files that count in a folder, the nearest first. Shared by the folders below.
struct IgnoreChain {
  IgnoreFile file;
  std::shared_ptr<const IgnoreChain> above;
};

// Answers for a whole tree, and watches over what they cost.
class IgnoreJudge {
 public:
  // Is a path ignored by a chain's rules? What lies below an ignored folder is its caller's to know.
  bool is_ignored(const IgnoreChain* chain, const std::string& path, Named named);
  // Have the rules cost more than a fair price a path? From then on nothing is ignored.
  bool is_exhausted() const { return is_exhausted_; }

 private:
  uint64_t asked_ = 0;
  uint64_t work_ = 0;
  bool is_exhausted_ = false;
};

}  // namespace tfcheck
