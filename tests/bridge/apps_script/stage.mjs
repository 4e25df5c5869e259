// Apps Script on this machine: it runs the files of the project, one execution after the other or beside each other, each in
// a world of its own, and serves what they show to a browser. What it knows is kept here; executions ask for it.

import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';

import { fetchOnce } from './fetching.mjs';
import { tabsOf, titleOf, valuesOf } from './spreadsheet.mjs';

const HOME = pathToFileURL(`${process.argv[2]}/`);
const HERE = new URL('./', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('appsscript.json', HOME), 'utf8'));
const files = Object.fromEntries(readdirSync(HOME)
  .filter((name) => /\.(js|html)$/.test(name))
  .map((name) => [name, readFileSync(new URL(name, HOME), 'utf8')]));
const publicNames = Object.entries(files).filter(([name]) => name.endsWith('.js'))
  .flatMap(([, source]) => [...source.matchAll(/^function (\w*[^_\W])\(/gm)].map(([, name]) => name));

const world = {
  locale: 'ja', token: null, patience: 60000, spreadsheet: { id: 'sheet-1', root: '', token: '' },
  scopes: manifest.oauthScopes, whitelist: manifest.urlFetchWhitelist, properties: {},
  menus: [], shown: [], selected: null, fetches: [], usedScopes: [], failures: [],
};

const answers = {
  facts: () => ({ locale: world.locale, scopes: world.scopes, spreadsheetId: world.spreadsheet.id }),
  token: () => world.token,
  use: (scope) => { if (!world.usedScopes.includes(scope)) world.usedScopes.push(scope); },
  property: (name) => world.properties[name] ?? null,
  setProperty: ([name, value]) => { world.properties[name] = value; },
  menu: (menu) => { world.menus.push(menu); },
  show: (page) => { world.shown.push(page); },
  select: (range) => { world.selected = range; },
  title: () => titleOf(world.spreadsheet),
  tabs: () => tabsOf(world.spreadsheet),
  values: (tab) => valuesOf(world.spreadsheet, tab),
  fetch: (request) => {
    const { payload, ...facts } = request;
    world.fetches.push(facts);
    return fetchOnce(request, world);
  },
};

/** Run one function, in the mode of authorization that its caller has; gives back its value, or what it threw. */
function execute(name, args, mode = 'FULL') {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(new URL('execution.mjs', HERE), {
      workerData: { files, name, args, mode, port: port2 }, transferList: [port2],
    });
    port1.on('message', async ({ kind, facts, lock }) => {
      let reply;
      try {
        reply = { value: await answers[kind](facts) };
      } catch (error) {
        reply = { error: error.message };
      }
      port1.postMessage(reply);
      Atomics.store(lock, 0, 1);
      Atomics.notify(lock, 0);
    });
    const end = (outcome) => {
      if (outcome.error) world.failures.push(`${name}: ${outcome.error}`);
      port1.close();
      worker.terminate();
      done(outcome);
    };
    worker.on('message', end);
    worker.on('error', (error) => end({ error: String(error.stack ?? error) }));
  });
}

const shim = readFileSync(new URL('google_script.js', HERE), 'utf8');
const sheets = readFileSync(new URL('sheets.html', HERE), 'utf8');

function lastPage() {
  const page = world.shown.at(-1);
  if (!page) return '<!doctype html><title>nothing is shown</title><body>nothing is shown</body>';
  return page.html.replace('<head>', () => `<head><script>(${shim})(${JSON.stringify(publicNames)});</script>`);
}

/** A page without its text. */
const told = ({ html, ...page } = {}) => page;

const calls = {
  'GET /page': () => lastPage(),
  'GET /sheets': async () => {
    const [tab] = await tabsOf(world.spreadsheet);
    const facts = { menu: world.menus.at(-1), page: told(world.shown.at(-1)), rows: await valuesOf(world.spreadsheet, tab) };
    return sheets.replace('"FACTS"', () => JSON.stringify(facts).replaceAll('<', '\\u003c'));
  },
  'GET /state': () => ({ ...world, shown: world.shown.map((page) => told(page)) }),
  'POST /control': (changes) => { Object.assign(world, changes); },
  'POST /execute': ({ name, args, mode }) => execute(name, args, mode),
  'POST /run': ({ name, args }) => (publicNames.includes(name) ? execute(name, args) : { error: `no such function: ${name}` }),
};

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  if (request.url === '/favicon.ico') return response.writeHead(204).end();
  const call = calls[`${request.method} ${request.url.split(/[?#]/)[0]}`];
  const answer = call && await call(parts.length ? JSON.parse(Buffer.concat(parts)) : null);
  const isText = typeof answer === 'string';
  response.writeHead(call ? 200 : 404, { 'Content-Type': isText ? 'text/html; charset=utf-8' : 'application/json' });
  response.end(isText ? answer : JSON.stringify(answer ?? null));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })}\n`));
process.stdin.on('end', () => process.exit()).resume(); // whoever started it has gone
