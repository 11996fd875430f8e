// The conformance program. A comment is no evidence: m.FileHandler("commented.log"), password = "commented".
package main

import (
	"fmt"
	"lib"
	m "lib.mod"
	"os"
	"os/exec"
)

const LOG = "app.log"

var handler = m.FileHandler(LOG)
var url = os.Getenv("DATABASE_URL")
var port = getenvOr("PORT", "8080")
var cache = getEnv("CACHE_URL", "redis://cache")
var password = "hunter2-hunter2"
var greeting = "postgres://" + url + "/app"
var settings = map[string]any{"handlers": map[string]any{"file": map[string]any{"path": "app.log"}}}

type Server struct {
	m.Base
	retries int
}

func (s *Server) start() {
	s.retries = 3
	listen(s.retries)
}

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
	for _, item := range items {
		each_item(item)
	}
	schedule(func() { in_lambda() })
	exec.Command("convert", "in.png", "out.png")
	tell(fmt.Sprintf("started on %s", port))
	lib.Query().where("a").sort("b").limit(1).page(2).join("c").group("d").having("e").tag("f").lock(3).cache(4).trace(5).first("g")
	for {
		inside_loop()
	}
}
