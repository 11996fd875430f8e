// The conformance program. A comment is no evidence: FileHandler("commented.log"), password = "commented".
#include <cstdlib>
#include <string>
#include "lib/app.h"

namespace m = lib::mod;
using lib::App;
using lib::Query;

constexpr const char* LOG = "app" ".log";
m::FileHandler handler{LOG};
static Settings settings = {.handlers = {.file = {.path = LOG}}};
std::string password = "hunter2-hunter2";

class Server : public m::Base {
  int retries = 3;

 public:
  [[route("/orders")]] void start() { listen(this->retries); }
};

int main(int argc, char** argv) {
  std::string url = std::getenv("DATABASE_URL");
  int port = std::stoi(getenv_or("PORT", "8080"));
  const char* secret = std::getenv("SECRET_KEY");
  if (!secret) secret = "change-me";
  auto cache = get_env("CACHE_URL", "redis://cache");
  std::string greeting = "postgres://" + url + "/app";
  App app;
  app.run(8080);
  connect("db.internal", 5432);
  open_log(LOG);
  const char* env = std::getenv("APP_ENV");
  if (strcmp(env, "development") == 0) {
    only_in_development();
  }
  try {
    risky();
  } catch (const std::exception& e) {
    recover();
  }
  for (const auto& item : items) {
    each_item(item);
  }
  schedule([] { in_lambda(); });
  std::system("convert in.png out.png");
  tell("started on " + std::to_string(port));
  Query().where("a").sort("b").limit(1).page(2).join("c").group("d").having("e").tag("f").lock(3).cache(4).trace(5).first("g");
  while (true) {
    inside_loop();
  }
}
