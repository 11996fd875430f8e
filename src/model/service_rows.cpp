// `service`: the places that say which backing service is meant, and where it is.
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/services.h"
#include "model/variables.h"
#include "model/versions.h"

namespace tfcheck {

void derive_services(const WholeProject& view, const std::vector<VersionEnd>& versions,
                     const std::vector<Variable>& variables, ModelFacts& facts) {
  for (const ServiceEnd& end : collect_services(view, versions, variables)) {
    DerivedRow(FactKind::Service, {end.file, end.fact}, end.product)
        .at(end.span)
        .value(end.version)
        .column("kind", end.kind)
        .column("environment", to_string(end.stage))
        .column("located", to_string(end.located))
        .column("variable", end.located == ServiceLocation::Variable ? end.variable : std::string())
        .add_to(facts, view.project);
  }
}

}  // namespace tfcheck
