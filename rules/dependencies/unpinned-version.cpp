// dependencies/unpinned-version: versions that nobody settled, in manifests without a lock, images, and installs.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "engine/message.h"
#include "engine/native.h"
#include "model/images.h"
#include "model/installs.h"
#include "model/manifests.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

class UnpinnedVersions {
 public:
  explicit UnpinnedVersions(NativeContext& context)
      : context_(context),
        project_(context.project),
        places_(context),
        census_(context),
        installs_(context),
        managers_(context.set("package-manager")),
        tools_(context.set("package-manager-tool")) {}

  void run() {
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      if (!file.facts || !context_.looks_at(i)) continue;
      manifest(i, file);
      std::span<const Fact> facts = context_.facts(file);
      for (uint32_t f = 0; f < facts.size(); ++f) {
        if (facts[f].kind == FactKind::Image) image(i, facts[f]);
        if (facts[f].kind == FactKind::Command) install({i, f}, facts[f]);
      }
    }
  }

 private:
  void report(uint32_t file, const Fact& fact, std::string message, bool development) {
    Finding* finding = context_.report(file, fact.span, std::move(message));
    if (finding && development) finding->severity = Severity::Note;
  }

  // --- manifests: one finding each, at the first open version ---

  void manifest(uint32_t index, const ProjectFile& file) {
    const Manifest* manifest = places_.manifest_of(file);
    bool lockless = file.format() == "maven" || file.format() == "msbuild" || file.format() == "nuget";
    if ((!manifest && !lockless) || (file.scope & scope::Ci)) return;
    if (manifest && (places_.is_locked(index, *manifest) || places_.is_library(index) || is_compiled_or_limit(file)))
      return;
    const Fact* first = nullptr;
    size_t open = 0;
    for (const Fact& fact : context_.facts(file)) {
      if (fact.kind != FactKind::Dependency || !is_resolved(file, fact) || !places_.is_open(file, fact)) continue;
      bool better = !first || (first->context.has(context::Development) && !fact.context.has(context::Development));
      if (better) first = &fact;
      ++open;
    }
    if (!first) return;
    std::string version =
        first->value.text.empty() ? "has no version" : fmt::format("takes '{}'", display(first->value));
    std::string others = open > 1 ? fmt::format(", like {} more in this file", open - 1) : "";
    report(index, *first, fmt::format("{} {}{}, and no lock file settles it.", first->name, version, others),
           first->context.has(context::Development));
  }

  // A requirements.in that was compiled, and lists of limits.
  bool is_compiled_or_limit(const ProjectFile& file) const {
    if (file.format() != "requirements") return false;
    if (base_name(file.path).starts_with("constraints")) return true;
    if (file.path.ends_with(".in"))
      return project_.find_file(file.path.substr(0, file.path.size() - 3) + ".txt") != no_index;
    std::span<const Fact> facts = context_.facts(file);
    return std::any_of(facts.begin(), facts.end(),
                       [](const Fact& fact) { return fact.kind == FactKind::Import && fact.context.scope == "-c"; });
  }

  // --- images ---

  void image(uint32_t index, const Fact& fact) {
    const ProjectFile& file = project_.files[index];
    if (argument(fact.args(), "build").is(ValueKind::Bool) || !census_.floats(fact.name, fact.value)) return;
    // In a Dockerfile every image is one that the build depends on, the team's own base too.
    if (file.format() != "dockerfile" && census_.is_own(fact.name)) return;
    if (file.format() == "helm-values" && fact.value.text.empty()) return;  // the chart's own default
    // Distroless has no versions to name; only a digest would settle it.
    bool development = fact.context.has(context::Development) || fact.name.starts_with("gcr.io/distroless/");
    std::string_view what = file.format() == "dockerfile" ? "base image" : "image";
    report(index, fact,
           fmt::format("The {} {} is {}: it can change with every pull.", what, fact.name, floating_words(fact.value)),
           development);
  }

  // --- installs by name ---

  void install(FactRef ref, const Fact& fact) {
    std::vector<std::string> packages = installs_.open_packages(fact);
    auto is_one_of = [](const WordSet& set, const std::string& package) {
      return set.contains(before_first(package, '@'));
    };
    std::erase_if(packages, [&](const std::string& package) { return is_one_of(managers_, package); });
    if (packages.empty()) return;
    CommandInfo info = project_.command(ref);
    bool image = project_.files[ref.file].format() == "dockerfile";
    bool runs = info.role == CommandRole::Build || info.role == CommandRole::Start ||
                info.role == CommandRole::Release || info.role == CommandRole::Cron;
    if (!image && !runs) return;
    bool tools = std::all_of(packages.begin(), packages.end(),
                             [&](const std::string& package) { return is_one_of(tools_, package); });
    bool development = tools || info.development || fact.context.has(context::Development);
    report(ref.file, fact, fmt::format("{} installs {} without a version.", fact.name, fmt::join(packages, ", ")),
           development);
  }

  NativeContext& context_;
  const Project& project_;
  ManifestPlaces places_;
  ImageCensus census_;
  InstallCommands installs_;
  const WordSet &managers_, &tools_;
};

}  // namespace

void rule_dependencies_unpinned_version(NativeContext& context) {
  UnpinnedVersions(context).run();
}

}  // namespace tfcheck
