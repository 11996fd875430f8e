// The backing services of a repository as `tfcheck services` tells them: the table of parity between development, CI
// and production. Texts are safe to print and hold no secret.
#pragma once

#include <string>
#include <vector>

#include "model/project.h"
#include "report/emit.h"
#include "report/masking.h"
#include "report/sources.h"

namespace tfcheck {

struct ListedService {
  struct Place {
    std::string path;
    uint32_t line = 0;
    std::string text;  // the version, the variable or the driver
  };
  std::string product, kind;
  std::vector<Place> variables, literals, drivers;  // how it is located
  std::vector<Place> development, ci, production;   // its versions
  // Versions of development or CI that behave differently from those of production, each with its stage.
  std::vector<std::string> differing;
};

std::vector<ListedService> list_services(const Project& project, const Sources& sources, Masker& masker);

std::string services_text(const std::vector<ListedService>& services, const TextStyle& style);
std::string services_markdown(const std::vector<ListedService>& services);
// schemas/services.schema.json, "tfcheck-services/1".
std::string services_json(const std::vector<ListedService>& services);

}  // namespace tfcheck
