// The conformance program. A comment is no evidence: new m.FileHandler('commented.log'), password = 'commented'.
const { App, Query, mod: m } = require('lib');
const child_process = require('child_process');

const LOG = 'app.log';
const handler = new m.FileHandler(LOG);
const url = process.env.DATABASE_URL;
const port = parseInt(process.env.PORT || '8080', 10);
const secret = process.env['SECRET_KEY'] || 'change-me';
const cache = getEnv('CACHE_URL', 'redis://cache');
const password = 'hunter2-hunter2';
const greeting = `postgres://${url}/app`;
const settings = { handlers: { file: { path: 'app.log' } } };

class Server extends m.Base {
  retries = 3;

  @Route('/orders')
  start() {
    listen(this.retries);
  }
}

function main() {
  const app = new App();
  app.run(8080);
  connect('db.internal', 5432);
  open_log(LOG);
  if (process.env.APP_ENV === 'development') {
    only_in_development();
  }
  try {
    risky();
  } catch (error) {
    recover();
  }
  for (const item of items) {
    each_item(item);
  }
  schedule(() => in_lambda());
  child_process.execSync('convert in.png out.png');
  tell(`started on ${port}`);
  new Query().where('a').sort('b').limit(1).page(2).join('c').group('d').having('e').tag('f').lock(3).cache(4).trace(5).first('g');
  while (true) {
    inside_loop();
  }
}

main();
