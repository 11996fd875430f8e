#include "scan/prefilter.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "base/archive.h"
#include "base/ascii.h"
#include "base/path_glob.h"
#include "base/text.h"
#include "formats/adapters.h"
#include "pages/embedded.h"
#include "scan/collect_words.h"
#include "scan/token_match.h"
#include "scan/word_database.h"

namespace tfcheck {

namespace {

// Of the names of secrets in one file the first so many are looked at; a file that has more is parsed anyway.
constexpr size_t most_names = 2000;
// Of the beginnings of tokens the first so many; of a file that has more it is said.
constexpr size_t most_tokens = 20'000;
// Of what may be names of files in one text the first so many.
constexpr size_t most_files = 2000;

bool is_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The line that a value begins on: the rest of this one or, where that ends before it and the next begins with a
// literal, both.
std::string_view value_line(std::string_view rest) {
  rest = rest.substr(0, 160);  // first: a line may be the whole file
  size_t end = rest.find('\n');
  if (end == std::string_view::npos) return rest;
  size_t last = rest.find_last_not_of(" \t\r\n", end);
  size_t next = rest.find_first_not_of(" \t", end + 1);
  bool goes_on = last != std::string_view::npos && next != std::string_view::npos &&
                 std::string_view("=:(\\").find(rest[last]) != std::string_view::npos &&
                 std::string_view("\"'`").find(rest[next]) != std::string_view::npos;
  // `def reset_password(self):` and what it says of itself.
  goes_on = goes_on && (rest[last] != ':' || rest.substr(next, 3) != std::string(3, rest[next]));
  return rest.substr(0, goes_on ? rest.find('\n', next) : end);
}

// A text that goes on over lines or has quotes of its own: `"""`, `<<~KEY`, `%q(`.
bool opens_long_text(std::string_view value) {
  size_t begin = value.find_first_not_of(" \t\r\n=:>(");
  if (begin == std::string_view::npos) return false;
  value = value.substr(begin);
  return value.starts_with("<<") || value.starts_with("%q") || value.starts_with("%Q") || value.starts_with("%w");
}

// True when what follows a secret's name looks like a literal given to it: `= "…"`, `: '…'`, `("…"`, `=> "…"`.
bool literal_follows(std::string_view rest) {
  rest = value_line(rest);
  size_t sign = rest.find_first_of("=:,(");
  if (sign > 40) return false;  // npos too
  if (opens_long_text(rest.substr(sign))) return true;
  size_t quote = rest.find_first_of("\"'`", sign);
  // Behind an empty text another one may stand: join("", "…"), """…
  while (quote != std::string_view::npos && quote + 1 < rest.size() && rest[quote + 1] == rest[quote]) {
    if (quote + 2 < rest.size() && rest[quote + 2] == rest[quote]) return true;
    quote = rest.find_first_of("\"'`", quote + 2);
  }
  if (quote == std::string_view::npos || quote - sign > 60) return false;
  size_t end = rest.find(rest[quote], quote + 1);
  return end == std::string_view::npos || end - quote > 3;
}

// user:password@ of a URL whose "://" stands before it.
bool login_follows(std::string_view rest) {
  rest = rest.substr(0, 100);
  size_t colon = rest.find_first_of(":/@?#\"'` \n<>");
  if (colon == std::string_view::npos || rest[colon] != ':') return false;
  size_t sign = rest.find_first_of("@/?#\"'` \n<>", colon + 1);
  return sign != std::string_view::npos && rest[sign] == '@' && sign > colon + 1;
}

// A word, as keys are called by: "csrfToken", "auth_token".
bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || c == '_'; });
}

// … where the name ends there and the literal could be a secret: `masterKey = "k7Rt2p…"`, not `masterKeys: "a b"`. What
// a call is given is a key as often: `token = input.get("token")`.
bool is_given_literal(std::string_view rest) {
  rest = rest.substr(0, 160);  // first: a line may be the whole file
  rest = rest.substr(0, rest.find('\n'));
  if (rest.empty() || is_identifier(rest[0])) return false;
  size_t sign = rest.find_first_not_of("\"')]");
  sign = rest.find_first_of("=:,(", sign);
  if (sign > 40) return false;  // npos too
  size_t quote = rest.find_first_of("\"'`", sign);
  if (quote == std::string_view::npos || quote - sign > 40) return false;
  std::string_view literal = rest.substr(quote + 1, rest.find(rest[quote], quote + 1) - quote - 1);
  if (literal.size() <= 3 || literal.find_first_of(" {}<>[]%") != std::string_view::npos) return false;
  bool of_call = rest[sign] != '(' && rest.substr(sign, quote - sign).find('(') != std::string_view::npos;
  return !of_call || !is_word(literal);
}

