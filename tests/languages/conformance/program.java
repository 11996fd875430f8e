// The conformance program. A comment is no evidence: new FileHandler("commented.log"), password = "commented".
import lib.App;
import lib.mod.FileHandler;

class Program {
    static final String LOG = "app.log";
    static Object handler = new FileHandler(LOG);
    static String url = System.getenv("DATABASE_URL");
    static int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    static String secret = Optional.ofNullable(System.getenv("SECRET_KEY")).orElse("change-me");
    static String password = "hunter2-hunter2";
    static String greeting = "postgres://" + url + "/app";
    static Map<String, Object> settings = Map.of("handlers", Map.of("file", Map.of("path", "app.log")));

    public static void main(String[] args) {
        App app = new App();
        app.run(8080);
        connect("db.internal", 5432);
        open_log(LOG);
        if ("development".equals(System.getenv("APP_ENV"))) {
            only_in_development();
        }
        while (true) {
            inside_loop();
        }
    }
}
