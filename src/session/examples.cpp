#include "session/examples.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <thread>

#include "base/parallel.h"
#include "base/text.h"
#include "model/words.h"
#include "pages/rule_page.h"
#include "report/fixes.h"

namespace tfcheck {

namespace {

struct Group {
  std::vector<const Example*> fences;
};

// An example is a repository of its own: what a rule says of versioning does not depend on where it is run.
FileSet files_of(const Group& group) {
  std::vector<MemoryFile> files;
  RepositoryInfo repository;
  repository.is_repository = true;
  for (const Example* example : group.fences) {
    files.push_back({example->file, example->text});
    if (example->unversioned) repository.is_repository = false;
  }
  return FileSet::of(std::move(files), std::move(repository));
}

std::string lines_text(const std::vector<uint32_t>& lines) {
  return lines.empty() ? "none" : fmt::format("{}", fmt::join(lines, ", "));
}

class PageCheck {
 public:
  PageCheck(const Session& session, uint32_t index, ExampleReport& report)
      : session_(session),
        index_(index),
        rule_(session.rules().rules()[index]),
        examples_(page_text(rule_.page).examples),
        report_(report) {}

  void run() {
    std::vector<Group> groups;
    std::map<std::string, size_t> named;
    for (const Example& example : examples_) {
      if (!example.group.empty() && named.contains(example.group)) {
        groups[named[example.group]].fences.push_back(&example);
        continue;
      }
      if (!example.group.empty()) named[example.group] = groups.size();
      groups.push_back({{&example}});
    }
    bool bad = false, good = false;
    for (const Example& example : examples_) bad |= example.bad, good |= example.good;
    if (!bad) fail(1, "the page has no bad example");
    if (!good) fail(1, "the page has no good example");
    for (const Group& group : groups) check(group);
    check_every_match_fired();
  }

 private:
  void fail(uint32_t line, std::string message) { report_.failures.push_back({rule_.file, line, std::move(message)}); }

  void check(const Group& group) {
    ++report_.examples;
    FileSet set = files_of(group);
    AuditResult result = session_.audit(set);
    for (MatchIndex::Ref ref : result.judgement.fired) {
      if (ref.rule == index_) (ref.practice ? seen_ : fired_).insert(ref.match);
    }
    for (MatchIndex::Ref ref : result.judgement.absent) {
      if (ref.rule == index_) absent_.insert(ref.match);
    }
    for (const Example* example : group.fences) {
      std::vector<uint32_t> found = lines_of(result, set, example->file);
      compare(*example, found);
      compare_practices(*example, practices_in(result, example->file));
    }
    check_elsewhere(group, result);
    count_wrong(group, result);
    count_right(group, result);
  }

  // What the rule's findings are told in, each once for an example. Where one is told in configuration, the languages
  // of the other files are shown, too: that is why they are there.
  void count_wrong(const Group& group, const AuditResult& result) {
    std::set<std::string_view> shown;
    for (const Finding& finding : result.judgement.findings) {
      if (finding.rule != index_) continue;
      const ProjectFile& file = result.project.files[finding.file];
      shown.insert(file.format());
      for (std::string_view language : command_languages(finding, result.project)) shown.insert(language);
      bool in_code = file.adapter && file.adapter->kind == AdapterKind::Code;
      for (const Example* example : group.fences)
        if (!in_code || example->file == file.path) add_languages(example->file, result.project, shown);
      for (const RelatedPlace& place : finding.related) shown.insert(result.project.files[place.file].format());
    }
    shown.erase("");
    for (std::string_view name : shown) ++count(name).wrong;
  }

  void count_right(const Group& group, const AuditResult& result) {
    std::set<std::string_view> shown;
    for (const Example* example : group.fences) {
      uint32_t file = example->good ? result.project.find_file(example->file) : no_index;
      if (file == no_index) continue;
      shown.insert(result.project.files[file].format());
      add_languages(example->file, result.project, shown);
    }
    shown.erase("");
    for (std::string_view name : shown) ++count(name).right;
  }

  // The language of a file of code, and those whose packages a manifest lists.
  static void add_languages(const std::string& path, const Project& project, std::set<std::string_view>& shown) {
    uint32_t index = project.find_file(path);
    const Adapter* adapter = index == no_index ? nullptr : project.files[index].adapter;
    if (adapter && adapter->kind == AdapterKind::Code) shown.insert(adapter->name);
    const WordTable& ecosystems = project.words().vocabulary.table("ecosystem");
    size_t declared = ecosystems.column("declared"), language = ecosystems.column("language");
    for (const WordTable::Row& row : ecosystems.rows()) {
      std::span<const std::string> names = row.all(declared);
      bool lists = std::any_of(names.begin(), names.end(),
                               [&](const std::string& name) { return glob_match(name, base_name(path), '/'); });
      if (!lists) continue;
      for (const std::string& one : row.all(language)) shown.insert(one);
    }
  }

