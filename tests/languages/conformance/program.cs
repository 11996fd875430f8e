// The conformance program. A comment is no evidence: new lib.mod.FileHandler("commented.log"), password = "commented".
using System;
using System.Collections.Generic;
using System.Diagnostics;

class Program
{
    const string LOG = "app.log";
    static object handler = new lib.mod.FileHandler(LOG);
    static string url = Environment.GetEnvironmentVariable("DATABASE_URL");
    static int port = int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "8080");
    static string secret = Environment.GetEnvironmentVariable("SECRET_KEY") ?? "change-me";
    static string cache = GetEnv("CACHE_URL", "redis://cache");
    static string password = "hunter2-hunter2";
    static string greeting = $"postgres://{url}/app";
    static object settings = new Dictionary<string, object>
    {
        ["handlers"] = new Dictionary<string, object>
        {
            ["file"] = new Dictionary<string, object> { { "path", "app.log" } }
        }
    };

    class Server : lib.mod.Base
    {
        int retries = 3;

        [Route("/orders")]
        void start()
        {
            listen(this.retries);
        }
    }

    static void Main(string[] args)
    {
        var app = new lib.App();
        app.run(8080);
        connect("db.internal", 5432);
        open_log(LOG);
        if (Environment.GetEnvironmentVariable("APP_ENV") == "development")
        {
            only_in_development();
        }
        try
        {
            risky();
        }
        catch (Exception e)
        {
            recover();
        }
        foreach (var item in items)
        {
            each_item(item);
        }
        schedule(() => in_lambda());
        Process.Start("convert", "in.png out.png");
        tell($"started on {port}");
        new lib.Query().where("a").sort("b").limit(1).page(2).join("c").group("d").having("e").tag("f").Lock(3).cache(4).trace(5).first("g");
        while (true)
        {
            inside_loop();
        }
    }
}
