# The conformance program. A comment is no evidence: Lib::Mod::FileHandler.new("commented.log"), password = "commented".
require "lib/mod"
require "lib/app"

=begin
password = "commented"
=end
LOG = "app.log"
HANDLER = Lib::Mod::FileHandler.new(LOG)
url = ENV["DATABASE_URL"]
port = Integer(ENV.fetch("PORT", "8080"))
secret = ENV["SECRET_KEY"] || "change-me"
password = "hunter2-hunter2"
greeting = "postgres://#{url}/app"
settings = { handlers: { "file" => { path: "app.log" } } }

def main
  app = Lib::App.new
  app.run(8080)
  connect "db.internal", 5432
  open_log LOG
  only_in_development() if ENV["APP_ENV"] == "development"
  loop do
    inside_loop()
  end
end

main if __FILE__ == $PROGRAM_NAME
