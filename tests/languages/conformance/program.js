// The conformance program. A comment is no evidence: new m.FileHandler('commented.log'), password = 'commented'.
const { App, mod: m } = require('lib');

const LOG = 'app.log';
const handler = new m.FileHandler(LOG);
const url = process.env.DATABASE_URL;
const port = parseInt(process.env.PORT || '8080', 10);
const secret = process.env['SECRET_KEY'] || 'change-me';
const password = 'hunter2-hunter2';
const greeting = `postgres://${url}/app`;
const settings = { handlers: { file: { path: 'app.log' } } };

function main() {
  const app = new App();
  app.run(8080);
  connect('db.internal', 5432);
  open_log(LOG);
  if (process.env.APP_ENV === 'development') {
    only_in_development();
  }
  while (true) {
    inside_loop();
  }
}

main();
