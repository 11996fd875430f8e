#include "scan/scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <numeric>
#include <set>

#include "base/parallel.h"
#include "base/text.h"
#include "formats/adapters.h"
#include "formats/lock/locked_packages.h"
#include "formats/tree_entries/dialect.h"
#include "languages/embedded.h"
#include "languages/import_head.h"
#include "model/asked_files.h"
#include "model/beside.h"
#include "model/scope.h"
#include "model/secrets/key_store_bytes.h"
#include "model/words.h"
#include "scan/own_report.h"

namespace tfcheck {

namespace {

constexpr size_t beginning = 8000;  // bytes that show what a file of no known kind is

// True for a file that an adapter or the name of an unread language claims.
bool is_claimed(const Listing& listing, const ProjectFile& file) {
  return file.adapter || !listing.words().unread_languages.of(file.path).empty();
}

Expect expect_of(const Listing& listing, const ProjectFile& file) {
  return is_claimed(listing, file) ? Expect::Text : Expect::Anything;
}

// Bytes in lines that nobody writes by hand.
size_t bytes_in_long_lines(std::string_view text) {
  size_t sum = 0;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    if (end - begin > longest_line) sum += end - begin;
    begin = end + 1;
  }
  return sum;
}

// What a file holds in place of its content, by its first bytes.
Unread stand_in(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("version https://git-lfs.github.com/spec/v1\n"sv)) return Unread::LfsPointer;
  if (bytes.starts_with("\0GITCRYPT\0"sv)) return Unread::GitCrypt;
  return Unread::None;
}

// The languages of which no compiler tells that a package is missing.
WordSet found_missing_late(const Vocabulary& vocabulary) {
  const WordTable& ecosystems = vocabulary.table("ecosystem");
  size_t fails = ecosystems.column("fails"), language = ecosystems.column("language");
  std::vector<std::string> languages;
  for (const WordTable::Row& row : ecosystems.rows()) {
    if (row.one(fails) == "run") languages.insert(languages.end(), row.all(language).begin(), row.all(language).end());
  }
  return {"late", ecosystems.file(), std::move(languages), false};
}

struct Worker {
  const FileSet& set;
  Listing& listing;
  const BesideFiles& beside;
  const AdapterIndex& adapters;
  Prefilter::Scanner& scanner;
  std::string &bytes, &text;
  bool imports;
  const AskedFiles& asked;
  WordSet late;  // languages of which no compiler tells that a package is missing
  ScanStatistics statistics = {};
  std::vector<std::pair<uint32_t, Notice>> notices = {};

  Worker(const FileSet& a_set, Listing& a_listing, const BesideFiles& others, ScanTools& tools,
         const AskedFiles& asked_files)
      : set(a_set),
        listing(a_listing),
        beside(others),
        adapters(tools.adapters),
        scanner(tools.scanner),
        bytes(tools.bytes),
        text(tools.text),
        imports(tools.imports),
        asked(asked_files),
        late(found_missing_late(a_listing.words().vocabulary)) {}

  bool is_other(std::string_view path) const {
    return listing.words().other_extensions.contains(lower(after_last(base_name(path), '.')));
  }

  static void leave_out(ProjectFile& file, std::string what) {
    file.state = FileState::OutOfScope;
    file.detail = std::move(what);
  }

  // Says that a file was not read, or, when it was, that rules know less of it than they ask for.
  void miss(uint32_t index, Unread why, std::string detail) {
    ProjectFile& file = listing.files[index];
    if (!file.was_read()) file.state = FileState::Unread;
    file.unread = why;
    std::string_view what = file.was_read() ? "not parsed" : "not read";
    notice(index, fmt::format("{}: {}", what, detail), 0, why);
    file.detail = std::move(detail);
  }

  void miss(uint32_t index, const ReadFailure& failure) {
    bool is_said = failure.why == Unread::Permission;  // the system's own words add nothing
    miss(index, failure.why, is_said ? std::string(to_string(failure.why)) : failure.detail);
  }

  void notice(uint32_t index, std::string message, uint32_t line, Unread why) {
    notices.push_back({index, {listing.files[index].path, std::move(message), line, why}});
  }

