// Google's services as the project sees them, as narrow as their documents: a call without its scope, or before anybody has
// agreed to anything, fails.

import vm from 'node:vm';

const SCOPE = 'https://www.googleapis.com/auth/';
const UI = `${SCOPE}script.container.ui`;
const SHEET = `${SCOPE}spreadsheets.currentonly`;

export function services({ ask, exception, files, mode, context }) {
  const facts = ask('facts');

  function needs(...scopes) {
    if (mode !== 'FULL') throw exception(`Authorization is required (${mode}): ${scopes.join(', ')}`);
    for (const scope of scopes) {
      if (!facts.scopes.includes(scope)) throw exception(`You do not have permission: ${scope}`);
      ask('use', scope);
    }
  }

  const own = { needs, ask, exception, facts };
  return {
    Session: { getActiveUserLocale: () => facts.locale },
    ScriptApp: {
      getIdentityToken() {
        needs('openid', `${SCOPE}userinfo.email`);
        return ask('token');
      },
    },
    PropertiesService: {
      getDocumentProperties() {
        if (mode === 'NONE') throw exception('Properties are not there before anybody has agreed');
        return {
          getProperty: (name) => ask('property', name),
          setProperty: (name, value) => ask('setProperty', [name, String(value)]),
        };
      },
    },
    UrlFetchApp: { fetch: (url, options) => fetched(own, url, options) },
    SpreadsheetApp: { ...spreadsheetApp(own), getUi: () => ui(own) },
    HtmlService: htmlService(files, context, exception),
  };
}

function fetched({ needs, ask, exception }, url, options = {}) {
  needs(`${SCOPE}script.external_request`);
  const headers = { ...options.headers };
  if (options.contentType) headers['Content-Type'] = options.contentType;
  const method = String(options.method ?? 'get').toUpperCase();
  const { status, headers: told, text } = ask('fetch', {
    url, method, headers, payload: options.payload, follows: options.followRedirects !== false, payloadLength: options.payload?.length ?? 0,
  });
  if (status >= 400 && !options.muteHttpExceptions) throw exception(`Request failed for ${url} returned code ${status}. Truncated server response: ${text}`);
  return { getResponseCode: () => status, getContentText: () => text, getHeaders: () => told };
}

function ui({ needs, ask }) {
  const menu = (caption) => {
    const items = [];
    const self = {
      addItem: (word, does) => (items.push({ word, does }), self),
      addSeparator: () => (items.push(null), self),
      addToUi: () => ask('menu', { caption, items }),
    };
    return self;
  };
  const show = (kind) => (page, title) => {
    needs(UI);
    ask('show', { kind, ...page.facts, title: title ?? page.facts.title, html: page.getContent() });
  };
  return { createMenu: menu, showSidebar: show('sidebar'), showModalDialog: show('dialog') };
}

function spreadsheetApp({ needs, ask, exception, facts }) {
  const rangeOf = (tab, at) => ({
    getDisplayValues() {
      const values = ask('values', tab);
      return values.slice(at.row - 1, at.row - 1 + at.rows).map((cells) => cells.slice(at.column - 1, at.column - 1 + at.columns));
    },
    where: { tab, row: at.row, column: at.column },
  });
  const sheetOf = (tab) => ({
    getName: () => tab,
    getLastRow: () => ask('values', tab).length,
    getLastColumn: () => ask('values', tab)[0]?.length ?? 0,
    getRange(first, column, rows = 1, columns = 1) {
      if (typeof first === 'number') return rangeOf(tab, { row: first, column, rows, columns });
      const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(first) ?? [];
      if (!row) throw exception('Range not found');
      return rangeOf(tab, { row: Number(row), column: numberOf(letters), rows: 1, columns: 1 });
    },
    createTextFinder: (text) => finder(tab, text),
  });
  const finder = (tab, text) => {
    const wanted = { entire: false };
    const self = {
      matchEntireCell: (is) => ((wanted.entire = is), self),
      matchCase: () => self,
      findNext() {
        for (const [index, cells] of ask('values', tab).entries()) {
          const column = cells.findIndex((cell) => (wanted.entire ? cell === text : cell.includes(text)));
          if (column !== -1) return rangeOf(tab, { row: index + 1, column: column + 1, rows: 1, columns: 1 });
        }
        return null;
      },
    };
    return self;
  };
  const active = () => {
    needs(SHEET);
    return {
      getId: () => facts.spreadsheetId,
      getName: () => ask('title'),
      getSheetByName: (name) => (ask('tabs').includes(name) ? sheetOf(name) : null),
      getSheets: () => ask('tabs').map(sheetOf),
    };
  };
  return {
    getActive: active,
    getActiveSpreadsheet: active,
    setActiveRange: (range) => ask('select', range.where),
    openById: () => { throw exception('spreadsheets.currentonly opens no other spreadsheet'); },
  };
}

function numberOf(letters) {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function htmlService(files, context, exception) {
  const read = (name) => files[`${name}.html`] ?? (() => { throw exception(`No HTML file named ${name} was found.`); })();
  return {
    createHtmlOutputFromFile: (name) => output(read(name)),
    createTemplateFromFile(name) {
      const template = { evaluate: () => output(filled(read(name), template, context)) };
      return template;
    },
  };
}

function output(html) {
  const self = {
    facts: { title: '', width: null, height: null },
    getContent: () => html,
    setTitle: (title) => ((self.facts.title = title), self),
    setWidth: (width) => ((self.facts.width = width), self),
    setHeight: (height) => ((self.facts.height = height), self),
  };
  return self;
}

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A template with its scriptlets run: <? code ?>, <?= what is printed escaped ?>, <?!= what is printed as it is ?>. */
function filled(source, template, context) {
  const { evaluate, ...values } = template;
  const code = source.split(/(<\?[\s\S]*?\?>)/).map((part) => {
    if (!part.startsWith('<?')) return `print(${JSON.stringify(part)});`;
    const inner = part.slice(2, -2);
    if (inner.startsWith('!=')) return `print(${inner.slice(2)});`;
    if (inner.startsWith('=')) return `print(escaped(${inner.slice(1)}));`;
    return inner;
  }).join('\n');
  let html = '';
  const named = { ...values, print: (text) => { html += text; }, escaped: (text) => String(text).replace(/[&<>"']/g, (one) => ESCAPES[one]) };
  vm.runInContext(`(function (${Object.keys(named).join(', ')}) {${code}})`, context)(...Object.values(named));
  return html;
}
