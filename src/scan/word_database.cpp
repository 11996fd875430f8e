#include "scan/word_database.h"

#include <hs/hs.h>

#include <cstdlib>
#include <stdexcept>

#include "base/memory.h"

namespace tfcheck {

namespace {

// Hyperscan's failures are the machine's: no memory, or a processor that it does not know.
void check_hyperscan(hs_error_t code, const std::string& why) {
  if (code == HS_SUCCESS) return;
  if (code == HS_NOMEM) end_out_of_memory();  // also in threads, which nothing could be thrown out of
  if (code == HS_ARCH_ERROR) throw std::runtime_error("this processor lacks SSSE3, which the search for words needs");
  throw std::runtime_error("the words of the rules cannot be searched for: " +
                           (why.empty() ? "Hyperscan error " + std::to_string(code) : why));
}

}  // namespace

void WordDatabase::Free::operator()(hs_database* database) const {
  hs_free_database(database);
}

void WordDatabase::Scratch::Free::operator()(hs_scratch* scratch) const {
  hs_free_scratch(scratch);
}

WordDatabase WordDatabase::compile(const std::vector<SearchWord>& words, Processor processor) {
  std::vector<const char*> texts;
  std::vector<unsigned> flags, numbers;
  std::vector<size_t> lengths;
  for (uint32_t i = 0; i < words.size(); ++i) {
    texts.push_back(words[i].text.data());
    lengths.push_back(words[i].text.size());
    flags.push_back((words[i].folded ? HS_FLAG_CASELESS : 0u) | (words[i].every ? 0u : HS_FLAG_SINGLEMATCH));
    numbers.push_back(i);
  }
  const hs_platform_info_t any{};
  WordDatabase made;
  hs_database_t* database = nullptr;
  hs_compile_error_t* trouble = nullptr;
  hs_error_t code = hs_compile_lit_multi(texts.data(), flags.data(), numbers.data(), lengths.data(),
                                         static_cast<unsigned>(texts.size()), HS_MODE_BLOCK,
                                         processor == Processor::This ? nullptr : &any, &database, &trouble);
  made.database_.reset(database);
  std::string why = trouble && trouble->message ? trouble->message : "";
  hs_free_compile_error(trouble);
  check_hyperscan(code, why);
  return made;
}

std::optional<WordDatabase> WordDatabase::load(std::string_view bytes) {
  hs_database_t* database = nullptr;
  hs_error_t code = hs_deserialize_database(bytes.data(), bytes.size(), &database);
  if (code == HS_NOMEM) end_out_of_memory();  // also in threads, which nothing could be thrown out of
  if (code != HS_SUCCESS) return std::nullopt;
  WordDatabase made;
  made.database_.reset(database);
  return made;
}

std::string WordDatabase::bytes() const {
  char* bytes = nullptr;
  size_t size = 0;
  check_hyperscan(hs_serialize_database(database_.get(), &bytes, &size), "");
  std::string copy(bytes, size);
  std::free(bytes);
  return copy;
}

WordDatabase::Scratch::Scratch(const WordDatabase& database) {
  hs_scratch_t* scratch = nullptr;
  check_hyperscan(hs_alloc_scratch(database.database_.get(), &scratch), "");
  scratch_.reset(scratch);
}

void WordDatabase::scan(std::string_view text, const Scratch& scratch, OnWord on_word, void* context) const {
  struct Call {
    OnWord on_word;
    void* context;
  } call{on_word, context};
  auto tell = [](unsigned id, unsigned long long, unsigned long long end, unsigned, void* told) {
    auto* to = static_cast<Call*>(told);
    to->on_word(id, static_cast<size_t>(end), to->context);
    return 0;
  };
  check_hyperscan(
      hs_scan(database_.get(), text.data(), static_cast<unsigned>(text.size()), 0, scratch.scratch_.get(), tell, &call),
      "");
}

}  // namespace tfcheck
