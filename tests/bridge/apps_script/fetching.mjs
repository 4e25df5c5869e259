// UrlFetchApp, the part that goes over the network: real HTTP, no redirects followed, an end to all patience.

import http from 'node:http';
import https from 'node:https';

/** The answer to one request. Throws in words, as Google does. */
export function fetchOnce({ url, method, headers, payload, follows }, { whitelist, patience }) {
  if (follows) throw new Error('this stage follows no redirects');
  if (!whitelist.some((prefix) => url.startsWith(prefix))) throw new Error(`Calls to ${url} are not permitted by the manifest`);
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((done, failed) => {
    const sent = request(url, { method, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        clearTimeout(end);
        done({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString('utf8') });
      });
      response.on('error', () => failed(new Error(`Address unavailable: ${url}`)));
    });
    const end = setTimeout(() => {
      failed(new Error(`Timeout: ${url}`));
      sent.destroy();
    }, patience);
    sent.on('error', () => failed(new Error(`Address unavailable: ${url}`)));
    sent.end(payload);
  });
}
