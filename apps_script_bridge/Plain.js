/** What needs nothing of Google: it runs under Node, too, where its tests are. */

/** The service's address: https and a host, perhaps a port. */
const ADDRESS_ = /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}(?::\d{2,5})?$/;

/** This very computer, for trying: Google's servers can reach no such address. */
const HERE_ = /^http:\/\/127\.0\.0\.1:\d{2,5}$/;

/** A call: letters that can be part of a path and a query, and no way up. */
const CALL_ = /^\/api\/[A-Za-z0-9_\-/%.~]*(?:\?[A-Za-z0-9_\-=&%.~]*)?$/;

/**
 * The service's address as we keep it, or '' if it is none. What a person copies along with it is left off: blanks, a path.
 *
 * @param {unknown} typed
 * @returns {string}
 */
function serviceAddress_(typed) {
  const trimmed = String(typed || '').normalize('NFKC').trim();
  const [, scheme = '', rest = ''] = /^(https?:\/\/)?([^/?#\s]+)(?:[/?#]\S*)?$/i.exec(trimmed) || [];
  const address = `${(scheme || 'https://').toLowerCase()}${rest.toLowerCase()}`;
  return ADDRESS_.test(address) || HERE_.test(address) ? address : '';
}

/**
 * Whether this is a call of the service, and cannot lead anywhere else on it.
 *
 * @param {unknown} method
 * @param {unknown} path
 * @returns {boolean}
 */
function isCall_(method, path) {
  if (method !== 'GET' && method !== 'POST') return false;
  return typeof path === 'string' && CALL_.test(path) && !/\/\.{1,2}(?:\/|$|\?)|%2e|%2f|%5c/i.test(path);
}

/**
 * The language that a call asks for.
 *
 * @param {string} path
 * @returns {'ja' | 'en'}
 */
function languageAsked_(path) {
  return /[?&]lang=en(?:&|$)/.test(path) ? 'en' : 'ja';
}

/**
 * @param {string} locale
 * @returns {'ja' | 'en'}
 */
function languageOf_(locale) {
  return /^en\b/i.test(locale.replace('_', '-')) ? 'en' : 'ja';
}

/**
 * The name of what went wrong where something other than the service answered, or '' where the service did. Only the
 * service answers in JSON; Google's doors answer in HTML or plain text.
 *
 * @param {number} status
 * @param {string} text
 * @returns {Trouble | ''}
 */
function troubleOf_(status, text) {
  if (isDocument_(text)) return '';
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 401) return 'token_refused';
  if (status === 403) return 'invoker_missing';
  if (status === 404) return 'no_such_service';
  if (status === 429) return 'too_many_requests';
  if (status >= 500) return 'service_down';
  return 'not_our_service';
}

/**
 * The name of what stopped a call before there was an answer. Google tells in words alone, in the person's language.
 *
 * @param {unknown} error
 * @returns {Trouble}
 */
function troubleOfError_(error) {
  const words = String(error instanceof Error ? error.message : error);
  return /time[d -]*out|deadline|タイムアウト/i.test(words) ? 'cut_off' : 'unreachable_service';
}

/**
 * @param {string} text
 * @returns {boolean}
 */
function isDocument_(text) {
  try {
    const document = JSON.parse(text);
    return typeof document === 'object' && document !== null;
  } catch (error) {
    return false;
  }
}

/**
 * What an identity token says of its bearer and of the program it is for. Nobody is let in by this: only the service
 * verifies tokens.
 *
 * @param {string | null} token
 * @returns {{aud?: string, email?: string}}
 */
function claimsOf_(token) {
  const part = String(token || '').split('.')[1] || '';
  try {
    return JSON.parse(textOfBase64_(part.replace(/-/g, '+').replace(/_/g, '/')));
  } catch (error) {
    return {};
  }
}

/**
 * Text from base64. Apps Script has no atob, and its own decoder is not there under Node.
 *
 * @param {string} encoded
 * @returns {string}
 */
function textOfBase64_(encoded) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let [bits, held, text] = [0, 0, ''];
  for (const letter of encoded.replace(/=+$/, '')) {
    bits = ((bits << 6) | alphabet.indexOf(letter)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      text += `%${((bits >> held) & 0xff).toString(16).padStart(2, '0')}`;
    }
  }
  return decodeURIComponent(text);
}

/**
 * A tab and a row from what the page calls a cell, such as 候補者!A12.
 *
 * @param {unknown} cell
 * @returns {{tab: string, row: number, range: string} | null}
 */
function cellParts_(cell) {
  const [, tab = '', range = '', row = ''] = /^(.+)!([A-Z]{1,3}([1-9]\d{0,6}))$/s.exec(String(cell || '')) || [];
  if (!range) return null;
  return { tab: tab.replace(/^'(.*)'$/s, '$1').replace(/''/g, "'"), row: Number(row), range };
}

/**
 * A value as JavaScript that can stand in a script of a page, whatever texts are in it.
 *
 * @param {object} value
 * @returns {string}
 */
function inScript_(value) {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * A place of the page as it may be asked for, else the plan.
 *
 * @param {unknown} place
 * @returns {string}
 */
function knownPlace_(place) {
  return typeof place === 'string' && /^[a-z_]+(?:\/[\w%.~-]*){0,2}$/.test(place) && place.length < 300 ? place : 'plan';
}

/**
 * What a page hands over to another one, if it is of the kind that pages hand over.
 *
 * @param {unknown} choices
 * @returns {string}
 */
function keptChoices_(choices) {
  return typeof choices === 'string' && choices.length <= LONGEST_CHOICES_ && isDocument_(choices) ? choices : '';
}
