# The conformance program. A comment is no evidence: lib.mod.FileHandler("commented.log"), password = "commented".
import lib.mod as m
import os
from lib import App, Query

LOG = "app.log"
handler = m.FileHandler(LOG)
url = os.environ["DATABASE_URL"]
port = int(os.environ.get("PORT", "8080"))
secret = os.getenv("SECRET_KEY") or "change-me"
cache = get_env("CACHE_URL", "redis://cache")
password = "hunter2-hunter2"
greeting = f"postgres://{url}/app"
settings = {"handlers": {"file": {"path": "app.log"}}}


class Server(m.Base):
    retries = 3

    @route("/orders")
    def start(self):
        listen(self.retries)


def main():
    app = App()
    app.run(8080)
    connect("db.internal", 5432)
    open_log(LOG)
    if os.environ.get("APP_ENV") == "development":
        only_in_development()
    try:
        risky()
    except OSError:
        recover()
    for item in items:
        each_item(item)
    schedule(lambda: in_lambda())
    os.system("convert in.png out.png")
    tell(f"started on {port}")
    Query().where("a").sort("b").limit(1).page(2).join("c").group("d").having("e").tag("f").lock(3).cache(4).trace(5).first("g")
    while True:
        inside_loop()


main()
