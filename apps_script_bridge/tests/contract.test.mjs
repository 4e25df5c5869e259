// This project keeps to the names that both sides rely on. The service's side is tested in Python.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';

import { project } from './project.mjs';

const HOME = new URL('../', import.meta.url);
const FILES = readdirSync(HOME).filter((name) => name.endsWith('.js')).map((name) => name.slice(0, -3));
const { CONTRACT } = project(FILES, ['CONTRACT']);
const { WORDS_ } = project(FILES, ['WORDS_']);
const source = FILES.map((name) => readFileSync(new URL(`${name}.js`, HOME), 'utf8')).join('\n');
const functions = [...source.matchAll(/^function (\w+)/gm)].map(([, name]) => name);

test('whatever a page can call is in the contract, and nothing else is public but the menu', () => {
  const open = functions.filter((name) => !name.endsWith('_')).sort();

  assert.deepEqual(open, ['onInstall', 'onOpen', ...CONTRACT.calledByPages, ...CONTRACT.menu.map(({ does }) => does)].sort());
});

test('the pages call what is in the contract', () => {
  const pages = readdirSync(HOME).filter((name) => name.endsWith('.html')).map((name) => readFileSync(new URL(name, HOME), 'utf8')).join('\n');

  for (const name of CONTRACT.calledByPages) assert.match(pages, new RegExp(`\\.${name}\\(|ask\\("${name}"`), name);
});

test('every name is given once', () => {
  assert.deepEqual(functions.filter((name, place) => functions.indexOf(name) !== place), []);
});

test('both languages say the same things', () => {
  const keys = (value, path = '') => (typeof value === 'object' ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`)) : [path]);

  assert.deepEqual(keys(WORDS_.en), keys(WORDS_.ja));
});

test('every entry of the menu has a word, and every word of the menu an entry', () => {
  for (const language of ['ja', 'en']) {
    assert.deepEqual(Object.keys(WORDS_[language].menu).sort(), [...CONTRACT.menu.map(({ word }) => word)].sort());
  }
});

test('nothing runs while the files are loaded, and nothing is written to a log', () => {
  assert.doesNotThrow(() => project([...FILES].reverse(), ['CONTRACT']));
  assert.doesNotMatch(source, /\b(?:console|Logger)\./);
});
