// A log or a PID file that only an option or an empty setting asks for is a note; one that is written unless somebody
// says otherwise stays what the rule says.
#include <catch2/catch.hpp>

#include "support/built_in_session.h"
#include "support/memory_audit.h"

using namespace tfcheck;

namespace {

// "note" … of what a rule tells of a file, the loudest; "" for nothing.
std::string told(std::string_view rule, std::string_view path, const TestFiles& files) {
  Report report = built_in_session().report(file_set(files));
  std::optional<Severity> found;
  for (const ReportFinding& finding : report.findings) {
    if (finding.rule != rule || finding.primary.region.path != path) continue;
    found = std::max(found.value_or(Severity::Note), finding.severity);
  }
  return found ? std::string(to_string(*found)) : std::string();
}

struct Row {
  const char* path;
  const char* text;
  const char* severity;
};

constexpr Row pid_files[] = {
    {"serve.py",
     "import argparse, os\nparser = argparse.ArgumentParser()\nparser.add_argument('--pidfile')\n"
     "args = parser.parse_args()\ndef keep(path):\n    with open(path, 'w') as out:\n        "
     "out.write(str(os.getpid()))\n"
     "if args.pidfile:\n    keep(args.pidfile)\n",
     "note"},
    {"serve.py",
     "import argparse, os\nparser = argparse.ArgumentParser()\nparser.add_argument('--pidfile', default='/run/shop')\n"
     "args = parser.parse_args()\ndef keep(path):\n    with open(path, 'w') as out:\n        "
     "out.write(str(os.getpid()))\n"
     "if args.pidfile:\n    keep(args.pidfile)\n",
     "error"},
    {"serve.js",
     "const { program } = require('commander');\nconst fs = require('fs');\nprogram.option('--pid-file <path>', "
     "'where');\n"
     "const opts = program.opts();\nif (opts.pidFile) fs.writeFileSync(opts.pidFile, String(process.pid));\n",
     "note"},
    {"serve.js",
     "const { program } = require('commander');\nconst fs = require('fs');\n"
     "program.option('--pid-file <path>', 'where', '/run/shop');\n"
     "const opts = program.opts();\nif (opts.pidFile) fs.writeFileSync(opts.pidFile, String(process.pid));\n",
     "error"},
    {"serve.rb", "if ENV['PID_FILE']\n  File.write(ENV['PID_FILE'], Process.pid)\nend\n", "note"},
    {"serve.rb", "File.write(ENV.fetch('PID_FILE', '/run/shop'), Process.pid)\n", "error"},
    {"main.go",
     "package main\nimport (\"flag\"; \"os\"; \"strconv\")\ntype options struct{ PidFile string }\n"
     "func keep(o options) { os.WriteFile(o.PidFile, []byte(strconv.Itoa(os.Getpid())), 0o644) }\n"
     "func main() {\n\tvar o options\n\tflag.StringVar(&o.PidFile, \"pid\", \"\", "
     "\"where\")\n\tflag.Parse()\n\tkeep(o)\n}\n",
     "note"},
    {"main.go",
     "package main\nimport (\"flag\"; \"os\"; \"strconv\")\ntype options struct{ PidFile string }\n"
     "func keep(o options) { os.WriteFile(o.PidFile, []byte(strconv.Itoa(os.Getpid())), 0o644) }\n"
     "func main() {\n\to := options{PidFile: \"/run/shop\"}\n\tflag.Parse()\n\tkeep(o)\n}\n",
     "error"},
    {"serve.php",
     "<?php\n$opts = getopt('', ['pidfile:']);\nif (!empty($opts['pidfile'])) {\n"
     "  file_put_contents($opts['pidfile'], getmypid());\n}\n",
     "note"},
    {"Serve.java",
     "import java.nio.file.*;\nimport picocli.CommandLine.Option;\nclass Serve {\n"
     "  @Option(names = \"--pid-file\") String pidFile;\n  void run() throws Exception {\n    if (pidFile != null) {\n"
     "      Files.writeString(Path.of(pidFile), \"\" + ProcessHandle.current().pid());\n    }\n  }\n}\n",
     "note"},
    {"Serve.cs",
     "using System.IO;\nclass Serve {\n  void Run(Options options) {\n    if (!string.IsNullOrEmpty(options.PidFile))\n"
     "      File.WriteAllText(options.PidFile, Environment.ProcessId.ToString());\n  }\n}\n",
     "note"},
    // … of a connection there is no file.
    {"serve.py", "import os\ndef hello(wfile):\n    write(os.getpid(), wfile)\n    wfile.write(str(os.getpid()))\n",
     ""},
};

constexpr Row logs[] = {
    {"serve.py",
     "import logging, os\npath = os.environ.get('SHOP_LOG')\nif path:\n    logging.basicConfig(filename=path)\n",
     "note"},
    {"serve.py",
     "import logging, os\npath = os.environ.get('SHOP_LOG', 'shop.log')\nlogging.basicConfig(filename=path)\n",
     "error"},
    // A parameter without a default is whatever its callers say.
    {"serve.py",
     "import logging\ndef begin(logfile=None):\n    if logfile:\n        "
     "logging.basicConfig(filename=logfile)\nbegin()\n",
     "note"},
    {"serve.py",
     "import logging\ndef begin(logfile=None):\n    if logfile:\n        logging.basicConfig(filename=logfile)\n"
     "begin('shop.log')\n",
     "error"},
    {"serve.py",
     "import logging, sys\ndef handler(logfile=None):\n    logfile = sys.stderr if logfile is None else logfile\n"
     "    return logging.handlers.WatchedFileHandler(logfile)\n",
     "note"},
    {"serve.js",
     "const winston = require('winston');\nconst argv = require('yargs').option('log-path', { type: 'string' }).argv;\n"
     "const logger = winston.createLogger();\n"
     "if (argv.logPath) logger.add(new winston.transports.File({ filename: argv.logPath }));\n",
     "note"},
    {"main.go",
     "package main\nimport (\"gopkg.in/natefinch/lumberjack.v2\")\ntype FileWriter struct{ Filename string }\n"
     "func (w FileWriter) Open() *lumberjack.Logger {\n\treturn &lumberjack.Logger{Filename: w.Filename}\n}\n"
     "func main() { load() }\n",
     "note"},
    {"main.go",
     "package main\nimport (\"gopkg.in/natefinch/lumberjack.v2\")\ntype FileWriter struct{ Filename string }\n"
     "func (w FileWriter) Open() *lumberjack.Logger {\n\treturn &lumberjack.Logger{Filename: w.Filename}\n}\n"
     "func main() { FileWriter{Filename: \"/var/log/shop.log\"}.Open() }\n",
     "error"},
    {"config/log.php",
     "<?php\nreturn ['Log' => ['audit' => ['className' => 'Cake\\\\Log\\\\Engine\\\\FileLog',\n"
     "  'enabled' => env('AUDIT_LOG', false)]]];\n",
     "note"},
    {"config/log.php",
     "<?php\nreturn ['Log' => ['audit' => ['className' => 'Cake\\\\Log\\\\Engine\\\\FileLog',\n"
     "  'enabled' => env('AUDIT_LOG', true)]]];\n",
     "error"},
};

}  // namespace