  void take(uint32_t index) {
    ProjectFile& file = listing.files[index];
    if (!file.audited && !beside.asks_for(file)) return leave_out(file, "outside of the audited folder");
    if (file.scope & (scope::Vendored | scope::Minified)) return leave_out(file, scope_names(file.scope));
    if (file.kind == FileEntry::Kind::Submodule)
      return miss(index, Unread::Submodule, "a submodule, audited on its own");
    if (file.kind == FileEntry::Kind::Symlink) return take_link(index);
    if (!file.adapter && is_other(file.path)) return leave_out(file, "no text of ours");
    if (file.size > largest_read) return take_large(index);
    if (std::optional<ReadFailure> failure = set.read(index, largest_read, bytes)) return miss(index, *failure);
    if (holds_only_certificates(bytes)) return leave_out(file, std::string(only_certificates));
    if (Unread why = stand_in(bytes); why != Unread::None) return miss_known(index, why, std::string(to_string(why)));
    if (!decode_text(bytes, text, expect_of(listing, file)))
      return miss_known(index, Unread::Binary, "binary, though its name is that of a text");
    take_text(index);
  }

  // What could not be read of a file that nothing claims is what the file is.
  void miss_known(uint32_t index, Unread why, std::string detail) {
    ProjectFile& file = listing.files[index];
    if (expect_of(listing, file) == Expect::Text) return miss(index, why, std::move(detail));
    leave_out(file, std::string(to_string(why)));
  }

  // What a link names inside the tree is audited where it lies.
  void take_link(uint32_t index) {
    ProjectFile& file = listing.files[index];
    std::string target = file.link_target.starts_with('/') ? "" : join_path(dir_name(file.path), file.link_target);
    if (is_listed(target)) return leave_out(file, "a symbolic link, audited where it points to");
    if (!adapters.of_path(file.path) && !is_claimed(listing, file)) return leave_out(file, "a symbolic link");
    miss(index, Unread::NotAFile, "a symbolic link to what is no part of the audit");
  }

  bool is_listed(const std::string& path) const {
    if (listing.find_file(path) != no_index) return true;
    auto below =
        std::lower_bound(listing.files.begin(), listing.files.end(), path + "/",
                         [](const ProjectFile& file, const std::string& wanted) { return file.path < wanted; });
    return below != listing.files.end() && !path.empty() && below->path.starts_with(path + "/");
  }

  // A large file of no known kind is data of its own when its beginning is binary.
  void take_large(uint32_t index) {
    ProjectFile& file = listing.files[index];
    if (expect_of(listing, file) == Expect::Anything) {
      if (std::optional<ReadFailure> failure = set.read(index, beginning, bytes)) return miss(index, *failure);
      if (!decode_text(bytes, text, Expect::Anything)) return leave_out(file, "binary");
    }
    miss(index, Unread::TooLarge, fmt::format("{} MB is data, not source", file.size >> 20));
  }

  void take_text(uint32_t index) {
    ProjectFile& file = listing.files[index];
    statistics.bytes_read += bytes.size();
    if (!file.adapter) file.adapter = adapters.of_text(file.path, text);
    if (is_own_report(text)) return leave_out(file, "own report");
    file.scope |= listing.words().roles.of_text(file.path, text);
    file.scope |= listing.words().own_words.of_file(file.path, text, file.adapter);
    if (OwnWords::is_readme(file.path)) {
      const OwnWords& words = listing.words().own_words;
      file.says_of_folder = dir_name(file.path).empty() ? words.of_root_readme(text) : words.of_readme(text);
    }
    PrefilterResult found = scanner.scan(text, file.adapter, file.path);
    file.hits = std::move(found.hits);
    file.has_directive = found.directive;
    if (found.truncated) tell_truncated(index);
    if (file.scope & scope::Minified) return leave_out(file, "minified");
    file.state = FileState::Text;
    file.named = listing.words().naming.of(file.path, text);
    file.told = listing.words().variable_texts.of(file.path, text);
    file.asked_names = asked.named_in(file.path, text, found.names);
    if (is_lock_file(file.path)) file.locked = locked_packages(text);  // most call themselves generated
    if (file.scope & scope::Outside) return;
    bool is_language = !file.adapter && is_claimed(listing, file);
    if (is_language && file.unread == Unread::None) file.unread = Unread::UnreadLanguage;
    if (file.adapter && !is_lock_file(file.path)) take_facts(index, found.parse);
  }

