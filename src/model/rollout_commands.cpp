#include "model/rollout_commands.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace tfcheck {

namespace {

using Words = std::vector<Value>;

Words words_of(const Fact& command) {
  Words words;
  for (const Arg& arg : command.args()) {
    if (arg.name.empty()) words.push_back(arg.value);
  }
  return words;
}

// The words of the verb in a row, options in front of it allowed.
bool says(const Words& words, std::string_view verb) {
  std::vector<std::string_view> parts = split_words(verb);
  auto first = std::find_if(words.begin(), words.end(), [&](const Value& word) { return word.text == parts[0]; });
  if (static_cast<size_t>(words.end() - first) < parts.size()) return false;
  return std::equal(parts.begin(), parts.end(), first,
                    [](std::string_view part, const Value& word) { return word.text == part; });
}

// `--restart always` and `--restart=always`.
bool has_option(const Words& words, std::span<const std::string> options) {
  return std::any_of(words.begin(), words.end(), [&](const Value& word) {
    return std::find(options.begin(), options.end(), before_first(word.text, '=')) != options.end();
  });
}

}  // namespace

std::optional<ImageReference> split_reference(const Value& written) {
  std::string_view text = written.text;
  size_t colon = text.rfind(':');
  if (!written.is(ValueKind::String) || colon == std::string_view::npos ||
      text.find('/', colon) != std::string_view::npos || text.find('@') != std::string_view::npos)
    return std::nullopt;
  Value tag = written;
  tag.text = text.substr(colon + 1);
  return ImageReference{text.substr(0, colon), tag};
}

RolloutCommands::RolloutCommands(const ProjectView& view)
    : rows_(view.table("rollout")), image_(rows_.column("image")), takes_(rows_.column("takes")) {}

std::optional<RolloutCommands::Found> RolloutCommands::read(const Fact& command) const {
  Words words;
  for (const WordTable::Row& row : rows_.rows()) {
    std::string_view program = before_first(row.one(0), ' ');
    if (program != command.name) continue;
    if (words.empty()) words = words_of(command);
    if (!says(words, row.one(0).substr(program.size() + 1))) continue;
    Found found;
    found.restarts = row.one(takes_) == "again", found.own_only = row.one(takes_) == "word";
    bool asks = found.restarts || found.own_only;
    if (asks && !row.all(image_).empty() && !has_option(words, row.all(image_))) continue;
    for (size_t at = 0; at < words.size(); ++at) take(row, words, at, found.images);
    return found;
  }
  return std::nullopt;
}

// `web=acme/web:1` of pairs, `--image acme/web:1` and `--image=acme/web:1` of options, any word with an owner.
void RolloutCommands::take(const WordTable::Row& row, const Words& words, size_t at, std::vector<Value>& images) const {
  Value word = words[at];
  if (!word.is(ValueKind::String)) return;
  size_t sign = word.text.find('=');
  std::span<const std::string> options = row.all(image_);
  auto is_option = [&](std::string_view text) {
    return std::find(options.begin(), options.end(), text) != options.end();
  };
  if (row.one(takes_) == "word") {
    bool plain = sign == std::string_view::npos && word.text.find('/') != std::string_view::npos &&
                 word.text.find_first_of("-./") != 0;
    if (plain) images.push_back(word);
    return;
  }
  if (row.one(takes_) == "option" && at > 0 && is_option(words[at - 1].text)) return images.push_back(word);
  if (sign == std::string_view::npos) return;
  bool pair = row.one(takes_) == "pairs" && !word.text.starts_with('-');
  if (!pair && (row.one(takes_) != "option" || !is_option(word.text.substr(0, sign)))) return;
  word.text.remove_prefix(sign + 1);
  images.push_back(word);
}

namespace {

// "web.image" of "web.image.tag".
struct SetKey {
  std::string_view above, last;
};
SetKey split_key(std::string_view key) {
  size_t dot = key.rfind('.');
  return dot == std::string_view::npos ? SetKey{{}, key} : SetKey{key.substr(0, dot), key.substr(dot + 1)};
}

}  // namespace

std::vector<ChartImage> images_given_to_chart(const Fact& helm) {
  struct Parts {
    std::string_view registry, repository, tag;
  };
  std::map<std::string_view, Parts> given;
  std::vector<ChartImage> images;
  Words words = words_of(helm);
  for (size_t at = 1; at < words.size(); ++at) {
    bool set = words[at - 1].text == "--set" || words[at - 1].text == "--set-string";
    if (!set || !words[at].is(ValueKind::String)) continue;
    for (std::string_view one : split(words[at].text, ',')) {
      size_t sign = one.find('=');
      if (sign == std::string_view::npos) continue;
      auto [above, last] = split_key(trim(one.substr(0, sign)));
      std::string_view value = one.substr(sign + 1);
      if (last == "registry") given[above].registry = value;
      if (last == "repository") given[above].repository = value;
      if (last == "tag") given[above].tag = value;
      Value whole = words[at];
      whole.text = value;
      std::optional<ImageReference> image = last == "image" ? split_reference(whole) : std::nullopt;
      if (image) images.push_back({std::string(image->name), std::string(image->tag.text)});
    }
  }
  for (const auto& [above, parts] : given) {
    if (parts.repository.empty() || parts.tag.empty()) continue;
    std::string name = parts.registry.empty() ? std::string() : std::string(parts.registry) + "/";
    images.push_back({name.append(parts.repository), std::string(parts.tag)});
  }
  return images;
}

}  // namespace tfcheck
