// Dialects of YAML, JSON and TOML: what a file is by its path and by what it says, and the facts that it has beyond its
// entries. A dialect is a row that src/formats/<dialect>/dialect.cpp defines; the list of them is made from the folders
// (cmake/formats.cmake).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "facts/adapter.h"
#include "formats/tree_entries/config_tree.h"
#include "formats/tree_entries/document.h"

namespace tfcheck {

// A parsed file that a dialect is looked for.
struct ParsedFile {
  std::string_view path;
  const ConfigTree& tree;
  NodeId top = no_node;  // the first document that is not empty: what a file is shows there
};

struct TreeDialect {
  Format format;
  // Paths that decide alone, as globs: of the name, or with `**/` of the path's end.
  std::span<const std::string_view> paths = {};
  // Whether a file is of this dialect, by what it says. Of several that say so the surest one has it.
  bool (*recognises)(const ParsedFile& file) = nullptr;
  uint32_t certainty = 0;
  bool data = false;  // entries of it configure nothing: there are no facts
  // Parts of a file whose entries have paths of their own; null: its documents.
  std::vector<EntryRoot> (*roots)(const ParsedFile& file) = nullptr;
  // What it says beyond its entries; null: nothing.
  void (*derive)(const Document& document) = nullptr;
  uint32_t forms = 0;                                  // of references that it knows beyond its reader's
  CommandRole role = CommandRole::Other;               // of its commands, where derive() says nothing else
  std::span<const std::string_view> development = {};  // keys at the top whose entries are for developers
};

// All dialects, in the order of their folders.
std::span<const TreeDialect* const> tree_dialects();
// A format of a reader's own and those of all dialects: what an adapter of YAML or JSON may find.
std::vector<Format> with_dialects(const Format& plain);

// The documents of a file as roots, numbered.
std::vector<EntryRoot> document_roots(const ParsedFile& file);

// What a package manager wrote is known by name alone: it counts as present, whatever its size, and is never parsed.
bool is_lock_file(std::string_view path);

// What a reader of trees knows of its files.
struct TreeReader {
  enum class Tells : uint8_t { Content, Path };  // what a file's dialect is told by
  std::string_view plain;                        // the format of a file without a dialect
  uint32_t forms = references::tree;             // of references
  Tells tells = Tells::Content;
};
// Sets the format and writes all facts of a parsed file.
void add_tree_facts(const SourceFile& file, const ConfigTree& tree, const TreeReader& reader, FileFacts& facts);

}  // namespace tfcheck
