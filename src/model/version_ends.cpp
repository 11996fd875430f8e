#include "model/versions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t longest_range = 500;  // nobody reads a longer one

// What names a product somewhere, and the product.
struct Named {
  std::string_view name;
  std::string_view product;
};

// What the rule knows of products.
struct Products {
  explicit Products(const ProjectView& view)
      : services(view.table("product").keys_with("kind", "service")),
        publishers(view.set("version-publisher")),
        side_jobs(view.set("side-job")) {
    const WordTable& table = view.table("product");
    auto take = [&](std::vector<Named>& into, std::string_view column) {
      size_t at = table.column(column);
      for (const WordTable::Row& row : table.rows()) {
        for (const std::string& name : row.all(at)) into.push_back({name, row.one(0)});
      }
    };
    take(images, "image"), take(inputs, "setup-input"), take(travis, "travis-key");
    take(manifests, "manifest-key"), take(runtimes, "runtime");
  }

  std::vector<Named> images, inputs, travis, manifests, runtimes;
  WordSet services;
  const WordSet &publishers, &side_jobs;
};

class Collector {
 public:
  explicit Collector(const ProjectView& view) : view_(view), project_(view.project), products_(view) {}

  std::vector<VersionEnd> run() {
    for (file_ = 0; file_ < project_.files.size(); ++file_) {
      const ProjectFile& file = project_.files[file_];
      if (!file.facts || !view_.looks_at(file_)) continue;
      referred_.clear();
      jobs_.reset();
      if (is_ci(file) && products_.side_jobs.contains(base_name(file.path))) continue;
      for (const Fact& found : view_.facts(file)) fact(file, found);
    }
    return std::move(ends_);
  }

 private:
  static bool is_ci(const ProjectFile& file) { return (file.scope & scope::Ci) || file.tells(tells::Ci); }

  void fact(const ProjectFile& file, const Fact& fact) {
    if (is_ci(file) && is_side_job(fact)) return;
    if (fact.kind == FactKind::Image) return image(file, fact);
    if (fact.kind == FactKind::Command) return docker_run(file, fact);
    if (fact.kind != FactKind::Entry) return;
    std::string_view format = file.format();
    if (format == "github-actions") return action(file, fact);
    if (format == "travis") return travis(fact);
    if (format == "version-file")
      return add(base_name(file.path) == "runtime.txt" ? EndKind::Deployed : EndKind::Declared, fact.name,
                 fact.value.text, fact.span);
    if (format == "gemfile" && fact.name == "ruby") return add(EndKind::Declared, "ruby", fact.value.text, fact.span);
    if (format == "go-mod" && fact.name == "go") return range("go", ">=" + std::string(fact.value.text), fact.span);
    if (format == "npm-package" || format == "pyproject" || format == "composer" || format == "pipfile")
      return manifest(fact);
    platform(file, fact);
  }

  // "jobs.lint.steps.3.with.node-version"
  bool is_side_job(const Fact& fact) const {
    std::string_view path = fact.kind == FactKind::Entry ? fact.name : fact.context.scope;
    if (!path.starts_with("jobs.")) return false;
    return products_.side_jobs.contains(before_first(path.substr(5), '.'));
  }

  void add(EndKind kind, std::string_view product, std::string_view text, Span span) {
    Version version = parse_version(product, text);
    if (version.empty()) return;
    if (kind == EndKind::Deployed && (project_.files[file_].scope & scope::Development)) kind = EndKind::Development;
    ends_.push_back({kind, std::string(product), std::string(text), std::move(version), file_, span});
  }

  void range(std::string_view product, std::string text, Span span) {
    if (text.size() > longest_range) return;
    ends_.push_back({EndKind::Range, std::string(product), std::move(text), {}, file_, span});
  }

  std::string_view product_of(std::string_view image) const {
    std::string_view last = base_name(image), owner = dir_name(image);
    std::string_view last_two = image.substr(std::min(image.size(), owner.size() - base_name(owner).size()));
    for (const Named& known : products_.images) {
      bool two = known.name.find('/') != std::string_view::npos;
      if (glob_match(known.name, two ? last_two : last, '\0')) return known.product;
    }
    return {};
  }

  // "ghcr.io/acme/web" is acme's.
  static std::string_view owner_of(std::string_view image) {
    std::string_view first = before_first(image, '/');
    bool registry = first.size() < image.size() && first.find_first_of(".:") != std::string_view::npos;
    if (registry && first.find("k8s") == std::string_view::npos && first.find("gcr.io") == std::string_view::npos)
      image.remove_prefix(first.size() + 1);
    return dir_name(image);
  }

