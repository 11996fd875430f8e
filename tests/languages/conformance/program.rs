// The conformance program. A comment is no evidence: FileHandler::new("commented.log"), password = "commented".
use lib::r#mod as m;
use lib::{App, Query};
use std::collections::HashMap;
use std::env;
use std::process::Command;

const LOG: &str = "app.log";

struct Server {
    retries: u32,
}

impl m::Base for Server {
    #[route("/orders")]
    fn start(&mut self) {
        self.retries = 3;
        listen(self.retries);
    }
}

fn main() -> Result<(), std::io::Error> {
    let handler = m::FileHandler::new(LOG);
    let url = env::var("DATABASE_URL")?;
    let port = env::var("PORT").unwrap_or("8080".to_string()).parse::<u16>()?;
    let secret = env::var("SECRET_KEY").unwrap_or_else(|_| String::from("change-me"));
    let cache = env_or("CACHE_URL", "redis://cache");
    let password = "hunter2-hunter2";
    let greeting = format!("postgres://{}/app", url);
    let settings = HashMap::from([("handlers", HashMap::from([("file", HashMap::from([("path", "app.log")]))]))]);
    let app = App::new();
    app.run(8080);
    connect("db.internal", 5432);
    open_log(LOG);
    if env::var("APP_ENV").as_deref() == Ok("development") {
        only_in_development();
    }
    for item in items {
        each_item(item);
    }
    schedule(|| in_lambda());
    Command::new("convert").arg("in.png").arg("out.png").spawn()?;
    tell(format!("started on {port}"));
    Query::new().r#where("a").sort("b").limit(1).page(2).join("c").group("d").having("e").tag("f").lock(3).cache(4).trace(5).first("g");
    loop {
        inside_loop();
    }
}
