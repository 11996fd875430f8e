// The backing services of a repository: where each is named, how it is located, in which version it runs where.
// `tfcheck services` lists them; the facts `service` are made of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

struct Variable;
struct VersionEnd;

enum class ServiceLocation : uint8_t {
  Image,       // a container of a deploy, of developers or of CI
  Version,     // a setting that only says its version
  Variable,    // a variable of the environment says where it is
  Literal,     // a URL that stands in the app
  Dependency,  // a driver among the dependencies
};
std::string_view to_string(ServiceLocation located);

enum class ServiceStage : uint8_t { Any, Development, Ci, Production };
std::string_view to_string(ServiceStage stage);  // "" for any

// One place that says something of a service.
struct ServiceEnd {
  std::string product;
  std::string kind;  // database, cache, queue, mail, storage, search
  ServiceLocation located = ServiceLocation::Image;
  ServiceStage stage = ServiceStage::Any;
  std::string version;   // as written; "" where none is said
  std::string variable;  // that says where it is, or the driver's package
  uint32_t file = 0;
  uint32_t fact = 0;  // no_index where no fact of the file says it
  Span span;
};

// In order of products, then of files and places; out of all versions and variables that the files tell.
std::vector<ServiceEnd> collect_services(const ProjectView& view, const std::vector<VersionEnd>& versions,
                                         const std::vector<Variable>& variables);

}  // namespace tfcheck
