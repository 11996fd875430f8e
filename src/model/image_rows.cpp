// `image`: what a build or a deploy names, joined with what builds it, replaces it or rolls it out.
#include <set>
#include <vector>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/images.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

using Names = std::set<std::string, std::less<>>;

bool is_built(const Fact& image) {
  return argument(image.args(), "build").is(ValueKind::Bool);
}

class ImageRows {
 public:
  ImageRows(const WholeProject& view, ModelFacts& facts)
      : view_(view), project_(view.project), facts_(facts), census_(view) {}

  void run() {
    note_rewritten();
    for (uint32_t file = 0; file < project_.files.size(); ++file) read(file);
  }

 private:
  // Names that Kustomize or Skaffold put a release in the place of.
  void note_rewritten() {
    for (const ProjectFile& file : project_.files) {
      std::string_view name = base_name(file.path);
      bool kustomize = name.starts_with("kustomization"), skaffold = name.starts_with("skaffold");
      if (!file.facts || (!kustomize && !skaffold)) continue;
      for (const Fact& fact : view_.facts(file)) {
        if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
        bool named = kustomize ? fact.name.find("images.") != std::string_view::npos && fact.name.ends_with(".name")
                               : fact.name.find("artifacts.") != std::string_view::npos;
        if (named) rewritten_.emplace(fact.value.text);
      }
    }
  }

  void read(uint32_t index) {
    const ProjectFile& file = project_.files[index];
    if (!file.facts) return;
    std::span<const Fact> facts = view_.facts(file);
    std::set<std::string_view> built;  // by a service of this file
    bool triggered = false;
    for (const Fact& fact : facts) {
      if (fact.kind == FactKind::Image && is_built(fact)) built.insert(fact.name);
      triggered |= fact.kind == FactKind::Entry && fact.value.text == "ImageChange";
    }
    bool deploys = file.tells(tells::Release) && !(file.scope & scope::Ci);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      if (fact.kind == FactKind::Command) rollout({index, i}, fact);
      if (fact.kind != FactKind::Image) continue;
      // OpenShift's image triggers put a digest in the place of the name.
      bool replaced =
          rewritten_.contains(fact.name) || (triggered && fact.context.scope.starts_with("DeploymentConfig."));
      row({index, i}, fact)
          .column("role", file.format() == "dockerfile" ? "base" : "runs")
          .flag("built", built.contains(fact.name))
          .flag("rewritten", replaced)
          .flag("default", file.format() == "helm-values" && fact.value.text.empty())
          .flag("deploys", deploys)
          .add_to(facts_, project_);
    }
  }

  DerivedRow row(FactRef at, const Fact& image) const {
    DerivedRow made(FactKind::ImageUse, at, image.name);
    made.value(image.value.text)
        .column("tagged", floating_words(image.value))
        .flag("own", census_.is_own(image.name))
        .flag("floats", census_.floats(image.name, image.value));
    return made;
  }

  // `kubectl set image deployment/web web=acme/web:latest`
  void rollout(FactRef at, const Fact& command) {
    if (command.name != "kubectl" && command.name != "oc") return;
    bool set = false;
    for (const Arg& arg : command.args()) {
      if (!arg.name.empty() || !arg.value.is(ValueKind::String)) continue;
      std::string_view word = arg.value.text;
      if (word == "set") set = true;
      size_t sign = word.find('='), colon = word.rfind(':');
      if (!set || sign == std::string_view::npos || colon == std::string_view::npos || colon < sign) continue;
      Value tag = arg.value;
      tag.text = word.substr(colon + 1);
      std::string_view name = word.substr(sign + 1, colon - sign - 1);
      DerivedRow(FactKind::ImageUse, at, name)
          .value(tag.text)
          .column("tagged", floating_words(tag))
          .column("role", "runs")
          .flag("own", census_.is_own(name))
          .flag("floats", census_.floats(name, tag))
          .flag("rollout")
          .add_to(facts_, project_);
    }
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  ImageCensus census_;
  Names rewritten_;
};

}  // namespace

void derive_images(const WholeProject& view, ModelFacts& facts) {
  ImageRows(view, facts).run();
}

}  // namespace tfcheck
