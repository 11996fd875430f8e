#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/text.h"
#include "model/build_alternatives.h"
#include "model/images.h"
#include "model/scope.h"
#include "model/version_products.h"
#include "model/versions.h"
#include "model/workflow_jobs.h"

namespace tfcheck {

namespace {

constexpr size_t longest_range = 500;  // nobody reads a longer one

class Collector {
 public:
  explicit Collector(const ProjectView& view)
      : view_(view), project_(view.project), products_(view), alternatives_(view), side_jobs_(view.set("side-job")) {}

  std::vector<VersionEnd> run() {
    note_provisioning();
    for (file_ = 0; file_ < project_.files.size(); ++file_) {
      const ProjectFile& file = project_.files[file_];
      if (!file.facts || !view_.looks_at(file_) || alternatives_.contains(file.path)) continue;
      begin(file);
      if (is_ci(file) && side_jobs_.contains(base_name(file.path))) continue;
      for (const Fact& found : view_.facts(file)) fact(file, found);
    }
    return std::move(ends_);
  }

 private:
  static bool is_ci(const ProjectFile& file) { return (file.scope & scope::Ci) || file.tells(tells::Ci); }

  void begin(const ProjectFile& file) {
    referred_.clear(), copied_.clear(), streams_.clear(), engines_.clear();
    jobs_.reset();
    if (is_ci(file)) jobs_.emplace(view_, file);
    for (const Fact& fact : view_.facts(file)) {
      if (fact.kind != FactKind::Entry) continue;
      if (fact.context.scope == "COPY") copied_.emplace(argument(fact.args(), "from").text);
      if ((fact.name.ends_with(".engine") || fact.name.ends_with(".Engine")) && fact.value.is(ValueKind::String))
        engines_.emplace(fact.name.substr(0, fact.name.rfind('.')), fact.value.text);
      if (fact.name.ends_with(".from.kind") && fact.value.text == "ImageStreamTag")
        streams_.emplace(fact.name.substr(0, fact.name.size() - 5));
    }
  }

  void fact(const ProjectFile& file, const Fact& fact) {
    if (jobs_ && jobs_->is_side_job(jobs_->job_of(fact.kind == FactKind::Entry ? fact.name : fact.context.scope)))
      return;
    if (fact.kind == FactKind::Image) return image(file, fact);
    if (fact.kind == FactKind::Command) return command(file, fact);
    if (fact.kind == FactKind::Call) return provision(file, fact);
    if (fact.kind == FactKind::Entry) entry(file, fact);
  }

  void entry(const ProjectFile& file, const Fact& fact) {
    std::string_view format = file.format(), name = base_name(file.path);
    if (format == "github-actions") return action(fact);
    if (format == "travis") return travis(fact);
    if (format == "version-file")
      return add(name == "runtime.txt" ? EndKind::Deployed : EndKind::Declared, fact.name, fact.value.text, fact.span);
    if (name == "mise.toml" || name == ".mise.toml") return tool(fact);
    if (name == "devcontainer.json" || name == ".devcontainer.json") return devcontainer(fact);
    if (format == "gemfile" && fact.name == "ruby") return add(EndKind::Declared, "ruby", fact.value.text, fact.span);
    if (format == "go-mod" && fact.name == "go") return range("go", ">=" + std::string(fact.value.text), fact.span);
    if (format == "npm-package" || format == "pyproject" || format == "composer" || format == "pipfile" ||
        format == "maven" || format == "msbuild" || format == "cargo" || name == "rust-toolchain.toml")
      return manifest(fact);
    if (fact.name.ends_with(".from.name")) return image_stream(fact);
    if (fact.name.ends_with(".engine_version") || fact.name.ends_with(".EngineVersion")) return managed(fact);
    platform(file, fact);
  }

  void add(EndKind kind, std::string_view product, std::string_view text, Span span, std::string_view folder = {}) {
    Version version = parse_version(product, text);
    if (version.empty()) return;
    bool development = project_.files[file_].scope & scope::Development;
    if ((kind == EndKind::Deployed || kind == EndKind::Copied) && development) kind = EndKind::Development;
    ends_.push_back(
        {kind, std::string(product), std::string(text), std::move(version), file_, span, std::string(folder)});
  }

  void range(std::string_view product, std::string text, Span span) {
    if (text.size() > longest_range) return;
    ends_.push_back({EndKind::Range, std::string(product), std::move(text), {}, file_, span, {}});
  }

  // --- images ---

  void image(const ProjectFile& file, const Fact& fact) {
    const Value& beside = argument(fact.args(), "tag");  // of a digest
    const Value& value = beside ? beside : settled_tag(fact.value);
    if (!value.is(ValueKind::String) || argument(fact.args(), "build").is(ValueKind::Bool)) return;
    if (fact.context.scope == "COPY") return;
    named_image(kind_of_image(file, fact), fact.name, value.text, fact.span);
  }

