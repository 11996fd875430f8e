// JavaScript and TypeScript: idioms of modules, environment, classes and libraries, as facts.
#include "languages/javascript/javascript.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/text.h"

using namespace tfcheck;

namespace {

std::string flags_of(const Fact& fact) {
  std::string flags;
  if (fact.context.has(context::LoopForever)) flags += " LoopForever";
  if (fact.context.has(context::DevGuard)) flags += " DevGuard";
  if (fact.context.has(context::InMain)) flags += " InMain";
  if (fact.context.has(context::Annotation)) flags += " Annotation";
  return flags.empty() ? flags : " " + flags;
}

std::vector<std::string> lines_of(std::string_view path, std::string_view code) {
  bool typed = path.ends_with("ts") || path.ends_with("tsx");
  FileFacts facts;
  (typed ? typescript_adapter() : javascript_adapter()).extract({path, code}, facts);
  std::vector<std::string> lines;
  for (const Fact& fact : facts.facts()) lines.push_back(to_string(fact) + flags_of(fact));
  if (facts.has_errors()) lines.push_back("errors");
  return lines;
}

// Each expected line must be a fact; a line that begins with "no " must not be the beginning of any.
struct Case {
  std::string_view path;
  std::string_view code;
  std::vector<std::string> expected;
};

void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    std::vector<std::string> lines = lines_of(one.path, one.code);
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    INFO(one.code << "\n----\n" << all);
    CHECK(std::find(lines.begin(), lines.end(), "errors") == lines.end());
    for (const std::string& wanted : one.expected) {
      INFO(wanted);
      if (wanted.starts_with("no ")) {
        std::string_view unwanted = std::string_view(wanted).substr(3);
        CHECK(std::none_of(lines.begin(), lines.end(),
                           [&](const std::string& line) { return line.starts_with(unwanted); }));
      } else {
        CHECK(std::find(lines.begin(), lines.end(), wanted) != lines.end());
      }
    }
  }
}

std::vector<std::string> import_names(const FileFacts& facts) {
  std::vector<std::string> names;
  for (const Fact& fact : facts.facts()) {
    if (fact.kind == FactKind::Import) names.emplace_back(fact.name);
  }
  return names;
}

}  // namespace

TEST_CASE("javascript: imports bind names") {
  check({
      {"a.js",
       "import express from 'express';\nconst app = express();\napp.listen(3000);",
       {"import express = \"express\"", "call express()", "call express.listen(3000)"}},
      {"a.js",
       "import { createServer as c } from 'node:http';\nc(app).listen(80);",
       {"import http", "call http.createServer(app)", "call http.createServer.listen(80)"}},
      {"a.js",
       "import * as fs from 'fs';\nfs.writeFileSync('/x', y);",
       {"import fs = \"fs\"", "call fs.writeFileSync(\"/x\", y)"}},
      {"a.js", "import def, { a as b } from './config';\ndef.x(); b();", {"call ./config.x()", "call ./config.a()"}},
      {"a.js", "import 'dotenv/config';", {"import dotenv/config"}},
      {"a.js", "import { default as w } from 'winston';\nw.info('x');", {"call winston.info(\"x\")"}},
      {"a.js", "const m = await import('./main.js');\nm.start();", {"import ./main.js", "call ./main.js.start()"}},
      {"a.js", "export * from './a';\nexport { b } from './b';", {"import ./a", "import ./b"}},
      {"a.js",
       "const express = require('express'), app = express();\napp.listen(1);",
       {"import express", "call express.listen(1)"}},
      {"a.js",
       "const { createServer: c, Agent } = require('http');\nc(); new Agent();",
       {"call http.createServer()", "call http.Agent()"}},
      {"a.js",
       "const s = require('http').Server(app);\ns.listen(1);",
       {"import http", "call http.Server(app)", "call http.Server.listen(1)"}},
      {"a.js", "require('daemon')();\nrequire('./x').run(1);", {"import daemon", "call daemon()", "call ./x.run(1)"}},
      {"a.js", "const f = require('pino').default;\nf.destination('/l');", {"call pino.destination(\"/l\")"}},
      {"a.js", "const s = new (require('ws').Server)({ port: 1 });", {"call ws.Server({port=1})"}},
      {"a.js",
       "new winston.transports.File({ filename: 'a.log' });",
       {"call winston.transports.File({filename=\"a.log\"})", "entry winston.transports.File.filename = \"a.log\""}},
      {"a.js",
       "import { createRequire } from 'module';\nconst require = "
       "createRequire(import.meta.url);\nrequire('left-pad')(1);",
       {"import left-pad", "call left-pad(1)"}},
      {"a.ts", "import x = require('x');\nx.y();", {"import x = \"x\"", "call x.y()"}},
      {"a.ts",
       "import type { A } from 'a';\nimport { type B } from 'b';\nexport type { C } from 'c';\nimport { type D, e } "
       "from 'd';\ne();",
       {"no import a", "no import b", "no import c", "import d", "call d.e()"}},
      {"a.js",
       "const e = _interopRequireDefault(require('express'));\n(0, e.default)();\ne.default.static('x');",
       {"call express.static(\"x\")"}},
  });
}

