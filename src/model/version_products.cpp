#include "model/version_products.h"

#include <algorithm>

#include "base/text.h"
#include "model/images.h"

namespace tfcheck {

namespace {

bool is_digit(std::string_view text) {
  return !text.empty() && text[0] >= '0' && text[0] <= '9';
}

// "ghcr.io/acme/web" is acme's.
std::string_view owner_of(std::string_view image) {
  image = without_variable_registry(image);
  std::string_view first = before_first(image, '/');
  bool registry = first.size() < image.size() && first.find_first_of(".:") != std::string_view::npos;
  if (registry && first.find("k8s") == std::string_view::npos && first.find("gcr.io") == std::string_view::npos)
    image.remove_prefix(first.size() + 1);
  return dir_name(image);
}

}  // namespace

VersionProducts::VersionProducts(const ProjectView& view)
    : services_(view.table("product").keys_with("kind", "service")),
      publishers_(view.set("version-publisher")),
      installers_(view.set("system-installer")) {
  const WordTable& table = view.table("product");
  auto take = [&](std::vector<Named>& into, std::string_view column) {
    size_t at = table.column(column);
    for (const WordTable::Row& row : table.rows()) {
      for (const std::string& name : row.all(at)) into.push_back({name, row.one(0)});
    }
  };
  take(images_, "image"), take(inputs_, "setup-input"), take(travis_, "travis-key");
  take(manifests_, "manifest-key"), take(lowest_, "lowest-key"), take(runtimes_, "runtime");
  take(packages_, "package"), take(hosts_, "host-image"), take(tag_parts_, "tag-part");
}

std::string_view VersionProducts::named_image(std::string_view image) const {
  std::string_view last = base_name(image), owner = dir_name(image);
  std::string_view last_two = image.substr(std::min(image.size(), owner.size() - base_name(owner).size()));
  for (const Named& known : images_) {
    bool two = known.name.find('/') != std::string_view::npos;
    if (glob_match(known.name, two ? last_two : last, '\0')) return known.product;
  }
  for (const Named& host : hosts_) {
    if (host.name == last) return host.product;
  }
  return {};
}

std::string_view VersionProducts::of_image(std::string_view image) const {
  return publishers_.contains(owner_of(image)) ? named_image(image) : std::string_view{};
}

std::string_view VersionProducts::version_in(std::string_view image, std::string_view tag) const {
  auto host =
      std::find_if(hosts_.begin(), hosts_.end(), [&](const Named& one) { return one.name == base_name(image); });
  if (host == hosts_.end()) return tag;
  for (const Named& known : tag_parts_) {
    if (known.product != host->product) continue;
    for (std::string_view part : split(tag, '-')) {
      std::string_view rest = part.substr(std::min(part.size(), known.name.size()));
      if (part.starts_with(known.name) && !rest.empty() && is_digit(rest)) return rest;
    }
  }
  return {};
}

VersionProducts::Named VersionProducts::of_package(std::string_view word) const {
  for (const Named& known : packages_) {
    std::string_view rest = word.substr(std::min(word.size(), known.name.size()));
    if (!word.starts_with(known.name) || rest.empty()) continue;
    // "mysql-server=8.0.36", "postgresql13"
    if (rest[0] == '=' || rest[0] == '@') rest.remove_prefix(1);
    if (is_digit(rest)) return {rest, known.product};
  }
  return {};
}

std::string_view VersionProducts::of_feature(std::string_view feature) const {
  return feature.find("/features/") == std::string_view::npos ? std::string_view{}
                                                              : named_image(before_first(base_name(feature), ':'));
}

std::string_view devcontainer_version(std::string_view tag) {
  std::string_view rest = tag.substr(std::min(tag.size(), tag.find('-')));
  return rest.size() > 1 && is_digit(rest.substr(1)) ? rest.substr(1) : tag;
}

}  // namespace tfcheck
