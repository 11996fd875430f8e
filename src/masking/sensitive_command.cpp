#include "masking/sensitive_command.h"

#include <algorithm>

#include "base/text.h"
#include "masking/sensitive_name.h"

namespace tfcheck {

namespace {

// What an option is called, without its dashes: "" for a word that is none.
std::string_view option_name(std::string_view word) {
  size_t begin = word.find_first_not_of('-');
  bool option = begin == 1 || begin == 2;
  return option && word.find(' ') == std::string_view::npos ? word.substr(begin) : std::string_view{};
}

class CommandScan {
 public:
  CommandScan(const MaskWords& known, std::span<const std::string_view> words) : known_(known), words_(words) {}

  std::vector<WordPart> run() {
    for (at_ = 0; at_ < words_.size(); ++at_) {
      std::string_view word = words_[at_];
      if (auto program = known_.options.find(base_name(word)); program != known_.options.end())
        options_ = program->second;
      if (named(word)) continue;
      for (const MaskedOption& option : options_) {
        if (apply(option, word)) break;
      }
    }
    return std::move(found_);
  }

 private:
  void add(size_t word, size_t begin) {
    if (word >= words_.size()) return;
    std::string_view value = words_[word].substr(begin);
    // ${NAME:-X} is a name with a value of its own.
    if (std::string_view inner = default_of(value); !inner.empty()) value = inner;
    auto from = static_cast<size_t>(value.data() - words_[word].data());
    if (!is_harmless(known_, value)) found_.push_back({word, from, from + value.size()});
  }

  // The word behind an option is its value unless it is an option itself.
  bool has_value() const { return at_ + 1 < words_.size() && !words_[at_ + 1].starts_with('-'); }

  // "--token X", "--token=X", "TOKEN=X", "-Dtoken=X"
  bool named(std::string_view word) {
    size_t sign = word.find("://") == std::string_view::npos ? word.find('=') : std::string_view::npos;
    if (sign != std::string_view::npos) {
      if (sense_of(known_, word.substr(0, sign)) != NameSense::Secret) return false;
      add(at_, sign + 1);
      return true;
    }
    std::string_view name = option_name(word);
    if (name.size() < 2 || sense_of(known_, name) != NameSense::Secret || !has_value()) return false;
    add(at_ + 1, words_[at_ + 1].starts_with("pass:") ? 5 : 0);
    return true;
  }

  bool apply(const MaskedOption& row, std::string_view word) {
    using Form = MaskedOption::Form;
    switch (row.form) {
      case Form::Joined: {
        std::string_view value = word.starts_with(row.option) ? word.substr(row.option.size()) : std::string_view{};
        // "-p3306:3306" publishes a container's port, "-port" is another program's.
        bool port = value.starts_with("ort") || (value.find(':') != std::string_view::npos &&
                                                 value.find_first_not_of("0123456789:.") == std::string_view::npos);
        if (value.empty() || port) return false;
        add(at_, row.option.size());
        return true;
      }
      case Form::Next:
        if (word != row.option || !has_value()) return false;
        add(at_ + 1, words_[at_ + 1].starts_with("pass:") ? 5 : 0);
        return true;
      case Form::Pair: {
        bool joined = word.starts_with(row.option) && word.size() > row.option.size() && row.option.size() == 2;
        size_t target = joined ? at_ : at_ + 1;
        if ((word != row.option && !joined) || target >= words_.size()) return false;
        size_t sign = words_[target].find_first_of(":%,", joined ? row.option.size() : 0);
        if (sign != std::string_view::npos) add(target, sign + 1);
        return true;
      }
      case Form::Behind:
        if (word != row.option) return false;
        second();
        return true;
    }
    return false;
  }

  // The last of up to three plain words: a file may stand before name and password.
  void second() {
    size_t last = at_ + 1;
    while (last + 1 < words_.size() && last < at_ + 3 && !words_[last + 1].starts_with('-')) ++last;
    if (last > at_ + 1) add(last, 0);
  }

  const MaskWords& known_;
  std::span<const std::string_view> words_;
  size_t at_ = 0;
  std::span<const MaskedOption> options_;  // of the program
  std::vector<WordPart> found_;
};

}  // namespace

std::vector<WordPart> secret_words(const MaskWords& known, std::span<const std::string_view> words) {
  return CommandScan(known, words).run();
}

}  // namespace tfcheck
