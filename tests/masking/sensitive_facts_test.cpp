#include "masking/sensitive_facts.h"

#include <catch2/catch.hpp>

#include "formats/adapters.h"
#include "masking/sensitive_text.h"
#include "support/vocabulary.h"

using namespace tfcheck;

namespace {

FileFacts facts_of(std::string_view path, std::string_view text) {
  FileFacts facts;
  AdapterIndex().of_path(path)->extract({path, text}, facts);
  return facts;
}

// The text with what its facts say is secret as [].
std::string cut(std::string_view path, std::string_view text) {
  FileFacts facts = facts_of(path, text);
  SensitiveFile secrets = sensitive_file(model_words().masking, facts, text);
  std::string out;
  size_t at = 0;
  for (Span span : secrets.spans) {
    out += text.substr(at, span.begin - at);
    out += "[]";
    at = span.end;
  }
  out += text.substr(at);
  for (const SensitiveText& secret : secrets.texts) out += "+" + secret.text;
  return out;
}

struct Row {
  const char* path;
  const char* text;
  const char* cut;
};

}  // namespace

TEST_CASE("facts say what a line does not") {
  for (const Row& row : {
           Row{"k.yml", "env:\n  - name: DB_PASSWORD\n    value: abc\n",
               "env:\n  - name: DB_PASSWORD\n    value: []\n"},
           Row{"k.yml", "password:\n  abc\n", "password:\n  []\n"},
           Row{"k.yml", "password: |\n  abc\n  def\n", "password: |\n  []\n  []\n"},
           Row{"a.py", "password = (\n  'ab'\n  'cd'\n)\n", "password = (\n  '[]'\n)\n"},
           Row{"a.py", "x = 'postgres:\\x2f\\x2fu:ab1@db'\n", "x = '[]'\n"},
           Row{"a.py", "x = ('postgres://u:'\n     'ab1@db')\n", "x = ('postgres://u:'\n     '[]@db')\n"},
           Row{"a.py", "connect(user='u', password='ab1')\n", "connect(user='u', password='[]')\n"},
           Row{"a.py", "get(u, auth=('ann', 'ab1'))\n", "get(u, auth=('ann', '[]'))\n"},
           Row{"a.py", "password = SecretStr('ab1')\n", "password = SecretStr('[]')\n"},
           Row{"a.py", "CREDENTIALS = {'user': 'ann', 'password': 'ab1'}\n",
               "CREDENTIALS = {'user': 'ann', 'password': '[]'}\n"},
           Row{"a.py", "pw = os.environ.get('DB_PASSWORD', 'ab1')\n", "pw = os.environ.get('DB_PASSWORD', '[]')\n"},
           Row{"a.py", "run(['mysqldump',\n     '-pab1'])\n", "run(['mysqldump',\n     '-p[]'])\n"},
           Row{"a.js", "spawn('curl', ['-u', 'ann:ab1'])\n", "spawn('curl', ['-u', 'ann:[]'])\n"},
           Row{"a.js", "client.setPassword('ab')\n", "client.setPassword('[]')\n"},
           Row{"a.rb", "config.password = 'ab1'\n", "config.password = '[]'\n"},
           Row{"Dockerfile", "FROM a\nRUN mysql \\\n  -pab1 x\n", "FROM a\nRUN mysql \\\n  -p[] x\n"},
           Row{"Dockerfile", "FROM a\nENV A=b DB_PASSWORD=ab1\n", "FROM a\nENV A=b DB_PASSWORD=[]\n"},
           Row{"a.sh", "mysqldump \\\n  -pab1 \\\n  x\n", "mysqldump \\\n  -p[] \\\n  x\n"},
           Row{"crontab", "0 1 * * * mysqldump -pab1 x\n", "0 1 * * * mysqldump -p[] x\n"},
           Row{"Procfile", "web: app --token ab1 --x y\n", "web: app --token [] --x y\n"},
           Row{".env", "DB_PASSWORD=a b,c\n", "DB_PASSWORD=[]\n"},
           Row{"package.json", R"({"scripts": {"start": "app --token ab1"}})",
               R"({"scripts": {"start": "app --token []"}})"},
           // A constant is masked where it is written, not where its name stands.
           Row{"a.py", "PW = 'x'\nDB_PASSWORD = 'ab1'\nconnect(password=DB_PASSWORD)\n",
               "PW = 'x'\nDB_PASSWORD = '[]'\nconnect(password=DB_PASSWORD)\n"},
           // What it is made of is known as a whole and in pieces.
           Row{"a.py", "token = 'abcd1efg' + 'hijk2lmn'\nf('abcd1efghijk2lmn')\n",
               "token = '[]'\nf('abcd1efghijk2lmn')\n+abcd1efghijk2lmn+abcd1efg+hijk2lmn"},
           Row{"a.py", "P = 'abcd1efg'\ntoken = P + 'hijk2lmn'\n",
               "P = 'abcd1efg'\ntoken = P + '[]'\n+abcd1efghijk2lmn+hijk2lmn+abcd1efg"},
           Row{"a.php", "<?php new PDO('mysql:host=db', 'shop', 'ab1');",
               "<?php new PDO('mysql:host=db', 'shop', '[]');"},
           Row{"a.py", "signing_key = load('k7Rt2pLq9Zx4Vb1N')\n", "signing_key = load('[]')\n"},
           // Nothing to hide.
           Row{"a.py", "password = get_password('db1')\n", "password = get_password('db1')\n"},
           Row{"a.py", "names = ['user', 'password', 'host']\n", "names = ['user', 'password', 'host']\n"},
           Row{"a.yml", "password: ${DB_PASSWORD}\n", "password: ${DB_PASSWORD}\n"},
       }) {
    CAPTURE(row.path, row.text);
    CHECK(cut(row.path, row.text) == row.cut);
  }
}

TEST_CASE("facts and commands are written without their secrets") {
  std::string text = "subprocess.run(['mysql', '-pab', '--x', 'y'])\npassword = 'ab'\n";
  FileFacts facts = facts_of("a.py", text);
  FactWriter writer(model_words().masking, facts, text);
  for (size_t i = 0; i < facts.facts().size(); ++i) {
    std::string shown = writer.write(i);
    CAPTURE(shown);
    CHECK(shown.find("ab\"") == std::string::npos);
    if (facts.facts()[i].kind == FactKind::Command)
      CHECK(masked_command(model_words().masking, facts.facts()[i]) == "mysql -p******** --x y");
  }
}

TEST_CASE("many values, long ones and a value for a whole script cost no more than their text") {
  std::string list = "x = [";
  for (int i = 0; i < 20'000; ++i) list += "'postgres://u:ab" + std::to_string(i) + "@db', ";
  CHECK(sensitive_file(model_words().masking, facts_of("a.py", list + "]\n"), list + "]\n").spans.size() == 20'000);
  std::string constant = "X = '";
  for (int i = 0; i < 10'000; ++i) constant += "postgres://u:ab" + std::to_string(i) + "@db ";
  constant += "'\n";
  for (int i = 0; i < 10'000; ++i) constant += "f(X)\n";
  CHECK(sensitive_file(model_words().masking, facts_of("a.py", constant), constant).spans.size() == 10'000);
  std::string script = "run: >-\n";
  for (int i = 0; i < 5'000; ++i) script += "  mysql -pab" + std::to_string(i) + ";\n";
  CHECK(sensitive_file(model_words().masking, facts_of(".github/workflows/a.yml", script), script).spans.size() <=
        5'000);
}
