#include "formats/adapters.h"

#include <catch2/catch.hpp>

using namespace tfcheck;

TEST_CASE("the whole name of a file says what reads it") {
  static const AdapterIndex index;
  struct Row {
    const char* path;
    const char* adapter;
  };
  for (const Row& row :
       {Row{".env", "dotenv"}, Row{".env.production", "dotenv"}, Row{"shop.env.local", "dotenv"},
        Row{".env-stage", "dotenv"}, Row{"src/app.env.dto.ts", "typescript"}, Row{".env.ts", "typescript"},
        Row{"dotenv.js", "javascript"}, Row{"dev.env.py", "python"}, Row{".env.sh", "shell"}, Row{".env.json", "json"},
        Row{".env-cmdrc.js", "javascript"}, Row{"crontab.py", "python"}, Row{"crontab.live", "crontab"},
        Row{"Dockerfile.php", "dockerfile"}, Row{"Procfile.dev", "procfile"}, Row{"etc/haproxy.cfg", "haproxy"}}) {
    CAPTURE(row.path);
    const Adapter* adapter = index.of_path(row.path);
    CHECK(std::string(adapter ? adapter->name : "nothing") == row.adapter);
  }
}
