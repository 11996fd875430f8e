// The conformance program. A comment is no evidence: new m.FileHandler('commented.log'), password = 'commented'.
import { App, mod as m } from 'lib';

interface Settings {
  handlers: Record<string, { path: string }>;
}

const LOG = 'app.log' as const;
const handler: m.Handler = new m.FileHandler(LOG);
const url = process.env.DATABASE_URL!;
const port: number = Number(process.env.PORT ?? '8080');
const secret: string = process.env.SECRET_KEY ?? 'change-me';
const password = 'hunter2-hunter2';
const greeting = `postgres://${url}/app`;
const settings: Settings = { handlers: { file: { path: 'app.log' } } };

async function main(): Promise<void> {
  const app = new App();
  app.run(8080);
  await connect('db.internal', 5432);
  open_log(LOG);
  if (process.env.APP_ENV === 'development') {
    only_in_development();
  }
  for (;;) {
    inside_loop();
  }
}

main();
