// Daemons whose names are too common to look for by name alone: Node's `daemon` package, Gunicorn's `daemon = True`.
#include "base/text.h"
#include "engine/native.h"

namespace tfcheck {

void rule_concurrency_daemonize(NativeContext& context) {
  context.for_each(FactKind::Call, [&](FactRef ref, const Fact& fact) {
    std::string_view format = context.project.files[ref.file].format();
    bool node =
        (format == "javascript" || format == "typescript") && (fact.name == "daemon" || fact.name == "daemon.daemon");
    if (node) context.report(ref.file, fact.span, "The daemon package puts the process into the background.");
  });
  context.for_each(FactKind::Assign, [&](FactRef ref, const Fact& fact) {
    const ProjectFile& file = context.project.files[ref.file];
    bool gunicorn = file.format() == "python" && base_name(file.path).find("guni") != std::string_view::npos;
    bool on = fact.name == "daemon" && fact.value.is(ValueKind::Bool) && fact.value.text == "true";
    if (gunicorn && on) context.report(ref.file, fact.span, "Gunicorn puts itself into the background.");
  });
}

}  // namespace tfcheck
