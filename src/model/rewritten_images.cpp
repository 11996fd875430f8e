#include "model/rewritten_images.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t longest_folder = 1'000;
constexpr size_t most_layers = 64;  // kustomizations that are looked at for one image

bool is_kustomization(const ProjectFile& file) {
  return file.format() == "kustomize" || base_name(file.path).starts_with("kustomization");
}

}  // namespace

RewrittenImages::RewrittenImages(const WholeProject& view) : view_(view) {
  for (uint32_t i = 0; i < view.project.files.size(); ++i) {
    const ProjectFile& file = view.project.files[i];
    if (!file.facts) continue;
    if (is_kustomization(file)) read_kustomization(i, file);
    if (base_name(file.path).starts_with("skaffold")) read_skaffold(file);
  }
  view.for_each(FactKind::Command, [&](FactRef, const Fact& fact) {
    if (fact.name == "kustomize") read_command(fact);
  });
}

void RewrittenImages::read_kustomization(uint32_t index, const ProjectFile& file) {
  for (const Fact& fact : view_.facts(file)) {
    if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
    std::string_view name = fact.name;
    if (name.find("images.") != std::string_view::npos && name.ends_with(".name")) {
      all_.insert(fact.value.text);
      names_[index].insert(fact.value.text);
    }
    bool takes = name.starts_with("resources.") || name.starts_with("bases.") || name.starts_with("components.");
    if (takes && fact.value.text.size() < longest_folder && fact.value.text.find("://") == std::string_view::npos)
      takers_[join_path(dir_name(file.path), fact.value.text)].push_back(index);
  }
}

void RewrittenImages::read_skaffold(const ProjectFile& file) {
  for (const Fact& fact : view_.facts(file)) {
    bool artifact = fact.kind == FactKind::Entry && fact.name.find("artifacts.") != std::string_view::npos;
    if (artifact && fact.value.is(ValueKind::String)) all_.insert(fact.value.text);
  }
}

// kustomize edit set image acme/shop=registry.example.org/shop:$TAG
void RewrittenImages::read_command(const Fact& command) {
  std::span<const Arg> args = command.args();
  bool sets =
      args.size() > 3 && args[0].value.text == "edit" && args[1].value.text == "set" && args[2].value.text == "image";
  for (size_t i = 3; sets && i < args.size(); ++i) {
    std::string_view word = args[i].value.text, name = before_first(word, '=');
    edited_.insert(name);
    std::string_view other = name.size() < word.size() ? word.substr(name.size() + 1) : word;
    size_t colon = other.rfind(':'), slash = other.rfind('/');
    bool tagged = colon != std::string_view::npos && (slash == std::string_view::npos || slash < colon);
    edited_.insert(tagged ? other.substr(0, colon) : other);
  }
}

// A kustomization that builds on the file's folder, or on one that does, names the image itself.
bool RewrittenImages::is_taken_over(uint32_t file, std::string_view image) const {
  std::vector<uint32_t> layers{file};
  for (size_t i = 0; i < layers.size() && layers.size() < most_layers; ++i) {
    auto takers = takers_.find(std::string(dir_name(view_.project.files[layers[i]].path)));
    if (takers == takers_.end()) continue;
    for (uint32_t taker : takers->second) {
      if (std::find(layers.begin(), layers.end(), taker) != layers.end()) continue;
      auto names = names_.find(taker);
      if (names != names_.end() && names->second.contains(image)) return true;
      if (layers.size() < most_layers) layers.push_back(taker);
    }
  }
  return false;
}

bool RewrittenImages::contains(uint32_t file, std::string_view image) const {
  if (!is_kustomization(view_.project.files[file])) return all_.contains(image);
  return edited_.contains(image) || is_taken_over(file, image);
}

}  // namespace tfcheck
