#include "model/services.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "model/images.h"
#include "model/scope.h"
#include "model/service_address.h"
#include "model/variables.h"
#include "model/version_products.h"
#include "model/versions.h"

namespace tfcheck {

namespace {

constexpr int deepest_value = 4;
constexpr size_t longest_scheme = 20;

class Collector {
 public:
  explicit Collector(const ProjectView& view)
      : view_(view),
        project_(view.project),
        products_(view),
        places_(view.set("endpoint-word")),
        table_(view.table("backing-service")),
        scheme_(table_.column("scheme")),
        word_(table_.column("word")),
        driver_(table_.column("driver")),
        image_(table_.column("image")),
        kind_(table_.column("kind")) {}

  std::vector<ServiceEnd> run(const std::vector<VersionEnd>& versions, const std::vector<Variable>& variables) {
    take_versions(versions);
    for (file_ = 0; file_ < project_.files.size(); ++file_) {
      const ProjectFile& file = project_.files[file_];
      if (!file.facts || (file.scope & scope::Outside) || !view_.looks_at(file_)) continue;
      look_at(file);
    }
    take_variables(variables);
    std::stable_sort(ends_.begin(), ends_.end(), [](const ServiceEnd& a, const ServiceEnd& b) {
      return std::tie(a.product, a.file, a.span.begin) < std::tie(b.product, b.file, b.span.begin);
    });
    return std::move(ends_);
  }

 private:
  std::string_view kind_of(std::string_view product) const {
    const WordTable::Row* row = table_.find(product);
    return row ? row->one(kind_) : std::string_view{};
  }

  static ServiceStage stage_of(EndKind kind) {
    return kind == EndKind::Development ? ServiceStage::Development
           : kind == EndKind::Ci        ? ServiceStage::Ci
                                        : ServiceStage::Production;
  }

  void take_versions(const std::vector<VersionEnd>& versions) {
    for (const VersionEnd& end : versions) {
      bool outside = project_.files[end.file].scope & scope::Outside;
      if (outside || kind_of(end.product).empty() || end.kind == EndKind::Range) continue;
      told_.emplace(end.file, end.span.begin);
      ends_.push_back({end.product,
                       std::string(kind_of(end.product)),
                       ServiceLocation::Version,
                       stage_of(end.kind),
                       end.text,
                       {},
                       end.file,
                       no_index,
                       end.span});
    }
  }

  void look_at(const ProjectFile& file) {
    bool ci = (file.scope & scope::Ci) || file.tells(tells::Ci);
    // What a file of variables or a deploy says is no part of the app.
    bool app = !ci && !(file.scope & scope::Editor) && !file.tells(tells::Deploy | tells::Environment) &&
               file.format() != "dotenv" && file.format() != "app-json";
    std::span<const Fact> facts = view_.facts(file);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      if (fact.kind == FactKind::Image) image(file, fact, i, ci);
      if (fact.kind == FactKind::Dependency) driver(fact, i);
      bool says = fact.kind == FactKind::Assign || fact.kind == FactKind::Entry || fact.kind == FactKind::Call;
      if (!says || !app) continue;
      url(fact.value, fact, i, 0);
      for (const Arg& arg : fact.args()) url(arg.value, fact, i, 0);
    }
  }

  std::string_view product_of_image(std::string_view name) const {
    std::string_view product = products_.of_image(name);
    if (!product.empty()) return kind_of(product).empty() ? std::string_view{} : product;
    for (const WordTable::Row& row : table_.rows()) {
      for (const std::string& pattern : row.all(image_)) {
        if (glob_match(pattern, base_name(name), '/')) return row.one(0);
      }
    }
    return {};
  }

  // Containers whose tag names no version; those that name one are versions already.
  void image(const ProjectFile& file, const Fact& fact, uint32_t index, bool ci) {
    bool built = argument(fact.args(), "build").is(ValueKind::Bool);
    if (built || file.format() == "dockerfile" || told_.contains({file_, fact.span.begin})) return;
    std::string_view product = product_of_image(fact.name);
    if (product.empty()) return;
    const Value& tag = settled_tag(fact.value);
    bool development = (file.scope & scope::Development) || fact.context.has(context::Development);
    ServiceStage stage = ci ? ServiceStage::Ci : development ? ServiceStage::Development : ServiceStage::Production;
    std::string version = tag.is(ValueKind::String) || tag.is(ValueKind::Number) ? std::string(tag.text) : "untagged";
    ends_.push_back({std::string(product),
                     std::string(kind_of(product)),
                     ServiceLocation::Image,
                     stage,
                     std::move(version),
                     {},
                     file_,
                     index,
                     fact.span});
  }

