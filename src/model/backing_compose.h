// Compose files by what their services run: databases, brokers and their like, or more.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>

#include "model/project.h"

namespace tfcheck {

// What the services of a compose file run.
struct ComposeServices {
  size_t backing = 0, other = 0;
  size_t released = 0;                                 // of the others, images that are not built here
  bool adds = false;                                   // to a service that another file says the image of
  std::unordered_set<std::string_view> of_backing;     // "services.db"; with those of pages that look into them
  std::unordered_set<std::string_view> of_inspecting;  // these alone
};

// A compose file that counts at all.
bool is_compose(const ProjectFile& file);
ComposeServices compose_services(const Listing& listing, const ProjectFile& file);
// "services.db" of "services.db.image" and what lies below.
std::string_view service_of(std::string_view path);

// Compose files of nothing but backing services, which developers start beside the app: unless another one of their
// folder goes on with them, or they are named for a deploy.
std::unordered_set<uint32_t> backing_compose_files(const Listing& listing);

}  // namespace tfcheck
