// What rules know as secrets no output shows: masking goes by the same words, and by more.
#include "masking/mask_words.h"

#include <catch2/catch.hpp>

#include "masking/sensitive_command.h"
#include "masking/sensitive_name.h"
#include "support/vocabulary.h"

using namespace tfcheck;

namespace {

const MaskWords& words() {
  return model_words().masking;
}

// A name that a glob stands for.
std::string name_of(std::string_view glob) {
  std::string name;
  for (char c : glob) name += c == '*' ? "my" : c == '?' ? "2" : std::string(1, c);
  return name;
}

}  // namespace

TEST_CASE("every name that rules take for a secret's announces one") {
  for (const char* set : {"password-name", "signing-name", "credential-name"}) {
    for (const std::string& glob : built_in_vocabulary().set(set).patterns()) {
      CAPTURE(set, glob);
      CHECK(sense_of(words(), name_of(glob)) != NameSense::Nothing);
    }
  }
}

TEST_CASE("every call that rules know hands its secret over at that place") {
  const WordTable& calls = built_in_vocabulary().table("secret-call");
  for (const WordTable::Row& row : calls.rows()) {
    for (const std::string& glob : row.all(0)) {
      CAPTURE(glob);
      std::string callee = name_of(glob.starts_with("**") ? "x." + glob.substr(glob.starts_with("**.") ? 3 : 2) : glob);
      CHECK(std::to_string(secret_position(words(), callee)) == row.one(calls.column("position")));
    }
  }
}

TEST_CASE("names, calls and values of which only masking knows") {
  struct Name {
    const char* name;
    NameSense sense;
  };
  for (Name row : {Name{"userPassword2", NameSense::Secret}, Name{"ENCRYPTION_SECONDARY_KEY", NameSense::Secret},
                   Name{"Authorization", NameSense::Authorization}, Name{"primary_key", NameSense::Nothing},
                   Name{"csrf_token", NameSense::Nothing}, Name{"proxy_pass", NameSense::Nothing},
                   Name{"password.value", NameSense::Secret}, Name{"monkey", NameSense::Nothing}}) {
    CAPTURE(row.name);
    CHECK(sense_of(words(), row.name) == row.sense);
  }
  CHECK(secret_position(words(), "\\PDO") == 2);
  CHECK(secret_position(words(), "db.Sequelize") == 2);
  CHECK(secret_position(words(), "APDO") == -1);
  CHECK(hands_over(words(), "client.setPassword"));
  CHECK_FALSE(hands_over(words(), "getPassword"));
  for (const char* shown : {"changeme", "Guest", "your-password", "<token>", "${X}", "hashed", "api_token", "root"}) {
    CAPTURE(shown);
    CHECK(is_harmless(words(), shown));
  }
  for (const char* hidden : {"hash-17x", "vault:s3cr3t", "yourS3cret", "root-token"}) {
    CAPTURE(hidden);
    CHECK_FALSE(is_harmless(words(), hidden));
  }
}

TEST_CASE("options of commands: those of rules, and those that are only masked") {
  struct Row {
    std::vector<std::string_view> command;
    std::string_view secret;
  };
  for (const Row& row : {
           Row{{"mysqldump", "-ptulip77sea", "shop"}, "tulip77sea"},
           Row{{"sshpass", "-p", "tulip77sea", "ssh"}, "tulip77sea"},
           Row{{"docker", "login", "-p", "tulip77sea"}, "tulip77sea"},
           Row{{"docker", "run", "-p", "8080:80"}, ""},
           Row{{"curl", "-u", "ann:tulip77sea"}, "tulip77sea"},
           Row{{"curl", "-uann:tulip77sea"}, "tulip77sea"},
           Row{{"/usr/bin/htpasswd", "-b", "file", "ann", "tulip77sea"}, "tulip77sea"},
           Row{{"keytool", "-storepass", "tulip77sea"}, "tulip77sea"},
           Row{{"mysql", "-port", "3306"}, ""},
           Row{{"ls", "-p", "tulip77sea"}, ""},
       }) {
    CAPTURE(row.command);
    std::string found;
    for (WordPart part : secret_words(words(), row.command)) found += row.command[part.word].substr(part.begin);
    CHECK(found == row.secret);
  }
}
