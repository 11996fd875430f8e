// `tfcheck env`: the variables of the environment: what reads each, what gives it, what tells of it, and the gaps.
#include "cli/commands.h"
#include "cli/project_listing.h"
#include "cli/show_report.h"
#include "report/environment.h"

namespace tfcheck {

int run_env(const Options& options) {
  return list_project(options, [&](const ListedProject& listed) {
    EnvironmentListing listing = list_environment(listed.project, listed.sources, listed.masker);
    if (options.format == "json") return environment_json(listing);
    if (options.format == "markdown") return environment_markdown(listing);
    if (options.format == "dotenv") return environment_dotenv(listing);
    return environment_text(listing, text_style(options, false));
  });
}

}  // namespace tfcheck
