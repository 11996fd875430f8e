// The conformance program. A comment is no evidence: m.FileHandler("commented.log"), password = "commented".
package main

import (
	"lib"
	m "lib.mod"
	"os"
)

const LOG = "app.log"

var handler = m.FileHandler(LOG)
var url = os.Getenv("DATABASE_URL")
var port = getenvOr("PORT", "8080")
var password = "hunter2-hunter2"
var greeting = "postgres://" + url + "/app"
var settings = map[string]any{"handlers": map[string]any{"file": map[string]any{"path": "app.log"}}}

func main() {
	secret := os.Getenv("SECRET_KEY")
	if secret == "" {
		secret = "change-me"
	}
	app := &lib.App{}
	app.run(8080)
	connect("db.internal", 5432)
	open_log(LOG)
	if os.Getenv("APP_ENV") == "development" {
		only_in_development()
	}
	for {
		inside_loop()
	}
}
