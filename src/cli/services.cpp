// `tfcheck services`: the backing services: how each is located, and its versions in development, CI and production.
#include "report/services.h"

#include "cli/commands.h"
#include "cli/project_listing.h"
#include "cli/show_report.h"

namespace tfcheck {

int run_services(const Options& options) {
  return list_project(options, [&](const ListedProject& listed) {
    std::vector<ListedService> services = list_services(listed.project, listed.sources, listed.masker);
    if (options.format == "json") return services_json(services);
    if (options.format == "markdown") return services_markdown(services);
    return services_text(services, text_style(options, false));
  });
}

}  // namespace tfcheck
