// The conformance program. A comment is no evidence: FileHandler("commented.log"), password = "commented".
import lib.App
import lib.Query
import lib.mod.FileHandler

const val LOG = "app.log"
val handler = FileHandler(LOG)
val url = System.getenv("DATABASE_URL")
val port = (System.getenv("PORT") ?: "8080").toInt()
val secret: String = System.getenv("SECRET_KEY") ?: "change-me"
val cache = getEnv("CACHE_URL", "redis://cache")
val password = "hunter2-hunter2"
val greeting = "postgres://$url/app"
val settings = mapOf("handlers" to mapOf("file" to mapOf("path" to "app.log")))

class Server : lib.mod.Base() {
    private val retries: Int = 3

    @Route("/orders")
    fun start() {
        listen(this.retries)
    }
}

fun main(args: Array<String>) {
    val app = App()
    app.run(8080)
    connect("db.internal", 5432)
    open_log(LOG)
    if (System.getenv("APP_ENV") == "development") {
        only_in_development()
    }
    try {
        risky()
    } catch (e: Exception) {
        recover()
    }
    for (item in items) {
        each_item(item)
    }
    schedule { in_lambda() }
    Runtime.getRuntime().exec("convert in.png out.png")
    tell("started on ${port}")
    Query().where("a").sort("b").limit(1).page(2).join("c").group("d").having("e").tag("f").lock(3).cache(4).trace(5).first("g")
    while (true) {
        inside_loop()
    }
}
