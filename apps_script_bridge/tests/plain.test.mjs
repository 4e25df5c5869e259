// The pure parts: addresses, calls, answers, cells.

import assert from 'node:assert/strict';
import test from 'node:test';

import { project } from './project.mjs';

const plain = project(
  ['Plain', 'Screens'],
  ['serviceAddress_', 'isCall_', 'languageAsked_', 'languageOf_', 'troubleOf_', 'troubleOfError_', 'claimsOf_', 'cellParts_',
    'inScript_', 'knownPlace_', 'keptChoices_', 'LONGEST_CHOICES_'],
);

test('an address is kept without what a person copies along with it', () => {
  const address = 'https://relay-abc123-an.a.run.app';

  for (const typed of [address, ` ${address}/ `, `${address}/api/session?lang=ja`, 'RELAY-abc123-an.a.run.app', 'ｈｔｔｐｓ://relay-abc123-an.a.run.app',
    `${address}#plan`]) {
    assert.equal(plain.serviceAddress_(typed), address, typed);
  }
  assert.equal(plain.serviceAddress_('https://relay.minato.example:8443/'), 'https://relay.minato.example:8443');
});

test('nothing but an address of the web is an address', () => {
  for (const typed of ['', null, undefined, 'relay', 'http://relay.example.com', 'ftp://relay.example.com', 'javascript:alert(1)',
    'https://user:pass@relay.example.com', 'https://relay.example.com@evil.example', 'https://a b.example.com', 'https://relay.example.com\nx',
    'https://169.254.169.254', 'https://localhost', 'https://[::1]:80', 'http://127.0.0.1', 'http://127.0.0.1.evil.example:80']) {
    assert.equal(plain.serviceAddress_(typed), '', String(typed));
  }
});

test('this very computer may be asked without encryption', () => {
  assert.equal(plain.serviceAddress_('http://127.0.0.1:8080'), 'http://127.0.0.1:8080');
});

test('a call stays below the path of the service', () => {
  for (const path of ['/api/plan?lang=ja', '/api/letters/C-00012?plan=ab12&lang=en', '/api/letters/%E5%80%99?plan=x', '/api/credits/redeem']) {
    assert.ok(plain.isCall_('GET', path), path);
  }
});

test('whatever leads elsewhere is no call', () => {
  for (const path of ['/', '/api', '/openapi.json', 'api/plan', '//evil.example/api/', '/api/../admin', '/api/x/..', '/api/x/../../y', '/api/%2e%2e/x', '/api/%2F%2Fx',
    '/api/..?x', '/api/plan#x', '/api/plan\r\nX: 1', '@evil.example/api/', '/api/plan?x=\\', 12, null, undefined, ['/api/plan']]) {
    assert.ok(!plain.isCall_('GET', path), String(path));
  }
  for (const method of ['DELETE', 'PUT', 'get', '', null]) assert.ok(!plain.isCall_(method, '/api/plan'), String(method));
});

test('a trouble is told in the language that the call asks for', () => {
  assert.equal(plain.languageAsked_('/api/plan?lang=en'), 'en');
  assert.equal(plain.languageAsked_('/api/letters/x?plan=y&lang=en'), 'en');
  assert.equal(plain.languageAsked_('/api/plan?lang=english'), 'ja');
  assert.equal(plain.languageAsked_('/api/plan'), 'ja');
});

test('whoever uses Google in English reads English, and everybody else Japanese', () => {
  assert.deepEqual(['ja', 'en', 'en_GB', 'en-US', 'fr', ''].map(plain.languageOf_), ['ja', 'en', 'en', 'en', 'ja', 'ja']);
});

test('an answer in JSON is the service speaking, whatever its status', () => {
  for (const status of [200, 401, 403, 404, 409, 422, 423, 429, 500, 503]) {
    assert.equal(plain.troubleOf_(status, '{"error": {"name": "x", "text": "y"}}'), '', String(status));
  }
});

test('an answer in anything else is told apart by its status', () => {
  const page = '<html><head><title>x</title></head></html>';
  const told = [[401, 'token_refused'], [403, 'invoker_missing'], [404, 'no_such_service'], [429, 'too_many_requests'], [500, 'service_down'],
    [502, 'service_down'], [503, 'service_down'], [504, 'service_down'], [302, 'redirected'], [307, 'redirected'], [200, 'not_our_service'], [400, 'not_our_service']];

  for (const [status, name] of told) assert.equal(plain.troubleOf_(status, page), name, String(status));
  for (const text of ['', 'null', '"text"', '12', '{"cut": ']) assert.equal(plain.troubleOf_(200, text), 'not_our_service', text);
});

test('an answer that was cut off is not taken for an address that is wrong', () => {
  assert.equal(plain.troubleOfError_(new Error('Exception: Timeout: https://relay.example/')), 'cut_off');
  assert.equal(plain.troubleOfError_('タイムアウト'), 'cut_off');
  assert.equal(plain.troubleOfError_(new Error('DNS error: https://relay.example/')), 'unreachable_service');
});

test('a token tells whom it is about, and what is no token tells nothing', () => {
  const claims = { aud: '12-ab.apps.googleusercontent.com', email: 'hanako@minato.example', name: '花子' };
  const token = `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;

  assert.equal(JSON.stringify(plain.claimsOf_(token)), JSON.stringify(claims));
  for (const other of [null, '', 'x', 'x.!!!.y', 'x..y']) assert.equal(JSON.stringify(plain.claimsOf_(other)), '{}', String(other));
});

test('a cell is a tab and a row, whatever the tab is called', () => {
  const parts = (cell) => JSON.parse(JSON.stringify(plain.cellParts_(cell)));

  assert.deepEqual(parts('候補者!A12'), { tab: '候補者', row: 12, range: 'A12' });
  assert.deepEqual(parts("'2026年 応募!者'!AB3"), { tab: '2026年 応募!者', row: 3, range: 'AB3' });
  assert.deepEqual(parts("'O''Brien'!C1"), { tab: "O'Brien", row: 1, range: 'C1' });
  for (const cell of ['', 'A12', '候補者!', '候補者!12', '候補者!A0', '候補者!A1:B2', null]) assert.equal(parts(cell), null, String(cell));
});

test('no text can end the script that it stands in', () => {
  const written = plain.inScript_({ place: '</script><!--<script>', choices: '\u2028&' });

  assert.ok(!/[<>&\u2028]/.test(written));
  assert.deepEqual(JSON.parse(written), { place: '</script><!--<script>', choices: '\u2028&' });
});

test('a place that no page has is the plan', () => {
  for (const place of ['letters/C-00012', 'follow_up/history/C-00012']) assert.equal(plain.knownPlace_(place), place);
  for (const place of ['', 'LETTERS', 'letters/<b>', 'a/b/c/d', '"', null, {}, `letters/${'x'.repeat(400)}`]) assert.equal(plain.knownPlace_(place), 'plan');
});

test('what a page hands over is JSON of a bounded length, or nothing', () => {
  assert.equal(plain.keptChoices_('{"plan":"x","out":[],"seen":[]}'), '{"plan":"x","out":[],"seen":[]}');
  for (const choices of ['', 'x', null, {}, `{"a":"${'x'.repeat(plain.LONGEST_CHOICES_)}"}`]) assert.equal(plain.keptChoices_(choices), '');
});
