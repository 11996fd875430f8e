// What a dialect has at hand to say more than its entries: the document, and the makers of images, commands and
// environment lists.
#pragma once

#include <string>
#include <string_view>

#include "facts/file_facts.h"
#include "formats/tree_entries/config_tree.h"
#include "formats/tree_entries/entries.h"
#include "formats/tree_entries/values.h"

namespace tfcheck {

// Longer texts are no names of images.
inline constexpr size_t longest_image = 1'024;

// One document (or one object of a Kubernetes list) on its way to facts.
struct Document {
  const ConfigTree& tree;
  FileFacts& facts;
  EntryRoot root;
  uint32_t forms = references::tree;      // of references that it knows
  CommandRole role = CommandRole::Other;  // of the commands that are added
  size_t& shell_left;  // bytes of shell text that may still be read: an alias repeats its text at every place

  Context context(std::string_view scope) const { return {scope, root.index, root.flags}; }
  // The same document for commands of another role.
  Document as(CommandRole other) const { return {tree, facts, root, forms, other, shell_left}; }
};

// "a" + "b" → "a.b"; either may be empty.
std::string joined(std::string_view path, std::string_view key);

// Image of a scalar such as "registry:5000/acme/web:1.2@sha256:…"; nothing when its name is unknown to the file.
// `built` marks an image that the same service builds.
void add_image(const Document& document, NodeId scalar, std::string_view scope, bool built = false);
// The same of a text that is a part of a scalar.
void add_image_text(const Document& document, std::string_view text, Span span, std::string_view scope,
                    bool built = false);
// Image whose repository and tag are entries of their own.
void add_image_parts(const Document& document, NodeId repository, NodeId tag, std::string_view registry,
                     std::string_view scope);
// `image: x`, or `image: {key: x}`.
void add_image_or_name(const Document& document, NodeId image, std::string_view scope, std::string_view key);
// The images of a list or map of services, each as above.
void add_service_images(const Document& document, NodeId services, std::string_view path, std::string_view key);

// Command of a scalar (shell text) or of a list of words.
void add_command(const Document& document, NodeId value, std::string_view scope);
// Commands of a scalar or of each scalar of a list (also of nested lists): all are shell text.
// `index` is Context.index of the first of them, the result the first that they leave free.
uint32_t add_script(const Document& document, NodeId value, std::string_view scope, uint32_t index = 0);
// The scripts of some keys of a map.
void add_scripts(const Document& document, NodeId map, std::string_view path, std::span<const std::string_view> keys);
// Command of the words of up to two lists, as Kubernetes joins command and args.
void add_words(const Document& document, NodeId first, NodeId second, std::string_view scope, uint32_t skipped = 0);

// Entry "path.NAME" of a variable whose name and value are entries of their own; nothing without a name or a scalar.
void add_variable(const Document& document, std::string_view path, std::string_view name, NodeId value);
// Entries "path.NAME" for a list of "NAME=value" texts; "NAME" alone is passed on from the environment.
void add_assignments(const Document& document, NodeId list, std::string_view path);

}  // namespace tfcheck
