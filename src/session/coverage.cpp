#include "session/coverage.h"

#include <algorithm>
#include <set>

#include "languages/registry.h"
#include "pages/rule_page.h"

namespace tfcheck {

namespace {

CoverageState state_of(const ShownExamples* shown) {
  if (!shown || shown->wrong + shown->right == 0) return CoverageState::Empty;
  if (shown->wrong == 0) return CoverageState::Right;
  return shown->right == 0 ? CoverageState::Wrong : CoverageState::Both;
}

class PageCoverageCheck {
 public:
  PageCoverageCheck(const Rule& rule, const std::map<std::string, ShownExamples, std::less<>>& shown)
      : shown_(shown), said_(page_text(rule.page).coverage) {
    coverage_.rule = &rule;
    coverage_.declared = said_.line > 0;
  }

  RuleCoverage run() {
    std::set<std::string_view> languages;
    for (const Adapter* language : code_adapters()) languages.insert(language->name);
    for (std::string_view language : languages) coverage_.languages.push_back(cell(language, true));
    std::set<std::string_view> formats(said_.claims.begin(), said_.claims.end());
    for (const auto& [name, counts] : shown_) formats.insert(name);
    for (const CoverageReason& reason : said_.reasons) formats.insert(reason.formats.begin(), reason.formats.end());
    formats.erase(every_other_language);
    for (std::string_view format : formats) {
      if (!languages.contains(format)) coverage_.formats.push_back(cell(format, is_claimed(format)));
    }
    check_reasons();
    check_claims();
    return std::move(coverage_);
  }

 private:
  const ShownExamples* shown(std::string_view name) const {
    auto found = shown_.find(name);
    return found == shown_.end() ? nullptr : &found->second;
  }

  bool is_claimed(std::string_view format) const {
    return std::find(said_.claims.begin(), said_.claims.end(), format) != said_.claims.end();
  }

  const CoverageReason* reason(std::string_view name, bool is_language) const {
    const CoverageReason* of_group = nullptr;
    for (const CoverageReason& one : said_.reasons) {
      auto names = [&](std::string_view wanted) {
        return std::find(one.formats.begin(), one.formats.end(), wanted) != one.formats.end();
      };
      if (names(name)) return &one;
      if (is_language && names(every_other_language)) of_group = &one;
    }
    return of_group;
  }

  CoverageCell cell(std::string_view name, bool claimed) {
    CoverageCell one{std::string(name), state_of(shown(name)), claimed, {}};
    if (one.state != CoverageState::Empty && one.state != CoverageState::Right) return one;
    bool is_language = std::any_of(code_adapters().begin(), code_adapters().end(),
                                   [&](const Adapter* language) { return language->name == name; });
    const CoverageReason* why = reason(name, is_language);
    if (!why) return one;
    one.reason = why->text;
    if (one.state == CoverageState::Empty) one.state = CoverageState::Reason;
    used_.insert(why);
    return one;
  }

  void fail(uint32_t line, std::string message) {
    coverage_.failures.push_back({coverage_.rule->file, line, std::move(message)});
  }

  // A reason that explains nothing misleads whoever reads it.
  void check_reasons() {
    for (const CoverageReason& reason : said_.reasons) {
      for (const std::string& name : reason.formats) {
        const ShownExamples* examples = shown(name);
        if (examples && examples->wrong > 0)
          fail(reason.line, "there is a reason why nothing is shown in '" + name + "', and a wrong example in it");
      }
      bool explains_nothing = reason.formats == std::vector<std::string>{std::string(every_other_language)};
      if (explains_nothing && !used_.contains(&reason))
        fail(reason.line, "there is a reason for the other languages, and no other language is without example");
    }
  }

  void check_claims() {
    if (!coverage_.declared) return;
    for (const auto* cells : {&coverage_.languages, &coverage_.formats}) {
      for (const CoverageCell& one : *cells) {
        if (one.is_missing()) fail(said_.line, "neither a wrong example nor a reason for '" + one.name + "'");
      }
    }
  }

  const std::map<std::string, ShownExamples, std::less<>>& shown_;
  PageCoverage said_;
  RuleCoverage coverage_;
  std::set<const CoverageReason*> used_;
};

}  // namespace

bool CoverageCell::is_missing() const {
  return claimed && reason.empty() && (state == CoverageState::Empty || state == CoverageState::Right);
}

std::vector<RuleCoverage> coverage_of(const RuleSet& rules, const ExampleReport& report) {
  std::vector<RuleCoverage> all;
  for (const RuleExamples& of_rule : report.rules)
    all.push_back(PageCoverageCheck(rules.rules()[of_rule.rule], of_rule.shown).run());
  return all;
}

}  // namespace tfcheck
