#include "model/images.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace tfcheck {

namespace {

bool is_registry(std::string_view part) {
  return part == "localhost" || part.find('.') != std::string_view::npos || part.find(':') != std::string_view::npos;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_commit(std::string_view text) {
  return text.size() >= 7 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Words that deploy scripts replace.
bool is_placeholder(std::string_view text) {
  if (text.empty() || text.find_first_of("$<>{}%[]") != std::string_view::npos ||
      text.find("__") != std::string_view::npos)
    return true;
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return std::islower(c) || std::isdigit(c); });
}

std::string_view without_tag(std::string_view reference) {
  reference = before_first(reference, '@');
  size_t colon = reference.rfind(':');
  bool tagged = colon != std::string_view::npos && reference.find('/', colon) == std::string_view::npos;
  return tagged ? reference.substr(0, colon) : reference;
}

std::string joined_words(std::string_view name) {
  std::string whole;
  for (const std::string& word : name_words(name)) whole += word;
  return whole;
}

}  // namespace

ImageName parse_image_name(std::string_view name) {
  ImageName parsed;
  size_t slash = name.find('/');
  if (slash != std::string_view::npos && is_registry(name.substr(0, slash))) {
    parsed.registry = name.substr(0, slash);
    name.remove_prefix(slash + 1);
  }
  parsed.owner = dir_name(name);
  parsed.base = base_name(name);
  return parsed;
}

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> words(1);
  for (char each : name) {
    auto c = static_cast<unsigned char>(each);
    if (std::isalnum(c))
      words.back() += static_cast<char>(std::tolower(c));
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool ImageCensus::floats(std::string_view image, const Value& tag) const {
  if (is_placeholder(image) || image == "scratch") return false;
  if (!tag) return true;
  if (!tag.is(ValueKind::String) && !tag.is(ValueKind::Number)) return false;
  std::string_view text = tag.text;
  if (text.starts_with('@') || is_placeholder(text)) return false;
  if (codenames_.contains(text)) {
    bool node = parse_image_name(image).base == "node";
    return !node && !distributions_.contains(image);
  }
  std::string parts(text);
  std::replace(parts.begin(), parts.end(), '_', '-');
  for (std::string_view part : split(parts, '-')) {
    if (is_commit(part) || (has_digit(part) && !variants_.contains(part))) return false;
  }
  return true;
}

std::string floating_words(const Value& tag) {
  return tag ? "tagged '" + std::string(tag.text) + "'" : "untagged";
}

ImageCensus::ImageCensus(const ProjectView& view)
    : view_(view),
      official_(view.set("official-image")),
      public_(view.set("public-image")),
      registries_(view.set("public-registry")),
      generic_(view.set("generic-image-word")),
      distributions_(view.set("distribution-image")),
      codenames_(view.set("distribution-codename")),
      variants_(view.set("image-variant")) {
  note_repository();
  note_components();
  for (const ProjectFile& file : view.project.files) note_built(file);
}

void ImageCensus::note_repository() {
  const RepositoryInfo& repository = view_.project.repository;
  std::string url = repository.remote_url;
  if (url.ends_with(".git")) url.resize(url.size() - 4);
  std::replace(url.begin(), url.end(), ':', '/');
  for (std::string_view name : {base_name(url), base_name(dir_name(url)), base_name(repository.work_tree)}) {
    std::vector<std::string> words = name_words(name);
    words.push_back(joined_words(name));
    for (const std::string& word : words) {
      if (word.size() >= 4 && !generic_.contains(word)) words_.insert(word);
    }
  }
}

void ImageCensus::note_components() {
  for (const Component& component : view_.project.components) {
    std::string folder = lower(base_name(component.root));
    if (folder.size() >= 3 && !official_.contains(folder)) folders_.insert(folder);
  }
}

// `docker build -t NAME …`, `docker push NAME`.
void ImageCensus::note_docker_command(const Fact& fact) {
  if (fact.name != "docker" && fact.name != "podman" && fact.name != "buildah") return;
  bool builds = false, pushes = false, tag_follows = false;
  for (const Arg& arg : fact.args()) {
    std::string_view word = arg.value.text;
    if (!arg.name.empty() || word.empty()) continue;
    if (word == "build") {
      builds = true;
    } else if (word == "push") {
      pushes = true;
    } else if (builds && (word == "-t" || word == "--tag")) {
      tag_follows = true;
    } else if (tag_follows || (pushes && !word.starts_with('-'))) {
      built_.emplace(without_tag(word));
      tag_follows = false;
    }
  }
}

void ImageCensus::note_built(const ProjectFile& file) {
  if (!file.facts) return;
  for (const Fact& fact : view_.facts(file)) {
    if (fact.kind == FactKind::Command) note_docker_command(fact);
    if (fact.kind == FactKind::Image && argument(fact.args(), "build").is(ValueKind::Bool)) built_.emplace(fact.name);
    if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
    // docker/build-push-action, docker/metadata-action; skaffold's artifacts
    bool pushed = fact.name.ends_with(".with.tags") || fact.name.ends_with(".with.images");
    bool artifact = fact.name.starts_with("build.artifacts.") && fact.name.ends_with(".image");
    if (!pushed && !artifact) continue;
    for (std::string_view line : split(fact.value.text, '\n')) {
      for (std::string_view name : split(line, ',')) built_.emplace(without_tag(trim(name)));
    }
  }
}

bool ImageCensus::is_public(std::string_view image, const ImageName& name) const {
  if (public_.contains(image)) return true;
  if (name.registry != "docker.io" && name.registry != "index.docker.io") return false;
  std::string_view rest = image.substr(name.registry.size() + 1);
  return public_.contains(rest) || (name.owner.empty() && official_.contains(name.base));
}

bool ImageCensus::is_own(std::string_view image) const {
  if (built_.contains(image)) return true;
  ImageName name = parse_image_name(image);
  bool official = official_.contains(name.base);
  if (name.registry.empty() && name.owner.empty()) return !official;
  // Named as one of the repository's folders: nobody else calls an image "shop-billing-service".
  bool folder = name.base.find('-') != std::string_view::npos && folders_.contains(lower(name.base));
  if (folder && !official) return true;
  if (is_public(image, name)) return false;
  if (words_.contains(joined_words(before_first(name.owner, '/')))) return true;
  if (official) return false;  // a mirror, or somebody's variant of a service
  bool team = name.registry.ends_with("gcr.io") || (!name.registry.empty() && !registries_.contains(name.registry));
  if (team || folders_.contains(lower(name.base)) || words_.contains(joined_words(name.base))) return true;
  std::vector<std::string> words = name_words(name.base);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return words_.contains(word) || folders_.contains(word); });
}

}  // namespace tfcheck