  ShownExamples& count(std::string_view name) {
    auto& shown = report_.rules.back().shown;
    auto found = shown.find(name);
    return found != shown.end() ? found->second : shown[std::string(name)];
  }

  std::vector<uint32_t> lines_of(const AuditResult& result, const FileSet& set, const std::string& path) {
    std::vector<uint32_t> lines;
    for (const Finding& finding : result.judgement.findings) {
      if (finding.rule != index_ || result.project.files[finding.file].path != path) continue;
      std::string text = text_of(set, result.project, finding.file);
      lines.push_back(LineIndex(text).line(finding.span.value_or(Span{}).begin));
    }
    return lines;
  }

  void compare(const Example& example, const std::vector<uint32_t>& found) {
    if (example.bad && example.lines.empty()) {
      if (found.size() != 1)
        fail(example.line, fmt::format("expected one finding in {}, got lines: {}", example.file, lines_text(found)));
    } else if (example.bad) {
      if (found != example.lines)
        fail(example.line, fmt::format("expected findings in {} on lines {}, got lines: {}", example.file,
                                       lines_text(example.lines), lines_text(found)));
    } else if (!found.empty()) {
      fail(example.line, fmt::format("expected no finding in {}, got lines: {}", example.file, lines_text(found)));
    }
  }

  // The names of the page's practices that a file shows.
  std::set<std::string> practices_in(const AuditResult& result, const std::string& path) const {
    std::set<std::string> names;
    for (const SeenPractice& seen : result.judgement.practices) {
      bool here = seen.rule == index_ && result.project.files[seen.file].path == path;
      if (here) names.insert(rule_.practices[seen.practice].name);
    }
    return names;
  }

  // What a file is claimed to show must be all that it shows; what it is claimed not to show must not be there.
  void compare_practices(const Example& example, const std::set<std::string>& found) {
    std::set<std::string> claimed(example.seen.begin(), example.seen.end());
    if (!claimed.empty() && claimed != found)
      fail(example.line, fmt::format("expected the practices {} in {}, got: {}", fmt::join(claimed, ", "), example.file,
                                     found.empty() ? "none" : fmt::format("{}", fmt::join(found, ", "))));
    for (const std::string& name : example.unseen) {
      if (found.contains(name))
        fail(example.line, fmt::format("the practice {} is seen in {}, and must not be", name, example.file));
      refused_.insert(name);
    }
  }

  void check_elsewhere(const Group& group, const AuditResult& result) {
    for (const Finding& finding : result.judgement.findings) {
      if (finding.rule != index_) continue;
      const std::string& path = result.project.files[finding.file].path;
      bool known = std::any_of(group.fences.begin(), group.fences.end(),
                               [&](const Example* example) { return example->file == path; });
      if (!known) fail(group.fences[0]->line, "a finding in " + path + ", which is no file of the example");
    }
  }

  void check_every_match_fired() {
    for (uint32_t i = 0; i < rule_.matches.size(); ++i) {
      if (!fired_.contains(i)) fail(rule_.matches[i].line, "no example makes this [[match]] fire");
    }
    for (uint32_t i = 0; i < rule_.requirements.size(); ++i) {
      if (!absent_.contains(i)) fail(rule_.requirements[i].line, "no example makes this [[require]] fire");
    }
    for (uint32_t i = 0; i < rule_.practices.size(); ++i) {
      const Practice& practice = rule_.practices[i];
      if (!seen_.contains(i)) fail(practice.match.line, "no example shows this [[practice]]: seen=" + practice.name);
      if (!refused_.contains(practice.name))
        fail(practice.match.line, "no example shows what is none: unseen=" + practice.name);
    }
  }

  const Session& session_;
  uint32_t index_;
  const Rule& rule_;
  std::vector<Example> examples_;
  ExampleReport& report_;
  std::set<uint32_t> fired_;       // matches of the rule
  std::set<uint32_t> absent_;      // requirements of the rule
  std::set<uint32_t> seen_;        // practices of the rule
  std::set<std::string> refused_;  // names of those that some example must not show
};

}  // namespace

ExampleReport check_examples(const Session& session, const std::vector<uint32_t>& which) {
  std::vector<ExampleReport> pages(which.size());
  session.prefilter();  // made before several threads ask for it
  run_parallel(std::max(1u, std::thread::hardware_concurrency()), which.size(), [&](size_t i) {
    pages[i].rules.push_back({which[i], {}});
    PageCheck(session, which[i], pages[i]).run();
  });
  ExampleReport report;
  for (ExampleReport& page : pages) {
    report.examples += page.examples;
    report.rules.push_back(std::move(page.rules.front()));
    std::move(page.failures.begin(), page.failures.end(), std::back_inserter(report.failures));
  }
  return report;
}

}  // namespace tfcheck
