<html>password = "commented"</html>
<?php
// The conformance program. A comment is no evidence: new FileHandler("commented.log"), $password = "commented".
# $password = "commented";
/* $password = "commented"; */
namespace Shop;

use lib\mod as m;
use lib\App;
use lib\Query;

const LOG = 'app.log';
$handler = new m\FileHandler(LOG);
$url = $_ENV['DATABASE_URL'];
$port = (int) env('PORT', '8080');
$secret = getenv('SECRET_KEY') ?: 'change-me';
$cache = get_env('CACHE_URL', 'redis://cache');
$password = 'hunter2-hunter2';
$greeting = "postgres://{$url}/app";
$settings = ['handlers' => ['file' => ['path' => 'app.log']]];
tell("started on $port");

class Server extends m\Base
{
    private int $retries = 3;

    #[Route('/orders')]
    function start(): void
    {
        listen($this->retries);
    }
}

function main(): void
{
    $app = new App();
    $app->run(8080);
    connect('db.internal', 5432);
    open_log(LOG);
    if (getenv('APP_ENV') === 'development') {
        only_in_development();
    }
    try {
        risky();
    } catch (Exception $e) {
        recover();
    }
    foreach ($items as $item) {
        each_item($item);
    }
    schedule(fn () => in_lambda());
    shell_exec('convert in.png out.png');
    (new Query())->where('a')->sort('b')->limit(1)->page(2)->join('c')->group('d')->having('e')->tag('f')->lock(3)->cache(4)->trace(5)->first('g');
    while (true) {
        inside_loop();
    }
}

main();