TEST_CASE("javascript: reads of the environment") {
  check({
      {"a.js", "f(process.env.A, process.env['B'], process.env?.C);", {"env-read A", "env-read B", "env-read C"}},
      {"a.js",
       "const p = process.env.PORT || 3000;\nlisten(p);",
       {"env-read PORT = 3000", "call listen(env(PORT, 3000))"}},
      {"a.js", "const p = Number.parseInt(process.env.PORT ?? '3000', 10);", {"assign p = env(PORT, \"3000\")"}},
      {"a.js", "const p = +process.env.PORT;", {"assign p = env(PORT)"}},
      {"a.js",
       "const p = process.env.A || process.env.B || 'x';",
       {"env-read A = env(B, \"x\")", "env-read B = \"x\""}},
      {"a.js", "const p = process.env.A ? process.env.A : 'x';", {"env-read A = \"x\""}},
      {"a.js",
       "const { PORT = 3000, HOST, DB: db = 'x', ...rest } = process.env;\nlisten(PORT, HOST, db);",
       {"env-read PORT = 3000", "env-read HOST", "env-read DB = \"x\"",
        "call listen(env(PORT, 3000), env(HOST), env(DB, \"x\"))"}},
      {"a.js", "const { env: { PORT = 1 } } = process;", {"env-read PORT = 1"}},
      {"a.js", "const { env } = process;\nf(env.X);", {"env-read X"}},
      {"a.js", "import process, { env } from 'node:process';\nf(env.X, process.env.Y);", {"env-read X", "env-read Y"}},
      {"a.js", "process.env.X = 'y';\ndelete process.env.Z;", {"no env-read", "assign process.env.X = \"y\""}},
      {"a.js", "process.env.X ||= 'y';", {"assign process.env.X = \"y\""}},
      {"a.js",
       "f(import.meta.env.VITE_X, Bun.env.B, Deno.env.get('D'));",
       {"env-read VITE_X", "env-read B", "env-read D"}},
      {"a.js", "const hosts = process.env.HOSTS?.split(',') ?? ['a'];", {"env-read HOSTS = [\"a\"]"}},
      {"a.js", "f(process.env[key]);", {"env-read "}},
      {"a.js", "function f({ port = process.env.PORT || 1 }) {}", {"env-read PORT = 1"}},
      {"a.js", "const p = getEnv('PORT', 1);", {"env-read PORT = 1"}},
      {"a.js",
       "import { env } from '$env/dynamic/private';\nimport { K } from '$env/static/private';\nf(env.X);",
       {"env-read X", "env-read K"}},
      {"a.ts",
       "class A { constructor(private readonly config: ConfigService) {}\n m() { return "
       "this.config.get<string>('DB_URL', 'd'); } }",
       {"env-read DB_URL = \"d\""}},
      {"a.ts",
       "import { ConfigService } from '@nestjs/config';\n@Injectable()\nclass A { constructor(private config: "
       "ConfigService) {}\n"
       " m() { this.config.getOrThrow('DB_URL'); this.config.get('database.host'); } }",
       {"env-read DB_URL", "call @nestjs/config.ConfigService.get(\"database.host\")",
        "call Injectable()  Annotation"}},
      {"a.ts",
       "import { ConfigService } from '@nestjs/config';\nconst c = app.get(ConfigService);\nlisten(c.get('PORT'));",
       {"env-read PORT", "call listen(env(PORT))"}},
      {"a.ts", "function f(config: any) { return config.get<number>('PORT'); }", {"env-read PORT"}},
      {"a.js",
       "const config = require('config');\nconfig.get('a.b'); config.get('PORT');",
       {"no env-read", "call config.get(\"a.b\")"}},
      {"a.js",
       "const env = require('env-var');\nconst p = env.get('PORT').required().default('1').asPortNumber();",
       {"env-read PORT = \"1\"", "assign p = env(PORT, \"1\")"}},
      {"a.js", "import Env from '#start/env';\nEnv.get('APP_KEY');", {"env-read APP_KEY"}},
      {"a.ts",
       "import { cleanEnv, port, str } from 'envalid';\nconst env = cleanEnv(process.env, { PORT: port({ default: 3000 "
       "}), S: str(), "
       "KEY: str() });\nlisten(env.PORT, env.KEY);",
       {"env-read PORT = 3000", "env-read KEY", "call listen(env(PORT, 3000), env(KEY))"}},
      {"a.ts",
       "import { z } from 'zod';\nconst schema = z.object({ PORT: z.coerce.number().default(3000), URL: "
       "z.string().url() });\n"
       "export const env = schema.parse(process.env);\nlisten(env.PORT);",
       {"env-read PORT = 3000", "env-read URL", "call listen(env(PORT, 3000))"}},
      {"a.js",
       "convict({ db: { host: { env: 'DB_HOST', default: 'localhost' } } });",
       {"env-read DB_HOST = \"localhost\""}},
      {"a.js", "spawn('x', [], { env: { ...process.env, FOO: 'bar' } });", {"no env-read"}},
  });
}