TEST_CASE("a PID file that only an option asks for is a note") {
  for (const Row& row : pid_files) {
    CAPTURE(row.text);
    CHECK(told("concurrency/pid-file", row.path, {{row.path, row.text}}) == row.severity);
  }
}

TEST_CASE("a log file that only an empty setting asks for is a note") {
  for (const Row& row : logs) {
    CAPTURE(row.text);
    CHECK(told("logs/log-file", row.path, {{row.path, row.text}}) == row.severity);
  }
}

TEST_CASE("what a deploy gives an empty setting is written") {
  const char* code =
      "import logging, os\npath = os.environ.get('SHOP_LOG')\nif path:\n    logging.basicConfig(filename=path)\n";
  CHECK(told("logs/log-file", "serve.py",
             {{"serve.py", code},
              {"Dockerfile", "FROM python:3.12.4\nENV SHOP_LOG=/srv/shop.log\nCMD [\"python\", \"serve.py\"]\n"}}) ==
        "error");
}

TEST_CASE("what a program of the user's own device writes and binds is a note") {
  const char* code =
      "const express = require('express');\nconst fs = require('fs');\nconst app = express();\n"
      "app.listen(9119);\nfs.appendFileSync('shop.log', 'begun');\n";
  const char* desktop =
      R"({"name": "shop", "devDependencies": {"electron": "30.0.1"}, "dependencies": {"express": "4.19.2"}})";
  const char* server = R"({"name": "shop", "dependencies": {"express": "4.19.2"}})";
  CHECK(told("logs/log-file", "main.js", {{"main.js", code}, {"package.json", desktop}}) == "note");
  CHECK(told("port-binding/hardcoded-port", "main.js", {{"main.js", code}, {"package.json", desktop}}) == "note");
  CHECK(told("disposability/no-graceful-shutdown", "main.js", {{"main.js", code}, {"package.json", desktop}}).empty());
  CHECK(told("logs/log-file", "main.js", {{"main.js", code}, {"package.json", server}}) == "error");
  CHECK(told("port-binding/hardcoded-port", "main.js",
             {{"main.js", code},
              {"package.json", desktop},
              {"Dockerfile", "FROM node:20.12.2\nCMD [\"node\", \"main.js\"]\n"}}) == "warning");
}
