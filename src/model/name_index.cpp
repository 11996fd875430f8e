#include "model/name_index.h"

namespace tfcheck {

namespace {

bool is_plain(std::string_view text) {
  return text.find_first_of("*?") == std::string_view::npos;
}

}  // namespace

void NameIndex::add(std::string_view glob, uint32_t bits) {
  if (glob.empty()) return;
  if (is_plain(glob)) {
    plain_[std::string(glob)] |= bits;
    return;
  }
  auto first = static_cast<unsigned char>(glob.front()), last = static_cast<unsigned char>(glob.back());
  bool between = glob.size() > 2 && first == '*' && last == '*' && is_plain(glob.substr(1, glob.size() - 2));
  Globs& place = is_plain(glob.substr(glob.size() - 1)) ? by_last_[last]
                 : is_plain(glob.substr(0, 1))          ? by_first_[first]
                 : between                              ? inside_
                                                        : others_;
  place.push_back({std::string(between ? glob.substr(1, glob.size() - 2) : glob), LetterSet::of_glob(glob), bits});
}

uint32_t NameIndex::bits_of(std::string_view name) const {
  if (name.empty()) return 0;
  auto whole = plain_.find(name);
  uint32_t bits = whole == plain_.end() ? 0 : whole->second;
  LetterSet letters(name);
  bits |= bits_of(by_last_[static_cast<unsigned char>(name.back())], name, letters);
  bits |= bits_of(by_first_[static_cast<unsigned char>(name.front())], name, letters);
  for (const Glob& part : inside_) {
    if (!letters.lacks(part.letters) && name.find(part.text) != std::string_view::npos) bits |= part.bits;
  }
  return bits | bits_of(others_, name, letters);
}

uint32_t NameIndex::bits_of(const Globs& globs, std::string_view name, LetterSet letters) {
  uint32_t bits = 0;
  for (const Glob& glob : globs) {
    if (!letters.lacks(glob.letters) && glob_match(glob.text, name, '/')) bits |= glob.bits;
  }
  return bits;
}

}  // namespace tfcheck