  void driver(const Fact& fact, uint32_t index) {
    if (fact.context.has(context::Locked) || fact.context.has(context::Development)) return;
    for (const WordTable::Row& row : table_.rows()) {
      for (const std::string& pattern : row.all(driver_)) {
        if (!glob_match(pattern, fact.name, '\0')) continue;
        ends_.push_back({std::string(row.one(0)),
                         std::string(row.one(kind_)),
                         ServiceLocation::Dependency,
                         ServiceStage::Any,
                         {},
                         std::string(fact.name),
                         file_,
                         index,
                         fact.span});
        return;
      }
    }
  }

  std::string_view product_of_scheme(std::string_view text) const {
    size_t end = text.find("://");
    if (end == std::string_view::npos || end > longest_scheme) return {};
    std::string scheme = lower(before_first(text.substr(0, end), '+'));
    for (const WordTable::Row& row : table_.rows()) {
      if (row.has(scheme_, scheme)) return row.one(0);
    }
    return {};
  }

  // A URL of a service that nothing replaces.
  void url(const Value& value, const Fact& fact, uint32_t index, int depth) {
    if (value.is(ValueKind::Env) || depth > deepest_value) return;
    bool text = value.is(ValueKind::String) || value.is(ValueKind::Template);
    std::string_view product = text ? product_of_scheme(value.text) : std::string_view{};
    if (!product.empty() && value.text.find("://${") == std::string_view::npos) {
      if (!told_.emplace(file_, value.span.begin).second) return;
      ends_.push_back({std::string(product),
                       std::string(kind_of(product)),
                       ServiceLocation::Literal,
                       ServiceStage::Any,
                       {},
                       {},
                       file_,
                       index,
                       value.span});
    }
    for (const Arg& item : value.items()) url(item.value, fact, index, depth + 1);
  }

  // The product that a variable locates: by what it falls back to or is given, else by the words of its name.
  std::string_view product_of(const Variable& variable) const {
    for (const VariableRead& read : variable.reads) {
      if (std::string_view product = product_of_scheme(read.fallback.text); !product.empty()) return product;
    }
    for (const VariablePlace& place : variable.places) {
      if (std::string_view product = product_of_scheme(place.value.text); !product.empty()) return product;
    }
    std::vector<std::string> words = words_of(variable.name);
    if (words.size() < 2 || !places_.contains(words.back())) return {};
    for (const std::string& word : words) {
      for (const WordTable::Row& row : table_.rows()) {
        if (row.has(word_, word)) return row.one(0);
      }
    }
    // A database that only the driver tells.
    bool database = std::any_of(words.begin(), words.end(),
                                [](const std::string& word) { return word == "database" || word == "db"; });
    return database ? only_database() : std::string_view{};
  }

  std::string_view only_database() const {
    std::string_view only;
    for (const ServiceEnd& end : ends_) {
      if (end.kind != "database" || end.product == "sqlite" || end.product == only) continue;
      if (!only.empty()) return {};
      only = end.product;
    }
    return only;
  }

  void take_variables(const std::vector<Variable>& variables) {
    for (const Variable& variable : variables) {
      if (!variable.is_read_by_app() || variable.is_computed()) continue;
      std::string_view product = product_of(variable);
      if (product.empty()) continue;
      const VariableRead& read = variable.reads.front();
      located_.push_back({std::string(product),
                          std::string(kind_of(product)),
                          ServiceLocation::Variable,
                          ServiceStage::Any,
                          {},
                          variable.name,
                          read.file,
                          read.fact,
                          read.span});
    }
    ends_.insert(ends_.end(), located_.begin(), located_.end());
  }

  const ProjectView& view_;
  const Project& project_;
  VersionProducts products_;
  const WordSet& places_;
  const WordTable& table_;
  size_t scheme_, word_, driver_, image_, kind_;
  uint32_t file_ = 0;
  std::vector<ServiceEnd> ends_, located_;
  std::set<std::pair<uint32_t, uint32_t>> told_;  // places of files
};

}  // namespace

std::string_view to_string(ServiceLocation located) {
  switch (located) {
    case ServiceLocation::Image:
      return "image";
    case ServiceLocation::Version:
      return "version";
    case ServiceLocation::Variable:
      return "variable";
    case ServiceLocation::Literal:
      return "literal";
    case ServiceLocation::Dependency:
      return "dependency";
  }
  return "image";
}

std::string_view to_string(ServiceStage stage) {
  switch (stage) {
    case ServiceStage::Any:
      return "";
    case ServiceStage::Development:
      return "development";
    case ServiceStage::Ci:
      return "ci";
    case ServiceStage::Production:
      return "production";
  }
  return "";
}

std::vector<ServiceEnd> collect_services(const ProjectView& view, const std::vector<VersionEnd>& versions,
                                         const std::vector<Variable>& variables) {
  return Collector(view).run(versions, variables);
}

}  // namespace tfcheck
