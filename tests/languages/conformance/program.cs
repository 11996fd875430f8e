// The conformance program. A comment is no evidence: new lib.mod.FileHandler("commented.log"), password = "commented".
using System;
using System.Collections.Generic;

class Program
{
    const string LOG = "app.log";
    static object handler = new lib.mod.FileHandler(LOG);
    static string url = Environment.GetEnvironmentVariable("DATABASE_URL");
    static int port = int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "8080");
    static string secret = Environment.GetEnvironmentVariable("SECRET_KEY") ?? "change-me";
    static string password = "hunter2-hunter2";
    static string greeting = $"postgres://{url}/app";
    static object settings = new Dictionary<string, object>
    {
        ["handlers"] = new Dictionary<string, object>
        {
            ["file"] = new Dictionary<string, object> { { "path", "app.log" } }
        }
    };

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
        while (true)
        {
            inside_loop();
        }
    }
}
