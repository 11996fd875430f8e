#include "scan/prefilter.h"

#include <hs/hs.h>
#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <new>
#include <stdexcept>
#include <utility>

#include "base/text.h"
#include "scan/prefilter_words.h"
#include "vocabulary/text_regex.h"

namespace tfcheck {

namespace {

constexpr std::string_view directive_word = "tfcheck:";
// Of the names of secrets in one file the first so many are looked at; a file that has more is parsed anyway.
constexpr size_t most_names = 2000;
// Of the beginnings of tokens the first so many; of a file that has more it is said.
constexpr size_t most_tokens = 20'000;

bool is_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

double entropy(std::string_view text) {
  std::map<char, int> counts;
  for (char c : text) ++counts[c];
  double bits = 0;
  for (auto [c, n] : counts) {
    double share = static_cast<double>(n) / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

// True when what follows a secret's name on its line looks like a literal given to it: `= "…"`, `: '…'`, `("…"`, `=>
// "…"`.
bool literal_follows(std::string_view rest) {
  rest = rest.substr(0, std::min(rest.find('\n'), size_t{160}));
  size_t sign = rest.find_first_of("=:,(");
  if (sign > 40) return false;  // npos too
  size_t quote = rest.find_first_of("\"'`", sign);
  if (quote == std::string_view::npos || quote - sign > 60) return false;
  size_t end = rest.find(rest[quote], quote + 1);
  return end == std::string_view::npos || end - quote > 3;
}

// Hyperscan's failures are the machine's: no memory, or a processor that it does not know.
void check_hyperscan(hs_error_t code, const std::string& why) {
  if (code == HS_SUCCESS) return;
  if (code == HS_NOMEM) throw std::bad_alloc();
  if (code == HS_ARCH_ERROR) throw std::runtime_error("this processor lacks SSSE3, which the search for words needs");
  throw std::runtime_error("the words of the rules cannot be searched for: " +
                           (why.empty() ? "Hyperscan error " + std::to_string(code) : why));
}

}  // namespace

struct Prefilter::Data {
  Data(std::span<const Adapter* const> adapters, const Vocabulary& vocabulary) : wanted(adapters, vocabulary) {}

  PrefilterWords wanted;
  std::map<const Adapter*, std::vector<uint32_t>> environment;
  std::vector<uint32_t> secret_words;              // a literal behind one of them makes a file worth parsing
  std::vector<bool> is_secret_word;                // by id
  std::vector<uint32_t> keyword_of;                // by text pattern: id of its keyword
  std::vector<std::vector<uint32_t>> patterns_of;  // by word id: text patterns whose keyword it is
  std::vector<std::unique_ptr<RE2>> regexes;       // by text pattern
  const std::vector<TextPattern>* patterns = nullptr;
  uint32_t directive = 0;
  hs_database_t* database = nullptr;

  void compile() {
    std::vector<const char*> texts;
    std::vector<unsigned> flags, numbers;
    std::vector<size_t> lengths;
    const std::vector<SearchWord>& words = wanted.words();
    for (uint32_t i = 0; i < words.size(); ++i) {
      bool positions = words[i].whole || is_secret_word[i] || !patterns_of[i].empty();
      texts.push_back(words[i].text.data());
      lengths.push_back(words[i].text.size());
      flags.push_back((words[i].folded ? HS_FLAG_CASELESS : 0u) | (positions ? 0u : HS_FLAG_SINGLEMATCH));
      numbers.push_back(i);
    }
    hs_compile_error_t* trouble = nullptr;
    hs_error_t code =
        hs_compile_lit_multi(texts.data(), flags.data(), numbers.data(), lengths.data(),
                             static_cast<unsigned>(texts.size()), HS_MODE_BLOCK, nullptr, &database, &trouble);
    std::string why = trouble && trouble->message ? trouble->message : "";
    hs_free_compile_error(trouble);
    check_hyperscan(code, why);
  }
};

Prefilter::Prefilter(const RuleSet& rules, std::span<const Adapter* const> adapters)
    : data_(std::make_unique<Data>(adapters, rules.vocabulary())) {
  for (const Adapter* adapter : adapters) {
    if (adapter->kind != AdapterKind::Code) continue;
    for (std::string_view word : adapter->environment_words)
      data_->environment[adapter].push_back(data_->wanted.id_of(word, false));
  }
  data_->directive = data_->wanted.id_of(directive_word, false);
  for (const Rule& rule : rules.rules()) data_->wanted.add_rule(rule, rules.vocabulary());
  if (const WordSet* secrets = rules.vocabulary().find("secret-keyword")) {
    for (const std::string& word : secrets->patterns()) data_->secret_words.push_back(data_->wanted.id_of(word, true));
  }
  data_->patterns = &rules.vocabulary().text_patterns();
  for (const TextPattern& pattern : *data_->patterns)
    data_->keyword_of.push_back(data_->wanted.id_of(pattern.keyword, false));
  data_->is_secret_word.resize(data_->wanted.words().size());
  data_->patterns_of.resize(data_->wanted.words().size());
  for (uint32_t id : data_->secret_words) data_->is_secret_word[id] = true;
  for (uint32_t i = 0; i < data_->keyword_of.size(); ++i) {
    data_->patterns_of[data_->keyword_of[i]].push_back(i);
    const TextPattern& pattern = (*data_->patterns)[i];
    data_->regexes.push_back(compile_text_regex(pattern.regex));
    if (!data_->regexes.back()->ok())
      throw std::logic_error(pattern.file + ": the regex of '" + pattern.id + "' does not compile");
  }
  data_->compile();
}

Prefilter::~Prefilter() {
  hs_free_database(data_->database);
}

size_t Prefilter::word_count() const {
  return data_->wanted.words().size();
}

uint64_t Prefilter::hash() const {
  uint64_t sum = 14695981039346656037u;
  for (const SearchWord& word : data_->wanted.words()) {
    for (char c : word.text) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211u;
    sum = (sum ^ (word.folded ? 1u : 2u)) * 1099511628211u;
  }
  return sum;
}

struct Prefilter::Scanner::State {
  const Data& data;
  hs_scratch_t* scratch = nullptr;
  std::string_view scanned;
  std::vector<bool> seen;                             // by word
  std::vector<std::pair<uint32_t, uint32_t>> names;   // of secrets: word, end offset
  std::vector<std::pair<uint32_t, uint32_t>> tokens;  // beginnings of what text patterns recognise, the same
  bool more_names = false, more_tokens = false;

  static int on_match(unsigned id, unsigned long long, unsigned long long end, unsigned, void* context) {
    auto* state = static_cast<State*>(context);
    const SearchWord& word = state->data.wanted.words()[id];
    if (word.whole) {
      if (state->seen[id]) return 0;
      std::string_view text = state->scanned;
      size_t begin = end - word.text.size();
      bool inside = (begin > 0 && is_identifier(text[begin - 1]) && is_identifier(text[begin])) ||
                    (end < text.size() && is_identifier(text[end]) && is_identifier(text[end - 1]));
      if (inside) return 0;
    }
    state->seen[id] = true;
    auto keep = [&](auto& list, size_t most) {
      if (list.size() < most) list.emplace_back(id, static_cast<uint32_t>(end));
      return list.size() == most;
    };
    if (state->data.is_secret_word[id]) state->more_names = keep(state->names, most_names);
    if (!state->data.patterns_of[id].empty()) state->more_tokens = keep(state->tokens, most_tokens);
    return 0;
  }

  bool all_seen(const std::vector<uint32_t>& trigger) const {
    return std::all_of(trigger.begin(), trigger.end(), [&](uint32_t id) { return seen[id]; });
  }

  bool holds(const Trigger& trigger, const Adapter* adapter, std::string_view path, bool environment) const {
    if (trigger.environment && !environment) return false;
    if (!all_seen(trigger.words)) return false;
    auto is_there = [&](const Pattern& pattern) { return pattern.matches_path(path); };
    if (trigger.paths && std::none_of(trigger.paths->begin(), trigger.paths->end(), is_there)) return false;
    return trigger.languages.empty() ||
           std::find(trigger.languages.begin(), trigger.languages.end(), adapter->name) != trigger.languages.end();
  }

  bool wants_parse(std::string_view text, const Adapter* adapter, std::string_view path) const {
    auto words = data.environment.find(adapter);
    bool environment = words != data.environment.end() &&
                       std::any_of(words->second.begin(), words->second.end(), [&](uint32_t id) { return seen[id]; });
    if (std::any_of(data.wanted.triggers().begin(), data.wanted.triggers().end(),
                    [&](const Trigger& trigger) { return holds(trigger, adapter, path, environment); }))
      return true;
    return more_names ||
           std::any_of(names.begin(), names.end(), [&](auto hit) { return literal_follows(text.substr(hit.second)); });
  }

  void confirm(std::string_view text, std::vector<TextHit>& hits) const {
    for (auto [word, end] : tokens) {
      for (uint32_t pattern : data.patterns_of[word]) {
        size_t begin = end > 200 ? end - 200 : 0;
        std::string_view window = text.substr(begin, 200 + 400);
        re2::StringPiece input(window.data(), window.size());
        re2::StringPiece found[2];
        const RE2& regex = *data.regexes[pattern];
        size_t from = end - begin > data.wanted.words()[word].text.size()
                          ? end - begin - data.wanted.words()[word].text.size()
                          : 0;
        from = from > 80 ? from - 80 : 0;
        int groups = regex.NumberOfCapturingGroups() > 0 ? 2 : 1;
        if (!regex.Match(input, from, input.size(), RE2::UNANCHORED, found, groups)) continue;
        re2::StringPiece part = groups == 2 && found[1].data() ? found[1] : found[0];
        auto at = static_cast<uint32_t>(part.data() - text.data());
        Span span{at, at + static_cast<uint32_t>(part.size())};
        if ((*data.patterns)[pattern].entropy > 0 &&
            entropy({part.data(), part.size()}) < (*data.patterns)[pattern].entropy)
          continue;
        hits.push_back({pattern, span});
      }
    }
    std::sort(hits.begin(), hits.end(), [](const TextHit& a, const TextHit& b) {
      return a.span != b.span ? a.span < b.span : a.pattern < b.pattern;
    });
    auto same = [](const TextHit& a, const TextHit& b) { return a.pattern == b.pattern && a.span == b.span; };
    hits.erase(std::unique(hits.begin(), hits.end(), same), hits.end());
  }
};

Prefilter::Scanner::Scanner(const Prefilter& prefilter) : state_(new State{*prefilter.data_, nullptr, {}, {}, {}, {}}) {
  check_hyperscan(hs_alloc_scratch(state_->data.database, &state_->scratch), "");
}

Prefilter::Scanner::~Scanner() {
  hs_free_scratch(state_->scratch);
}

PrefilterResult Prefilter::Scanner::scan(std::string_view text, const Adapter* adapter, std::string_view path) {
  state_->scanned = text;
  state_->seen.assign(state_->data.wanted.words().size(), false);
  state_->names.clear(), state_->tokens.clear();
  state_->more_names = state_->more_tokens = false;
  check_hyperscan(hs_scan(state_->data.database, text.data(), static_cast<unsigned>(text.size()), 0, state_->scratch,
                          State::on_match, state_.get()),
                  "");
  PrefilterResult result;
  result.directive = state_->seen[state_->data.directive];
  result.truncated = state_->more_tokens;
  state_->confirm(text, result.hits);
  result.parse = adapter && state_->wants_parse(text, adapter, path);
  return result;
}

}  // namespace tfcheck