  void named_image(EndKind kind, std::string_view image, std::string_view tag, Span span) {
    std::string_view product = products_.of_image(image);
    if (product.empty()) return;
    bool devcontainer = image.find("devcontainers") != std::string_view::npos;
    std::string_view version = devcontainer ? devcontainer_version(tag) : products_.version_in(image, tag);
    if (!version.empty()) add(kind, product, version, span);
  }

  EndKind kind_of_image(const ProjectFile& file, const Fact& fact) const {
    if (is_ci(file)) return EndKind::Ci;
    if (fact.context.has(context::Development)) return EndKind::Development;
    if (file.format() != "dockerfile" || fact.context.has(context::FinalStage)) return EndKind::Deployed;
    std::string_view stage = argument(fact.args(), "as").text;
    bool copied = copied_.contains(stage.empty() ? std::to_string(fact.context.index) : std::string(stage));
    return copied ? EndKind::Copied : EndKind::Build;
  }

  // OpenShift: `from: {kind: ImageStreamTag, name: "postgresql:12-el8"}`.
  void image_stream(const Fact& fact) {
    size_t colon = fact.value.text.rfind(':');
    bool stream = streams_.contains(fact.name.substr(0, fact.name.size() - 5));
    if (!stream || !fact.value.is(ValueKind::String) || colon == std::string_view::npos) return;
    named_image(EndKind::Deployed, fact.value.text.substr(0, colon), fact.value.text.substr(colon + 1), fact.span);
  }

  void devcontainer(const Fact& fact) {
    if (!fact.value.is(ValueKind::String)) return;
    std::string_view text = fact.value.text, name = fact.name;
    if (name == "image") {
      size_t colon = text.rfind(':');
      if (colon == std::string_view::npos || text.find('/', colon) != std::string_view::npos) return;
      return named_image(EndKind::Development, text.substr(0, colon), text.substr(colon + 1), fact.span);
    }
    if (!name.starts_with("features.")) return;
    name.remove_prefix(9);
    if (name.ends_with(".version")) name.remove_suffix(8);
    std::string_view product = products_.of_feature(name);
    if (!product.empty()) add(EndKind::Development, product, text, fact.span);
  }

  // A database or cache of a cloud: `engine = "postgres"`, `engine_version = "16.3"`, the same in CloudFormation.
  void managed(const Fact& fact) {
    auto engine = engines_.find(fact.name.substr(0, fact.name.rfind('.')));
    if (engine == engines_.end() || !fact.value.is(ValueKind::String)) return;
    std::string_view product = products_.of_image(engine->second);
    if (products_.is_service(product)) add(EndKind::Deployed, product, fact.value.text, fact.span);
  }

  // --- commands ---

  void command(const ProjectFile& file, const Fact& fact) {
    bool developers = (file.scope & scope::Development) || provisioning_.contains(file.path);
    if (developers && products_.is_system_installer(fact.name)) {
      for (const Arg& arg : fact.args()) package(arg.value.text, fact.span);
    }
    docker_run(file, fact);
  }

  void package(std::string_view word, Span span) {
    VersionProducts::Named found = products_.of_package(word);
    if (!found.product.empty()) add(EndKind::Development, found.product, found.name, span);
  }

  // Scripts that set a virtual machine of developers up.
  void note_provisioning() {
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      if (!file.facts || base_name(file.path) != "Vagrantfile") continue;
      for (const Fact& fact : view_.facts(file)) {
        if (fact.kind != FactKind::Call || !fact.name.ends_with(".provision")) continue;
        const Value& path = argument(fact.args(), "path");
        if (path.is(ValueKind::String)) provisioning_.insert(join_path(dir_name(file.path), path.text));
      }
    }
  }

  // `config.vm.provision "shell", inline: "apt-get install -y postgresql-13"`
  void provision(const ProjectFile& file, const Fact& fact) {
    if (base_name(file.path) != "Vagrantfile" || !fact.name.ends_with(".provision")) return;
    const Value& script = argument(fact.args(), "inline");
    if (!script.is(ValueKind::String) && !script.is(ValueKind::Template)) return;
    for (std::string_view line : split(script.text, '\n')) {
      std::vector<std::string_view> words = split_words(line);
      bool installs = std::any_of(words.begin(), words.end(),
                                  [&](std::string_view word) { return products_.is_system_installer(word); });
      for (std::string_view word : installs ? words : std::vector<std::string_view>{}) package(word, fact.span);
    }
  }

  // `docker run -d -p 27017:27017 mongo:4.0` gives a test its service.
  void docker_run(const ProjectFile& file, const Fact& fact) {
    if ((fact.name != "docker" && fact.name != "podman") || fact.args().empty() || fact.args()[0].value.text != "run")
      return;
    for (const Arg& arg : fact.args()) {
      std::string_view word = arg.value.text;
      size_t colon = word.rfind(':');
      if (!arg.name.empty() || !arg.value.is(ValueKind::String) || colon == std::string_view::npos ||
          word.starts_with('-') || word.find('=') != std::string_view::npos)
        continue;
      std::string_view product = products_.of_image(word.substr(0, colon));
      if (!products_.is_service(product)) continue;
      return add(is_ci(file) ? EndKind::Ci : EndKind::Development, product, word.substr(colon + 1), fact.span);
    }
  }