  void tell_truncated(uint32_t index) {
    ProjectFile& file = listing.files[index];
    file.unread = Unread::TooManyFacts;
    file.detail = "the beginnings of too many tokens; only the first were looked at";
    notice(index, file.detail, 0, file.unread);
  }

  void take_facts(uint32_t index, bool wanted) {
    ProjectFile& file = listing.files[index];
    if (file.adapter->kind == AdapterKind::Code && !wanted) return scan_imports(file);
    // Of a notebook with its pictures only the code counts, and who takes it out knows its size.
    bool is_host = file.adapter->kind == AdapterKind::Code && script_host(file.path);
    if (!is_host && text.size() > largest_parse)
      return miss(index, Unread::TooLarge, fmt::format("{} kB is data, not source", text.size() >> 10));
    if (!is_host && bytes_in_long_lines(text) > most_in_long_lines)
      return miss(index, Unread::LongLines, "most of it stands in lines of more than 20,000 bytes");
    auto begin = std::chrono::steady_clock::now();
    file.facts = std::make_unique<FileFacts>(extract_facts(*file.adapter, {file.path, text}));
    file.state = FileState::Parsed;
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    statistics.slowest.emplace_back(file.path, seconds);
    ++statistics.parsed;
    statistics.bytes_parsed += text.size();
    statistics.facts += file.facts->facts().size();
    tell_gaps(index);
    // A format of many uses of which nothing is made, at the place of one that nothing reads.
    bool is_nothing = file.unread == Unread::None && file.facts->facts().empty() && file.format() == "conf";
    if (is_nothing && listing.words().unread_languages.role_of(file.path) == UnreadRole::Process)
      file.unread = Unread::UnreadLanguage;
  }

  // Passes on what the adapter said, and says what it left to be said.
  void tell_gaps(uint32_t index) {
    ProjectFile& file = listing.files[index];
    if (file.unread == Unread::None) file.unread = file.facts->unread();
    for (const Notice& said : file.facts->notices()) {
      if (said.unread == Unread::UnreadLanguage) continue;  // told of all such files at once
      notice(index, said.message, said.line, said.unread == Unread::None ? file.unread : said.unread);
      if (file.unread == Unread::None) file.unread = said.unread;
      if (file.detail.empty() && file.unread != Unread::None) file.detail = said.message;
    }
    if (file.unread == Unread::None || file.unread == Unread::UnreadLanguage || !file.detail.empty()) return;
    file.detail = to_string(file.unread);
    std::string_view what = file.facts->facts().empty() ? "not parsed" : "read in part";
    notice(index, fmt::format("{}: {}", what, file.detail), 0, file.unread);
  }

  // The imports of a file that nothing else sends to the parser: all where no manifest says what the component uses,
  // else those at its head, where no compiler tells that a package is missing.
  void scan_imports(ProjectFile& file) {
    const Component* component = file.component == no_index ? nullptr : &listing.components[file.component];
    if (!imports || !file.adapter->scan_imports || !component) return;
    bool declared = !component->manifests.empty();
    if (declared && !late.contains(file.adapter->name)) return;
    bool hosted = script_host(file.path);  // its code is a part of the text
    std::string_view source = declared && !hosted ? import_head(text) : text;
    file.facts = std::make_unique<FileFacts>(source.size());
    file.adapter->scan_imports({file.path, source}, *file.facts);
    if (!hosted) file.facts->set_format(file.adapter->name);
    file.facts->seal();
    file.unread = file.facts->unread();
    statistics.facts += file.facts->facts().size();
  }
};

