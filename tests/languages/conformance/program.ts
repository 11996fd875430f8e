// The conformance program. A comment is no evidence: new m.FileHandler('commented.log'), password = 'commented'.
import { App, Query, mod as m } from 'lib';
import { execSync } from 'node:child_process';

interface Settings {
  handlers: Record<string, { path: string }>;
}

const LOG = 'app.log' as const;
const handler: m.Handler = new m.FileHandler(LOG);
const url = process.env.DATABASE_URL!;
const port: number = Number(process.env.PORT ?? '8080');
const secret: string = process.env.SECRET_KEY ?? 'change-me';
const cache: string = getEnv('CACHE_URL', 'redis://cache');
const password = 'hunter2-hunter2';
const greeting = `postgres://${url}/app`;
const settings: Settings = { handlers: { file: { path: 'app.log' } } };

class Server extends m.Base {
  private readonly retries: number = 3;

  @Route('/orders')
  start(): void {
    listen(this.retries);
  }
}

async function main(): Promise<void> {
  const app = new App();
  app.run(8080);
  await connect('db.internal', 5432);
  open_log(LOG);
  if (process.env.APP_ENV === 'development') {
    only_in_development();
  }
  try {
    risky();
  } catch {
    recover();
  }
  for (const item of items as string[]) {
    each_item(item);
  }
  schedule(() => in_lambda());
  execSync('convert in.png out.png');
  tell(`started on ${port}`);
  new Query<Row>().where('a').sort('b').limit(1).page(2).join('c').group('d').having('e').tag('f').lock(3).cache(4).trace(5).first('g');
  for (;;) {
    inside_loop();
  }
}

main();
