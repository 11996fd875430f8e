// The conformance program. A comment is no evidence: new FileHandler("commented.log"), password = "commented".
import lib.App;
import lib.Query;
import lib.mod.FileHandler;

class Program {
    static final String LOG = "app.log";
    static Object handler = new FileHandler(LOG);
    static String url = System.getenv("DATABASE_URL");
    static int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    static String secret = Optional.ofNullable(System.getenv("SECRET_KEY")).orElse("change-me");
    static String cache = getEnv("CACHE_URL", "redis://cache");
    static String password = "hunter2-hunter2";
    static String greeting = "postgres://" + url + "/app";
    static Map<String, Object> settings = Map.of("handlers", Map.of("file", Map.of("path", "app.log")));

    static class Server extends lib.mod.Base {
        int retries = 3;

        @Route("/orders")
        void start() {
            listen(this.retries);
        }
    }

    public static void main(String[] args) {
        App app = new App();
        app.run(8080);
        connect("db.internal", 5432);
        open_log(LOG);
        if (System.getenv("APP_ENV").equals("development")) {
            only_in_development();
        }
        try {
            risky();
        } catch (IOException e) {
            recover();
        }
        for (String item : items) {
            each_item(item);
        }
        schedule(() -> in_lambda());
        Runtime.getRuntime().exec("convert in.png out.png");
        tell("started on " + port);
        new Query().where("a").sort("b").limit(1).page(2).join("c").group("d").having("e").tag("f").lock(3).cache(4).trace(5).first("g");
        while (true) {
            inside_loop();
        }
    }
}