  // --- settings ---

  void literal(std::string_view product, const Value& value, Span span, std::string_view folder) {
    if (!value.is(ValueKind::String) && !value.is(ValueKind::Number)) return;
    for (std::string_view line : split(value.text, '\n')) {
      for (std::string_view part : split(line, ',')) add(EndKind::Ci, product, trim(part), span, folder);
    }
  }

  void action(const Fact& fact) {
    size_t with = fact.name.rfind(".with.");
    if (with == std::string_view::npos || !jobs_ || jobs_->job_of(fact.name).empty()) return;
    for (const VersionProducts::Named& input : products_.inputs()) {
      if (fact.name.substr(with + 6) != input.name) continue;
      if (fact.value.is(ValueKind::Name)) return referred(fact, input.product);
      return literal(input.product, fact.value, fact.span, jobs_->folder_of(jobs_->job_of(fact.name)));
    }
  }

  // `${{ matrix.node }}`, `${{ env.NODE_VERSION }}`: every value that it can have.
  void referred(const Fact& fact, std::string_view product) {
    std::string_view job = jobs_->job_of(fact.name), name = fact.value.text;
    // Another step of the job says nothing new.
    if (!referred_.insert({job, name, product}).second) return;
    std::vector<const Fact*> values = jobs_->values_of(job, name);
    view_.count(values.size());
    for (const Fact* value : values) literal(product, value->value, value->span, jobs_->folder_of(job));
  }

  void travis(const Fact& fact) {
    for (const VersionProducts::Named& key : products_.travis_keys()) {
      bool item = fact.name.starts_with(key.name) && fact.name.substr(key.name.size()).starts_with('.') &&
                  is_digits(fact.name.substr(key.name.size() + 1));
      bool included = (fact.name.starts_with("matrix.include.") || fact.name.starts_with("jobs.include.")) &&
                      fact.name.ends_with("." + std::string(key.name));
      if (item || included || fact.name == key.name) literal(key.product, fact.value, fact.span, {});
    }
  }

  void manifest(const Fact& fact) {
    if (!fact.value.is(ValueKind::String) && !fact.value.is(ValueKind::Number)) return;
    for (const VersionProducts::Named& known : products_.manifest_keys()) {
      if (fact.name == known.name) range(known.product, std::string(fact.value.text), fact.span);
    }
    // What is compiled for one version runs on that one and on later ones.
    for (const VersionProducts::Named& known : products_.lowest_keys()) {
      if (fact.name != known.name) continue;
      std::string_view text = fact.value.text;
      size_t digit = text.find_first_of("0123456789");
      bool other = text.starts_with("netstandard") || (known.product == "dotnet" && text.find('.') == text.npos);
      if (digit != std::string_view::npos && !other && text.find(';') == std::string_view::npos)
        range(known.product, ">=" + std::string(before_first(text.substr(digit), '-')), fact.span);
    }
  }

  // `[tools]` of mise.
  void tool(const Fact& fact) {
    if (!fact.name.starts_with("tools.")) return;
    std::string_view name = fact.name.substr(6);
    add(EndKind::Declared, name == "nodejs" ? "node" : name == "golang" ? "go" : name, fact.value.text, fact.span);
  }

  // App Engine's and Lambda's runtimes.
  void platform(const ProjectFile& file, const Fact& fact) {
    bool engine = base_name(file.path) == "app.yaml" && fact.name == "runtime";
    bool serverless = file.format() == "serverless" && fact.name == "provider.runtime";
    bool lambda = file.format() == "cloudformation" && fact.name.ends_with(".Properties.Runtime");
    if ((!engine && !serverless && !lambda) || !fact.value.is(ValueKind::String)) return;
    for (const VersionProducts::Named& known : products_.runtimes()) {
      std::string_view text = fact.value.text;
      if (!text.starts_with(known.name)) continue;
      std::string number(text.substr(known.name.size()));
      bool joined = known.product != "node" && known.product != "java" && number.find('.') == std::string::npos &&
                    number.size() > 1 && is_digits(number);
      if (joined) number.insert(1, ".");  // "python39"
      return add(EndKind::Deployed, known.product, number, fact.span);
    }
  }

  const ProjectView& view_;
  const Project& project_;
  VersionProducts products_;
  BuildAlternatives alternatives_;
  const WordSet& side_jobs_;
  uint32_t file_ = 0;
  std::vector<VersionEnd> ends_;
  std::set<std::string, std::less<>> provisioning_;  // paths
  // Of the present file: stages that a COPY takes from, places of image streams, its jobs, and what was referred to as
  // job, name and product.
  std::set<std::string, std::less<>> copied_, streams_;
  std::map<std::string_view, std::string_view> engines_;  // of managed services, by the block that names them
  std::optional<WorkflowJobs> jobs_;
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> referred_;
};

}  // namespace

std::vector<VersionEnd> collect_version_ends(const ProjectView& view) {
  return Collector(view).run();
}

}  // namespace tfcheck