// The number of an adapter, as languages of triggers count them.
size_t number_of(const Adapter* adapter) {
  std::span<const Adapter* const> all = all_adapters();
  return static_cast<size_t>(std::find(all.begin(), all.end(), adapter) - all.begin());
}

}  // namespace

CompiledWords compile_words(const RuleSet& rules) {
  ScanWords words = collect_words(rules, WordOrigin::BuiltIn);
  ArchiveWriter archive;
  archive.put(words);
  return {archive.take(), WordDatabase::compile(words.words, WordDatabase::Processor::Any).bytes()};
}

// One database with what its words mean.
class Prefilter::Search {
 public:
  Search(ScanWords words, WordDatabase database, const Vocabulary& vocabulary)
      : words_(std::move(words)),
        database_(std::move(database)),
        matchers_(vocabulary, words_.first_pattern, words_.patterns),
        use_(words_.words.size()) {
    for (uint32_t id : words_.secrets) use_[id].secret = true;
    for (uint32_t id : words_.endings) use_[id].ending = true;
    for (uint32_t id : words_.secret_names) use_[id].name = true;
    use_[words_.scheme].scheme = true;
    for (const std::vector<std::string>& list : words_.paths) places_.emplace_back(list.begin(), list.end());
    for (const Keyword& keyword : words_.keywords) {
      Use& use = use_[keyword.word];
      const TextPattern& pattern = matchers_.pattern(keyword.pattern);
      // All that it is a keyword of must ask the same of what stands round it.
      bool begins = !pattern.named && !pattern.shape.empty() && pattern.shape[0] != '[';
      use.begins = begins && (use.begins || !use.keyword);
      use.named = pattern.named && (use.named || !use.keyword);
      use.keyword = true;
    }
  }

  struct Use {
    bool ending = false;  // names of files that are asked about end with it
    bool secret = false;
    bool name = false;
    bool scheme = false;
    bool keyword = false;
    bool begins = false;  // tokens begin with it
    bool named = false;   // what holds tokens is called by it
  };

  const ScanWords& words() const { return words_; }
  const WordDatabase& database() const { return database_; }
  const TokenMatchers& matchers() const { return matchers_; }
  Use use(uint32_t id) const { return use_[id]; }
  // Whether a path is in one of the places of a list.
  bool lies_in(uint32_t list, std::string_view path) const {
    const std::vector<PathGlob>& places = places_[list];
    return std::any_of(places.begin(), places.end(), [&](const PathGlob& place) { return place.matches(path); });
  }
  // Calls visit(text pattern) for those that a word is the keyword of.
  template <typename Visit>
  void for_each_pattern(uint32_t id, Visit visit) const {
    for (auto at = std::lower_bound(words_.keywords.begin(), words_.keywords.end(), Keyword{id, 0});
         at != words_.keywords.end() && at->word == id; ++at)
      visit(at->pattern);
  }

 private:
  ScanWords words_;
  WordDatabase database_;
  TokenMatchers matchers_;
  std::vector<Use> use_;                       // by word
  std::vector<std::vector<PathGlob>> places_;  // what they point into are the words' paths
};

