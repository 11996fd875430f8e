<html>password = "commented"</html>
<?php
// The conformance program. A comment is no evidence: new FileHandler("commented.log"), $password = "commented".
# $password = "commented";
/* $password = "commented"; */
namespace Shop;

use lib\mod as m;
use lib\App;

const LOG = 'app.log';
$handler = new m\FileHandler(LOG);
$url = $_ENV['DATABASE_URL'];
$port = (int) env('PORT', '8080');
$secret = getenv('SECRET_KEY') ?: 'change-me';
$password = 'hunter2-hunter2';
$greeting = "postgres://{$url}/app";
$settings = ['handlers' => ['file' => ['path' => 'app.log']]];

function main(): void
{
    $app = new App();
    $app->run(8080);
    connect('db.internal', 5432);
    open_log(LOG);
    if (getenv('APP_ENV') === 'development') {
        only_in_development();
    }
    while (true) {
        inside_loop();
    }
}

main();