TEST_CASE("javascript: conditions, loops and handlers") {
  check({
      {"a.js", "if (process.env.NODE_ENV !== 'production') { f(); } else { g(); }", {"call f()  DevGuard", "call g()"}},
      {"a.js", "const dev = process.env.NODE_ENV !== 'production';\nif (dev) f();", {"call f()  DevGuard"}},
      {"a.js", "const s = isProd ? new Redis() : new Memory();", {"call Redis()", "call Memory()  DevGuard"}},
      {"a.js", "app.get('env') === 'development' && f();", {"call f()  DevGuard"}},
      {"a.js",
       "switch (process.env.NODE_ENV) { case 'development': f(); break; default: g(); }",
       {"branch case = ==(env(NODE_ENV), \"development\")", "call f()  DevGuard", "call g()"}},
      {"a.js", "if (require.main === module) { f(); }", {"call f()  InMain"}},
      {"a.js", "if (!module.parent) { f(); }", {"call f()  InMain"}},
      {"a.js", "if (import.meta.main) f();", {"call f()  InMain"}},
      {"a.js", "while (true) { f(); }", {"branch while = true", "call f()  LoopForever"}},
      {"a.js", "for (;;) { f(); }", {"branch while = true", "call f()  LoopForever"}},
      {"a.js", "do { f(); } while (1);", {"branch while = true", "call f()  LoopForever"}},
      {"a.js", "for (let i = 0; i < 3; i++) f(i);", {"no branch while", "call f(i)"}},
      {"a.js", "for (const x of y) f();", {"branch for", "no branch while", "call f()"}},
      {"a.js", "setInterval(() => f(), 1000);", {"call setInterval(function, 1000)", "call f()"}},
      {"a.js",
       "process.on('SIGTERM', () => { close(); });",
       {"call process.on(\"SIGTERM\", function)", "call close()"}},
      {"a.js", "process.on('SIGTERM', () => {});", {"call process.on(\"SIGTERM\", function{})"}},
      {"a.js", "process.on('SIGTERM', function () { /* nothing */ });", {"call process.on(\"SIGTERM\", function{})"}},
  });
}

