// The conformance program. A comment is no evidence: lib_mod_FileHandler("commented.log"), password = "commented".
#include <stdlib.h>
#include "lib/app.h"

#define LOG "app" ".log"

#if 0
static const char *password = "commented";
#endif

static const char *password = "hunter2-hunter2";

static struct {
    struct {
        struct { const char *path; } file;
    } handlers;
} settings = {.handlers = {.file = {.path = LOG}}};

void Server_start(struct Server *server) {
    server->retries = 3;
    listen(server->retries);
}

int main(int argc, char **argv) {
    struct handler *handler = lib_mod_FileHandler(LOG);
    char *url = getenv("DATABASE_URL");
    const char *port = getenv_or("PORT", "8080");
    char *secret = getenv("SECRET_KEY");
    if (!secret) secret = "change-me";
    const char *cache = get_env("CACHE_URL", "redis://cache");
    struct App *app = lib_App();
    lib_App_run(app, 8080);
    connect("db.internal", 5432);
    open_log(LOG);
    const char *env = getenv("APP_ENV");
    if (strcmp(env, "development") == 0) {
        only_in_development();
    }
    for (int i = 0; i < count; i++) {
        item = &items[i];
        each_item(item);
    }
    schedule(in_lambda);
    system("convert in.png out.png");
    tell("started on %s", port);
    for (;;) {
        inside_loop();
    }
}
