// What may pass between a page and its script: https://developers.google.com/apps-script/guides/html/reference/run

/** The value, if it may pass; anything else fails, as it does there. */
export function legalValue(value, where) {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  const kind = Object.prototype.toString.call(value);
  if (kind === '[object Array]') return value.map((one, index) => legalValue(one, `${where}[${index}]`));
  if (kind === '[object Object]') {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, legalValue(one, `${where}.${key}`)]));
  }
  throw new TypeError(`${where} is of a kind that cannot pass: ${kind}`);
}
