#include "model/images.h"

#include <algorithm>
#include <cctype>
#include <utility>

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

std::string_view without_hub(std::string_view name) {
  for (std::string_view hub : {"docker.io/", "index.docker.io/"}) {
    if (name.starts_with(hub)) return name.substr(hub.size());
  }
  return name;
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
      repository_keys_(view.set("repository-key")),
      built_keys_(view.set("built-image-key")),
      package_keys_(view.set("package-name-key")) {
  const WordTable& rows = view.table("image-builder");
  size_t option = rows.column("option"), bare = rows.column("bare");
  for (const WordTable::Row& row : rows.rows()) {
    for (std::string_view command : row.all(0)) {
      std::vector<std::string_view> words = split_words(command);
      std::string_view program = words[0];
      words.erase(words.begin());
      builders_[program].push_back({std::move(words), row.all(option), row.one(bare) == "yes"});
    }
  }
  note_repository();
  for (uint32_t file = 0; file < view.project.files.size(); ++file) note_build_file(file);
  note_components();
  for (const ProjectFile& file : view.project.files) note_built(file);
  builds_ |= !built_.empty() || !named_.empty();
  for (const std::string& image : built_) note_space(image);
  view.for_each(FactKind::Image, [&](FactRef, const Fact& fact) {
    if (packages_.contains(lower(base_name(fact.name)))) note_space(fact.name);
  });
}

// Whoever has an image of this repository has others of it.
void ImageCensus::note_space(std::string_view image) {
  std::string_view space = dir_name(image);
  bool known = !space.empty() && space.find_first_of("${") == std::string_view::npos;
  if (known && !is_public(image, parse_image_name(image))) spaces_.emplace(space);
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

// What a component's own manifest says of the repository that it is kept in, and of itself.
void ImageCensus::note_manifest(const ProjectFile& file) {
  if (!file.facts) return;
  bool built = build_folders_.contains(dir_name(file.path));
  for (const Fact& fact : view_.facts(file)) {
    if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
    std::string_view text = fact.value.text, name = base_name(text);
    if (text.find('/') != std::string_view::npos && repository_keys_.contains(fact.name)) note_address(text);
    bool telling = name.size() >= 3 && !generic_.contains(name) && !official_.contains(name);
    if (!built || !telling || !package_keys_.contains(fact.name)) continue;
    folders_.insert(lower(name));
    packages_.insert(lower(name));
  }
}

// Folders with the build of an image, or of a component that has one ("docker/Dockerfile").
void ImageCensus::note_build_file(uint32_t index) {
  constexpr uint32_t elsewhere = scope::OnRequest | scope::Development;
  const ProjectFile& file = view_.project.files[index];
  if (file.format() != "dockerfile" || (file.scope & elsewhere)) return;
  builds_ = true;
  build_folders_.emplace(dir_name(file.path));
  if (const Component* component = view_.project.component_of(index)) build_folders_.emplace(component->root);
}

void ImageCensus::note_components() {
  for (const Component& component : view_.project.components) {
    std::string folder = lower(base_name(component.root));
    if (folder.size() >= 3 && !official_.contains(folder)) folders_.insert(folder);
    for (uint32_t manifest : component.manifests) note_manifest(view_.project.files[manifest]);
  }
}

// Docker Hub is where a name without a registry comes from.
void ImageCensus::note_built_name(std::string_view reference) {
  std::string_view name = without_hub(without_tag(trim(reference)));
  if (!name.empty()) built_.emplace(name);
}

// `docker build -t NAME …`, `docker push NAME`, `gradle jib -Djib.to.image=NAME`.
void ImageCensus::note_command(const Fact& fact) {
  auto known = builders_.find(fact.name);
  if (known == builders_.end()) return;
  for (const Builder& builder : known->second) note_builder(builder, fact.args());
}

void ImageCensus::note_builder(const Builder& builder, std::span<const Arg> args) {
  size_t next = 0;
  bool follows = false;
  for (const Arg& arg : args) {
    std::string_view word = arg.value.text;
    if (!arg.name.empty() || word.empty()) continue;
    bool option = word.starts_with('-') || word.starts_with('/');
    if (next < builder.words.size()) {
      if (word == builder.words[next])
        ++next;
      else if (!option)
        return;
      continue;
    }
    if (std::exchange(follows, false) || (!option && builder.bare)) note_built_name(word);
    for (std::string_view one : option ? builder.options : std::span<const std::string>{}) {
      follows |= word == one;
      bool given = word.starts_with(one) && word.substr(one.size()).starts_with('=');
      if (given) note_built_name(word.substr(one.size() + 1));
    }
  }
}

// The registry and its owner are often given by whoever publishes: "shop.orders" is run as "acme/shop.orders".
void ImageCensus::note_named(std::string_view reference) {
  note_built_name(reference);
  std::string_view base = parse_image_name(without_tag(trim(reference))).base;
  bool telling = base.size() > 3 && base.find_first_of("${}") == std::string_view::npos;
  if (telling && !official_.contains(base) && !generic_.contains(base)) named_.emplace(base);
}

void ImageCensus::note_built(const ProjectFile& file) {
  if (!file.facts) return;
  bool chart = base_name(file.path) == "Chart.yaml" && !(file.scope & scope::Outside);
  for (const Fact& fact : view_.facts(file)) {
    bool named = chart && fact.kind == FactKind::Entry && fact.name == "name" && fact.value.text.size() >= 3;
    if (named && !generic_.contains(fact.value.text)) charts_.insert(joined_words(fact.value.text));
    if (fact.kind == FactKind::Command) note_command(fact);
    if (fact.kind == FactKind::Image && argument(fact.args(), "build").is(ValueKind::Bool)) note_built_name(fact.name);
    bool text = fact.value.is(ValueKind::String) || fact.value.is(ValueKind::Template);
    if (fact.kind == FactKind::Entry && text && built_keys_.contains(fact.name)) note_named(fact.value.text);
    if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
    // docker/build-push-action, docker/metadata-action; skaffold's artifacts
    bool pushed = fact.name.ends_with(".with.tags") || fact.name.ends_with(".with.images");
    bool artifact = fact.name.starts_with("build.artifacts.") && fact.name.ends_with(".image");
    if (!pushed && !artifact) continue;
    for (std::string_view line : split(fact.value.text, '\n')) {
      for (std::string_view name : split(line, ',')) note_built_name(name);
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

// What the repository is called, or that and a few letters more: "acme" and "acmehq".
bool ImageCensus::is_owner_word(std::string_view owner) const {
  constexpr size_t shortest = 5, most_more = 4;
  if (words_.contains(owner)) return true;
  return std::any_of(words_.begin(), words_.end(), [&](const std::string& word) {
    return word.size() >= shortest && owner.starts_with(word) && owner.size() - word.size() <= most_more;
  });
}

// A chart deploys what it belongs to under the chart's own name: "deskworks/web" of the chart "desk". In a collection
// of charts, beside which nothing is built, each is called as what others have made.
bool ImageCensus::is_of_chart(const ImageName& name) const {
  if (!builds_ && charts_.size() > 1) return false;
  std::string owner = joined_words(before_first(name.owner, '/')), base = joined_words(name.base);
  return std::any_of(charts_.begin(), charts_.end(),
                     [&](const std::string& chart) { return owner.starts_with(chart) || base.starts_with(chart); });
}

bool ImageCensus::is_release(std::string_view image) const {
  ImageName name = parse_image_name(image);
  std::string base = joined_words(name.base);
  bool named = words_.contains(base) || joined_words(base_name(name.owner)) == base;
  return (is_owned(name) && names_.contains(base)) || (named && built_.contains(without_hub(image)));
}

bool ImageCensus::is_own(std::string_view image) const {
  if (built_.contains(without_hub(image))) return true;
  ImageName name = parse_image_name(image);
  bool official = official_.contains(name.base);
  if (named_.contains(name.base)) return true;
  if (name.registry.empty() && name.owner.empty()) return !official;
  // Named as one of the repository's folders: nobody else calls an image "shop-billing-service".
  bool folder = name.base.find('-') != std::string_view::npos && folders_.contains(lower(name.base));
  if ((folder && !official) || is_owned(name)) return true;
  if (is_public(image, name)) return false;
  if (is_owner_word(joined_words(before_first(name.owner, '/')))) return true;
  if (official) return false;  // a mirror, or somebody's variant of a service
  bool team = name.registry.ends_with("gcr.io") || (!name.registry.empty() && !registries_.contains(name.registry));
  if (team || folders_.contains(lower(name.base)) || words_.contains(joined_words(name.base))) return true;
  if (spaces_.contains(dir_name(image)) || is_of_chart(name)) return true;
  std::vector<std::string> words = name_words(name.base);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return words_.contains(word) || folders_.contains(word); });
}

}  // namespace tfcheck
