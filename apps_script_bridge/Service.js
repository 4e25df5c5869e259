/** Calls of the service, in the name of whoever sits in front of the spreadsheet. */

/**
 * @typedef {'no_address' | 'no_token' | 'token_refused' | 'invoker_missing' | 'no_such_service' | 'service_down' | 'redirected'
 *   | 'not_our_service' | 'cut_off' | 'unreachable_service' | 'too_many_requests' | 'bad_call'} Trouble
 *
 * @typedef {{status: number, body: string}} Answer The body is JSON, always.
 */

/**
 * Carry a call of the page to the service, and its answer back. Called by pages. Never throws: what went wrong is an answer,
 * too, with what to do.
 *
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 * @returns {Answer}
 */
function callService(method, path, body) {
  return ask_(storedService_(), method, path, body);
}

/**
 * @param {string} address
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 * @returns {Answer}
 */
function ask_(address, method, path, body) {
  const language = languageAsked_(String(path));
  if (!address) return troubled_(0, 'no_address', language);
  if (!isCall_(method, path)) return troubled_(0, 'bad_call', language);
  const token = ScriptApp.getIdentityToken();
  if (!token) return troubled_(401, 'no_token', language);
  let response;
  try {
    response = UrlFetchApp.fetch(`${address}${path}`, request_(method, body, token));
  } catch (error) {
    // Neither the error nor the call is logged: both name people.
    return troubled_(0, troubleOfError_(error), language);
  }
  const status = response.getResponseCode();
  const text = response.getContentText('UTF-8');
  const trouble = troubleOf_(status, text);
  return trouble ? troubled_(status, trouble, language) : { status, body: text };
}

/**
 * @param {string} method
 * @param {unknown} body
 * @param {string} token
 * @returns {GoogleAppsScript.URL_Fetch.URLFetchRequestOptions}
 */
function request_(method, body, token) {
  const { headers } = CONTRACT;
  /** @type {GoogleAppsScript.URL_Fetch.URLFetchRequestOptions} */
  const request = {
    method: method === 'POST' ? 'post' : 'get',
    headers: {
      // Cloud Run looks at its own header first and takes the signature off what it looked at. The service verifies the
      // other one, whole.
      [headers.personForCloudRun]: `Bearer ${token}`,
      [headers.person]: `Bearer ${token}`,
      [headers.workbook]: SpreadsheetApp.getActive().getId(),
    },
    muteHttpExceptions: true,
    followRedirects: false, // an identity token goes to nobody but the service
    validateHttpsCertificates: true,
  };
  if (method === 'POST') {
    request.contentType = 'application/json';
    request.payload = JSON.stringify(body === undefined ? null : body);
  }
  return request;
}

/**
 * @param {number} status
 * @param {Trouble} name
 * @param {'ja' | 'en'} language
 * @returns {Answer}
 */
function troubled_(status, name, language) {
  const text = WORDS_[language].trouble[name];
  return { status: status < 300 ? 503 : status, body: JSON.stringify({ error: { name, text } }) };
}
