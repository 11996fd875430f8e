// The search for many words at once: a Hyperscan database, compiled here or by the build.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scan/scan_words.h"

struct hs_database;
struct hs_scratch;

namespace tfcheck {

class WordDatabase {
 public:
  // What a database may be used on: processors like this one, or any. For words there is no difference in speed.
  enum class Processor : uint8_t { This, Any };

  static WordDatabase compile(const std::vector<SearchWord>& words, Processor processor);
  // One that bytes() gave. None when it was made by another Hyperscan or for another processor.
  static std::optional<WordDatabase> load(std::string_view bytes);
  std::string bytes() const;

  // What one thread needs for its searches.
  class Scratch {
   public:
    explicit Scratch(const WordDatabase& database);

   private:
    friend WordDatabase;
    struct Free {
      void operator()(hs_scratch* scratch) const;
    };
    std::unique_ptr<hs_scratch, Free> scratch_;
  };

  // Called with a word's number and the offset behind it, in the order of these offsets.
  using OnWord = void (*)(uint32_t word, size_t end, void* context);
  void scan(std::string_view text, const Scratch& scratch, OnWord on_word, void* context) const;

 private:
  struct Free {
    void operator()(hs_database* database) const;
  };
  std::unique_ptr<hs_database, Free> database_;
};

}  // namespace tfcheck