TEST_CASE("javascript: values and targets") {
  check({
      {"a.js",
       "module.exports = { a: { 'b-c': 1, [d]: 2, ['e']: 3 }, f, g() {}, get h() { return 1; } };",
       {"entry module.exports.a.b-c = 1", "entry module.exports.a.e = 3", "entry module.exports.f = f",
        "entry module.exports.g = function{}", "no entry module.exports.a.0 = 2"}},
      {"a.js", "exports = module.exports = { a: 1 };", {"entry module.exports.a = 1", "entry exports.a = 1"}},
      {"a.js", "exports.secret = 'x';", {"assign exports.secret = \"x\""}},
      {"a.js", "export default { a: 1 };", {"assign exports.default = {a=1}", "entry exports.default.a = 1"}},
      {"a.js", "export const PORT = 3000;\nlisten(PORT);", {"assign PORT = 3000", "call listen(3000)"}},
      {"a.js",
       "const base = { a: 1 };\nconst c = { ...base, b: 2 };\nf(...list);",
       {"entry c.a = 1", "entry c.b = 2", "call f(?)"}},
      {"a.js",
       "const h = 'db', p = 5432;\nconst u = `postgres://${h}:${p}/x`;\nconst v = 'http://' + h;",
       {"assign u = \"postgres://db:5432/x\"", "assign v = \"http://db\""}},
      {"a.js", "const u = `x/${req.id}/${f(1)}`;", {"assign u = template\"x/${req.id}/${f(1)}\"", "call f(1)"}},
      {"a.js", "await prisma.$executeRaw`CREATE TABLE x`;", {"call prisma.$executeRaw(\"CREATE TABLE x\")"}},
      {"a.js",
       "let state = 1, port = 3000;\nfunction f() { g(state, port); }\nfunction h() { state = 2; }",
       {"call g(state, 3000)", "assign state = 2"}},
      {"a.js", "let p = 3000;\np = 4000;\nlisten(p);", {"call listen(4000)"}},
      {"a.js", "let n = 1;\nn += 2;\nf(n);\nlet m = 1;\nm++;\ng(m);", {"call f(n)", "call g(m)", "no assign n = 2"}},
      {"a.js",
       "const port = 3000;\nfunction start(port) { listen(port); }\nconst g = host => bind(host);",
       {"call listen(port)", "call bind(host)"}},
      {"a.js", "function start(port = 3000) { listen(port); }", {"assign port = 3000", "call listen(port)"}},
      {"a.js", "const n = -1;\nconst t = typeof x;", {"assign n = -1", "assign t = ?"}},
      {"a.js", "const db = cached || mongoose.connect('x');\ndb.close();", {"call mongoose.connect.close()"}},
      {"a.js", "child_process.exec('convert a.png b.png');", {"call child_process.exec(\"convert a.png b.png\")"}},
      {"a.js",
       "// password = 'commented'\n/* f('commented') */\nconst r = /f('x')/;",
       {"no call", "no assign password"}},
      {"a.jsx",
       "const a = <p password=\"x\" onClick={() => go('x')}>call('y') {f(1)}</p>;",
       {"call go(\"x\")", "call f(1)", "no call call"}},
  });
}

TEST_CASE("javascript: classes and types") {
  check({
      {"a.js",
       "class S { constructor() { this.app = express(); this.port = process.env.PORT || 1; }\n start() { "
       "this.app.listen(this.port); } }",
       {"call express.listen(env(PORT, 1))"}},
      {"a.js",
       "class S { #pool = new Pool(); path = 'x';\n m() { this.#pool.query(this.path); } }",
       {"assign path = \"x\"", "call Pool.query(\"x\")"}},
      {"a.js", "export default class { m() { f(); } }", {"call f()"}},
      {"a.ts",
       "import { Server } from 'http';\nfunction f(s: Server | null, n: number[], o: Options) { s!.listen(1); o.go(); "
       "}",
       {"call http.Server.listen(1)", "call o.go()"}},
      {"a.ts", "import http from 'http';\nlet s: http.Server;\ns.listen(1);", {"call http.Server.listen(1)"}},
      {"a.ts",
       "enum Level { A = 'a', B = 2 }\nf(Level.A);",
       {"assign Level.A = \"a\"", "assign Level.B = 2", "call f(\"a\")"}},
      {"a.ts", "const c = { a: 1 } as const satisfies X;\nconst d = <Y>{ b: 2 };", {"entry c.a = 1", "entry d.b = 2"}},
      {"a.ts",
       "interface I { password: 'x' }\ntype T = 'y';\ndeclare module 'm' { const p = 'z'; }\nabstract class C { "
       "abstract m(): void }",
       {"no assign", "no entry", "no call", "no import"}},
      {"a.ts",
       "import { Module } from '@nestjs/common';\n@Module({ imports: [A.forRoot({ synchronize: true })] })\nexport "
       "class M { @Cron('* * * * *') run() {} }",
       {"call @nestjs/common.Module({imports=[A.forRoot({synchronize=true})]})  Annotation",
        "call Cron(\"* * * * *\")  Annotation", "entry A.forRoot.synchronize = true  Annotation"}},
      {"a.tsx", "const a = <P<string> x={f(1)} />;\nconst g = <T,>(x: T) => x as unknown;", {"call f(1)"}},
      {"a.d.ts", "declare const x: number;\nimport y from 'y';", {"no import", "no assign"}},
      {"a.js",
       "// @flow\nimport type { A } from 'a';\nconst f = (x: number): string => g(x);",
       {"call g(x)", "no import"}},
  });
}

