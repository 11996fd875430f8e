#include "model/asked_files.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t longest_word = 200;  // that a name stands in

bool is_of_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.' || c == '+' || c == '@';
}

// "sh" of "fill.sh", with its dot.
std::string_view ending_of(std::string_view name) {
  size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(dot);
}

// The text before a place that is of names alone.
std::string_view name_before(std::string_view text, size_t end) {
  size_t begin = end, least = end - std::min(end, longest_word);
  while (begin > least && is_of_name(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

// The folder that stands before a part of a name: "sql" of "db/sql/${name}" or "sql/*"; "" for none.
std::string_view folder_before(std::string_view text, size_t end) {
  size_t begin = end, least = end - std::min(end, longest_word);
  while (begin > least && std::string_view(" \t\n\"'`,;=<>|").find(text[begin - 1]) == std::string_view::npos) {
    if (text[--begin] == '/') return name_before(text, begin);
  }
  return {};
}

}  // namespace

AskedFiles::AskedFiles(const Listing& listing)
    : endings_(listing.words().vocabulary.set("asked-ending")),
      not_using_(listing.words().vocabulary.set("not-using-file")) {
  for (uint32_t i = 0; i < listing.files.size(); ++i) {
    const ProjectFile& file = listing.files[i];
    std::string_view name = base_name(file.path), ending = ending_of(name);
    bool asked = file.kind == FileEntry::Kind::Regular && endings_.has_word(ending) && ending.size() < name.size();
    // Of plain texts only those that a package manager is given.
    if (!asked || (ending == ".txt" && file.format() != "requirements")) continue;
    std::string folder = std::string(base_name(dir_name(file.path))) + "/*" + std::string(ending);
    Names names{number_of(std::string(name), i), number_of(std::move(folder), i)};
    names_.emplace(i, names);
  }
}

uint32_t AskedFiles::number_of(std::string name, uint32_t file) {
  auto [place, fresh] = numbers_.try_emplace(std::move(name), static_cast<uint32_t>(files_.size()));
  if (fresh) files_.emplace_back();
  files_[place->second].push_back(file);
  return place->second;
}

uint32_t AskedFiles::find(const std::string& name) const {
  auto found = numbers_.find(name);
  return found == numbers_.end() ? no_index : found->second;
}

const AskedFiles::Names* AskedFiles::names_of(uint32_t file) const {
  auto found = names_.find(file);
  return found == names_.end() ? nullptr : &found->second;
}

std::vector<uint32_t> AskedFiles::named_in(std::string_view path, std::string_view text,
                                           std::span<const uint32_t> ends) const {
  std::vector<uint32_t> found;
  std::string_view own = base_name(path);
  if (empty() || not_using_.contains(own)) return found;
  for (uint32_t end : ends) {
    std::string_view name = name_before(text, end), ending = ending_of(name);
    size_t begin = end - name.size();
    // "${name}.sh", "*.sh", "$name.sh", "%s.sh", and ".sh" that is put behind a name.
    bool part = name.size() == ending.size() ||
                (begin > 0 && std::string_view("*?})]%$").find(text[begin - 1]) != std::string_view::npos);
    if (!part && name == own) continue;
    std::string_view folder = part ? folder_before(text, begin) : std::string_view{};
    if (part && folder.empty()) folder = base_name(dir_name(path));
    uint32_t number = find(part ? std::string(folder) + "/*" + std::string(ending) : std::string(name));
    if (number != no_index) found.push_back(number);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace tfcheck
