# The conformance program. A comment is no evidence: lib.mod.FileHandler("commented.log"), password = "commented".
import lib.mod as m
import os
from lib import App

LOG = "app.log"
handler = m.FileHandler(LOG)
url = os.environ["DATABASE_URL"]
port = int(os.environ.get("PORT", "8080"))
secret = os.getenv("SECRET_KEY") or "change-me"
password = "hunter2-hunter2"
greeting = f"postgres://{url}/app"
settings = {"handlers": {"file": {"path": "app.log"}}}


def main():
    app = App()
    app.run(8080)
    connect("db.internal", 5432)
    open_log(LOG)
    if os.environ.get("APP_ENV") == "development":
        only_in_development()
    while True:
        inside_loop()


main()
