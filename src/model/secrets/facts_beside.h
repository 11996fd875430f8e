// What stands beside a fact that could hold a secret: a connection's other parts, or things that are only named.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/project_view.h"
#include "model/secrets/secrets.h"

namespace tfcheck {

class FactsBeside {
 public:
  FactsBeside(const ProjectView& view, const Secrets& secrets);
  // The file that is asked about from now on; `code`: it is a program.
  void set_file(const FileFacts& facts, bool code) { facts_ = &facts, code_ = code; }

  // A user, a host or their like.
  bool has_connection(uint32_t index) const;
  bool is_connection(std::string_view name) const;
  // Of whom somebody logs in as.
  bool is_login(std::string_view name) const;
  // host = localhost, url = jdbc:mysql://127.0.0.1/shop: the connection is to a service on the same machine.
  bool is_on_this_machine(uint32_t index) const;
  // url = jdbc:h2:file:…, jdbc:tc:postgresql:…: the database runs in the process that opens it, or is started for it.
  bool is_of_embedded(uint32_t index) const;
  // {existingSecret: "shop", passwordKey: "shop-password"}, apiKeySecret: {name: "shop", key: "token"}, {secret:
  // "shop-database", key: "password"}: the value says which secret is meant, or under which of its keys it stands.
  bool is_part_of_reference(uint32_t index) const;
  // {"DB_USER": "user", "DB_PASSWORD": "password"}, enum { Host = "host", Port = "port", Password = "password" }: what
  // things are called, told by neighbours that are no secret.
  bool is_name_map(uint32_t index) const;
  // MethodCard = "card", MethodMail = "mail", MethodPassword = "pwd"; flash_key = "_flash", totp_secret_key = "_totp":
  // one of a family of names.
  bool is_one_of_names(uint32_t index) const;
  // {clientId: "orders", secret: "…"}: the secret of a client of whoever signs people in.
  bool is_of_client(uint32_t index) const;
  // credentials: [{type: password, value: "…"}]
  bool is_typed_password(uint32_t index) const;
  // user = anonymous: by convention anything is its password.
  bool is_of_nobody(uint32_t index) const;

 private:
  template <typename Visit>
  void each_beside(uint32_t index, Visit visit) const;

  const Secrets& secrets_;
  bool is_family(uint32_t index, bool by_first) const;
  bool is_pair_of_reference(uint32_t index) const;

  const WordSet &connection_names_, &login_names_, &references_, &holders_, &embedded_;
  const FileFacts* facts_ = nullptr;
  bool code_ = false;
};

// "password" of the entry "JSON.stringify.password": the key of what a call near by is handed, without the call where
// that says what it does (`verbs`) and not what it sets up; any other name as it is. `facts`: of the entry's file.
std::string_view key_alone(std::span<const Fact> facts, uint32_t index, const WordSet& verbs);
// "a.b" of "a.b.c", "" of "c".
std::string_view parent_of(std::string_view name);

}  // namespace tfcheck
