#include "formats/registry.h"

#include "formats/crontab/crontab.h"
#include "formats/dockerfile/dockerfile.h"
#include "formats/dotenv/dotenv.h"
#include "formats/gemfile/gemfile.h"
#include "formats/gomod/gomod.h"
#include "formats/ini/ini.h"
#include "formats/json/json.h"
#include "formats/nginx/nginx.h"
#include "formats/procfile/procfile.h"
#include "formats/properties/properties.h"
#include "formats/requirements/requirements.h"
#include "formats/toml/toml.h"
#include "formats/versionfile/versionfile.h"
#include "formats/xml/xml.h"
#include "formats/yaml/yaml.h"

namespace tfcheck {

std::span<const Adapter* const> format_adapters() {
  static const Adapter* const adapters[] = {
      &crontab_adapter(),     &dockerfile_adapter(), &dotenv_adapter(),       &gemfile_adapter(),
      &gomod_adapter(),       &ini_adapter(),        &json_adapter(),         &nginx_adapter(),
      &procfile_adapter(),    &properties_adapter(), &requirements_adapter(), &toml_adapter(),
      &versionfile_adapter(), &xml_adapter(),        &yaml_adapter(),
  };
  return adapters;
}

}  // namespace tfcheck
