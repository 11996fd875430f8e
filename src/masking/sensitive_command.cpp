#include "masking/sensitive_command.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "masking/sensitive_name.h"

namespace tfcheck {

namespace {

enum class Form : char {
  Joined,  // "-pX"
  Next,    // "-p X"
  Pair,    // "-u user:X", of which X
  Second,  // "add_user name X"
};

struct SecretOption {
  std::string_view program;
  std::string_view option;
  Form form;
};

constexpr SecretOption options[] = {
    {"mysql", "-p", Form::Joined},
    {"mysqldump", "-p", Form::Joined},
    {"mysqladmin", "-p", Form::Joined},
    {"mysqlimport", "-p", Form::Joined},
    {"mysqlcheck", "-p", Form::Joined},
    {"mysqlpump", "-p", Form::Joined},
    {"mysqlsh", "-p", Form::Joined},
    {"mysqlbinlog", "-p", Form::Joined},
    {"mariadb", "-p", Form::Joined},
    {"mariadb-dump", "-p", Form::Joined},
    {"mariadb-admin", "-p", Form::Joined},
    {"mariadb-backup", "-p", Form::Joined},
    {"mycli", "-p", Form::Joined},
    {"sshpass", "-p", Form::Joined},
    {"sshpass", "-p", Form::Next},
    {"mongo", "-p", Form::Next},
    {"mongosh", "-p", Form::Next},
    {"mongodump", "-p", Form::Next},
    {"mongorestore", "-p", Form::Next},
    {"mongoimport", "-p", Form::Next},
    {"mongoexport", "-p", Form::Next},
    {"redis-cli", "-a", Form::Next},
    {"redis-benchmark", "-a", Form::Next},
    {"valkey-cli", "-a", Form::Next},
    {"sqlcmd", "-P", Form::Next},
    {"bcp", "-P", Form::Next},
    {"login", "-p", Form::Next},  // docker login, podman login, az login
    {"cqlsh", "-p", Form::Next},
    {"influx", "-t", Form::Next},
    {"ldapsearch", "-w", Form::Next},
    {"ldapadd", "-w", Form::Next},
    {"ldapmodify", "-w", Form::Next},
    {"keytool", "-storepass", Form::Next},
    {"keytool", "-keypass", Form::Next},
    {"jarsigner", "-storepass", Form::Next},
    {"jarsigner", "-keypass", Form::Next},
    {"zip", "-P", Form::Next},
    {"unzip", "-P", Form::Next},
    {"7z", "-p", Form::Joined},
    {"htpasswd", "-b", Form::Second},
    {"htpasswd", "-nb", Form::Second},
    {"htpasswd", "-bn", Form::Second},
    {"rabbitmqctl", "add_user", Form::Second},
    {"rabbitmqctl", "change_password", Form::Second},
    {"curl", "-u", Form::Pair},
    {"curl", "--user", Form::Pair},
    {"curl", "-U", Form::Pair},
    {"curl", "--proxy-user", Form::Pair},
    {"wget", "-u", Form::Pair},
    {"http", "-a", Form::Pair},
    {"http", "--auth", Form::Pair},
    {"https", "-a", Form::Pair},
    {"https", "--auth", Form::Pair},
    {"xh", "-a", Form::Pair},
    {"ab", "-A", Form::Pair},
    {"lftp", "-u", Form::Pair},
    {"siege", "-u", Form::Pair},
    {"etcdctl", "--user", Form::Pair},
    {"snmpwalk", "-c", Form::Next},
};

bool is_program(std::string_view word) {
  return std::any_of(std::begin(options), std::end(options),
                     [&](const SecretOption& row) { return row.program == word; });
}

// What an option is called, without its dashes: "" for a word that is none.
std::string_view option_name(std::string_view word) {
  size_t begin = word.find_first_not_of('-');
  bool option = begin == 1 || begin == 2;
  return option && word.find(' ') == std::string_view::npos ? word.substr(begin) : std::string_view{};
}

class CommandScan {
 public:
  explicit CommandScan(std::span<const std::string_view> words) : words_(words) {}

  std::vector<WordPart> run() {
    for (at_ = 0; at_ < words_.size(); ++at_) {
      std::string_view word = words_[at_];
      if (std::string_view name = base_name(word); is_program(name)) program_ = name;
      if (named(word)) continue;
      for (const SecretOption& row : options) {
        if (row.program == program_ && apply(row, word)) break;
      }
    }
    return std::move(found_);
  }

 private:
  void add(size_t word, size_t begin) {
    if (word < words_.size() && !is_harmless(words_[word].substr(begin))) found_.push_back({word, begin});
  }

  // The word behind an option is its value unless it is an option itself.
  bool has_value() const { return at_ + 1 < words_.size() && !words_[at_ + 1].starts_with('-'); }

  // "--token X", "--token=X", "TOKEN=X", "-Dtoken=X"
  bool named(std::string_view word) {
    size_t sign = word.find("://") == std::string_view::npos ? word.find('=') : std::string_view::npos;
    if (sign != std::string_view::npos) {
      if (sense_of(word.substr(0, sign)) != NameSense::Secret) return false;
      add(at_, sign + 1);
      return true;
    }
    std::string_view name = option_name(word);
    if (name.size() < 2 || sense_of(name) != NameSense::Secret || !has_value()) return false;
    add(at_ + 1, words_[at_ + 1].starts_with("pass:") ? 5 : 0);
    return true;
  }

  bool apply(const SecretOption& row, std::string_view word) {
    switch (row.form) {
      case Form::Joined: {
        std::string_view value = word.starts_with(row.option) ? word.substr(row.option.size()) : std::string_view{};
        // "-p3306:3306" publishes a container's port, "-port" is another program's.
        bool port = value.starts_with("ort") || (value.find(':') != std::string_view::npos &&
                                                 value.find_first_not_of("0123456789:.") == std::string_view::npos);
        if (value.empty() || port) return false;
        add(at_, row.option.size());
        return true;
      }
      case Form::Next:
        if (word != row.option || !has_value()) return false;
        add(at_ + 1, 0);
        return true;
      case Form::Pair: {
        bool joined = word.starts_with(row.option) && word.size() > row.option.size() && row.option.size() == 2;
        size_t target = joined ? at_ : at_ + 1;
        if ((word != row.option && !joined) || target >= words_.size()) return false;
        size_t colon = words_[target].find(':');
        if (colon != std::string_view::npos) add(target, colon + 1);
        return true;
      }
      case Form::Second:
        if (word != row.option) return false;
        second();
        return true;
    }
    return false;
  }

  // The last of up to three plain words: a file may stand before name and password.
  void second() {
    size_t last = at_ + 1;
    while (last + 1 < words_.size() && last < at_ + 3 && !words_[last + 1].starts_with('-')) ++last;
    if (last > at_ + 1) add(last, 0);
  }

  std::span<const std::string_view> words_;
  size_t at_ = 0;
  std::string_view program_;
  std::vector<WordPart> found_;
};

}  // namespace

std::vector<WordPart> secret_words(std::span<const std::string_view> words) {
  return CommandScan(words).run();
}

}  // namespace tfcheck