// One line for a language that is not read, in each component that has source in it; for pages and the like in all.
void tell_unread_languages(Listing& listing) {
  struct Found {
    uint32_t first = 0;
    size_t count = 0;
  };
  const UnreadLanguages& languages = listing.words().unread_languages;
  std::map<std::pair<uint32_t, std::string_view>, Found> found;
  for (uint32_t i = 0; i < listing.files.size(); ++i) {
    const ProjectFile& file = listing.files[i];
    if (file.unread != Unread::UnreadLanguage) continue;
    bool is_source = languages.role_of(file.path) == UnreadRole::Source;
    std::pair key{is_source ? file.component : no_index, languages.of(file.path)};
    ++found.try_emplace(key, Found{i, 0}).first->second.count;
  }
  for (const auto& [key, entry] : found) {
    std::string_view where = key.first == no_index ? "" : " of the component";
    std::string others = entry.count == 1   ? ""
                         : entry.count == 2 ? fmt::format(" and another{}", where)
                                            : fmt::format(" and {} others{}", entry.count - 1, where);
    const ProjectFile& file = listing.files[entry.first];
    bool says_some = file.facts && !file.facts->facts().empty();
    std::string_view looked_for = says_some ? "settings, commands and tokens" : "tokens";
    listing.notices.push_back({file.path,
                               fmt::format("{} is not read: this file{} {} only searched for {}", key.second, others,
                                           entry.count > 1 ? "were" : "was", looked_for),
                               0, Unread::UnreadLanguage});
  }
}

void merge(ScanStatistics& into, ScanStatistics&& from) {
  into.parsed += from.parsed;
  into.facts += from.facts;
  into.bytes_read += from.bytes_read;
  into.bytes_parsed += from.bytes_parsed;
  into.slowest.insert(into.slowest.end(), from.slowest.begin(), from.slowest.end());
}

// Largest first.
std::vector<uint32_t> reading_order(const Listing& listing) {
  std::vector<uint32_t> order(listing.files.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return listing.files[a].size > listing.files[b].size; });
  return order;
}

using IndexedNotices = std::vector<std::pair<uint32_t, Notice>>;

Scan finished(Listing listing, ScanStatistics total, IndexedNotices notices) {
  std::sort(notices.begin(), notices.end());
  // The listing has said of a submodule what helps more: that it is not checked out.
  std::set<std::string> told;
  for (const Notice& notice : listing.notices) {
    if (notice.unread == Unread::Submodule) told.insert(notice.path);
  }
  std::erase_if(notices, [&](const auto& row) {
    return row.second.unread == Unread::Submodule && told.contains(row.second.path);
  });
  for (auto& [file, notice] : notices) listing.notices.push_back(std::move(notice));
  tell_unread_languages(listing);
  for (const ProjectFile& file : listing.files) {
    if (file.audited) ++(file.was_read() ? total.checked : total.skipped);
    total.beside += !file.audited && file.was_read();
  }
  std::sort(total.slowest.begin(), total.slowest.end(),
            [](const auto& a, const auto& b) { return a.second > b.second; });
  if (total.slowest.size() > 10) total.slowest.resize(10);
  return {std::move(listing), std::move(total)};
}

}  // namespace

Scan scan_files(const FileSet& set, Listing listing, const Prefilter& prefilter, unsigned threads) {
  BesideFiles beside(listing);
  AskedFiles asked(listing);
  std::vector<uint32_t> order = reading_order(listing);
  std::atomic<size_t> next{0};
  ScanStatistics total;
  IndexedNotices notices;
  std::mutex merging;
  run_parallel(threads, threads, [&](size_t) {
    ScanTools tools(prefilter);
    Worker worker(set, listing, beside, tools, asked);
    for (size_t i = next++; i < order.size(); i = next++) worker.take(order[i]);
    std::lock_guard lock(merging);
    merge(total, std::move(worker.statistics));
    notices.insert(notices.end(), worker.notices.begin(), worker.notices.end());
  });
  return finished(std::move(listing), std::move(total), std::move(notices));
}

Scan scan_files(const FileSet& set, Listing listing, ScanTools& tools) {
  BesideFiles beside(listing);
  AskedFiles asked(listing);
  Worker worker(set, listing, beside, tools, asked);
  for (uint32_t file : reading_order(listing)) worker.take(file);
  return finished(std::move(listing), std::move(worker.statistics), std::move(worker.notices));
}

std::string text_of(const FileSet& set, const Listing& listing, uint32_t file) {
  std::string bytes, text;
  bool is_text =
      !set.read(file, largest_read, bytes) && decode_text(bytes, text, expect_of(listing, listing.files[file]));
  return is_text ? text : std::string();
}

}  // namespace tfcheck