  void image(const ProjectFile& file, const Fact& fact) {
    if (!fact.value.is(ValueKind::String) || argument(fact.args(), "build").is(ValueKind::Bool)) return;
    std::string_view product = product_of(fact.name), tag = fact.value.text;
    if (product.empty() || !products_.publishers.contains(owner_of(fact.name))) return;
    if (fact.name.find("devcontainers") != std::string_view::npos && tag.find('-') != std::string_view::npos)
      tag = tag.substr(tag.find('-') + 1);
    EndKind kind = EndKind::Deployed;
    if (is_ci(file))
      kind = EndKind::Ci;
    else if (fact.context.has(context::Development))
      kind = EndKind::Development;
    else if (file.format() == "dockerfile" && !fact.context.has(context::FinalStage))
      kind = EndKind::Build;
    if (fact.context.scope == "COPY") return;
    add(kind, product, tag, fact.span);
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
      std::string_view product = product_of(word.substr(0, colon));
      if (!products_.services.contains(product)) continue;
      return add(is_ci(file) ? EndKind::Ci : EndKind::Development, product, word.substr(colon + 1), fact.span);
    }
  }

  // --- settings ---

  void literal(EndKind kind, std::string_view product, const Value& value, Span span) {
    if (!value.is(ValueKind::String) && !value.is(ValueKind::Number)) return;
    for (std::string_view line : split(value.text, '\n')) {
      for (std::string_view part : split(line, ',')) add(kind, product, trim(part), span);
    }
  }

  void action(const ProjectFile& file, const Fact& fact) {
    size_t with = fact.name.rfind(".with.");
    if (with == std::string_view::npos || !fact.name.starts_with("jobs.")) return;
    for (const Named& input : products_.inputs) {
      if (fact.name.substr(with + 6) != input.name) continue;
      if (fact.value.is(ValueKind::Name)) return referred(file, fact, input.product);
      return literal(EndKind::Ci, input.product, fact.value, fact.span);
    }
  }

  // `${{ matrix.node }}`, `${{ env.NODE_VERSION }}`: every value that it can have.
  void referred(const ProjectFile& file, const Fact& fact, std::string_view product) {
    std::string_view job = fact.name.substr(0, fact.name.find('.', 5));
    std::string_view name = fact.value.text;
    // Another step of the job says nothing new.
    if (!referred_.insert({job, name, product}).second) return;
    if (!jobs_) jobs_ = read_jobs(file);
    std::vector<const Fact*> values;
    if (name.starts_with("env.")) {
      take(values, jobs_->variables, std::string(name));
      take(values, jobs_->variables, std::string(job) + "." + std::string(name));
    } else if (name.starts_with("matrix.")) {
      std::string list = std::string(job) + ".strategy." + std::string(name) + ".";
      auto item = jobs_->items.lower_bound(list);
      for (; item != jobs_->items.end() && item->first.starts_with(list); ++item) values.push_back(item->second);
      take(values, jobs_->included, std::string(job) + std::string(name.substr(6)));
    }
    // In the file's order, each once.
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    view_.count(values.size());
    for (const Fact* value : values) literal(EndKind::Ci, product, value->value, value->span);
  }

  template <typename Map>
  static void take(std::vector<const Fact*>& values, const Map& map, const std::string& key) {
    auto [first, last] = map.equal_range(key);
    for (auto found = first; found != last; ++found) values.push_back(found->second);
  }

  // What the jobs of a workflow let their steps refer to.
  struct Jobs {
    std::multimap<std::string_view, const Fact*> items;  // by path: "jobs.test.strategy.matrix.node.0"
    std::multimap<std::string, const Fact*> included;    // of `include`, by job and what their path ends with
    std::multimap<std::string, const Fact*> variables;   // by path: "env.X", "jobs.test.env.X"
  };

  Jobs read_jobs(const ProjectFile& file) const {
    constexpr std::string_view include = ".strategy.matrix.include.";
    constexpr int most_ends = 8;
    Jobs jobs;
    for (const Fact& fact : view_.facts(file)) {
      if (fact.kind != FactKind::Entry) continue;
      size_t end = fact.name.starts_with("jobs.") ? fact.name.find('.', 5) : std::string_view::npos;
      std::string_view rest = end == std::string_view::npos ? std::string_view{} : fact.name.substr(end);
      if (rest.starts_with(".strategy.")) jobs.items.emplace(fact.name, &fact);
      if (fact.name.starts_with("env.") || rest.starts_with(".env.")) jobs.variables.emplace(fact.name, &fact);
      if (!rest.starts_with(include)) continue;
      std::string job(fact.name.substr(0, end));
      size_t dot = rest.rfind('.');
      for (int i = 0; i < most_ends && dot + 1 >= include.size(); ++i, dot = rest.rfind('.', dot - 1))
        jobs.included.emplace(job + std::string(rest.substr(dot)), &fact);
    }
    return jobs;
  }

  void travis(const Fact& fact) {
    for (const Named& key : products_.travis) {
      bool item = fact.name.starts_with(key.name) && fact.name.substr(key.name.size()).starts_with('.') &&
                  is_digits(fact.name.substr(key.name.size() + 1));
      bool included = (fact.name.starts_with("matrix.include.") || fact.name.starts_with("jobs.include.")) &&
                      fact.name.ends_with("." + std::string(key.name));
      if (item || included || fact.name == key.name) literal(EndKind::Ci, key.product, fact.value, fact.span);
    }
  }

  void manifest(const Fact& fact) {
    for (const Named& known : products_.manifests) {
      if (fact.name == known.name && fact.value.is(ValueKind::String))
        range(known.product, std::string(fact.value.text), fact.span);
    }
  }

  // App Engine's and Lambda's runtimes.
  void platform(const ProjectFile& file, const Fact& fact) {
    bool engine = base_name(file.path) == "app.yaml" && fact.name == "runtime";
    bool serverless = file.format() == "serverless" && fact.name == "provider.runtime";
    bool lambda = file.format() == "cloudformation" && fact.name.ends_with(".Properties.Runtime");
    if ((!engine && !serverless && !lambda) || !fact.value.is(ValueKind::String)) return;
    for (const Named& known : products_.runtimes) {
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
  Products products_;
  uint32_t file_ = 0;
  std::vector<VersionEnd> ends_;
  // Of the present file: what was referred to, as job, name and product; its jobs, once asked for.
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> referred_;
  std::optional<Jobs> jobs_;
};

}  // namespace

std::vector<VersionEnd> collect_version_ends(const ProjectView& view) {
  return Collector(view).run();
}

}  // namespace tfcheck
