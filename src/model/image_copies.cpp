#include "model/image_copies.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t most_sources = 64;  // that are looked at for one command
constexpr size_t most_stages = 256;
constexpr size_t most_parents = 8;

std::string_view plain(std::string_view word) {
  while (word.starts_with("./")) word.remove_prefix(2);
  while (word.starts_with('/')) word.remove_prefix(1);
  while (word.ends_with('/')) word.remove_suffix(1);
  return word == "." || word == "*" ? std::string_view{} : word;
}

std::string below(std::string_view folder, std::string_view path) {
  return folder.empty() ? std::string(path) : path.empty() ? std::string(folder) : join_path(folder, path);
}

// The source, seen from the build's context, is the file or a folder around it.
bool covers(std::string_view context, std::string_view word, std::string_view path) {
  std::string whole = below(context, word);
  if (whole.empty() || glob_match(whole, path, '/')) return true;
  return path.size() > whole.size() && path[whole.size()] == '/' && path.starts_with(whole);
}

uint32_t stage_of(const Fact& command) {
  std::string_view text = argument(command.args(), "stage").text;
  uint32_t number = no_index;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

const ImageCopies::Stages& ImageCopies::stages_of(uint32_t file) {
  auto [place, fresh] = stages_.try_emplace(file);
  if (!fresh) return place->second;
  std::span<const Fact> facts = view_.facts(project_.files[file]);
  for (uint32_t i = 0; i < facts.size(); ++i) note(place->second, facts[i], i);
  return place->second;
}

void ImageCopies::note(Stages& stages, const Fact& fact, uint32_t index) const {
  bool from = fact.context.scope == "FROM";
  if (fact.context.index >= most_stages || (fact.kind != FactKind::Entry && !from)) return;
  if (stages.size() <= fact.context.index) stages.resize(fact.context.index + 1);
  Stage& stage = stages[fact.context.index];
  if (from) {
    stage.name = argument(fact.args(), "as").text;
    for (uint32_t i = 0; fact.kind == FactKind::Entry && i < fact.context.index; ++i) {
      if (stages[i].name == fact.value.text) stage.parent = i;
    }
  } else if (fact.name == "WORKDIR") {
    stage.folder = fact.value.text;
  } else if (fact.name == "COPY" || fact.name == "ADD") {
    std::vector<std::string_view> words = split_words(fact.value.text);
    bool known = !argument(fact.args(), "from") && fact.value.is(ValueKind::String) && words.size() > 1;
    if (!known) return void(stage.foreign = std::min(stage.foreign, index));
    words.pop_back();
    for (std::string_view word : words) {
      if (stage.sources.size() < most_sources) stage.sources.push_back({plain(word), index});
    }
  }
}

std::vector<ImageCopies::Source> ImageCopies::sources_before(FactRef command) {
  const Stages& stages = stages_of(command.file);
  std::vector<Source> found;
  uint32_t at = stage_of(project_.fact(command));
  for (size_t i = 0; i < most_parents && at < stages.size(); ++i, at = stages[at].parent) {
    for (const Source& source : stages[at].sources) {
      if (source.fact < command.fact && found.size() < most_sources) found.push_back(source);
    }
  }
  return found;
}

// The folder of a Dockerfile and those above it: any of them may be what the image is built from.
std::vector<std::string_view> ImageCopies::contexts(uint32_t file) const {
  std::vector<std::string_view> found;
  for (std::string_view folder = dir_name(project_.files[file].path);; folder = dir_name(folder)) {
    found.push_back(folder);
    if (folder.empty() || found.size() == most_parents) return found;
  }
}

uint32_t ImageCopies::manifest_in(std::string_view folder, std::span<const std::string> names) const {
  for (const std::string& name : names) {
    if (name.find('*') == std::string::npos) {
      uint32_t found = project_.find_file(below(folder, name));
      if (found != no_index) return found;
      continue;
    }
    auto first = std::lower_bound(project_.files.begin(), project_.files.end(), folder,
                                  [](const ProjectFile& file, std::string_view path) { return file.path < path; });
    size_t looked_at = 0;
    for (; first != project_.files.end() && looked_at < most_sources && first->path.starts_with(folder);
         ++first, ++looked_at) {
      if (dir_name(first->path) == folder && glob_match(name, base_name(first->path), '/'))
        return static_cast<uint32_t>(first - project_.files.begin());
    }
  }
  return no_index;
}

CopiedManifest ImageCopies::manifest_of(FactRef command, std::span<const std::string> names) {
  std::vector<Source> sources = sources_before(command);
  std::vector<std::string_view> roots = contexts(command.file);
  // The folder that a `cd` of the same RUN leads to.
  std::string_view folder = project_.places().folder(project_, command);
  bool moved = folder != roots.front();
  std::string_view inside =
      moved ? folder.substr(roots.front().empty() ? 0 : roots.front().size() + 1) : std::string_view{};
  auto is_manifest = [&](std::string_view word) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return glob_match(base_name(word), name, '/'); });
  };
  CopiedManifest found;
  bool by_folder = false;
  for (std::string_view root : roots) {
    for (const Source& source : sources) {
      bool names_it = !source.word.empty() && is_manifest(source.word);
      std::string at = below(root, names_it ? dir_name(source.word) : source.word);
      uint32_t file = moved && !names_it ? manifest_in(below(at, inside), names) : manifest_in(at, names);
      if (file == no_index) continue;
      by_folder |= !names_it;
      bool nearer =
          found.file == no_index || (names_it && !found.named) ||
          (names_it == found.named && project_.files[file].path.size() < project_.files[found.file].path.size());
      if (nearer) found = {file, names_it};
    }
    if (found.file != no_index) break;
  }
  found.named &= !by_folder;
  return found;
}

bool ImageCopies::holds(FactRef command, std::string_view path) {
  const Stages& stages = stages_of(command.file);
  uint32_t at = stage_of(project_.fact(command));
  for (size_t i = 0; i < most_parents && at < stages.size(); ++i, at = stages[at].parent) {
    if (stages[at].foreign < command.fact) return true;
  }
  std::vector<std::string_view> roots = contexts(command.file);
  std::vector<Source> sources = sources_before(command);
  return std::any_of(sources.begin(), sources.end(), [&](const Source& source) {
    return source.word.find('$') != std::string_view::npos ||
           std::any_of(roots.begin(), roots.end(),
                       [&](std::string_view root) { return covers(root, source.word, path); });
  });
}

bool ImageCopies::leaves_out(FactRef command, std::string_view path) const {
  const std::string& image = project_.files[command.file].path;
  uint32_t rules = project_.find_file(image + ".dockerignore");
  std::string_view root = dir_name(image);
  for (; rules == no_index; root = dir_name(root)) {
    rules = project_.find_file(below(root, ".dockerignore"));
    if (rules != no_index || root.empty()) break;
  }
  if (rules == no_index || !(root.empty() || path.starts_with(root))) return false;
  std::string_view inside = root.empty() ? path : path.substr(std::min(path.size(), root.size() + 1));
  bool out = false;
  for (const NamedFile& rule : project_.files[rules].named) {
    std::string_view glob = rule.name;
    bool back = glob.starts_with('!');
    if (back) glob.remove_prefix(1);
    while (glob.starts_with('/')) glob.remove_prefix(1);
    bool hit = glob_match(glob, inside, '/') || (glob.starts_with("**/") && path_match(glob.substr(3), inside));
    if (hit && back) return false;
    out |= hit;
  }
  return out;
}

}  // namespace tfcheck