TEST_CASE("javascript: scopes are named") {
  FileFacts facts;
  std::string_view code =
      "class A { m() { f(); } }\nconst g = async () => { f(); };\nexport default { h: () => f(), i() { f(); } "
      "};\nexports.j = function () { f(); };";
  javascript_adapter().extract({"a.js", code}, facts);
  std::vector<std::string> scopes;
  for (const Fact& fact : facts.facts()) {
    if (fact.kind == FactKind::Call) scopes.emplace_back(fact.context.scope);
  }
  CHECK(scopes == std::vector<std::string>{"A.m", "g", "h", "i", "exports.j"});
}

TEST_CASE("javascript: imports without a parse are those of the parse") {
  std::string_view code =
      "#!/usr/bin/env node\n'use strict';\nimport a from 'a';\nimport {\n  b,\n  c as d\n} from \"b\";\nimport "
      "'c';\nimport * as e from 'node:e';\n"
      "export * from './f';\nexport { g } from './g';\nconst h = require('h'), { i } = require(\"i/j\");\n"
      "const lazy = () => import('./k');\n// require('no1')\n/*\n * require('no2')\n */\nconst s = "
      "x.require('no3');\nrequire(name);\n"
      "export const from = 'no4';\nimport def, { l } from 'l';\nrequire('m')(app);\n";
  FileFacts parsed, scanned;
  javascript_adapter().extract({"a.js", code}, parsed);
  javascript_adapter().scan_imports({"a.js", code}, scanned);
  CHECK(import_names(scanned) == import_names(parsed));
  CHECK(import_names(scanned).size() == 11);
  std::string_view typed =
      "import type { A } from 'a';\nimport type {\n  B,\n} from 'b';\nimport { type C } from 'c';\nimport {\n  type "
      "G,\n  type H,\n} from 'g';\nimport d, { type D "
      "} from 'd';\n"
      "import e = require('e');\nexport type { F } from 'f';\n";
  FileFacts parsed_types, scanned_types;
  typescript_adapter().extract({"a.ts", typed}, parsed_types);
  typescript_adapter().scan_imports({"a.ts", typed}, scanned_types);
  CHECK(import_names(parsed_types) == std::vector<std::string>{"d", "e"});
  CHECK(import_names(scanned_types) == std::vector<std::string>{"d", "e"});
}

TEST_CASE("javascript: hostile input costs little") {
  std::string nested, patterns = "const ", aliases = "const a0 = {x: 1};\n", grown = "let s = 'x';\n",
                      chained = "const b0 = process.env.A;\n", minified;
  for (int i = 0; i < 20000; ++i) nested += "f([{a:(";
  for (int i = 0; i < 5000; ++i) patterns += "{a:[";
  for (int i = 1; i < 200; ++i) {
    std::string now = std::to_string(i), before = std::to_string(i - 1);
    aliases +=
        "const a" + now + " = {x: a" + before + ", y: a" + before + ", z: [a" + before + "]};\nf(a" + now + ");\n";
    grown += "s = s + s + `${s}${s}`;\n";
    chained += "const b" + now + " = b" + before + " || b" + before + ";\nconst c" + now + " = g(b" + now + ", b" +
               before + ");\n";
  }
  for (int i = 0; i < 20000; ++i) minified += "var a=b?c(d):e&&f(\"g\"),h=function(i){return i.j||{k:1}};";
  for (const std::string& code : {nested, patterns, aliases, grown, chained, minified}) {
    FileFacts facts;
    javascript_adapter().extract({"a.js", code}, facts);
    CHECK(facts.facts().size() < 200000);
    size_t printed = 0;
    for (const Fact& fact : facts.facts()) printed += to_string(fact).size();
    CHECK(printed < 40'000'000);
    FileFacts scanned;
    javascript_adapter().scan_imports({"a.js", code}, scanned);
    CHECK(scanned.facts().empty());
  }
}
