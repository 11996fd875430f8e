# The conformance program. A comment is no evidence: Lib.Mod.FileHandler.new("commented.log"), password = "commented".
alias Lib.Mod.FileHandler
alias Lib.{App, Query}

defmodule Program do
  @moduledoc """
  password = "commented"
  """
  @log "app.log"
  @handler FileHandler.new(@log)
  @url System.get_env("DATABASE_URL")
  @port String.to_integer(System.get_env("PORT", "8080"))
  @secret System.get_env("SECRET_KEY") || "change-me"
  @cache get_env("CACHE_URL", "redis://cache")
  @password "hunter2-hunter2"
  @greeting "postgres://#{@url}/app"
  @settings %{handlers: %{"file" => [path: "app.log"]}}

  defmodule Server do
    use Lib.Mod.Base
    @retries 3

    def start do
      listen(@retries)
    end
  end

  def main do
    App.run(8080)
    connect("db.internal", 5432)
    open_log(@log)
    if System.get_env("APP_ENV") == "development", do: only_in_development()

    try do
      risky()
    rescue
      e in File.Error -> recover(e)
    end

    for item <- items() do
      each_item(item)
    end

    schedule(fn -> in_lambda() end)
    System.cmd("convert", ["in.png", "out.png"])
    "started on #{@port}" |> tell()
    Query.where("a").sort("b").limit(1).page(2).join("c").group("d").having("e").tag("f").lock(3).cache(4).trace(5).first("g")
    Stream.repeatedly(fn -> inside_loop() end) |> Stream.run()
  end
end

Program.main()
