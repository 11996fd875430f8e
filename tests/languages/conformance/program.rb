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
cache = get_env("CACHE_URL", "redis://cache")
password = "hunter2-hunter2"
greeting = "postgres://#{url}/app"
settings = { handlers: { "file" => { path: "app.log" } } }
tell("started on #{port}")

class Server < Lib::Mod::Base
  def initialize
    @retries = 3
  end

  def start
    listen(@retries)
  end
end

def main
  app = Lib::App.new
  app.run(8080)
  connect "db.internal", 5432
  open_log LOG
  only_in_development() if ENV["APP_ENV"] == "development"
  begin
    risky()
  rescue IOError
    recover()
  end
  for item in items
    each_item(item)
  end
  schedule(-> { in_lambda() })
  system("convert in.png out.png")
  Lib::Query.new.where("a").sort("b").limit(1).page(2).join("c").group("d").having("e").tag("f").lock(3).cache(4).trace(5).first("g")
  loop do
    inside_loop()
  end
end

main if __FILE__ == $PROGRAM_NAME
