#include "model/images.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

bool is_registry(std::string_view part) {
  return part == "localhost" || part.find('.') != std::string_view::npos || part.find(':') != std::string_view::npos;
}

constexpr std::string_view digits = "0123456789";

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

std::string_view without_variable_registry(std::string_view name) {
  if (!name.starts_with('$')) return name;
  size_t end = name.find_first_of("/}");
  for (size_t open = 0, at = 0; at < name.size(); ++at) {
    if (name[at] == '{') ++open;
    if (name[at] == '}' && --open == 0) {
      end = at;
      break;
    }
  }
  if (end == std::string_view::npos) return name;
  std::string_view rest = name.substr(end + (name[end] == '}' ? 1 : 0));
  bool slash_inside = end > 0 && name[end] == '}' && name[end - 1] == '/';
  if (rest.starts_with('/')) return rest.substr(1);
  return slash_inside && !rest.empty() ? rest : name;
}

ImageName parse_image_name(std::string_view name) {
  name = without_variable_registry(name);
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

const Value& settled_tag(const Value& tag) {
  std::span<const Arg> items = tag.items();
  bool has_default = tag.is(ValueKind::Env) && items.size() == 1 && items[0].value.is_literal();
  return has_default ? items[0].value : tag;
}

// "3.12", "v2", "jdk17", "2024", a commit; but not "base2" or "k8s": a digit in a word makes no version.
bool ImageCensus::names_version(std::string_view part) const {
  if (is_commit(part)) return true;
  size_t digit = part.find_first_of(digits);
  if (digit == std::string_view::npos || variants_.contains(part)) return false;
  std::string_view word = part.substr(0, digit), number = part.substr(digit);
  if (word.empty() || word == "v" || word == "V" || number.find('.') != std::string_view::npos) return true;
  if (word.size() == 1) return is_digits(number);
  return numbered_.contains(word) || (number.size() >= 3 && is_digits(number.substr(0, 3)));
}

bool ImageCensus::floats(std::string_view image, const Value& written) const {
  ImageName name = parse_image_name(image);
  if (name.registry == "localhost") return false;  // of the local store: nothing is pulled
  if (is_placeholder(without_variable_registry(image)) || image == "scratch") return false;
  const Value& tag = settled_tag(written);
  if (!tag) return true;
  if (!tag.is(ValueKind::String) && !tag.is(ValueKind::Number)) return false;
  std::string_view text = tag.text;
  if (text.starts_with('@') || is_placeholder(text)) return false;
  if (codenames_.contains(text)) {
    bool node = name.base == "node";
    return !node && !distributions_.contains(image);
  }
  for (std::string_view part : split(text, '-')) {
    if (variants_.contains(part)) continue;
    for (std::string_view piece : split(part, '_')) {
      if (names_version(piece)) return false;
    }
  }
  return true;
}

std::string floating_words(const Value& written) {
  const Value& tag = settled_tag(written);
  if (!tag) return "untagged";
  return "tagged '" + std::string(tag.text) + (&tag == &written ? "'" : "' by default");
}

ImageCensus::ImageCensus(const ProjectView& view)
    : view_(view),
      official_(view.set("official-image")),
      public_(view.set("public-image")),
      registries_(view.set("public-registry")),
      generic_(view.set("generic-image-word")),
      distributions_(view.set("distribution-image")),
      codenames_(view.set("distribution-codename")),
      variants_(view.set("image-variant")),
      numbered_(view.set("version-prefix")),
      repository_keys_(view.set("repository-key")) {
  note_repository();
  note_components();
  for (const ProjectFile& file : view.project.files) note_built(file);
  for (const std::string& image : built_) {
    std::string_view space = dir_name(image);
    bool known = !space.empty() && space.find_first_of("${") == std::string_view::npos;
    if (known && !is_public(image, parse_image_name(image))) spaces_.emplace(space);
  }
}

namespace {

// "git@host:owner/name.git", "https://host/owner/name": the parts in front of the options.
std::string plain_address(std::string_view address) {
  std::string url(address.substr(0, address.find_first_of("#?")));
  while (url.ends_with('/')) url.pop_back();
  if (url.ends_with(".git")) url.resize(url.size() - 4);
  std::replace(url.begin(), url.end(), ':', '/');
  return url;
}

}  // namespace

void ImageCensus::note_repository() {
  const RepositoryInfo& repository = view_.project.repository;
  note_address(repository.remote_url);
  std::string url = plain_address(repository.remote_url);
  for (std::string_view name : {base_name(url), base_name(dir_name(url)), base_name(repository.work_tree)}) {
    std::vector<std::string> words = name_words(name);
    words.push_back(joined_words(name));
    for (const std::string& word : words) {
      if (word.size() >= 4 && !generic_.contains(word)) words_.insert(word);
    }
  }
}

void ImageCensus::note_address(std::string_view address) {
  std::string url = plain_address(address);
  std::string owner = joined_words(base_name(dir_name(url))), name = joined_words(base_name(url));
  if (owner.empty() || name.empty() || owner.find('.') != std::string::npos) return;
  owners_.insert(std::move(owner));
  names_.insert(std::move(name));
}

// What a component's own manifest says of the repository that it is kept in.
void ImageCensus::note_manifest(const ProjectFile& file) {
  if (!file.facts) return;
  for (const Fact& fact : view_.facts(file)) {
    bool address = fact.kind == FactKind::Entry && fact.value.is(ValueKind::String) &&
                   fact.value.text.find('/') != std::string_view::npos;
    if (address && repository_keys_.contains(fact.name)) note_address(fact.value.text);
  }
}

void ImageCensus::note_components() {
  for (const Component& component : view_.project.components) {
    std::string folder = lower(base_name(component.root));
    if (folder.size() >= 3 && !official_.contains(folder)) folders_.insert(folder);
    for (uint32_t manifest : component.manifests) note_manifest(view_.project.files[manifest]);
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
  bool chart = base_name(file.path) == "Chart.yaml" && !(file.scope & scope::Outside);
  for (const Fact& fact : view_.facts(file)) {
    bool named = chart && fact.kind == FactKind::Entry && fact.name == "name" && fact.value.text.size() >= 3;
    if (named && !generic_.contains(fact.value.text)) charts_.insert(joined_words(fact.value.text));
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

// The owner of the image is the repository's.
bool ImageCensus::is_owned(const ImageName& name) const {
  std::string_view first = before_first(name.owner, '/');
  if (first.empty()) return false;
  return owners_.contains(joined_words(first)) || owners_.contains(joined_words(base_name(name.owner)));
}

// A chart of this repository deploys it under the chart's own name: "deskworks/web" of the chart "desk".
bool ImageCensus::is_of_chart(const ImageName& name) const {
  std::string owner = joined_words(before_first(name.owner, '/')), base = joined_words(name.base);
  return std::any_of(charts_.begin(), charts_.end(),
                     [&](const std::string& chart) { return owner.starts_with(chart) || base.starts_with(chart); });
}

bool ImageCensus::is_release(std::string_view image) const {
  ImageName name = parse_image_name(image);
  return is_owned(name) && names_.contains(joined_words(name.base));
}

bool ImageCensus::is_own(std::string_view image) const {
  if (built_.contains(image)) return true;
  ImageName name = parse_image_name(image);
  bool official = official_.contains(name.base);
  if (name.registry.empty() && name.owner.empty()) return !official;
  // Named as one of the repository's folders: nobody else calls an image "shop-billing-service".
  bool folder = name.base.find('-') != std::string_view::npos && folders_.contains(lower(name.base));
  if ((folder && !official) || is_owned(name)) return true;
  if (is_public(image, name)) return false;
  if (words_.contains(joined_words(before_first(name.owner, '/')))) return true;
  if (official) return false;  // a mirror, or somebody's variant of a service
  bool team = name.registry.ends_with("gcr.io") || (!name.registry.empty() && !registries_.contains(name.registry));
  if (team || folders_.contains(lower(name.base)) || words_.contains(joined_words(name.base))) return true;
  if (spaces_.contains(dir_name(image)) || is_of_chart(name)) return true;
  std::vector<std::string> words = name_words(name.base);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return words_.contains(word) || folders_.contains(word); });
}

}  // namespace tfcheck
