// Whom an address in a file serves: a deploy of the app, or only whoever sets it up, tries it out, or runs the code on
// a machine of their own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "model/by_hand.h"
#include "model/handed_settings.h"
#include "model/overlaid_files.h"
#include "model/project_view.h"
#include "model/service_address.h"

namespace tfcheck {

// How much an address is worth telling.
enum class AddressWeight : uint8_t { Full, Note, Nothing };

class AddressUse {
 public:
  explicit AddressUse(const ProjectView& view);

  // Of an address that others are meant to override, by a variable or an option: one on the machine itself or by a
  // sibling's usual name is good practice.
  static AddressWeight of_default(const Spot& spot);
  // Of one that stands in a file as it is, at a fact of it.
  AddressWeight of_literal(uint32_t file, const Fact& fact, const Spot& spot);
  // A key of mail, or an address of it.
  bool is_about_mail(std::string_view key, const Spot& spot) const;
  // True when no address in the file is one that the app looks for: records that somebody made up, and what a deploy
  // hands to programs of others.
  bool is_made_up(uint32_t file) const;
  // True for data that configures nothing: a web address in it is no sibling's.
  bool is_plain_data(uint32_t file) const;
  // `DEFAULT_HOST = …`, `defaults.host`, and what stands in `defaultOptions()`: others are meant to say another. A
  // connection that is called `default` is none.
  bool is_named_default(const Fact& fact) const;
  // Data that is called so, or that code lays the environment over: others say what is different for them
  // (`db.default.properties`, `defaults.hjson`).
  bool is_file_of_defaults(uint32_t file);

 private:
  bool is_of_environment(uint32_t file, const Fact& fact) const;
  bool is_input_of_deploy(uint32_t file);
  void find_taken();
  bool is_of_vendor(uint32_t file, const Spot& spot) const;
  bool is_run_by_deploy(uint32_t file);
  bool is_for_browsers(uint32_t file);
  bool is_client(uint32_t component);
  bool names_local_program(uint32_t file, const Fact& fact) const;
  bool asks(uint32_t file);
  void find_variants();

  const ProjectView& view_;
  HandedSettings handed_;
  ByHand by_hand_;
  const WordSet &defaults_, &products_, &browser_modules_, &client_packages_, &server_packages_, &environments_;
  const WordSet &local_programs_, &configuration_words_, &asks_, &mail_words_, &adapters_, &schema_tools_,
      &vendor_apis_, &places_;
  OverlaidFiles overlaid_;
  std::set<uint32_t> variants_;
  const WordSet& deploys_;
  std::optional<std::set<std::string_view>> taken_;  // paths of files and folders that code and what deploys it name
  std::map<uint32_t, bool> deployed_, browsers_, asking_;  // by file, once asked for
  std::map<uint32_t, bool> clients_;                       // by component
};

// The host of a spot is the machine itself.
bool is_on_this_machine(const Spot& spot);

}  // namespace tfcheck