Prefilter::Prefilter(const RuleSet& rules) {
  const Vocabulary& vocabulary = rules.vocabulary();
  auto add = [&](ScanWords words) {
    WordDatabase database = WordDatabase::compile(words.words, WordDatabase::Processor::This);
    searches_.push_back(std::make_unique<Search>(std::move(words), std::move(database), vocabulary));
  };
  const EmbeddedRules* embedded = rules.embedded();
  if (!embedded) {
    add(collect_words(rules, WordOrigin::All));
    return;
  }
  auto words = ArchiveReader(embedded->words).next<ScanWords>();
  size_t built_in = words.patterns;
  if (std::optional<WordDatabase> database = WordDatabase::load(unpack_bytes(embedded->database)))
    searches_.push_back(std::make_unique<Search>(std::move(words), std::move(*database), vocabulary));
  else
    add(std::move(words));
  bool packs = vocabulary.text_patterns().size() > built_in ||
               std::any_of(rules.rules().begin(), rules.rules().end(), [](const Rule& rule) { return rule.pack; });
  if (packs) add(collect_words(rules, WordOrigin::Packs, built_in));
}

Prefilter::~Prefilter() = default;

// One search of one text after the other.
class Prefilter::Scanner::Pass {
 public:
  explicit Pass(const Search& search)
      : search_(search), words_(search.words()), scratch_(search.database()), seen_(words_.words.size()) {}

  void scan(std::string_view text) {
    text_ = text;
    for (uint32_t id : found_) seen_[id] = false;
    found_.clear(), names_.clear(), tokens_.clear(), files_.clear();
    is_named_ = false;
    groups_.assign(words_.groups.size(), Known::NotYet);
    paths_.assign(words_.paths.size(), Known::NotYet);
    search_.database().scan(text, scratch_, on_word, this);
  }

  bool has_directive() const { return seen_[words_.directive]; }
  const std::vector<uint32_t>& files() const { return files_; }
  bool is_truncated() const { return tokens_.size() == most_tokens; }

  bool wants_parse(const Adapter* adapter, std::string_view path) const {
    size_t number = number_of(adapter);
    const std::vector<uint32_t>& reads = words_.environment[number];
    bool environment = std::any_of(reads.begin(), reads.end(), [&](uint32_t id) { return seen_[id]; });
    for (uint32_t id : found_) {
      for (uint32_t i = words_.first_trigger[id]; i < words_.first_trigger[id + 1]; ++i) {
        if (holds(words_.triggers[i], uint64_t{1} << number, path, environment)) return true;
      }
    }
    return is_named_ || names_.size() == most_names ||
           std::any_of(names_.begin(), names_.end(), [&](size_t end) { return literal_follows(text_.substr(end)); });
  }

  // What the text patterns confirm of the tokens' beginnings.
  std::vector<TextHit> confirm() const {
    if (tokens_.empty()) return {};
    TokenMatch match(search_.matchers(), text_);
    for (const auto& token : tokens_) {
      uint32_t id = token.first;
      size_t end = token.second;
      size_t begin = end - words_.words[id].text.size();
      search_.for_each_pattern(id, [&](uint32_t pattern) { match.add(pattern, begin, end); });
    }
    std::vector<TextHit> hits = match.take();
    for (TextHit& hit : hits) hit.pattern += words_.first_pattern;
    return hits;
  }

 private:
  static void on_word(uint32_t id, size_t end, void* pass) { static_cast<Pass*>(pass)->take(id, end); }

  void take(uint32_t id, size_t end) {
    if (!seen_[id]) {
      const SearchWord& word = words_.words[id];
      if (word.whole && is_inside(end - word.text.size(), end)) return;
      seen_[id] = true;
      found_.push_back(id);
    }
    Search::Use use = search_.use(id);
    if (use.name && !is_named_) is_named_ = is_given_literal(text_.substr(end));
    if (use.scheme && !is_named_) is_named_ = login_follows(text_.substr(end));
    if (use.secret && names_.size() < most_names) names_.push_back(end);
    if (use.ending && files_.size() < most_files && !goes_on(end)) files_.push_back(static_cast<uint32_t>(end));
    if (use.keyword && tokens_.size() < most_tokens && can_be_token(use, id, end)) tokens_.emplace_back(id, end);
  }

  // The name goes on: "show" of ".sh", "nginx.conf.d" of ".conf".
  bool goes_on(size_t end) const {
    if (end == text_.size()) return false;
    if (text_[end] == '.' || text_[end] == '-') return end + 1 < text_.size() && is_identifier(text_[end + 1]);
    return is_identifier(text_[end]);
  }

  // What costs next to nothing is asked at once: "task-" is no "sk-", and most words that name a provider hold no
  // token.
  bool can_be_token(Search::Use use, uint32_t id, size_t end) const {
    size_t begin = end - words_.words[id].text.size();
    if (use.named) return value_behind_name(search_.matchers().words(), text_, begin, end) != TokenShape::none;
    if (!use.begins || begin == 0 || !is_identifier(text_[begin - 1])) return true;
    return begin > 1 && text_[begin - 2] == '\\';
  }

  // Whether a word is a part of a longer one.
  bool is_inside(size_t begin, size_t end) const {
    return (begin > 0 && is_identifier(text_[begin - 1]) && is_identifier(text_[begin])) ||
           (end < text_.size() && is_identifier(text_[end]) && is_identifier(text_[end - 1]));
  }

  bool holds(const std::vector<uint32_t>& words) const {
    return std::all_of(words.begin(), words.end(), [&](uint32_t id) { return seen_[id]; });
  }

  // Whether an alternative of a group holds; many triggers ask.
  bool holds_one(uint32_t number) const {
    if (groups_[number] == Known::No || groups_[number] == Known::Yes) return groups_[number] == Known::Yes;
    const WordGroup& group = words_.groups[number];
    bool any = std::any_of(group.begin(), group.end(), [&](const auto& alternative) { return holds(alternative); });
    groups_[number] = any ? Known::Yes : Known::No;
    return any;
  }

  bool holds(const Trigger& trigger, uint64_t language, std::string_view path, bool environment) const {
    if (trigger.environment && !environment) return false;
    if (trigger.languages != 0 && (trigger.languages & language) == 0) return false;
    if (!holds(trigger.words)) return false;
    if (!std::all_of(trigger.groups.begin(), trigger.groups.end(), [&](uint32_t group) { return holds_one(group); }))
      return false;
    return trigger.paths == 0 || lies_in(trigger.paths - 1, path);
  }

  // Whether the file is in one of the places of a list; many triggers ask.
  bool lies_in(uint32_t number, std::string_view path) const {
    if (paths_[number] == Known::No || paths_[number] == Known::Yes) return paths_[number] == Known::Yes;
    bool any = search_.lies_in(number, path);
    paths_[number] = any ? Known::Yes : Known::No;
    return any;
  }

  const Search& search_;
  const ScanWords& words_;
  WordDatabase::Scratch scratch_;
  std::string_view text_;
  enum class Known : uint8_t { NotYet, No, Yes };
  mutable std::vector<Known> groups_;  // of this text
  mutable std::vector<Known> paths_;   // of this file, by list
  std::vector<bool> seen_;             // by word
  std::vector<uint32_t> found_;        // words that were seen
  std::vector<size_t> names_;          // of secrets: where they end
  std::vector<uint32_t> files_;        // that may be named: where their names end
  bool is_named_ = false;              // a literal is given to what has a secret's name, or a URL holds a login
  std::vector<std::pair<uint32_t, size_t>> tokens_;  // beginnings of what text patterns recognise: word and end
};

Prefilter::Scanner::Scanner(const Prefilter& prefilter) {
  for (const std::unique_ptr<Search>& search : prefilter.searches_) passes_.push_back(std::make_unique<Pass>(*search));
}

Prefilter::Scanner::~Scanner() = default;

PrefilterResult Prefilter::Scanner::scan(std::string_view text, const Adapter* adapter, std::string_view path) {
  PrefilterResult result;
  for (const std::unique_ptr<Pass>& pass : passes_) {
    pass->scan(text);
    result.directive |= pass->has_directive();
    result.truncated |= pass->is_truncated();
    result.names.insert(result.names.end(), pass->files().begin(), pass->files().end());
    std::vector<TextHit> hits = pass->confirm();
    auto middle = static_cast<std::ptrdiff_t>(result.hits.size());
    result.hits.insert(result.hits.end(), hits.begin(), hits.end());
    std::inplace_merge(
        result.hits.begin(), result.hits.begin() + middle, result.hits.end(),
        [](const TextHit& a, const TextHit& b) { return a.span != b.span ? a.span < b.span : a.pattern < b.pattern; });
    if (adapter && !result.parse) result.parse = pass->wants_parse(adapter, path);
  }
  return result;
}

}  // namespace tfcheck
